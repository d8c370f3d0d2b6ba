import { type Decimal, decimal, formatDecimal, multiply, toMinor } from '../kernel/decimal.ts'
import { Refusal } from '../kernel/refusal.ts'
import { shippingOfShipment } from '../modules/sales/index.ts'
import type { ItemPart, OrderPart } from './story.ts'

/** An order as a story remembers it: what was ordered, what has shipped, and what was issued and captured for it. */
export type Order = {
  name: string
  customer: string
  currency: string
  /** `shipped` of each part, as an exact decimal. */
  parts: (OrderPart & { shipped: string })[]
  charges: Record<'shippingMinor' | 'discountMinor', { wholeMinor: bigint; recognisedMinor: bigint }>
  documentIds: bigint[]
  creditNotes: number
  creditNoteIds: bigint[]
  captures: { paymentId: bigint; processor: string; currency: string; leftMinor: bigint }[]
}

export type Shipment = {
  lines: { itemCode: string; quantity: string; unitPrice: string }[]
  shippingMinor: bigint
  discountMinor: bigint
}

/** Takes what ships out of what was ordered and not shipped, with its share of the carriage and of the discount. */
export function ship(order: Order, wanted: readonly ItemPart[], exponent: number): Shipment {
  const priceOf = (quantity: Decimal, unitPrice: string): bigint =>
    toMinor(multiply(quantity, decimal(unitPrice)), exponent)
  const total = (pick: (part: Order['parts'][number]) => Decimal): bigint =>
    order.parts.reduce((sum, part) => sum + priceOf(pick(part), part.unitPrice), 0n)
  const before = total(({ shipped }) => decimal(shipped))
  const lines = wanted.flatMap((part) => takeParts(order, part))
  const progress = {
    orderNetMinor: total(({ quantity }) => decimal(quantity)),
    shippedBeforeMinor: before,
    shippingNowMinor: total(({ shipped }) => decimal(shipped)) - before,
    completes: isShipped(order),
  }
  const recognise = (charge: { wholeMinor: bigint; recognisedMinor: bigint }): bigint => {
    const now = shippingOfShipment({
      ...progress,
      shippingNetMinor: charge.wholeMinor,
      recognisedMinor: charge.recognisedMinor,
    })
    charge.recognisedMinor += now
    return now
  }
  const { shippingMinor, discountMinor } = order.charges
  return { lines, shippingMinor: recognise(shippingMinor), discountMinor: recognise(discountMinor) }
}

export const isShipped = (order: Order): boolean =>
  order.parts.every(({ quantity, shipped }) => minus(decimal(quantity), decimal(shipped)).unscaled === 0n)

function takeParts(order: Order, { item, quantity }: ItemPart): Shipment['lines'] {
  let wanted = decimal(quantity)
  const lines = order.parts.flatMap((part) => {
    if (part.item !== item || wanted.unscaled === 0n) return []
    const taken = smaller(wanted, minus(decimal(part.quantity), decimal(part.shipped)))
    if (taken.unscaled <= 0n) return []
    wanted = minus(wanted, taken)
    part.shipped = formatDecimal(minus(decimal(part.shipped), { ...taken, unscaled: -taken.unscaled }))
    return [{ itemCode: item, quantity: formatDecimal(taken), unitPrice: part.unitPrice }]
  })
  if (wanted.unscaled > 0n) throw new Refusal('input_invalid', { order: order.name, 'more than was ordered of': item })
  return lines
}

/** The difference of two decimals, exactly. */
export function minus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { unscaled: a.unscaled * 10n ** BigInt(scale - a.scale) - b.unscaled * 10n ** BigInt(scale - b.scale), scale }
}

export const smaller = (a: Decimal, b: Decimal): Decimal => (minus(a, b).unscaled < 0n ? a : b)
