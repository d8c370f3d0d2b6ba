import type { LineRow } from '../../../../../src/kernel/line-row.ts'
import type { Amount } from '../../../../ui/exact.ts'

export type Lines = {
  currency: string
  from: string
  to: string
  accounts: { code: string; name: string; class: 'asset' | 'liability' | 'equity' | 'income' | 'expense' }[]
  counted?: { lines: number; complete: boolean; amount: Amount | null; remaining: Amount | null }
  rows: LineRow[]
  next: string | null
}

/** Whether the figure behind the lines counts credits as positive, as sales, tax owed and what is owed by us do. */
export const isCreditPositive = ({ accounts }: Pick<Lines, 'accounts'>): boolean =>
  accounts.some((account) => account.class !== 'asset' && account.class !== 'expense')
