import {
  type AccountingDate,
  accountingDate,
  dateOf,
  endOfMonth,
  parseAccountingDate,
} from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { activityBy, activityRange, monthsOfItem } from '../activity.ts'
import { type SalesAccount, salesAccounts } from '../home/sales-of-days.ts'
import type { Range } from '../periods.ts'
import { linesSource, type Source } from '../source.ts'
import { itemList, itemsById } from './items.ts'
import { type Asked, type List, readPage } from './list.ts'

type Row = {
  id: bigint
  code: string
  name: string
  kind: 'goods' | 'service'
  itemGroup: string | null
  salesMinor: bigint
}

/** An item with what was sold of it in a range of days, in the books' own currency and without tax; returns and discounts are taken off. */
export type ItemSales = Omit<Row, 'id' | 'salesMinor'> & {
  id: string
  from: AccountingDate
  to: AccountingDate
  sales: MoneyJson
  source: Source | undefined
}

const { code, like, kind, itemGroup } = itemList.filters
// The range is what is summed; it leaves no item out.
const aDay = (description: string) =>
  ({ kind: 'day', description, sql: (at: string) => `${at}::date is not null` }) as const

const filters = {
  from: aDay(
    'Sold on this day or later; without it, in the twelve months that end with the month of the latest document.',
  ),
  to: aDay('Sold on this day or earlier.'),
  code,
  like,
  kind,
  itemGroup,
}

const orders = {
  '-sales': {
    direction: 'desc',
    columns: [
      { sql: 'coalesce(s.minor, 0)', type: 'bigint', field: 'salesMinor' },
      { sql: 'i.id', type: 'bigint', field: 'id' },
    ],
  },
  sales: {
    direction: 'asc',
    columns: [
      { sql: 'coalesce(s.minor, 0)', type: 'bigint', field: 'salesMinor' },
      { sql: 'i.id', type: 'bigint', field: 'id' },
    ],
  },
  code: itemList.orders.code,
} as const

const where = 'i.company_id = $1'
const counted = 'item i left join item_group g on g.company_id = i.company_id and g.id = i.item_group_id'

/** Items by what was sold of them, the most first. What was sold stands in the list only once a range is known. */
export const itemSalesList = { filters, orders, columns: 'i.id', tables: counted, where, counted }

/** What was sold of each item: the days of a range as `activityBy` takes them, and the accounts, are the list's own values. */
const sums = `(select key::bigint as item_id, -sum(amount_minor)::bigint as minor from (${activityBy('item')}) a
    where account_id = any ($6::bigint[]) group by key)`

const listOf = (range: Range, accounts: readonly SalesAccount[]): List<Row> => ({
  columns: 'i.id, i.code, i.name, i.kind, g.code as "itemGroup", coalesce(s.minor, 0) as "salesMinor"',
  tables: `${counted}
      left join ${sums} s on s.item_id = i.id`,
  where,
  values: [...activityRange(range), column(accounts, ({ id }) => id) ?? '{}'],
  filters,
  orders,
})

type Company = { currency: string; last: string | null; now: string }

const companyOf = async (tx: Tx): Promise<Company> =>
  only(
    await tx.query<Company>(
      `select base_currency as currency, (now() at time zone time_zone)::date as now,
          (select max(issued_on) from sales_document where company_id = $1) as last from company where id = $1`,
      [tx.companyId],
    ),
  )

/** The range that is asked for. Refuses `input_invalid` for one that ends before it begins. */
function rangeOf({ from, to }: Readonly<Record<string, string | undefined>>, { last, now }: Company): Range {
  const end = parseAccountingDate(to ?? '') ?? endOfMonth(accountingDate(last ?? now))
  const start = parseAccountingDate(from ?? '') ?? yearBefore(end)
  if (start > end) throw new Refusal('input_invalid', { from: start, expected: `a day not after ${end}` })
  return { from: start, to: end }
}

/** The first day of the twelve months that end with the month of a day. */
const yearBefore = (day: AccountingDate): AccountingDate => {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return month === 12 ? dateOf(year, 1, 1) : dateOf(year - 1, month + 1, 1)
}

export async function itemSalesPage(tx: Tx, asked: Asked) {
  const company = await companyOf(tx)
  const range = rangeOf(asked.filters ?? {}, company)
  const accounts = await salesAccounts(tx)
  const { rows, next } = await readPage<Row>(tx, listOf(range, accounts), asked)
  const codes = accounts.map((account) => account.code)
  return {
    rows: rows.map(
      ({ id, salesMinor, ...row }): ItemSales => ({
        id: String(id),
        ...row,
        ...range,
        sales: moneyJson(salesMinor, company.currency),
        source: linesSource(codes, { ...range, item: row.code }),
      }),
    ),
    next,
  }
}

type ItemMonth = { month: AccountingDate; sales: MoneyJson; source: Source | undefined }

type ItemLine = {
  document: string
  number: string
  kind: string
  issuedOn: string
  customer: string | null
  customerName: string | null
  quantity: string
  unitPrice: string
  net: MoneyJson
}

/** So many months, and so many lines of documents, the latest first, stand beside an item. */
const MOST_MONTHS = 24
const MOST_LINES = 20

/** Items by id with their sales by month, the latest first, and their latest lines on documents: those that there are. */
export async function itemSalesById(tx: Tx, ids: readonly string[]) {
  const [found, company, accounts] = [await itemsById(tx, ids), await companyOf(tx), await salesAccounts(tx)]
  const whole = new Map<string, object>()
  for (const [id, item] of found) {
    const months = await monthsOf(tx, item, { accounts, currency: company.currency })
    whole.set(id, { ...item, months, lines: await linesOf(tx, id) })
  }
  return whole
}

async function monthsOf(
  tx: Tx,
  item: { id: string; code: string },
  { accounts, currency }: { accounts: readonly SalesAccount[]; currency: string },
): Promise<ItemMonth[]> {
  const rows = await tx.query<{ month: AccountingDate; minor: bigint }>(
    `${monthsOfItem} order by month desc limit ${MOST_MONTHS}`,
    [tx.companyId, item.id, column(accounts, ({ id }) => id) ?? '{}'],
  )
  const codes = accounts.map((account) => account.code)
  return rows.map(({ month, minor }) => ({
    month,
    sales: moneyJson(minor, currency),
    source: linesSource(codes, { from: month, to: endOfMonth(month), item: item.code }),
  }))
}

async function linesOf(tx: Tx, id: string): Promise<ItemLine[]> {
  const rows = await tx.query<Omit<ItemLine, 'net'> & { netMinor: bigint; currency: string }>(
    `select l.document_id::text as document, d.number, d.kind, d.issued_on as "issuedOn", d.party_id::text as customer, p.name as "customerName",
        l.quantity::text, l.unit_price::text as "unitPrice", l.net_minor as "netMinor", d.currency
      from (select * from sales_document_line where company_id = $1 and item_id = $2 order by document_id desc limit ${MOST_LINES}) l
      join sales_document d on d.company_id = $1 and d.id = l.document_id
      left join party p on p.company_id = $1 and p.id = d.party_id
      order by d.issued_on desc, l.document_id desc, l.line_no`,
    [tx.companyId, id],
  )
  return rows.map(({ netMinor, currency, ...line }) => ({ ...line, net: moneyJson(netMinor, currency) }))
}
