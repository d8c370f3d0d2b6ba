import { allocate } from '../kernel/money.ts'

/**
 * Carriage has no entry of its own: it is a line of role shipping_income on the invoice. This is how much of it goes with which goods: by
 * their net values, the parts equal to the whole. Used to tax it at the goods' rates. Where no goods have a value the last takes all of
 * it. Net values must not be negative.
 */
export const splitShipping = (shippingNetMinor: bigint, goodsNetMinor: readonly bigint[]): bigint[] =>
  allocate(shippingNetMinor, goodsNetMinor)

/** How far an order's shipments have come: its carriage, net values of its goods in all, shipped before, and shipping now. */
export type ShippingProgress = {
  shippingNetMinor: bigint
  recognisedMinor: bigint
  orderNetMinor: bigint
  shippedBeforeMinor: bigint
  shippingNowMinor: bigint
  /** Nothing is left to ship after this. */
  completes: boolean
}

/** The carriage that a shipment recognises, by the net value that it ships; the last shipment takes what is left. */
export function shippingOfShipment(progress: ShippingProgress): bigint {
  const { shippingNetMinor, recognisedMinor, orderNetMinor, shippedBeforeMinor, shippingNowMinor, completes } = progress
  if (completes) return shippingNetMinor - recognisedMinor
  const later = orderNetMinor - shippedBeforeMinor - shippingNowMinor
  return splitShipping(shippingNetMinor, [shippedBeforeMinor, shippingNowMinor, later])[1] ?? 0n
}
