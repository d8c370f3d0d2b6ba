import type { AccountingDate } from '../kernel/accounting-date.ts'
import { divideRounded } from '../kernel/decimal.ts'
import { allocate } from '../kernel/money.ts'
import { credit, debit, draft, type JournalDraft, negated } from './draft.ts'
import { type TaxPart, taxDimensions } from './tax-part.ts'

/** What of a discount falls on one tax code: net and tax, above zero. */
export type DiscountPart = TaxPart & {
  netMinor: bigint
  /** What they stand at in base currency, where they are in another: at the invoice's own rate. */
  bookedNetMinor?: bigint | undefined
  bookedTaxMinor?: bigint | undefined
  /** What is taxed less, where it is not the net of this part: of several taxes on the same goods each has all of them as its base. */
  taxBaseMinor?: bigint | undefined
  taxBaseBookedMinor?: bigint | undefined
}

/** What is left of an invoice at a tax code, or at none: what was taxed, and the tax. */
type InvoicePart = TaxPart & { netMinor: bigint }

/** An invoice that a payment settles with its discount: all that was open of it is paid or discounted. */
export type DiscountedInvoice = {
  documentId: bigint
  paidMinor: bigint
  discounts: readonly DiscountPart[]
  receivableBookedMinor?: bigint | undefined
}

/** A payment that settles more than it brings: the rest is the discount, net and tax. */
export type DiscountTaken = {
  id: string
  date: AccountingDate
  partyId: bigint
  into: 'bank' | 'cash' | 'payment_clearing'
  method?: string | null
  reference?: string | null
  invoices: readonly DiscountedInvoice[]
}

/**
 * A customer pays early and keeps the discount that the terms allow. The tax falls with the price (UK VATA 1994 Sch 6 para 4).
 *
 * Dr bank (cash, payment_clearing), and for each invoice sales_discounts (net), output_tax (of each tax code) · Cr receivable.
 */
export const earlyPaymentDiscountTaken = (payments: readonly DiscountTaken[]): JournalDraft[] =>
  payments.map(({ id, date, partyId, into, method, reference, invoices }) => {
    const [only, ...more] = invoices
    const documentId = more.length === 0 ? only?.documentId : null
    const paidMinor = invoices.reduce((sum, invoice) => sum + invoice.paidMinor, 0n)
    return draft({
      rule: 'early-payment-discount-taken',
      source: { kind: 'payment', id },
      date,
      lines: [
        debit(into, paidMinor, { partyId, documentId, paymentMethod: method, processorReference: reference }),
        ...invoices.flatMap((invoice) => linesOf(invoice, date, partyId)),
      ],
    })
  })

function linesOf(
  { documentId, paidMinor, discounts, receivableBookedMinor }: DiscountedInvoice,
  date: AccountingDate,
  partyId: bigint,
) {
  const about = { partyId, documentId }
  const discountMinor = discounts.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0n)
  return [
    ...discounts.flatMap((part) => {
      const { netMinor, taxMinor, taxCodeId, bookedNetMinor, bookedTaxMinor } = part
      const { taxBaseMinor = netMinor, taxBaseBookedMinor = bookedNetMinor } = part
      return [
        debit('sales_discounts', netMinor, { ...about, taxCodeId, bookedMinor: bookedNetMinor }),
        debit('output_tax', taxMinor, {
          ...about,
          ...taxDimensions(part, date, -taxBaseMinor),
          bookedMinor: bookedTaxMinor,
          taxBaseBookedMinor: negated(taxBaseBookedMinor),
        }),
      ]
    }),
    credit('receivable', paidMinor + discountMinor, { ...about, bookedMinor: negated(receivableBookedMinor) }),
  ]
}

/**
 * Splits a gross discount as what is left of the invoice is split into net and tax of its tax codes, and its base value likewise. Parts below
 * zero (more returned than sold at a code) take none of it.
 */
export function splitDiscount(
  { grossMinor, baseMinor }: { grossMinor: bigint; baseMinor: bigint },
  invoice: readonly InvoicePart[],
): DiscountPart[] {
  const parts = withNetOnce(invoice)
  const weights = parts.flatMap(({ netMinor, taxMinor }) => [notBelowZero(netMinor), notBelowZero(taxMinor)])
  const whole = total(weights)
  const amounts = allocate(grossMinor, weights)
  const booked = allocate(baseMinor, amounts)
  return parts.flatMap(({ taxCodeId, taxAuthority, taxedMinor }, index): DiscountPart[] => {
    const [netMinor = 0n, taxMinor = 0n] = amounts.slice(2 * index)
    const [bookedNetMinor, bookedTaxMinor] = booked.slice(2 * index)
    if (netMinor + taxMinor === 0n) return []
    const part = { netMinor, taxMinor, taxCodeId, taxAuthority, bookedNetMinor, bookedTaxMinor }
    if (taxedMinor === undefined) return [part]
    const shareOf = (discountMinor: bigint): bigint => divideRounded(taxedMinor * discountMinor, whole)
    return [{ ...part, taxBaseMinor: shareOf(grossMinor), taxBaseBookedMinor: shareOf(baseMinor) }]
  })
}

/**
 * Several taxes on the same goods say each that it taxed all of them, and what is at no code makes up for it below zero. There the price falls once,
 * as a part of its own, and each tax with its own base.
 */
function withNetOnce(invoice: readonly InvoicePart[]): readonly (InvoicePart & { taxedMinor?: bigint })[] {
  if (!invoice.some(({ taxCodeId, netMinor }) => taxCodeId === null && netMinor < 0n)) return invoice
  const netMinor = total(invoice.map((part) => part.netMinor))
  const taxes = invoice.filter(({ taxCodeId }) => taxCodeId !== null)
  return [
    { netMinor, taxMinor: 0n, taxCodeId: null, taxAuthority: null },
    ...taxes.map((part) => ({ ...part, netMinor: 0n, taxedMinor: part.netMinor })),
  ]
}

const notBelowZero = (minor: bigint): bigint => (minor < 0n ? 0n : minor)
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
