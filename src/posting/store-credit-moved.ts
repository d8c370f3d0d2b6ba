import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Role } from '../ledger/charts/roles.ts'
import { credit, debit, draft, type JournalDraft } from './draft.ts'

/** What a fact does to a customer's store credit: issued for a credit note, used for an invoice, or paid out. Above zero, base currency. */
export type StoreCreditMoved = {
  kind: 'issued' | 'redeemed' | 'cashed'
  reference: string
  date: AccountingDate
  partyId: bigint
  /** The credit note, or the invoice. */
  documentId?: bigint | null
  /** Where it is paid out of. */
  from?: 'bank' | 'cash' | 'payment_clearing'
  method?: string | null
  amountMinor: bigint
}

/**
 * What a customer is owed for a return can wait as store credit instead of going back as money. It is a means of payment, and no discount.
 *
 * Issued: Dr receivable · Cr store_credit_liability, after a credit note that put it on the receivable. Redeemed: Dr store_credit_liability · Cr
 * receivable. Cashed: Dr store_credit_liability · Cr bank, cash or payment_clearing.
 */
export const storeCreditMoved = (movements: readonly StoreCreditMoved[]): JournalDraft[] =>
  movements.map(({ kind, reference, date, partyId, documentId, from = 'payment_clearing', method, amountMinor }) => {
    const about = { partyId, documentId }
    const liability: Role = 'store_credit_liability'
    return draft({
      rule: 'store-credit-moved',
      source: { kind: `store_credit_${kind}`, id: reference },
      date,
      lines:
        kind === 'issued'
          ? [debit('receivable', amountMinor, about), credit(liability, amountMinor, about)]
          : [
              debit(liability, amountMinor, about),
              credit(kind === 'redeemed' ? 'receivable' : from, amountMinor, { ...about, paymentMethod: method }),
            ],
    })
  })
