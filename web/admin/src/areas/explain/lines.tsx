import { useMemo } from 'react'
import type { LineRow } from '../../../../../src/kernel/line-row.ts'
import type { Operations } from '../../../../ui/api.ts'
import { Country } from '../../../../ui/country.tsx'
import { type Amount, negated, sumOf } from '../../../../ui/exact.ts'
import { decimal, entryText, writtenDay } from '../../../../ui/figures.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty } from '../../../../ui/states.tsx'
import { wordsOfRule } from '../../../../ui/words.ts'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { isCreditPositive, type Lines as LinesAnswer } from './line.ts'
import { t } from './texts.ts'

type Answer = Operations['getReport']['result']
const read = (answer: Answer | undefined): LinesAnswer | undefined => answer as unknown as LinesAnswer | undefined

const filters: Filter[] = [
  { name: 'from', label: t('from'), kind: 'day' },
  { name: 'to', label: t('to'), kind: 'day' },
  { name: 'party', label: t('party'), kind: 'text' },
  { name: 'item', label: t('item'), kind: 'text' },
  { name: 'itemGroup', label: t('itemGroup'), kind: 'text' },
  { name: 'channel', label: t('channel'), kind: 'text' },
  { name: 'country', label: t('country'), kind: 'text' },
  { name: 'taxCode', label: t('taxCode'), kind: 'text' },
  { name: 'taxAuthority', label: t('taxAuthority'), kind: 'text' },
  { name: 'currency', label: t('currency'), kind: 'text' },
  {
    name: 'without',
    label: t('without'),
    kind: 'choice',
    options: [
      { value: 'channel', label: t('withoutChannel') },
      { value: 'item-group', label: t('withoutItemGroup') },
      { value: 'item', label: t('withoutItem') },
      { value: 'country', label: t('withoutCountry') },
      { value: 'tax-code', label: t('withoutTaxCode') },
    ],
  },
  {
    name: 'yearClosings',
    label: t('yearClosings'),
    kind: 'choice',
    options: [{ value: 'without', label: t('yearClosingsWithout') }],
  },
]

/** A line in the sense of its figure, and what the figure comes to with it and all that are older. */
type Shown = LineRow & { shown: Amount; running: Amount | null }

const keyOf = ({ entryId, lineNo }: LineRow): string => `${entryId}.${lineNo}`

const wordsOf = ({ rule, documentNumber, entryNumber, entryId }: LineRow): string =>
  `${wordsOfRule(rule)} ${documentNumber ?? entryNumber ?? entryId}`

const named = (code: string | null, name: string | null): string | null =>
  code === null ? null : name === null || name === code ? code : name

const sourceOf = ({ sourceFile, sourceRow }: LineRow): string =>
  sourceFile === null ? '' : t('sourceRow', { file: sourceFile, row: sourceRow ?? '' })

/** The lines behind a figure, the latest first: which account, which days and what else it is narrowed to stand in the address. */
export function Lines() {
  const [{ account }] = useSearchState()
  const to = useAddress()
  if (account === undefined)
    return (
      <Empty
        title={t('noAccount')}
        text={t('noAccountText')}
        action={<GoButton to={to('reports/trial-balance')}>{t('trialBalance')}</GoButton>}
      />
    )
  return <Found account={account} />
}

function Found({ account }: { account: string }) {
  const { company } = useWorkplace()
  const columns = useMemo(() => columnsOf(company.baseCurrency, account.includes(',')), [company, account])
  return (
    <ListPage
      name="lines"
      operation="getReport"
      path={{ name: 'lines' }}
      cursor="cursor"
      query={{ account, count: 'true' }}
      title={(answer) => titleOf(read(answer), account)}
      subtitle={(answer) => <Subtitle of={answer as unknown as LinesAnswer} />}
      rowsOf={(answer) => shownRows(answer as unknown as LinesAnswer) as never}
      columns={columns as never}
      filters={filters}
      keyOf={(row) => keyOf(row as unknown as Shown)}
      nameOf={(row) => wordsOf(row as unknown as Shown)}
      opens={(row) => ({ kind: 'entry', id: keyOf(row as unknown as Shown) })}
      empty={{ title: t('empty'), text: t('emptyText') }}
    />
  )
}

