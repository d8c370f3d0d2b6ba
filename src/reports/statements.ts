import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { BankDetails } from '../kernel/bank-details.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type AgedAmounts, type AgedSum, ageColumns, agedAmounts, agedSums, totalOf } from './aged.ts'
import type { Page } from './definition.ts'
import { payToOf, payToTable } from './pay-to.ts'
import {
  type Cell,
  companyHeading,
  dateColumn,
  emphasisKey,
  moneyColumn,
  type Report,
  type Table,
  textColumn,
} from './report.ts'

/** A document, payment or other fact on a statement: what it adds to what the customer owes, or takes from it. */
type StatementLine = {
  date: string
  what: string
  /** The number of the document, or the reference of the payment or entry. */
  number: string
  dueOn: string
  source: { kind: string; id: string }
  amount: MoneyJson
  /** What was owed after it. */
  balance: MoneyJson
}

type CustomerStatement = {
  party: string
  name: string
  currency: string
  openingBalance: MoneyJson
  lines: StatementLine[]
  closingBalance: MoneyJson
  /** The closing balance by how long it has been due. */
  ageing: AgedAmounts
  /** Where the customer is told to pay. */
  payTo: BankDetails[]
}

export type Statements = Report<CustomerStatement> & {
  from: AccountingDate
  to: AccountingDate
  next: string | null
}

export type StatementsParameters = {
  from: AccountingDate
  to: AccountingDate
  /** The number of one customer; without it, every customer who owes something at the end, or is owed. */
  party?: string | undefined
  /** The numbers of several: those of them who owe something at the end, or are owed. */
  parties?: readonly string[] | undefined
  /** So many customers, after the one with this number. */
  limit?: number | undefined
  after?: string | undefined
  /** Of those only so many whose rows of the table are no fewer than this, and how many rows of the others are left out. */
  most?: number | undefined
}

/** Without a day it is the sum of all items before the range. */
type ItemRow = {
  party: string
  currency: string
  opened_on: string | null
  due_on: string
  source_kind: string
  source_id: string
  kind: string | null
  number: string
  amount_minor: bigint
}

/**
 * Statements of account: what a customer owed before a range of days, what happened in it, and what is owed at its end, by age. The closing
 * balances of all customers are the aged receivables of the last day. Refuses `customer_unknown`.
 */
export async function statements(tx: Tx, parameters: StatementsParameters): Promise<Statements> {
  const { from, to, party, limit } = parameters
  const heading = await companyHeading(tx)
  const chosen = await statementsToWrite(tx, parameters)
  const page = limit === undefined ? chosen : firstParties(chosen, limit)
  const { shown, left } = await firstStatements(tx, page, parameters)
  const rows = await tx.query<ItemRow>(itemsOf, [tx.companyId, to, numbersOf(shown), from])
  const items = new Map<string, ItemRow[]>()
  for (const row of rows) {
    const key = `${row.currency} ${row.party}`
    const found = items.get(key)
    if (found === undefined) items.set(key, [row])
    else found.push(row)
  }
  const payTo = await payToOf(tx)
  const written = party === undefined ? shown : withSettledCurrencies(shown, rows)
  return {
    report: 'statements',
    ...heading,
    from,
    to,
    rows: written.map((sum) => ({
      ...statementOf(sum, items.get(`${sum.currency} ${sum.party}`) ?? []),
      payTo: payTo(sum.currency),
    })),
    next: page.length < chosen.length ? (page.at(-1)?.party ?? null) : null,
    ...(left === undefined ? {} : { left }),
  }
}

const numbersOf = (sums: readonly AgedSum[]): string =>
  column([...new Set(sums.map((sum) => sum.party))], (number) => number) ?? '{}'

/** Beside its lines a statement has a row of what was brought forward, and one of what is owed. */
const ROWS_BESIDE = 2

