export { type ShippingProgress, shippingOfShipment } from '../../posting/shipping.ts'
export {
  type DocumentLine,
  type DocumentOutcome,
  type DocumentRequest,
  type DocumentTax,
  grossOf,
} from './document.ts'
export {
  type EarlyPaymentEnding,
  type EarlyPaymentTerms,
  endEarlyPayment,
  lockEarlyPayment,
  offerEarlyPayment,
} from './early-payment-terms.ts'
export { currenciesOf, documentsByNumber } from './find-documents.ts'
export { type ImportedOrder, type ImportedOrderOutcome, importOrders, type OrderPayment } from './import-orders.ts'
export { type CreditNoteRequest, issueCreditNotes } from './issue-credit-notes.ts'
export { issueDocuments, prepareDocuments } from './issue-documents.ts'
export { type InvoiceLineRequest, type InvoiceRequest, issueInvoices } from './issue-invoices.ts'
export { type LinkCounts, linkCreditLines } from './link-credit-lines.ts'
export { type NumberedKind, numberDocuments } from './number-documents.ts'
export { linesOfOrders, type OrderLine } from './order-lines.ts'
export {
  addPostingDayRules,
  listPostingDayRules,
  type OtherDays,
  type PostingDayRule,
  postingBases,
} from './posting-days.ts'
