import { minorOf } from '../plan-support.ts'
import type { ShopifyHead, ShopifyRow } from './rows.ts'

type Line = NonNullable<ShopifyRow['line']>

/** What an order's amounts say together, in minor units; nothing in it is guessed: what does not add up is the difference. */
export type ShopifyTotals = {
  goodsMinor: bigint
  discountMinor: bigint
  shippingMinor: bigint
  shippingDiscountMinor: bigint
  dutiesMinor: bigint
  taxesMinor: bigint
  totalMinor: bigint
  /** Whether the prices have the taxes in them. */
  taxesIncluded: boolean
  /** What the total is beyond its parts. */
  differenceMinor: bigint
}

/**
 * Reads the totals of an order. The export does not say whether prices include taxes, nor what a discount is off: the subtotal is what its lines come to
 * less their discounts, what of the discount amount is beyond that can only be off the shipping, and of the readings (taxes on top or included, shipping
 * before or after its discount) the first that comes to the total is right. Where none does, the one that comes nearest.
 */
export function readTotals(
  head: ShopifyHead,
  lines: readonly Line[],
  lineAmount: (line: Line) => bigint,
): ShopifyTotals {
  const minor = (text: string): bigint => minorOf(text, head.currency)
  const goodsMinor = lines.reduce((sum, line) => sum + lineAmount(line), 0n)
  const [subtotal, shippingMinor, dutiesMinor, taxesMinor, totalMinor] = [
    minor(head.subtotal),
    minor(head.shipping),
    minor(head.duties),
    minor(head.taxes),
    minor(head.total),
  ]
  const discountMinor = atLeastZero(goodsMinor - subtotal)
  const offShipping = smaller(atLeastZero(minor(head.discount) - discountMinor), shippingMinor)
  const readings = [
    { taxesIncluded: false, shippingDiscountMinor: 0n },
    { taxesIncluded: true, shippingDiscountMinor: 0n },
    { taxesIncluded: false, shippingDiscountMinor: offShipping },
    { taxesIncluded: true, shippingDiscountMinor: offShipping },
  ].map((reading) => {
    const parts = goodsMinor - discountMinor + shippingMinor - reading.shippingDiscountMinor + dutiesMinor
    return { ...reading, differenceMinor: totalMinor - parts - (reading.taxesIncluded ? 0n : taxesMinor) }
  })
  const best = readings.reduce((nearest, one) =>
    size(one.differenceMinor) < size(nearest.differenceMinor) ? one : nearest,
  )
  return { goodsMinor, discountMinor, shippingMinor, dutiesMinor, taxesMinor, totalMinor, ...best }
}

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount)
const atLeastZero = (amount: bigint): bigint => (amount < 0n ? 0n : amount)
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
