import { Menu } from '@mantine/core'
import { IconApi, IconMapPinOff, IconUser } from '@tabler/icons-react'
import { Outlet, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { SearchHit } from '../../../../clients/typescript/src/api.ts'
import type { Permission } from '../../../../src/kernel/permissions.ts'
import { api, useRead } from '../../../ui/api.ts'
import { DetailDrawer, DetailsProvider, useDetailAddress } from '../../../ui/details.tsx'
import { figure, writtenDay } from '../../../ui/figures.ts'
import { Frame } from '../../../ui/frame.tsx'
import { Hotkeys } from '../../../ui/hotkeys.tsx'
import { ProvenLight } from '../../../ui/light.tsx'
import { GoButton, useGo } from '../../../ui/links.tsx'
import { locale } from '../../../ui/locale.ts'
import { Palette, usePaletteActions, usePaletteSearch } from '../../../ui/palette.tsx'
import { signOut } from '../../../ui/sign-out.ts'
import { Empty, Failed, LoadingRows } from '../../../ui/states.tsx'
import { wordsOfRule } from '../../../ui/words.ts'
import { useAddress, useWorkplace, type Workplace, WorkplaceProvider } from '../../../ui/workplace.tsx'
import { areas } from '../areas.ts'
import { t } from './texts.ts'

/** Everything of one company: finds out who works in it and what they may do, and puts the frame around its screens. */
export function Company() {
  const { companyId } = useParams({ strict: false }) as { companyId: string }
  const me = useRead('listMe', {})
  const companies = useRead('listCompanies', {})
  const workplace = useMemo((): Workplace | undefined => {
    const company = companies.data?.rows.find(({ id }) => id === companyId)
    if (me.data === undefined || companies.data === undefined || company === undefined) return undefined
    const own = me.data.companies.find((one) => one.companyId === companyId)
    // The owner of the installation may do everything in a company that they are no member of.
    const granted: ReadonlySet<Permission> | undefined = own && new Set(own.permissions)
    const may = (permission: Permission) => granted?.has(permission) ?? me.data.installationOwner
    return { me: me.data, companies: companies.data.rows, company, may }
  }, [me.data, companies.data, companyId])
  if (me.data === undefined || companies.data === undefined) {
    // Once it is known who works where, a look that fails takes nothing away from what is being done.
    const error = me.error ?? companies.error
    if (error) return <Failed error={error} retry={() => void Promise.all([me.refetch(), companies.refetch()])} />
    return <LoadingRows />
  }
  if (workplace === undefined) return <UnknownCompany />
  return (
    <WorkplaceProvider key={companyId} value={workplace}>
      <Shell />
    </WorkplaceProvider>
  )
}

const UnknownCompany = () => (
  <Empty
    whole
    icon={<IconMapPinOff size={22} stroke={1.5} />}
    title={t('companyUnknown')}
    text={t('companyUnknownText')}
    action={<GoButton to="/">{t('chooseCompany')}</GoButton>}
  />
)

function Shell() {
  const { may } = useWorkplace()
  const to = useAddress()
  const details = useMemo(
    () =>
      Object.fromEntries(
        areas.flatMap((area) => Object.entries(area.details ?? {})).filter(([, { permission }]) => may(permission)),
      ),
    [may],
  )
  return (
    <DetailsProvider of={details}>
      <Frame
        rail={useRail()}
        light={<ProvenLight to={to('checks')} />}
        personal={<Personal />}
        onSignOut={() => void signOut()}
      >
        <Outlet />
      </Frame>
      <DetailDrawer />
      <GoTo />
      <Finder />
      <Hotkeys />
      <Palette />
    </DetailsProvider>
  )
}

function Personal() {
  const to = useAddress()
  const go = useGo()
  return (
    <>
      <Menu.Item leftSection={<IconUser size={15} stroke={1.6} />} onClick={() => void go(to('settings/account'))}>
        {t('account')}
      </Menu.Item>
      <Menu.Item component="a" href="/api" leftSection={<IconApi size={15} stroke={1.6} />}>
        {t('apiDocs')}
      </Menu.Item>
    </>
  )
}

const noBadge = () => 0

/** The areas that the person may see. Every badge is asked for in the same order each time, as hooks are. */
function useRail() {
  const { may } = useWorkplace()
  const badges = areas.map(({ rail }) => (rail?.useBadge ?? noBadge)())
  return areas
    .flatMap(({ name, rail }, index) =>
      rail && may(rail.permission) ? [{ ...rail, id: name, badge: badges[index] }] : [],
    )
    .sort((a, b) => a.order - b.order)
}

/** Every screen that has a name, in the palette. */
function GoTo() {
  const { may } = useWorkplace()
  const to = useAddress()
  const go = useGo()
  const actions = useMemo(
    () =>
      areas.flatMap(({ screens }) =>
        screens.flatMap(({ name, path, permission }) =>
          name !== undefined && may(permission)
            ? [{ id: `go ${path}`, label: name, group: t('goTo'), run: () => void go(to(path)) }]
            : [],
        ),
      ),
    [may, to, go],
  )
  usePaletteActions(actions)
  return null
}

const kindsInWords = {
  invoice: 'kind_invoice',
  credit_note: 'kind_credit_note',
  bad_debt: 'kind_bad_debt',
  stock_adjustment: 'kind_stock_adjustment',
  free_items: 'kind_free_items',
  order: 'kind_order',
  capture: 'kind_capture',
  refund: 'kind_refund',
} as const

/** What tells it from others of its name: a document is 'Invoice · Anna Ashworth · 30 Jun 2011 · 44.94 GBP'. */
function hintOf({ kind, detail, on, amount }: SearchHit): string {
  const [first = '', ...others] = detail.split(' · ')
  const known = Object.entries(kindsInWords).find(([code]) => code === first)?.[1]
  const said =
    kind === 'entry' ? wordsOfRule(first) : (kind === 'document' || kind === 'payment') && known ? t(known) : first
  const day = on === null ? '' : writtenDay(on, locale)
  const money = amount === null ? '' : `${figure(amount.amount, locale)} ${amount.currency}`
  return [said, ...others, day, money].filter((part) => part !== '').join(' · ')
}

/** What is found in the company, in the palette: a number, a name, a code leads to its page. */
function Finder() {
  const { company, may } = useWorkplace()
  const go = useGo()
  const to = useAddress()
  const addressOf = useDetailAddress()
  usePaletteSearch(
    'company',
    useMemo(() => {
      const pageOf = ({ kind, id, detail }: SearchHit): string => {
        if (kind === 'import') return to(`imports/${id}`)
        // What an account has beside its name is its code.
        return kind === 'account' ? to(`ledger/${detail}`) : addressOf(kind, id)
      }
      return async (typed) => {
        const { rows } = await api.call('listSearch', { path: { companyId: company.id }, query: { q: typed } })
        const seen = rows.filter(({ kind }) => kind !== 'item' || may('sales.read'))
        return seen.map((hit) => ({
          id: `${hit.kind} ${hit.id}`,
          label: hit.title,
          hint: hintOf(hit),
          group: t(`found_${hit.kind}`),
          run: () => void go(pageOf(hit)),
        }))
      }
    }, [company.id, may, go, to, addressOf]),
  )
  return null
}
