import type { AccountingDate } from '../kernel/accounting-date.ts'
import { formatMinor } from '../kernel/money.ts'
import { type Calendar, monthOf, seasonOf } from './calendar.ts'
import type { Dice } from './dice.ts'
import { demandOf, type Good, goods } from './goods.ts'

/** An order in the form that the format `orders` reads. */
type MarketplaceOrder = {
  order: string
  currency: 'GBP'
  ordered_on: AccountingDate
  invoiced_on?: AccountingDate
  shipped_on?: AccountingDate
  country: string
  channel: string
  prices: 'gross'
  total: string
  lines: readonly Line[]
  shipping: readonly { amount: string; tax_code: string }[]
  payments: readonly { reference: string; method: string; paid_on: AccountingDate; amount: string }[]
  credits?: readonly (Line & { credit_note: string; credited_on: AccountingDate })[]
  refunds?: readonly {
    reference: string
    method: string
    paid_on: AccountingDate
    amount: string
    credit_note: string
  }[]
}

type Line = { item: string; description: string; quantity: string; unit_price: string; tax_code: string }

/** What the marketplace sold for us, and what a month of it came to. */
export type Marketplace = { orders: MarketplaceOrder[]; grossByMonth: Map<string, bigint> }

export const marketplace = 'harbour-market'

const ordersOnAnAverageDay = 3.1

/**
 * Two years of sales through a marketplace, which names no customers, ships a day later and takes back one in twenty. Some of the latest orders have
 * something in them that a person must look at. Pure but for the dice.
 */
export function planMarketplace(dice: Dice, calendar: Calendar): Marketplace {
  const planned: Marketplace = { orders: [], grossByMonth: new Map() }
  for (const on of calendar.days) {
    const shelf = goods.map((good) => ({ ...good, weight: good.popularity * demandOf(good.group, monthOf(on)) }))
    for (let orders = dice.count(seasonOf(on, calendar) * ordersOnAnAverageDay); orders > 0; orders -= 1) {
      const order = orderOf(dice, { on, place: planned.orders.length + 1, shelf, calendar })
      planned.orders.push(order)
      const month = on.slice(0, 7)
      planned.grossByMonth.set(month, (planned.grossByMonth.get(month) ?? 0n) + minorOf(order.total))
    }
  }
  plantExceptions(planned.orders)
  return planned
}

const minorOf = (text: string): bigint => BigInt(text.replace('.', ''))

type Selling = {
  on: AccountingDate
  place: number
  shelf: readonly (Good & { weight: number })[]
  calendar: Calendar
}

function orderOf(dice: Dice, { on, place, shelf, calendar }: Selling): MarketplaceOrder {
  const order = `HM-${20_000 + place}`
  const chosen = new Set(Array.from({ length: dice.between(1, 2) }, () => dice.weighted(shelf, ({ weight }) => weight)))
  const lines = [...chosen].map(({ code, name, priceMinor, taxCode }): Line => {
    const quantity = String(dice.weighted([1, 2], (count) => [0, 9, 1][count] as number))
    return { item: code, description: name, quantity, unit_price: formatMinor(priceMinor, 'GBP'), tax_code: taxCode }
  })
  const goodsMinor = lines.reduce((sum, line) => sum + BigInt(line.quantity) * minorOf(line.unit_price), 0n)
  const total = formatMinor(goodsMinor + 3_50n, 'GBP')
  const shipped = calendar.after(on, dice.between(1, 2))
  const days = shipped === undefined ? {} : { invoiced_on: shipped, shipped_on: shipped }
  return {
    order,
    currency: 'GBP',
    ordered_on: on,
    ...days,
    country: 'GB',
    channel: marketplace,
    prices: 'gross',
    total,
    lines,
    shipping: [{ amount: '3.50', tax_code: lines.every(({ tax_code }) => tax_code === 'zero') ? 'zero' : 'standard' }],
    payments: [{ reference: `${order}-p`, method: marketplace, paid_on: on, amount: total }],
    ...(shipped === undefined ? {} : returnOf(dice, { order, shipped, lines, calendar })),
  }
}

type Shipped = { order: string; shipped: AccountingDate; lines: readonly Line[]; calendar: Calendar }

function returnOf(
  dice: Dice,
  { order, shipped, lines, calendar }: Shipped,
): Pick<MarketplaceOrder, 'credits' | 'refunds'> {
  if (!dice.chance(0.05)) return {}
  const on = calendar.after(shipped, dice.between(5, 20))
  const [line] = lines
  if (on === undefined || line === undefined) return {}
  const note = `${order}-C`
  const refund = { reference: `${order}-r`, method: marketplace, paid_on: on, credit_note: note }
  return {
    credits: [{ ...line, quantity: '1', credit_note: note, credited_on: on }],
    refunds: [{ ...refund, amount: line.unit_price }],
  }
}

/** What goes wrong in real exports: places that are none, totals that are not their parts, tax codes misspelt, money of unknown ways. */
function plantExceptions(orders: MarketplaceOrder[]): void {
  const plain = orders.filter((order) => order.invoiced_on !== undefined && order.credits === undefined).slice(-60)
  const change = (place: number, of: (order: MarketplaceOrder) => Partial<MarketplaceOrder>): void => {
    const order = plain[place]
    if (order !== undefined) Object.assign(order, of(order))
  }
  for (const place of [4, 19, 37]) change(place, () => ({ country: 'Unspecified' }))
  change(11, (order) => more(order, 4_20n))
  change(28, (order) => more(order, 85n))
  change(46, (order) => ({ lines: order.lines.map((line) => ({ ...line, tax_code: 'standart' })) }))
}

function more(order: MarketplaceOrder, minor: bigint): Partial<MarketplaceOrder> {
  const total = formatMinor(minorOf(order.total) + minor, 'GBP')
  return { total, payments: order.payments.map((payment) => ({ ...payment, amount: total })) }
}