/** Where only so many rows are asked for: the first statements that have as many, and how many rows the others have. */
async function firstStatements(
  tx: Tx,
  page: readonly AgedSum[],
  { from, to, party, most }: StatementsParameters,
): Promise<{ shown: readonly AgedSum[]; left?: number }> {
  if (most === undefined || party !== undefined) return { shown: page }
  const counted = await tx.query<{ party: string; currency: string; lines: bigint }>(countOf, [
    tx.companyId,
    to,
    numbersOf(page),
    from,
  ])
  const lines = new Map(counted.map((row) => [`${row.currency} ${row.party}`, Number(row.lines)]))
  const rows = page.map((sum) => (lines.get(`${sum.currency} ${sum.party}`) ?? 0) + ROWS_BESIDE)
  let shown = 0
  let before = 0
  while (before < most && shown < rows.length) before += rows[shown++] ?? 0
  return { shown: page.slice(0, shown), left: rows.slice(shown).reduce((all, one) => all + one, 0) }
}

/** So many unknown numbers are named. */
const MOST_NAMED = 10

const nothing = { current: 0n, days1To30: 0n, days31To60: 0n, days61To90: 0n, over90: 0n } as const

/** With a limit, those of one customer more: there is a page after this one. */
async function statementsToWrite(tx: Tx, parameters: StatementsParameters): Promise<AgedSum[]> {
  const { to, party, parties, after, limit } = parameters
  const asked = { asOf: to, ledger: 'receivable' } as const
  if (party === undefined) {
    if (parties !== undefined) await refuseUnknown(tx, parties)
    const most = limit === undefined ? undefined : limit + 1
    return (await agedSums(tx, { ...asked, parties, after, most, owing: true })).sums
  }
  const { sums } = await agedSums(tx, { ...asked, party })
  if (sums.length > 0) return sums
  const { currency } = await companyHeading(tx)
  const [known] = await tx.query<{ name: string }>(
    `select name from party where company_id = $1 and kind = 'customer' and number = $2`,
    [tx.companyId, party],
  )
  if (known === undefined) throw new Refusal('customer_unknown', { customer: party })
  return [{ party, name: known.name, currency, ...nothing }]
}

async function refuseUnknown(tx: Tx, numbers: readonly string[]): Promise<void> {
  const unknown = await tx.query<{ number: string }>(
    `select wanted.number from unnest($2::text[]) with ordinality as wanted (number, place)
      where not exists (select from party where company_id = $1 and kind = 'customer' and number = wanted.number) order by place`,
    [tx.companyId, column(numbers, (number) => number)],
  )
  if (unknown.length === 0) return
  const named = unknown.slice(0, MOST_NAMED).map(({ number }) => number || 'an empty one')
  const more = unknown.length > MOST_NAMED ? ` and ${unknown.length - MOST_NAMED} more` : ''
  throw new Refusal('customer_unknown', { customers: `${named.join('; ')}${more}` })
}

function firstParties(sums: readonly AgedSum[], limit: number): AgedSum[] {
  const numbers = new Set([...new Set(sums.map(({ party }) => party))].slice(0, limit))
  return sums.filter(({ party }) => numbers.has(party))
}

/** Of one customer the currencies in which everything is settled are told as well. */
function withSettledCurrencies(sums: readonly AgedSum[], rows: readonly ItemRow[]): AgedSum[] {
  const [first] = sums
  const known = new Set(sums.map(({ currency }) => currency))
  const others = [...new Set(rows.map(({ currency }) => currency))].filter((currency) => !known.has(currency))
  return first === undefined ? [] : [...sums, ...others.map((currency) => ({ ...first, ...nothing, currency }))]
}

const customers = `party p where p.company_id = $1 and p.kind = 'customer' and p.number in (select unnest($3::text[]))`
const ofCustomer = `company_id = $1 and party_id = p.id and ledger = 'receivable'`

// Applications settle a party's items against each other, so the items alone make the balance: those before the range its beginning. What is joined is looked up
// item by item.
const itemsOf = `
  select p.number as party, i.currency, i.opened_on, i.due_on, i.source_kind, i.source_id, coalesce(d.kind, y.kind) as kind,
      coalesce(d.number, i.document_number, y.reference, e.source_id, i.source_id) as number, i.amount_minor
    from (select id, number from ${customers}) p
    cross join lateral (
      select id, currency, opened_on, due_on, source_kind, source_id, document_number, amount_minor from open_item
        where ${ofCustomer} and opened_on between $4 and $2
      union all
      select null, currency, null, null, null, null, null, sum(amount_minor)::bigint from open_item
        where ${ofCustomer} and opened_on < $4 and opened_on <= $2 group by currency
    ) i
    left join lateral (
      select kind, number from sales_document where company_id = $1 and id = case when i.source_kind = 'sales_document' then i.source_id::bigint end offset 0
    ) d on true
    left join lateral (
      select kind, reference from payment
        where company_id = $1 and id = case when i.source_kind = 'payment' and i.source_id ~ '^[0-9]+$' then i.source_id::bigint end offset 0
    ) y on true
    left join lateral (
      select source_id from journal_entry
        where company_id = $1 and id = case when i.source_kind = 'journal_line' then split_part(i.source_id, '/', 1)::bigint end offset 0
    ) e on true
    order by p.number, i.currency, i.opened_on nulls first, i.id`

