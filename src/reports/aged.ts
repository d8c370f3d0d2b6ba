import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { firstPartiesIn } from './parties-in.ts'
import {
  type Cell,
  companyHeading,
  dateColumn,
  emphasisKey,
  moneyColumn,
  numberColumn,
  type Report,
  sourceKey,
  type Table,
  textColumn,
} from './report.ts'
import { reportSource, type Source } from './source.ts'

/** Days past due, by bucket. What is not due yet, or due on the day itself, is current. */
export const ages = ['current', 'days1To30', 'days31To60', 'days61To90', 'over90'] as const
export type Age = (typeof ages)[number]

/** An amount for each age, and their sum. */
export type AgedAmounts = Record<Age | 'total', MoneyJson>

/** What a party owes or is owed, by age; credits that nothing has used are negative. One row for each party and currency. */
export type AgedRow = { party: string; name: string; source: Source } & AgedAmounts

type OpenItemRow = {
  party: string
  name: string
  itemId: string
  source: { kind: string; id: string }
  documentNumber: string | null
  openedOn: string
  dueOn: string
  daysOverdue: number
  age: Age
  amount: MoneyJson
  remaining: MoneyJson
}

export type AgedReport = Report<AgedRow> & {
  asOf: AccountingDate
  /** The sum of all rows, one for each currency: what the receivable or payable accounts hold. */
  totals: AgedAmounts[]
  /** What the rows are made of, where asked for: a page of it where there is a limit. */
  items?: OpenItemRow[]
}

export type AgedParameters = {
  asOf: AccountingDate
  party?: string | undefined
  withItems?: boolean
  /** A page of so many items, after the one with this id; without it, all items. */
  limit?: number | undefined
  afterItem?: bigint | undefined
  /** Only so many parties, with the totals of all. */
  most?: number | undefined
}

/**
 * What customers owe at the end of a day, by how long it has been due: of each item that was open then, its amount less what was applied to it
 * on or before the day. The total is the balance of the receivable accounts on that day.
 */
export const agedReceivables = (tx: Tx, parameters: AgedParameters): Promise<AgedReport> =>
  aged(tx, parameters, 'receivable')

/** The same of what we owe suppliers, positive: the total is the balance of the payable accounts with its sign changed. */
export const agedPayables = (tx: Tx, parameters: AgedParameters): Promise<AgedReport> => aged(tx, parameters, 'payable')

export type AgedLedger = 'receivable' | 'payable'

async function aged(tx: Tx, parameters: AgedParameters, ledger: AgedLedger): Promise<AgedReport> {
  const { asOf, party, withItems = false, most } = parameters
  const heading = await companyHeading(tx)
  const { sums, totals, all } = await agedSums(tx, { asOf, party, ledger, most })
  const page = withItems ? await itemsOf(tx, parameters, ledger) : undefined
  const report = ledger === 'receivable' ? 'aged-receivables' : 'aged-payables'
  return {
    report,
    ...heading,
    asOf,
    rows: sums.map((sum) => ({
      party: sum.party,
      name: sum.name,
      ...agedAmounts(sum),
      source: reportSource(report, { asOf, party: sum.party, items: 'true' }),
    })),
    totals: totals.map(agedAmounts),
    ...(page === undefined ? {} : { items: page.items }),
    ...(page?.next === undefined ? {} : { next: page.next }),
    ...(most === undefined || withItems ? {} : { left: all - sums.length }),
  }
}

/** What is open of a party in a currency, by age, in minor units. */
export type AgedSum = { party: string; name: string; currency: string } & Record<Age, bigint>

export type AgedSumsParameters = {
  asOf: AccountingDate
  ledger: AgedLedger
  /** The number of one party. */
  party?: string | undefined
  /** The numbers of several. */
  parties?: readonly string[] | undefined
  /** So many parties, and those whose number comes after this one. */
  most?: number | undefined
  after?: string | undefined
  /** Leaves out what comes to nothing: as much owed as there is credit. */
  owing?: boolean
}

type SumRow = AgedSum & { part: 'sum' | 'total'; all: bigint | null; party_id: bigint | null }

/**
 * What is open by party and currency at the end of a day, in order of the party's number; signs as the ledger is read. Where only so many parties are asked for, the
 * totals by currency and the count of rows are still those of all, whatever `after` is.
 */
