import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import {
  type Cell,
  companyHeading,
  dateColumn,
  moneyColumn,
  numberColumn,
  type Report,
  type Table,
  textColumn,
} from './report.ts'

/** Days past due, by bucket. What is not due yet, or due on the day itself, is current. */
const ages = ['current', 'days1To30', 'days31To60', 'days61To90', 'over90'] as const
type Age = (typeof ages)[number]

/** What a party owes, by age; credits that nothing has used are negative. One row for each party and currency. */
type AgedRow = { party: string; name: string } & Record<Age | 'total', MoneyJson>

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

export type AgedReceivables = Report<AgedRow> & {
  asOf: AccountingDate
  /** The sum of all rows, one for each currency: what the receivable account holds. */
  totals: Record<Age | 'total', MoneyJson>[]
  /** What the rows are made of, where asked for. */
  items?: OpenItemRow[]
}

export type AgedReceivablesParameters = { asOf: AccountingDate; withItems?: boolean; party?: string }

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

/**
 * What customers owe at the end of a day, by how long it has been due: of each item that was open then, its amount less what was applied to it
 * on or before the day. The total is the balance of the receivable account on that day.
 */
export async function agedReceivables(
  tx: Tx,
  { asOf, withItems = false, party }: AgedReceivablesParameters,
): Promise<AgedReceivables> {
  const heading = await companyHeading(tx)
  const items = await tx.query<OpenItem>(itemsOpenOn, [tx.companyId, asOf, party ?? null])
  const parties = new Map<string, Aged>()
  const totals = new Map<string, Aged>()
  for (const item of items) {
    addTo(parties, `${item.currency} ${item.party}`, item)
    addTo(totals, item.currency, item)
  }
  return {
    report: 'aged-receivables',
    ...heading,
    asOf,
    rows: [...parties.values()].map((aged) => ({ party: aged.party, name: aged.name, ...amountsOf(aged) })),
    totals: [...totals.values()].map(amountsOf),
    ...(withItems ? { items: items.map(itemRow) } : {}),
  }
}

const itemsOpenOn = `
  with applied as (
    select item_id, sum(amount_minor)::bigint as amount_minor
      from (
        select debit_item_id as item_id, amount_minor from open_item_application where company_id = $1 and applied_on <= $2
        union all
        select credit_item_id, -amount_minor from open_item_application where company_id = $1 and applied_on <= $2
      ) sides group by item_id
  )
  select i.id, p.number as party, p.name, i.source_kind, i.source_id, coalesce(d.number, i.document_number) as document_number, i.opened_on, i.due_on,
      $2::date - i.due_on as days_overdue, i.currency, i.amount_minor, i.amount_minor - coalesce(a.amount_minor, 0) as remaining_minor
    from open_item i
    join party p on p.company_id = $1 and p.id = i.party_id
    left join applied a on a.item_id = i.id
    left join sales_document d on d.company_id = $1 and i.source_kind = 'sales_document' and d.id::text = i.source_id
    where i.company_id = $1 and i.ledger = 'receivable' and i.opened_on <= $2 and ($3::text is null or p.number = $3)
      and i.amount_minor <> coalesce(a.amount_minor, 0)
    order by p.number, i.currency, i.due_on, i.id`

type Aged = { party: string; name: string; currency: string; minor: Record<Age, bigint> }

const ageOf = (daysOverdue: number): Age => {
  if (daysOverdue <= 0) return 'current'
  if (daysOverdue <= 30) return 'days1To30'
  if (daysOverdue <= 60) return 'days31To60'
  return daysOverdue <= 90 ? 'days61To90' : 'over90'
}

function addTo(sums: Map<string, Aged>, key: string, item: OpenItem): void {
  let aged = sums.get(key)
  if (aged === undefined) {
    const { party, name, currency } = item
    aged = { party, name, currency, minor: { current: 0n, days1To30: 0n, days31To60: 0n, days61To90: 0n, over90: 0n } }
    sums.set(key, aged)
  }
  aged.minor[ageOf(item.days_overdue)] += item.remaining_minor
}

function amountsOf({ minor, currency }: Aged): Record<Age | 'total', MoneyJson> {
  const total = ages.reduce((sum, age) => sum + minor[age], 0n)
  return {
    current: moneyJson(minor.current, currency),
    days1To30: moneyJson(minor.days1To30, currency),
    days31To60: moneyJson(minor.days31To60, currency),
    days61To90: moneyJson(minor.days61To90, currency),
    over90: moneyJson(minor.over90, currency),
    total: moneyJson(total, currency),
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

/** The parties with their sums, or else the open items where the report has them. */
export function agedReceivablesTable({ rows, totals, items }: AgedReceivables): Table {
  if (items !== undefined) return openItemsTable(items)
  const columns = [
    textColumn('party', 'Customer'),
    textColumn('name', 'Name'),
    moneyColumn('current', 'Current'),
    moneyColumn('days1To30', '1-30 days'),
    moneyColumn('days31To60', '31-60 days'),
    moneyColumn('days61To90', '61-90 days'),
    moneyColumn('over90', 'Over 90 days'),
    moneyColumn('total', 'Total'),
  ]
  const last: Record<string, Cell>[] = totals.map((total) => ({ party: '', name: 'Total', ...total }))
  return { columns, rows: [...rows, ...last] }
}

const openItemsTable = (items: readonly OpenItemRow[]): Table => ({
  columns: [
    textColumn('party', 'Customer'),
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
