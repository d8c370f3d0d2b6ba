export { customerList, customerPage, customersById, supplierList, supplierPage, suppliersById } from './customers.ts'
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
export { earlyPaymentTermList, earlyPaymentTermPage, earlyPaymentTermsById } from './early-payment-terms.ts'
export { type EntrySummary, entriesById, entryList, entryPage, linesOfEntries } from './entries.ts'
export { giftCardMovementList, giftCardMovementPage } from './gift-card-movements.ts'
export { giftCardList, giftCardPage, giftCardsById } from './gift-cards.ts'
export { itemGroupList, itemGroupPage, itemGroupsById } from './item-groups.ts'
export { itemSalesById, itemSalesList, itemSalesPage } from './item-sales.ts'
export { itemList, itemPage, itemsById } from './items.ts'
export { openItemList, openItemPage, openItemsById, payableItemList, payableItemPage } from './open-items.ts'
export { paymentList, paymentPage, paymentsById, paymentsOfDocuments } from './payments.ts'
export { sellersOfDocuments } from './sellers.ts'
export {
  storeCreditList,
  storeCreditMovementList,
  storeCreditMovementPage,
  storeCreditOfCustomers,
  storeCreditPage,
} from './store-credit.ts'
