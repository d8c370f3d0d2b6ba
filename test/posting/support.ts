import fc from 'fast-check'
import { dateOf } from '../../src/kernel/accounting-date.ts'
import type { JournalDraft } from '../../src/posting/draft.ts'
import type { PaymentFact } from '../../src/posting/payment-fact.ts'
import type { SalesFact, SalesFactLine } from '../../src/posting/sales-fact.ts'

/** What an entry moves, by role: roles that it leaves as they were are not named. */
export function movements(entry: JournalDraft | undefined): Record<string, bigint> {
  const sums: Record<string, bigint> = {}
  for (const line of entry?.lines ?? [])
    sums[line.role ?? 'none'] = (sums[line.role ?? 'none'] ?? 0n) + line.amountMinor
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0n))
}

/** The same form for what a test expects. */
export const moving = (expected: Record<string, bigint>): Record<string, bigint> =>
  Object.fromEntries(Object.entries(expected).filter(([, sum]) => sum !== 0n))

export const sumOf = (entry: JournalDraft): bigint => entry.lines.reduce((sum, line) => sum + line.amountMinor, 0n)

export const days = fc
  .record({
    year: fc.integer({ min: 2000, max: 2040 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, day }) => dateOf(year, month, day))

export const ids = fc.bigInt({ min: 1n, max: 10n ** 12n })
export const amounts = fc.bigInt({ min: 1n, max: 10n ** 13n })
export const amountsOrZero = fc.bigInt({ min: 0n, max: 10n ** 13n })
export const signedAmounts = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n })
const maybeId = fc.option(ids, { nil: null })

export const salesLines: fc.Arbitrary<SalesFactLine[]> = fc
  .array(
    fc.record({
      role: fc.constantFrom('sales', 'shipping_income', 'sales_discounts', 'gift_card_liability', 'channel_fees'),
      netMinor: signedAmounts,
      itemId: maybeId,
      itemGroupId: maybeId,
      taxCodeId: maybeId,
      giftCardId: ids,
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((lines) => lines.map((line, index) => ({ ...line, lineNo: index + 1 })))

/** At most one of each tax code, as on a document. */
const salesTaxes = fc.uniqueArray(
  fc.record({
    taxCodeId: fc.bigInt({ min: 1n, max: 5n }),
    authority: fc.constantFrom('HMRC', null),
    baseMinor: signedAmounts,
    taxMinor: signedAmounts,
  }),
  { selector: (tax) => tax.taxCodeId, maxLength: 3 },
)

export const salesFacts = (kind: SalesFact['kind']): fc.Arbitrary<SalesFact> =>
  fc.record({
    id: ids,
    kind: fc.constant(kind),
    number: fc.string({ minLength: 1, maxLength: 8 }),
    date: days,
    partyId: ids,
    channelId: maybeId,
    taxes: salesTaxes,
    lines: salesLines,
  })

export const payments = (kind: PaymentFact['kind']): fc.Arbitrary<PaymentFact> =>
  fc.record({
    id: ids,
    kind: fc.constant(kind),
    date: days,
    partyId: ids,
    documentId: maybeId,
    method: fc.constantFrom('card', 'cash', 'paypal'),
    amountMinor: amounts,
    reference: fc.string({ minLength: 1, maxLength: 8 }),
  })

/** A payment taken as a deposit, all of it or a part; some of that, perhaps none, is tax. */
export const depositPayments = (kind: PaymentFact['kind']): fc.Arbitrary<PaymentFact> =>
  fc.tuple(payments(kind), ids, fc.nat({ max: 50 }), fc.nat({ max: 3 })).map(([payment, orderId, percent, rest]) => {
    const grossMinor = payment.amountMinor / BigInt(1 + rest)
    const taxMinor = (grossMinor * BigInt(percent)) / BigInt(100 + percent)
    const netMinor = grossMinor - taxMinor
    return { ...payment, deposits: [{ netMinor, taxMinor, taxCodeId: 7n, taxAuthority: 'HMRC', orderId }] }
  })
