import type { XeroDocument, XeroExport, XeroJournal } from './read-export.ts'

/** What a journal moves on the accounts of receivables and payables together, in minor units. */
export type ControlAmount = (journal: XeroJournal) => bigint

/** To which document a journal belongs: its own, or the one that it pays. */
export type DocumentOfJournal = ReadonlyMap<string, string>

const isPayment = ({ sourceType }: XeroJournal): boolean => sourceType.endsWith('PAYMENT')

/**
 * Finds the document of every journal. The export holds no payments, so that a payment names neither contact nor document: it is taken to pay the
 * document of its amount that was fully paid on its day, or else the only one of its amount; one that fits several contacts, or none, is left
 * without. A document that was changed has several journals; what it amounts to is their sum.
 */
export function documentsOfJournals({ journals, documents, contactOf }: XeroExport, amountOf: ControlAmount) {
  const found = new Map<string, string>()
  const totals = new Map<string, bigint>()
  for (const journal of journals) {
    if (isPayment(journal) || !contactOf.has(journal.sourceId)) continue
    found.set(journal.id, journal.sourceId)
    totals.set(journal.sourceId, (totals.get(journal.sourceId) ?? 0n) + amountOf(journal))
  }
  const paidOn = new Map(documents.map(({ id, paidOn: day }: XeroDocument) => [id, day]))
  const open = new Map<string, string[]>()
  for (const [id, total] of totals) open.set(String(-total), [...(open.get(String(-total)) ?? []), id])
  const pay = (journal: XeroJournal, fits: (id: string) => boolean): void => {
    const ofAmount = open.get(String(amountOf(journal))) ?? []
    const candidates = ofAmount.filter(fits)
    const [first] = candidates
    if (first === undefined || new Set(candidates.map((id) => contactOf.get(id))).size > 1) return
    found.set(journal.id, first)
    ofAmount.splice(ofAmount.indexOf(first), 1)
  }
  const payments = journals.filter((journal) => isPayment(journal) && amountOf(journal) !== 0n)
  for (const journal of payments) pay(journal, (id) => paidOn.get(id) === journal.date)
  for (const journal of payments) if (!found.has(journal.id)) pay(journal, () => true)
  return found as DocumentOfJournal
}
