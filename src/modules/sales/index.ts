export {
  bookingKinds,
  type DocumentKind,
  type DocumentLine,
  type DocumentOutcome,
  type DocumentRequest,
  type DocumentTax,
  documentKinds,
  grossOf,
  netOf,
  taxOf,
} from './document.ts'
export { issueDocuments, prepareDocuments } from './issue-documents.ts'
export { type LinkCounts, linkCreditLines } from './link-credit-lines.ts'
