import type { Amount } from '../../../../ui/exact.ts'

/** A row of the report `lines`: a debit is positive. */
export type Line = {
  date: string
  entryId: string
  lineNo: number
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
  sourceFile: string | null
  sourceRow: number | null
  amount: Amount
  currencyAmount: Amount | null
}

export type Lines = {
  currency: string
  from: string
  to: string
  accounts: { code: string; name: string; class: 'asset' | 'liability' | 'equity' | 'income' | 'expense' }[]
  counted?: { lines: number; complete: boolean; amount: Amount | null; remaining: Amount | null }
  rows: Line[]
  next: string | null
}

/** Whether the figure behind the lines counts credits as positive, as sales, tax owed and what is owed by us do. */
export const isCreditPositive = ({ accounts }: Pick<Lines, 'accounts'>): boolean =>
  accounts.some((account) => account.class !== 'asset' && account.class !== 'expense')
