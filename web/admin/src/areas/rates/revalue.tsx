import { Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { RevaluedMonth } from '../../../../../clients/typescript/src/api.ts'
import { NewRevaluation } from '../../../../../src/contracts/rates.ts'
import { useRead } from '../../../../ui/api.ts'
import { isDay, monthOf, today } from '../../../../ui/days.ts'
import { given, negated, sumOf } from '../../../../ui/exact.ts'
import { writtenDay, writtenMonth } from '../../../../ui/figures.ts'
import { useGo } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Money } from '../../../../ui/money.tsx'
import { PartTable } from '../../../../ui/part-table.tsx'
import { PostingForm } from '../../../../ui/posting/posting-form.tsx'
import { usePosting } from '../../../../ui/posting/use-posting.ts'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './rates.module.css'
import { wordsOfSource, writtenRate } from './sections.tsx'
import { t } from './texts.ts'

/** So many months back can be chosen: those before are closed as a rule. */
const MOST_MONTHS = 36

type Balance = RevaluedMonth['balances'][number]

/** What is owed and held in other currencies at the end of a month, at the rate of its last day: seen before it is posted. */
export function Revalue() {
  const { company } = useWorkplace()
  const to = useAddress()
  const go = useGo()
  const [{ month }] = useSearchState()
  const now = today(company.timeZone)
  const months = Array.from({ length: MOST_MONTHS }, (_, back) => monthOf(now, -back).from.slice(0, 7))
  const leads = to('rates/revaluations')
  const posting = usePosting({
    name: 'revaluation',
    initial: { month: month !== undefined && isDay(`${month}-01`) ? month : (months[1] as string) },
    sends: (values) => ({ operation: 'createRevaluations', schema: NewRevaluation, requests: [values] }),
    done: async () => {
      notifications.show({ message: t('revalued') })
      await go(leads)
    },
  })
  const { fields } = posting.form
  const chosen = fields.values.month
  const [revalued] = (posting.preview.data?.results ?? []) as RevaluedMonth[]
  const choices = months.includes(chosen) ? months : [...months, chosen]
  return (
    <Screen title={t('revalue')} padded>
      <PostingForm of={posting} submitLabel={t('revaluePost')} back={leads} onCancel={() => void go(leads)}>
        <p className={classes.text}>{t('revalueText')}</p>
        <Select
          label={t('month')}
          allowDeselect={false}
          searchable
          w={220}
          data={choices.map((value) => ({ value, label: writtenMonth(`${value}-01`, locale) }))}
          {...fields.getInputProps('month')}
        />
        <div>
          <h2 className={classes.part}>{t('balances')}</h2>
          {revalued === undefined || revalued.month !== chosen ? (
            <p className={classes.text}>{t('monthToCome')}</p>
          ) : revalued.balances.length === 0 ? (
            <p className={classes.text}>{t('unchanged')}</p>
          ) : (
            <Balances of={revalued.balances} on={monthOf(`${chosen}-01`).to} />
          )}
        </div>
      </PostingForm>
    </Screen>
  )
}

const differenceOf = ({ before, after }: Balance) =>
  sumOf([given(after), { ...given(before), amount: negated(given(before).amount) }])

const Balances = ({ of, on }: { of: readonly Balance[]; on: string }) => (
  <PartTable
    label={t('balances')}
    rows={of}
    keyOf={(row) => of.indexOf(row)}
    columns={[
      { id: 'account', header: t('account'), cell: ({ account }) => account },
      { id: 'balance', header: t('balance'), right: true, cell: ({ balance }) => <Money of={balance} withCurrency /> },
      {
        id: 'rate',
        header: t('rate'),
        right: true,
        wide: true,
        cell: ({ balance }) => <RateOn currency={given(balance).currency} on={on} />,
      },
      { id: 'before', header: t('before'), right: true, wide: true, cell: ({ before }) => <Money of={before} /> },
      { id: 'after', header: t('after'), right: true, cell: ({ after }) => <Money of={after} /> },
      { id: 'change', header: t('change'), right: true, cell: (row) => <Money of={differenceOf(row)} strong /> },
      {
        id: 'back',
        header: t('back'),
        wide: true,
        cell: ({ reversed }) => t(reversed ? 'backNextDay' : 'backNever'),
      },
    ]}
  />
)

/** The rate of a day, with who gives it. */
function RateOn({ currency, on }: { currency: string; on: string }) {
  const found = useRead('getRate', { path: { ...useCompanyPath(), currency, on } })
  if (found.data === undefined) return null
  const { rate, source, day } = found.data
  return (
    <span title={t('asOf', { source: wordsOfSource(source ?? ''), day: writtenDay(day, locale) })}>
      {writtenRate(rate)}
      <br />
      <span className={classes.unit}>{wordsOfSource(source ?? '')}</span>
    </span>
  )
}
