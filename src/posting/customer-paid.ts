import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, debit, draft, type JournalDraft, negated } from './draft.ts'

/** Money from a customer on account, above zero. `overpaidMinor` is the part for which nothing is owed. */
export type CustomerPaid = {
  id: string
  date: AccountingDate
  partyId: bigint
  documentId?: bigint | null
  into: 'bank' | 'cash' | 'payment_clearing'
  method?: string | null
  reference?: string | null
  amountMinor: bigint
  overpaidMinor?: bigint
  /** What the settled part stands at in base currency, where it is in another. */
  receivableBookedMinor?: bigint | undefined
}

/**
 * A customer on account pays; a part payment leaves the rest open, and what is paid beyond the debt waits, untaxed, as the customer's.
 *
 * Dr bank, cash or payment_clearing · Cr receivable, customer_deposits (overpaid).
 */
export const customerPaid = (payments: readonly CustomerPaid[]): JournalDraft[] =>
  payments.map((payment) => {
    const { id, date, partyId, documentId, into, method, reference, amountMinor, overpaidMinor = 0n } = payment
    const about = { partyId, documentId, processorReference: reference }
    return draft({
      rule: 'customer-paid',
      source: { kind: 'payment', id },
      date,
      lines: [
        debit(into, amountMinor, { ...about, paymentMethod: method }),
        credit('receivable', amountMinor - overpaidMinor, {
          ...about,
          bookedMinor: negated(payment.receivableBookedMinor),
        }),
        credit('customer_deposits', overpaidMinor, about),
      ],
    })
  })
