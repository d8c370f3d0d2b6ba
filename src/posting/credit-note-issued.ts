import type { JournalDraft } from './draft.ts'
import { type SalesFact, salesEntry } from './sales-fact.ts'

/**
 * What was invoiced is conceded again. The amounts are negative, as on the document.
 *
 * Dr each line by its role (net) · Dr output_tax · Cr receivable (gross). The rule names the roles of the sale itself; the mapping sends
 * `sales` on a credit note to the account of sales_returns. One entry for each document, in order.
 */
export const creditNoteIssued = (documents: readonly SalesFact[]): JournalDraft[] =>
  documents.map((document) => salesEntry('credit-note-issued', document))
