export { customerList, customerPage, customersById } from './customers.ts'
export {
  type DocumentSummary,
  documentList,
  documentPage,
  documentsById,
  linesOfDocuments,
  payToOfDocuments,
  taxesOfDocuments,
} from './documents.ts'
export { earlierDocumentList, earlierDocumentPage, earlierDocumentsById } from './earlier-documents.ts'
export { type EntrySummary, entriesById, entryList, entryPage, linesOfEntries } from './entries.ts'
export { itemList, itemPage, itemsById } from './items.ts'
export { openItemList, openItemPage, openItemsById } from './open-items.ts'
export { paymentList, paymentPage, paymentsById, paymentsOfDocuments } from './payments.ts'
