import { only, type Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import type { Source } from './source.ts'

/** What a cell of a report holds: text, a count, money, or nothing. Never a float that stands for money. */
export type Cell = string | number | boolean | null | MoneyJson

/** A report as data: what it is of, and plain rows. Every rendering shows these same rows. */
export type Report<Row = Readonly<Record<string, unknown>>> = {
  readonly report: string
  /** The company's id. */
  readonly company: string
  /** The company's base currency. */
  readonly currency: string
  readonly asOf?: string
  readonly from?: string
  readonly to?: string
  readonly rows: readonly Row[]
  /** Where the next page begins; null on the last page. Absent on a report without pages. */
  readonly next?: string | null
  /** Where only so many rows were asked for: how many are left out, and the sums of columns over all rows, by their keys. */
  readonly left?: number
  readonly sums?: Readonly<Record<string, MoneyJson>>
  /** Of such a report that is drawn by size, the largest of all rows. */
  readonly largest?: readonly Row[]
}

/** A column of a report's table. */
export type Column = {
  readonly key: string
  readonly title: string
  readonly kind: 'text' | 'number' | 'money' | 'date'
}

/** The key under which a row of a table says that it is a `total` or a `result`, so that a page can set it off. No column shows it. */
export const emphasisKey = 'emphasis'

/** The key under which a row of a table says where the rows behind its figures are read. No rendering shows it. */
export const sourceKey = Symbol('source')

export type TableRow = Readonly<Record<string, Cell>> & { readonly [sourceKey]?: Source | undefined }

/** A report laid out flat, for terminals and spreadsheets. */
export type Table = {
  readonly columns: readonly Column[]
  readonly rows: readonly TableRow[]
  /** Keys of columns of money whose sum stands below them on paper and in a workbook. */
  readonly totals?: readonly string[]
}

export const textColumn = (key: string, title: string): Column => ({ key, title, kind: 'text' })
export const dateColumn = (key: string, title: string): Column => ({ key, title, kind: 'date' })
export const numberColumn = (key: string, title: string): Column => ({ key, title, kind: 'number' })
export const moneyColumn = (key: string, title: string): Column => ({ key, title, kind: 'money' })

/** What every report needs to know of its company. */
export type CompanyHeading = { company: string; currency: string }

export async function companyHeading(tx: Tx): Promise<CompanyHeading> {
  const { currency } = only(
    await tx.query<{ currency: string }>('select base_currency as currency from company where id = $1', [tx.companyId]),
  )
  return { company: String(tx.companyId), currency }
}

/** Writes minor units of one currency as JSON money. */
export const moneyIn =
  (currency: string) =>
  (minor: bigint): MoneyJson =>
    moneyJson(minor, currency)

/** An id as JSON carries it: text, since an id may be larger than a number holds exactly. */
export const idText = (id: bigint | null): string | null => (id === null ? null : String(id))
