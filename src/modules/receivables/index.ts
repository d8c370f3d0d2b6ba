export { applyOpenItems } from './apply-open-items.ts'
export {
  earlierDocumentKey,
  type ItemSource,
  ItemsLeft,
  itemsOfEarlierDocuments,
  leftOf,
  lockItemsOf,
  type OpenItem,
  sourceKey,
} from './find-items.ts'
export { type Application, applyItems, type Ledger, type NewOpenItem, openItems } from './open-items.ts'
export { settleItems } from './settle-items.ts'
export { type WriteOffRequest, writeOffBadDebts } from './write-off-bad-debts.ts'
