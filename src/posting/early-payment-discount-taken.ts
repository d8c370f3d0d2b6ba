import type { AccountingDate } from '../kernel/accounting-date.ts'
import { allocate } from '../kernel/money.ts'
import { credit, debit, draft, type JournalDraft } from './draft.ts'
import { type TaxPart, taxDimensions } from './tax-part.ts'

/** A payment that settles more than it brings: the rest is the discount, net and tax. */
export type DiscountTaken = TaxPart & {
  id: string
  date: AccountingDate
  partyId: bigint
  documentId: bigint
  into: 'bank' | 'payment_clearing'
  method?: string | null
  reference?: string | null
  paidMinor: bigint
  discountNetMinor: bigint
}

/**
 * A customer pays early and keeps the discount that the terms allow. The tax falls with the price (UK VATA 1994 Sch 6 para 4).
 *
 * Dr bank (or payment_clearing), sales_discounts (net), output_tax · Cr receivable.
 */
export const earlyPaymentDiscountTaken = (payments: readonly DiscountTaken[]): JournalDraft[] =>
  payments.map((payment) => {
    const { id, date, partyId, documentId, into, method, reference, paidMinor, discountNetMinor, taxMinor } = payment
    const about = { partyId, documentId }
    const { taxCodeId } = payment
    return draft({
      rule: 'early-payment-discount-taken',
      source: { kind: 'payment', id },
      date,
      lines: [
        debit(into, paidMinor, { ...about, paymentMethod: method, processorReference: reference }),
        debit('sales_discounts', discountNetMinor, { ...about, taxCodeId }),
        debit('output_tax', taxMinor, { ...about, ...taxDimensions(payment, date, -discountNetMinor) }),
        credit('receivable', paidMinor + discountNetMinor + taxMinor, about),
      ],
    })
  })

/** Splits a gross discount as the invoice is split into net and tax. */
export function splitDiscount(
  grossMinor: bigint,
  invoice: { netMinor: bigint; taxMinor: bigint },
): { discountNetMinor: bigint; taxMinor: bigint } {
  const [discountNetMinor = 0n, taxMinor = 0n] = allocate(grossMinor, [invoice.netMinor, invoice.taxMinor])
  return { discountNetMinor, taxMinor }
}
