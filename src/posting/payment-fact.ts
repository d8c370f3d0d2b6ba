import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { DraftLine, JournalDraft } from './draft.ts'
import { credit, debit, draft } from './draft.ts'

/** What of a payment is for something not invoiced yet, or goes back of it. Untaxed where `taxMinor` is zero. The rest is the receivable's. */
export type DepositPart = {
  netMinor: bigint
  taxMinor: bigint
  taxCodeId: bigint | null
  taxAuthority: string | null
  orderId?: bigint | null
}

/** A payment as its posting rule sees it; its amount is above zero, in base currency. */
export type PaymentFact = {
  id: bigint
  kind: 'capture' | 'refund'
  /** Where the money is; without it, with the processor. */
  through?: 'payment_clearing' | 'bank' | 'cash'
  date: AccountingDate
  partyId: bigint
  documentId?: bigint | null
  method: string
  amountMinor: bigint
  reference: string
  channelId?: bigint | null
  deposit?: DepositPart | null
}

/** The entry of a payment, with money coming in positive: a refund passes its amounts negated. */
export function paymentEntry(rule: string, payment: PaymentFact, sign: 1n | -1n): JournalDraft {
  const amountMinor = payment.amountMinor * sign
  const about = {
    partyId: payment.partyId,
    documentId: payment.documentId,
    processorReference: payment.reference,
    orderId: payment.deposit?.orderId,
    channelId: payment.channelId,
  }
  return draft({
    rule,
    source: { kind: 'payment', id: String(payment.id) },
    date: payment.date,
    description: payment.reference,
    lines: [
      debit(payment.through ?? 'payment_clearing', amountMinor, { ...about, paymentMethod: payment.method }),
      credit('receivable', amountMinor - depositOf(payment) * sign, about),
      ...(payment.deposit ? depositLines(payment.deposit, payment, sign) : []),
    ],
  })
}

const depositOf = ({ deposit }: PaymentFact): bigint => (deposit ? deposit.netMinor + deposit.taxMinor : 0n)

function depositLines(deposit: DepositPart, payment: PaymentFact, sign: 1n | -1n): DraftLine[] {
  const about = { partyId: payment.partyId, documentId: payment.documentId, orderId: deposit.orderId }
  return [
    credit('customer_deposits', deposit.netMinor * sign, { ...about, processorReference: payment.reference }),
    credit('output_tax', deposit.taxMinor * sign, {
      ...about,
      taxCodeId: deposit.taxCodeId,
      taxAuthority: deposit.taxAuthority,
      taxPoint: payment.date,
      taxBaseMinor: deposit.netMinor * sign,
    }),
  ]
}
