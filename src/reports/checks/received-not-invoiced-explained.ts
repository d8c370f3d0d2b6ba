import { type Check, nothingToCompare } from './check.ts'

/** Goods received and not invoiced are receipts without bills, less bills without receipts. There are no receipts yet. */
export const receivedNotInvoicedExplained: Check = { name: 'received-not-invoiced-explained', run: nothingToCompare }
