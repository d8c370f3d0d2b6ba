import { type AccountingDate, accountingDate } from '../../kernel/accounting-date.ts'
import type { ShopifyHead, ShopifyRow } from './rows.ts'

/** The name of the format, and the source of its documents. */
export const source = 'shopify-orders'

export type Line = NonNullable<ShopifyRow['line']>

/** A line of an order and where it stood. */
export type PlacedLine = { file: number; line: number; row: Line }

/** The day of a moment. */
export const dayOf = (moment: string): AccountingDate => accountingDate(moment.slice(0, 10))

/** The day of a moment that the export may leave empty. */
export const dayOrNull = (moment: string): AccountingDate | null => (moment === '' ? null : dayOf(moment))

/** The day on which a refund is booked: that of the cancellation, and never before what it takes back. */
export function refundDay(head: ShopifyHead, notBefore: AccountingDate): AccountingDate {
  const cancelled = head.cancelledAt === '' ? notBefore : dayOf(head.cancelledAt)
  return cancelled > notBefore ? cancelled : notBefore
}
