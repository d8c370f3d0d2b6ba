import { parseAccountingDate } from '../../kernel/accounting-date.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** A condition on a list. `sql` gets the place of its value among the parameters; a choice's value stands in the statement itself. */
export type Filter = { readonly description: string } & (
  | { readonly kind: 'text' | 'day' | 'id' | 'amount'; sql(parameter: string): string }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; sql(choice: string): string }
)

/** A decimal as a parameter, in the minor units of a currency. */
export const minorOf = (parameter: string, currency: string): string =>
  `(${parameter}::numeric * (select 10 ^ exponent from currency where code = ${currency}))`

/** An order of a list: columns of which the last tells rows apart, all in one direction, their types, and where a row has their values. */
export type Order<Field = string> = {
  readonly columns: readonly { sql: string; type: 'text' | 'date' | 'bigint'; field: Field }[]
  readonly direction: 'asc' | 'desc'
}

/** A list of a company's rows, `company_id` being the first parameter of its statement. */
export type List<Row> = {
  readonly filters: Readonly<Record<string, Filter>>
  readonly orders: Readonly<Record<string, Order<keyof Row & string>>>
  readonly columns: string
  readonly tables: string
  readonly where: string
  /** Values that its tables ask for, from the second parameter on: the first is the company. */
  readonly values?: readonly unknown[]
  /** The tables that its filters need, where the others only add columns: counting leaves those out. */
  readonly counted?: string
  /** How it is read where one of some filters lets few rows through: from a table that holds just those, in the same orders. */
  readonly driven?: Driven
  /** Never called: it carries the type of the rows. */
  readonly row?: Row
}

export type Driven = {
  readonly by: readonly string[]
  readonly tables: string
  readonly counted: string
  readonly where: string
  /** What the table calls the columns of the orders. */
  readonly columns: Readonly<Record<string, string>>
}

export type Asked = {
  filters?: Readonly<Record<string, string | undefined>>
  sort?: string | undefined
  after?: string | undefined
  limit?: number | undefined
}

/** A page, and where the next one begins: null on the last. */
export type Page<Row> = { rows: Row[]; next: string | null }

export const DEFAULT_PAGE = 50
export const LARGEST_PAGE = 500

// The planner must know how few rows a page takes, and each text is prepared once: so a page is fetched in one of a few sizes and cut.
const sizes = [51, 101, LARGEST_PAGE + 1]

/**
 * Reads a page of a list. Pages are cut by the values of the order's columns and not by counting, so that rows which come meanwhile neither
 * repeat nor push aside any other, and a page costs the same at any depth. Refuses `input_invalid` for a cursor of another list or order.
 */
export async function readPage<Row extends object>(tx: Tx, list: List<Row>, asked: Asked = {}): Promise<Page<Row>> {
  const { filters = {}, limit = DEFAULT_PAGE } = asked
  const sort = asked.sort ?? (Object.keys(list.orders)[0] as string)
  const known = list.orders[sort]
  if (known === undefined) throw new Refusal('input_invalid', { sort, expected: Object.keys(list.orders).join(', ') })
  const driven = drivenBy(list, filters)
  const order = {
    ...known,
    columns: known.columns.map((one) => ({ ...one, sql: driven?.columns[one.sql] ?? one.sql })),
  }
  const { values, conditions } = conditionsOf(tx, list, filters)
  if (asked.after !== undefined) conditions.push(beyond(order, readCursor(asked.after, sort, order), values))
  const size = sizes.find((larger) => larger > limit) ?? LARGEST_PAGE + 1
  const rows = await tx.query<Row>(
    `select ${list.columns} from ${driven?.tables ?? list.tables} where ${conditions.join(' and ')}
       order by ${order.columns.map(({ sql }) => `${sql} ${order.direction}`).join(', ')} limit ${size}`,
    values,
  )
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  const next =
    last === undefined
      ? null
      : writeCursor(
          sort,
          order.columns.map(({ field }) => String(last[field])),
        )
  return { rows: page, next }
}

const drivenBy = (list: Pick<List<never>, 'driven'>, filters: NonNullable<Asked['filters']>): Driven | undefined =>
  list.driven?.by.some((name) => filters[name] !== undefined) ? list.driven : undefined

function conditionsOf(
  tx: Tx,
  list: Pick<List<never>, 'filters' | 'where' | 'values' | 'driven'>,
  filters: NonNullable<Asked['filters']>,
) {
  const values: unknown[] = [tx.companyId, ...(list.values ?? [])]
  const conditions = [drivenBy(list, filters)?.where ?? list.where]
  for (const [name, filter] of Object.entries(list.filters)) {
    const value = filters[name]
    if (value === undefined) continue
    if (filter.kind === 'choice') conditions.push(filter.sql(value))
    else conditions.push(filter.sql(`$${values.push(value)}`))
  }
  return { values, conditions }
}

/** So far a list is counted; what is more is more. */
export const MOST_COUNTED = 10_000
/** A filter that no index helps may have to look at every row: nobody waits longer for a number. */
const COUNTING_MS = 200

/** How many rows a list has: as many as there are up to 10,000, one more for more; null where counting takes too long. */
export async function countRows(
  tx: Tx,
  list: List<never>,
  filters: NonNullable<Asked['filters']>,
): Promise<number | null> {
  const { values, conditions } = conditionsOf(tx, list, filters)
  await tx.query('savepoint counting')
  try {
    await tx.query(`set local statement_timeout = ${COUNTING_MS}`)
    const { count } = only(
      await tx.query<{ count: number }>(
        `select count(*)::int as count from (
           select from ${drivenBy(list, filters)?.counted ?? list.counted ?? list.tables} where ${conditions.join(' and ')} limit ${MOST_COUNTED + 1}) c`,
        values,
      ),
    )
    return count
  } catch (error) {
    if ((error as { code?: string }).code !== QUERY_CANCELED) throw error
    await tx.query('rollback to savepoint counting')
    return null
  }
}

/** SQLSTATE of a statement that took longer than it may. */
const QUERY_CANCELED = '57014'

function beyond({ columns, direction }: Order, keys: readonly string[], values: unknown[]): string {
  const places = columns.map(({ type }, index) => `$${values.push(keys[index])}::${type}`)
  return `(${columns.map(({ sql }) => sql).join(', ')}) ${direction === 'asc' ? '>' : '<'} (${places.join(', ')})`
}

const writeCursor = (sort: string, keys: readonly string[]): string =>
  Buffer.from(JSON.stringify([sort, ...keys])).toString('base64url')

const forms: Readonly<Record<string, RegExp>> = {
  bigint: /^-?[0-9]{1,18}$/,
  text: /^[^\0]{0,1000}$/s,
}

function readCursor(text: string, sort: string, { columns }: Order): string[] {
  const invalid = new Refusal('input_invalid', { after: text, expected: 'what a page of this list gave as next' })
  let read: unknown
  try {
    read = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    throw invalid
  }
  if (!Array.isArray(read) || read.length !== columns.length + 1 || read[0] !== sort) throw invalid
  const keys = read.slice(1) as unknown[]
  const fits = keys.every((key, index) => {
    const type = columns[index]?.type ?? ''
    if (typeof key !== 'string') return false
    return type === 'date' ? parseAccountingDate(key) !== undefined : forms[type]?.test(key) === true
  })
  if (!fits) throw invalid
  return keys as string[]
}