const countOf = `
  select p.number as party, i.currency, count(*) as lines from (select id, number from ${customers}) p
    cross join lateral (select currency from open_item where ${ofCustomer} and opened_on between $4 and $2 offset 0) i
    group by p.number, i.currency`

const words: Readonly<Record<string, string>> = {
  invoice: 'Invoice',
  credit_note: 'Credit note',
  bad_debt: 'Written off',
  capture: 'Payment',
  refund: 'Refund',
  sales_document: 'Document',
  payment: 'Payment',
  deposit_application: 'Deposit used',
  gift_card_redemption: 'Gift card used',
  journal_line: 'Journal',
}

const whatOf = ({ kind, source_kind }: ItemRow): string =>
  words[kind ?? source_kind] ?? words[source_kind] ?? source_kind.replaceAll('_', ' ')

function statementOf(sum: AgedSum, items: readonly ItemRow[]): Omit<CustomerStatement, 'payTo'> {
  const { party, name, currency } = sum
  const money = (minor: bigint): MoneyJson => moneyJson(minor, currency)
  const opening = items.find(({ opened_on }) => opened_on === null)?.amount_minor ?? 0n
  let balance = opening
  const lines = items.flatMap((item): StatementLine[] => {
    if (item.opened_on === null) return []
    balance += item.amount_minor
    return [
      {
        date: item.opened_on,
        what: whatOf(item),
        number: item.number,
        dueOn: item.due_on,
        source: { kind: item.source_kind, id: item.source_id },
        amount: money(item.amount_minor),
        balance: money(balance),
      },
    ]
  })
  if (balance !== totalOf(sum)) throw new Error(`the items of customer ${party} do not sum to what is open`)
  return {
    party,
    name,
    currency,
    openingBalance: money(opening),
    lines,
    closingBalance: money(balance),
    ageing: agedAmounts(sum),
  }
}

const lineColumns = [
  dateColumn('date', 'Date'),
  textColumn('what', 'What'),
  textColumn('number', 'Number'),
  dateColumn('dueOn', 'Due'),
  moneyColumn('amount', 'Amount'),
  moneyColumn('balance', 'Balance'),
]

const rowsOf = (statement: CustomerStatement, from: string, to: string): Record<string, Cell>[] => [
  { date: from, what: 'Brought forward', number: null, dueOn: null, amount: null, balance: statement.openingBalance },
  ...statement.lines.map(({ source: _, ...line }) => line),
  {
    date: to,
    what: 'Balance owed',
    number: null,
    dueOn: null,
    amount: null,
    balance: statement.closingBalance,
    [emphasisKey]: 'result',
  },
]

/** One row a line, with its customer on each. */
export const statementsTable = ({ rows, from, to }: Statements): Table => ({
  columns: [textColumn('party', 'Customer'), textColumn('name', 'Name'), ...lineColumns],
  rows: rows.flatMap((statement) =>
    rowsOf(statement, from, to).map((row) => ({ party: statement.party, name: statement.name, ...row })),
  ),
})

/** On paper each customer has a page: the account, and below it what is owed by age and where it is paid. */
export const statementsPages = ({ rows, from, to }: Statements): Page[] =>
  rows.map((statement) => ({
    title: `Statement of account: ${statement.name}${statement.name === statement.party ? '' : `, no. ${statement.party}`}`,
    currency: statement.currency,
    tables: [
      { columns: lineColumns, rows: rowsOf(statement, from, to) },
      { columns: ageColumns, rows: [statement.ageing] },
      ...(statement.payTo.length > 0 ? [payToTable(statement.payTo)] : []),
    ],
  }))