function shownRows(answer: LinesAnswer): Shown[] {
  const isFlipped = isCreditPositive(answer)
  const sensed = (of: Amount): Amount => (isFlipped ? { ...of, amount: negated(of.amount) } : of)
  let rest = answer.counted?.remaining ?? null
  return answer.rows.map((line) => {
    const running = rest && sensed(rest)
    rest = rest && (sumOf([rest, { ...line.amount, amount: negated(line.amount.amount) }]) as Amount)
    return { ...line, shown: sensed(line.amount), running }
  })
}

const columnsOf = (currency: string, hasSeveral: boolean): Column<Shown>[] => [
  { id: 'what', header: t('what'), cell: wordsOf, text: wordsOf },
  { id: 'date', header: t('date'), cell: (row) => <Day of={row.date} />, text: (row) => row.date },
  {
    id: 'account',
    header: t('account'),
    cell: (row) => `${row.account} ${row.accountName}`,
    text: (row) => row.account,
    optional: !hasSeveral,
    wide: true,
  },
  {
    id: 'party',
    header: t('party'),
    cell: (row) => named(row.party, row.partyName),
    text: (row) => row.party ?? '',
    wide: true,
  },
  {
    id: 'item',
    header: t('item'),
    cell: (row) => itemOf(row),
    text: (row) => row.item ?? '',
    wide: true,
  },
  {
    id: 'description',
    header: t('description'),
    cell: (row) => entryText(row, locale),
    text: (row) => row.description,
    optional: true,
  },
  { id: 'channel', header: t('channel'), cell: (row) => row.channel, text: (row) => row.channel ?? '', optional: true },
  {
    id: 'country',
    header: t('country'),
    cell: (row) => <Country of={row.country} />,
    text: (row) => row.country ?? '',
    optional: true,
  },
  { id: 'taxCode', header: t('taxCode'), cell: (row) => row.taxCode, text: (row) => row.taxCode ?? '', optional: true },
  { id: 'source', header: t('source'), cell: sourceOf, text: sourceOf, optional: true },
  {
    id: 'currencyAmount',
    header: t('currencyAmount'),
    right: true,
    optional: true,
    cell: (row) => <Money of={row.currencyAmount} withCurrency />,
    text: (row) => (row.currencyAmount === null ? '' : `${row.currencyAmount.amount} ${row.currencyAmount.currency}`),
  },
  {
    id: 'amount',
    header: t('amount', { currency }),
    right: true,
    cell: (row) => <Money of={row.shown} />,
    text: (row) => row.shown.amount,
  },
  {
    id: 'running',
    header: t('running', { currency }),
    right: true,
    wide: true,
    cell: (row) => <Money of={row.running} />,
    text: (row) => row.running?.amount ?? '',
  },
]

function itemOf({ item, itemName, quantity }: LineRow): string | null {
  const name = itemName || item
  if (name === null) return null
  return quantity === null || quantity === '1' ? name : t('itemTimes', { name, quantity: decimal(quantity, locale) })
}

function titleOf(answer: LinesAnswer | undefined, asked: string): string {
  const [first, ...others] = answer?.accounts ?? []
  if (first === undefined) return asked.split(',').length > 1 ? t('title') : asked
  const name = `${first.code} ${first.name}`
  return others.length === 0 ? name : t('severalAccounts', { first: name, count: others.length })
}

function Subtitle({ of }: { of: LinesAnswer }) {
  const { counted, from, to } = of
  const isFlipped = isCreditPositive(of)
  const amount =
    counted?.amount && (isFlipped ? { ...counted.amount, amount: negated(counted.amount.amount) } : counted.amount)
  const days = `${writtenDay(from, locale)} – ${writtenDay(to, locale)}`
  return (
    <>
      {amount && (
        <>
          <Money of={amount} withCurrency strong />
          {' · '}
        </>
      )}
      {days}
      {counted && ` · ${t(counted.complete ? 'counted' : 'more', { count: counted.lines })}`}
      {` · ${t(isFlipped ? 'creditPositive' : 'debitPositive')}`}
    </>
  )
}
