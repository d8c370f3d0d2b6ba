import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { DraftLine, JournalDraft } from './draft.ts'
import { credit, debit, draft } from './draft.ts'

/** What of a payment is for something not invoiced yet, or goes back of it. Untaxed where `taxMinor` is zero. The rest is the receivable's. */
export type DepositPart = {
  netMinor: bigint
  taxMinor: bigint
  /** What they stand at in base currency, where they are in another. */
  bookedNetMinor?: bigint | undefined
  bookedTaxMinor?: bigint | undefined
  taxCodeId: bigint | null
  taxAuthority: string | null
  orderId?: bigint | null
}

/** A payment as its posting rule sees it; its amount is above zero. One deposit for each tax code of what was prepaid. */
export type PaymentFact = {
  id: bigint
  kind: 'capture' | 'refund'
  /** Where the money is; without it, with the processor. In suspense while nobody has said what the method is. */
  through?: 'payment_clearing' | 'bank' | 'cash' | 'payment_suspense'
  date: AccountingDate
  partyId: bigint
  documentId?: bigint | null
  method: string
  amountMinor: bigint
  reference: string
  channelId?: bigint | null
  deposits?: readonly DepositPart[]
  /** What the receivable's part stands at in base currency, where it is in another. */
  receivableBookedMinor?: bigint | undefined
}

/** The entry of a payment, with money coming in positive: a refund passes its amounts negated. */
export function paymentEntry(rule: string, payment: PaymentFact, sign: 1n | -1n): JournalDraft {
  const amountMinor = payment.amountMinor * sign
  const about = {
    partyId: payment.partyId,
    documentId: payment.documentId,
    processorReference: payment.reference,
    orderId: payment.deposits?.[0]?.orderId,
    channelId: payment.channelId,
  }
  return draft({
    rule,
    source: { kind: 'payment', id: String(payment.id) },
    date: payment.date,
    description: payment.reference,
    lines: [
      debit(payment.through ?? 'payment_clearing', amountMinor, { ...about, paymentMethod: payment.method }),
      credit('receivable', amountMinor - depositsOf(payment) * sign, {
        ...about,
        bookedMinor: signed(payment.receivableBookedMinor, -sign),
      }),
      ...(payment.deposits ?? []).flatMap((deposit) => depositLines(deposit, payment, sign)),
    ],
  })
}

const signed = (minor: bigint | undefined, sign: bigint): bigint | undefined =>
  minor === undefined ? undefined : minor * sign

const depositsOf = ({ deposits = [] }: PaymentFact): bigint =>
  deposits.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0n)

function depositLines(deposit: DepositPart, payment: PaymentFact, sign: 1n | -1n): DraftLine[] {
  const about = { partyId: payment.partyId, documentId: payment.documentId, orderId: deposit.orderId }
  return [
    credit('customer_deposits', deposit.netMinor * sign, {
      ...about,
      processorReference: payment.reference,
      bookedMinor: signed(deposit.bookedNetMinor, -sign),
    }),
    credit('output_tax', deposit.taxMinor * sign, {
      ...about,
      taxCodeId: deposit.taxCodeId,
      taxAuthority: deposit.taxAuthority,
      taxPoint: payment.date,
      taxBaseMinor: deposit.netMinor * sign,
      taxBaseBookedMinor: signed(deposit.bookedNetMinor, sign),
      bookedMinor: signed(deposit.bookedTaxMinor, -sign),
    }),
  ]
}