export async function agedSums(
  tx: Tx,
  { asOf, party, parties, ledger, most, after, owing = false }: AgedSumsParameters,
): Promise<{ sums: AgedSum[]; totals: AgedSum[]; all: number }> {
  const wanted = party === undefined ? parties : [party]
  const rows = await tx.query<SumRow>(owing ? owingOn : sumsOpenOn, [
    tx.companyId,
    asOf,
    wanted === undefined ? null : (column(wanted, (number) => number) ?? '{}'),
    ledger,
    most ?? null,
    after ?? null,
  ])
  const of = (part: SumRow['part']): AgedSum[] =>
    rows.filter((row) => row.part === part).map(({ part: _, all: __, party_id: ___, ...sum }) => sum)
  return { sums: of('sum'), totals: of('total'), all: Number(rows.find(({ part }) => part === 'total')?.all ?? 0) }
}

// What is open is summed by party before anything is known of the parties. Debit positive in the books; what we owe is read as positive. Of the items that are settled
// by now only those are read that were settled after the day.
const later = `
  later as materialized (
    select item_id, sum(amount_minor)::bigint as amount_minor
      from (
        select debit_item_id as item_id, amount_minor from open_item_application
          where company_id = $1 and applied_on > $2 and debit_opened_on <= $2
        union all
        select credit_item_id, -amount_minor from open_item_application
          where company_id = $1 and applied_on > $2 and credit_opened_on <= $2
      ) sides group by item_id
  )`

// What is unsettled is asked for in a query of its own (offset 0), since only then every plan finds the index that holds just that, with all that is summed.
const item = (columns: string): string => `
  item as (
    select i.*, i.amount_minor - i.applied_minor + coalesce(l.amount_minor, 0) as remaining_minor
      from (
        select ${columns}, amount_minor, applied_minor from open_item
          where company_id = $1 and applied_minor <> amount_minor and ledger = $4 and opened_on <= $2 offset 0
      ) i left join later l on l.item_id = i.id
    union all
    select i.*, l.amount_minor from later l
      cross join lateral (
        select ${columns}, amount_minor, applied_minor from open_item
          where company_id = $1 and id = l.item_id and applied_minor = amount_minor and ledger = $4 and opened_on <= $2 offset 0
      ) i
  )`

const ageConditions: Readonly<Record<Age, string>> = {
  current: 'days_overdue <= 0',
  days1To30: 'days_overdue between 1 and 30',
  days31To60: 'days_overdue between 31 and 60',
  days61To90: 'days_overdue between 61 and 90',
  over90: 'days_overdue > 90',
}

const ageSums = ages
  .map((age) => `coalesce(sum(remaining_minor) filter (where ${ageConditions[age]}), 0)::bigint as "${age}"`)
  .join(', ')

/** Who has anything open, of whom there may be very many, then those of a page, and only what is open of them by age. */
const parties = (having: string): string => `
  with ${later}, ${item('id, party_id, currency, opened_on, due_on')}, aged as materialized (
    select i.party_id, i.currency, $2::date - i.due_on as days_overdue, i.remaining_minor * s.sign as remaining_minor
      from item i cross join (select case when $4 = 'payable' then -1 else 1 end as sign) s
      where i.remaining_minor <> 0
        and ($3::text[] is null or i.party_id in (select id from party where company_id = $1 and number = any ($3::text[])))
  ), known as materialized (
    select party_id, currency from aged group by party_id, currency ${having}
  ), page as materialized (${firstPartiesIn('known', 'party_id', { most: '$5', after: '$6' })}
  )
  select 'sum' as part, null::bigint as "all", p.number as party, p.name, s.*
    from page p
    join (
      select party_id, currency, ${ageSums} from aged where party_id in (select id from page) group by party_id, currency ${having}
    ) s on s.party_id = p.id`

const owingOn = `${parties('having sum(remaining_minor) <> 0')} order by party, currency`

// All that is open was due on few days: it is summed by them first.
const sumsOpenOn = `${parties('')}
  union all
  select 'total', (select count(*) from known), null, null, null, currency, ${ageSums}
    from (select currency, days_overdue, sum(remaining_minor) as remaining_minor from aged group by currency, days_overdue) d group by currency
  order by part, party, currency`

type OpenItem = {
  id: bigint
  party: string
  name: string
  source_kind: string
  source_id: string
  document_number: string | null
  opened_on: string
  due_on: string
  days_overdue: number
  currency: string
  amount_minor: bigint
  remaining_minor: bigint
}

