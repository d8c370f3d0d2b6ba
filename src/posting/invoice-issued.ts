import type { JournalDraft } from './draft.ts'
import { type SalesFact, salesEntry } from './sales-fact.ts'

/**
 * The customer owes what the invoice says, and the sale is ours with the shipment that it comes with.
 *
 * Dr receivable (gross) · Cr each line by its role: sales, shipping_income, gift_card_liability … (net) · Cr output_tax.
 * A discount is a negative line of role sales_discounts, and so a debit. One entry for each document, in order.
 */
export const invoiceIssued = (documents: readonly SalesFact[]): JournalDraft[] =>
  documents.map((document) => salesEntry('invoice-issued', document))
