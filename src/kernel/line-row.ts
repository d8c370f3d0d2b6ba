import type { MoneyJson } from './money.ts'

/** A line behind a figure, with what it is about: a row of the report `lines`. A debit is positive. */
export type LineRow = {
  date: string
  entryId: string
  lineNo: number
  /** The number of the entry within its fiscal year, such as 2011-15; null until it is sealed. */
  entryNumber: string | null
  account: string
  accountName: string
  rule: string
  description: string
  party: string | null
  partyName: string | null
  item: string | null
  itemName: string | null
  channel: string | null
  country: string | null
  taxCode: string | null
  documentId: string | null
  documentKind: string | null
  documentNumber: string | null
  documentLineNo: number | null
  quantity: string | null
  /** The file and the row of it that the line, or else the first line of its document, was read from. */
  sourceFile: string | null
  sourceRow: number | null
  amount: MoneyJson
  /** The same in the line's own currency, where that is another one. */
  currencyAmount: MoneyJson | null
}