// The page is cut before documents are looked up.
const itemsOpenOn = `
  with ${later}, ${item('id, party_id, source_kind, source_id, document_number, opened_on, due_on, currency')}, open as (
    select i.id, i.party_id, p.number as party, p.name, i.source_kind, i.source_id, i.document_number, i.opened_on, i.due_on,
        $2::date - i.due_on as days_overdue, i.currency, i.amount_minor * s.sign as amount_minor, i.remaining_minor * s.sign as remaining_minor
      from item i
      cross join (select case when $4 = 'payable' then -1 else 1 end as sign) s
      join party p on p.company_id = $1 and p.id = i.party_id
      where ($3::text is null or p.number = $3) and i.remaining_minor <> 0
  ), page as (
    select o.* from open o
      where $5::bigint is null or (o.party, o.currency, o.due_on, o.id) > (
        select p.number, i.currency, i.due_on, i.id from open_item i join party p on p.company_id = $1 and p.id = i.party_id
          where i.company_id = $1 and i.id = $5
      )
      order by o.party, o.currency, o.due_on, o.id limit $6
  )
  select p.id, p.party, p.name, p.source_kind, p.source_id, coalesce(d.number, p.document_number) as document_number, p.opened_on, p.due_on,
      p.days_overdue, p.currency, p.amount_minor, p.remaining_minor
    from page p
    left join lateral (
      select number from sales_document
        where company_id = $1 and id = case when p.source_kind = 'sales_document' then p.source_id::bigint end offset 0
    ) d on true
    order by p.party, p.currency, p.due_on, p.id`

async function itemsOf(tx: Tx, { asOf, party, limit, afterItem }: AgedParameters, ledger: AgedLedger) {
  const found = await tx.query<OpenItem>(itemsOpenOn, [
    tx.companyId,
    asOf,
    party ?? null,
    ledger,
    afterItem ?? null,
    limit === undefined ? null : limit + 1,
  ])
  const items = limit === undefined ? found : found.slice(0, limit)
  const last = items.at(-1)
  const next = limit === undefined ? undefined : found.length > limit && last ? String(last.id) : null
  return { items: items.map(itemRow), next }
}

const ageOf = (daysOverdue: number): Age => {
  if (daysOverdue <= 0) return 'current'
  if (daysOverdue <= 30) return 'days1To30'
  if (daysOverdue <= 60) return 'days31To60'
  return daysOverdue <= 90 ? 'days61To90' : 'over90'
}

/** The sum of all ages, in minor units. */
export const totalOf = (sum: Record<Age, bigint>): bigint => ages.reduce((total, age) => total + sum[age], 0n)

export function agedAmounts(sum: { currency: string } & Record<Age, bigint>): AgedAmounts {
  const { currency } = sum
  return {
    current: moneyJson(sum.current, currency),
    days1To30: moneyJson(sum.days1To30, currency),
    days31To60: moneyJson(sum.days31To60, currency),
    days61To90: moneyJson(sum.days61To90, currency),
    over90: moneyJson(sum.over90, currency),
    total: moneyJson(totalOf(sum), currency),
  }
}

const itemRow = (item: OpenItem): OpenItemRow => ({
  party: item.party,
  name: item.name,
  itemId: String(item.id),
  source: { kind: item.source_kind, id: item.source_id },
  documentNumber: item.document_number,
  openedOn: item.opened_on,
  dueOn: item.due_on,
  daysOverdue: Math.max(item.days_overdue, 0),
  age: ageOf(item.days_overdue),
  amount: moneyJson(item.amount_minor, item.currency),
  remaining: moneyJson(item.remaining_minor, item.currency),
})

export const ageColumns = [
  moneyColumn('current', 'Current'),
  moneyColumn('days1To30', '1-30 days'),
  moneyColumn('days31To60', '31-60 days'),
  moneyColumn('days61To90', '61-90 days'),
  moneyColumn('over90', 'Over 90 days'),
  moneyColumn('total', 'Total'),
] as const

/** The parties with their sums, or else the open items where the report has them. */
export function agedTable({ report, rows, totals, items }: AgedReport): Table {
  const party = report === 'aged-payables' ? 'Supplier' : 'Customer'
  if (items !== undefined) return openItemsTable(items, party)
  const columns = [textColumn('party', party), textColumn('name', 'Name'), ...ageColumns]
  const last: Record<string, Cell>[] = totals.map((total) => ({
    party: '',
    name: 'Total',
    ...total,
    [emphasisKey]: 'result',
  }))
  return { columns, rows: [...rows.map(({ source, ...row }) => ({ ...row, [sourceKey]: source })), ...last] }
}

const openItemsTable = (items: readonly OpenItemRow[], party: string): Table => ({
  columns: [
    textColumn('party', party),
    textColumn('name', 'Name'),
    textColumn('documentNumber', 'Document'),
    textColumn('source', 'Source'),
    dateColumn('openedOn', 'Opened'),
    dateColumn('dueOn', 'Due'),
    numberColumn('daysOverdue', 'Days overdue'),
    moneyColumn('amount', 'Amount'),
    moneyColumn('remaining', 'Remaining'),
  ],
  rows: items.map(({ source, ...item }) => ({ ...item, source: `${source.kind} ${source.id}` })),
})
