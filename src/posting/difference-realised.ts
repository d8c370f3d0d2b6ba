import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, debit, draft, type JournalDraft } from './draft.ts'

/** Two open items of a customer or supplier, booked at different rates, settle each other; `lostMinor` is what the debit stood at beyond the credit. */
export type DifferenceRealised = {
  id: string
  date: AccountingDate
  ledger: 'receivable' | 'payable'
  partyId: bigint
  currency: string
  lostMinor: bigint
}

/**
 * What is owed and what was paid or credited are equal in their currency and not in the base currency: the rate has moved in between.
 *
 * Dr realised_fx · Cr receivable or payable, or the reverse; base amounts alone.
 */
export const differenceRealised = (differences: readonly DifferenceRealised[]): JournalDraft[] =>
  differences.map(({ id, date, ledger, partyId, currency, lostMinor }) => {
    const inBaseAlone = { partyId, currency, currencyAmountMinor: 0n }
    return draft({
      rule: 'difference-realised',
      source: { kind: 'open_item_application', id },
      date,
      lines: [debit('realised_fx', lostMinor, inBaseAlone), credit(ledger, lostMinor, inBaseAlone)],
    })
  })
