import type { RunStep } from '../modules/intake/index.ts'
import type { ImportedOrderOutcome } from '../modules/sales/index.ts'
import type { PlannedDocument, PlannedOrder } from './import-format.ts'

/** What a batch did, and what of it was there already. */
export type Step = Required<RunStep> & { existing: number; refused: number; paymentsThere: number }

/** Counts what became of the orders of a batch. */
export function stepOf(batch: readonly PlannedOrder[], outcomes: readonly ImportedOrderOutcome[]): Step {
  const documents = { created: 0, existing: 0, refused: 0 }
  const payments = { created: 0, existing: 0 }
  const byKind: Record<string, number> = {}
  let entries = 0
  for (const [index, outcome] of outcomes.entries()) {
    entries += outcome.entries
    for (const [place, issued] of outcome.documents.entries()) {
      if (issued === 'skipped') continue
      documents[issued.result] += 1
      const { kind } = ((batch[index] as PlannedOrder).documents[place] as PlannedDocument).request
      if (issued.result === 'created') byKind[kind] = (byKind[kind] ?? 0) + 1
    }
    for (const paid of outcome.payments) if (paid !== 'skipped') payments[paid] += 1
  }
  return {
    ...documents,
    documents: batch.length,
    payments: payments.created,
    paymentsThere: payments.existing,
    entries,
    byKind,
  }
}
