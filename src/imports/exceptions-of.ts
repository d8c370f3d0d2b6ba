import type { NewException } from '../modules/inbox/index.ts'
import {
  type DocumentOutcome,
  type DocumentRequest,
  grossOf,
  type ImportedOrderOutcome,
} from '../modules/sales/index.ts'
import type { PlannedOrder } from './import-format.ts'

/** What a person must look at of an order: what was planned of all that is new, and each document that is there with other content. */
export function exceptionsOf(
  { documents, payments = [] }: PlannedOrder,
  outcome: ImportedOrderOutcome,
): NewException[] {
  const ofDocuments = documents.flatMap(({ request, exceptions }, place) => {
    const issued = outcome.documents[place] as DocumentOutcome | 'skipped'
    if (issued === 'skipped') return []
    if (issued.result === 'refused') return [changedDocument(request)]
    return issued.result === 'created' ? exceptions : []
  })
  const ofPayments = payments.flatMap(({ exceptions }, place) =>
    outcome.payments[place] === 'created' ? exceptions : [],
  )
  return [...ofDocuments, ...ofPayments]
}

const changedDocument = (request: DocumentRequest): NewException => ({
  kind: 'document_changed',
  source: request.source,
  subject: `${request.number} ${request.contentHash.toString('hex').slice(0, 16)}`,
  message: `${request.number} is in the books with other content: nothing was changed`,
  amountMinor: grossOf(request),
  currency: request.currency,
})
