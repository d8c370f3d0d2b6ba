import type { AccountingDate } from '../kernel/accounting-date.ts'
import { formatMinor } from '../kernel/money.ts'
import type { GiftCardSale } from '../modules/gift-cards/index.ts'
import type { InvoiceLineRequest } from '../modules/sales/index.ts'
import { type Calendar, monthOf, seasonOf } from './calendar.ts'
import type { Dice } from './dice.ts'
import { demandOf, type Good, goods } from './goods.ts'
import type { SampleCustomer } from './people.ts'
import type { CardGivenUp, PlannedCredit, PlannedInvoice } from './shop-plan.ts'

const ordersOnAnAverageDay = 11
const freeShippingFrom = 50_00n
const shippingMinor = 3_95n
const cardValues = [25_00n, 25_00n, 50_00n, 50_00n, 75_00n, 100_00n]
/** Cards hold for a year; then nobody may use what is left. */
const cardDays = 365

type LiveCard = { code: string; left: bigint; soldAt: number }

type WebShop = {
  invoices: PlannedInvoice[]
  credits: PlannedCredit[]
  cardSales: GiftCardSale[]
  cardsGivenUp: CardGivenUp[]
}

type Day = { on: AccountingDate; place: number; shelf: readonly (Good & { weight: number })[] }

/**
 * Two years of a web shop: what people put into their baskets, how they pay, what they send back, and the gift cards that they buy, use and forget.
 * Pure but for the dice.
 */
export function planWebShop(dice: Dice, calendar: Calendar, people: readonly SampleCustomer[]): WebShop {
  const shop: WebShop = { invoices: [], credits: [], cardSales: [], cardsGivenUp: [] }
  const cards = new Cards(shop)
  const credited = new Set<string>()
  for (const [place, on] of calendar.days.entries()) {
    const season = seasonOf(on, calendar)
    const day = { on, place, shelf: shelfOf(monthOf(on)) }
    cards.lapse(day)
    for (let sold = dice.count(season * 0.22); sold > 0; sold -= 1) cards.sell(dice, day)
    for (let orders = dice.count(season * ordersOnAnAverageDay); orders > 0; orders -= 1) {
      const invoice = orderOf(dice, day, { people, credited, key: `web-${shop.invoices.length + 1}` })
      const giftCard =
        invoice.country === 'GB' && dice.chance(0.013) ? cards.use(dice, day, totalOf(invoice)) : undefined
      const planned = giftCard === undefined || invoice.usesStoreCredit ? invoice : { ...invoice, giftCard }
      shop.invoices.push(planned)
      const credit = returnOf(dice, planned, calendar)
      if (credit === undefined) continue
      shop.credits.push(credit)
      if (credit.settle === 'store-credit') credited.add(invoice.customer.number)
    }
  }
  return shop
}

const shelfOf = (month: number) =>
  goods.map((good) => ({ ...good, weight: good.popularity * demandOf(good.group, month) }))

type Buying = { people: readonly SampleCustomer[]; credited: Set<string>; key: string }

function orderOf(dice: Dice, { on, shelf }: Day, { people, credited, key }: Buying): PlannedInvoice {
  // Some come again and again, most of them once or twice a year.
  const customer = people[Math.floor(people.length * dice.next() ** 1.6)] as SampleCustomer
  const home = customer.country === 'GB'
  const count = dice.weighted([1, 2, 3, 4], (lines) => [0, 35, 33, 20, 12][lines] as number)
  const chosen = new Set(Array.from({ length: count }, () => dice.weighted(shelf, ({ weight }) => weight)))
  const lines = [...chosen].map((good): InvoiceLineRequest => lineOf(dice, good, home))
  const goodsMinor = lines.reduce((sum, line) => sum + amountOf(line), 0n)
  // Abroad a parcel is paid for; at home a large one is not.
  const shipping = home ? (goodsMinor >= freeShippingFrom ? 0n : shippingMinor) : 12_50n
  const usesStoreCredit = credited.has(customer.number) && dice.chance(0.7)
  if (usesStoreCredit) credited.delete(customer.number)
  return {
    key,
    on,
    customer,
    country: customer.country,
    channelCode: 'web-shop',
    prices: 'gross',
    lines,
    shippingMinor: shipping,
    ...(dice.chance(0.07) ? { discountMinor: goodsMinor / 10n } : {}),
    method: dice.chance(0.68) ? 'card' : 'paypal',
    usesStoreCredit,
  }
}

function lineOf(dice: Dice, { code, priceMinor, group }: Good, home: boolean): InvoiceLineRequest {
  const several = priceMinor < 8_00n ? dice.between(1, 6) : dice.weighted([1, 2, 3], (n) => [0, 84, 13, 3][n] as number)
  // What leaves the country bears no VAT, and the shop's prices have none then.
  const price = home || group === 'books' ? priceMinor : (priceMinor * 5n) / 6n
  const line = { itemCode: code, quantity: String(several), unitPrice: formatMinor(price, 'GBP') }
  return home ? line : { ...line, taxCode: 'export' }
}

const amountOf = ({ quantity, unitPrice }: InvoiceLineRequest): bigint =>
  BigInt(quantity) * BigInt(unitPrice.replace('.', ''))

/** What the customer pays; exact, since the prices have their tax in them. */
export const totalOf = ({ lines, shippingMinor = 0n, discountMinor = 0n }: PlannedInvoice): bigint =>
  lines.reduce((sum, line) => sum + amountOf(line), 0n) + shippingMinor - discountMinor

/** One order in twenty comes back, mostly in part. What a card or a credit paid for stays out of it. */
function returnOf(dice: Dice, invoice: PlannedInvoice, calendar: Calendar): PlannedCredit | undefined {
  if (!dice.chance(0.055)) return undefined
  const on = calendar.after(invoice.on, dice.between(4, 24))
  const plain = invoice.giftCard === undefined && !invoice.usesStoreCredit && invoice.discountMinor === undefined
  if (on === undefined || !plain) return undefined
  const all = invoice.lines.map(({ quantity }, index) => ({ lineNo: index + 1, quantity }))
  const [first] = all
  const lines = dice.chance(0.3) || first === undefined ? all : [{ ...first, quantity: '1' }]
  return { invoice: invoice.key, on, lines, settle: dice.chance(0.16) ? 'store-credit' : 'refund' }
}

class Cards {
  private readonly live: LiveCard[] = []
  private readonly shop: WebShop
  private refunded = false

  constructor(shop: WebShop) {
    this.shop = shop
  }

  sell(dice: Dice, { on, place }: Day): void {
    const reference = `GC-${String(this.shop.cardSales.length + 1).padStart(4, '0')}`
    const code = `${reference}-${dice.between(1000, 9999)}`
    const paidMinor = dice.pick(cardValues)
    this.shop.cardSales.push({ reference, code, purpose: 'multi', on, paidMinor, method: 'card' })
    // One buyer thinks better of it on the same day.
    if (!this.refunded && place > 200) {
      this.refunded = true
      this.shop.cardsGivenUp.push({ kind: 'refunded', reference: `${reference}-back`, code, on })
      return
    }
    this.live.push({ code, left: paidMinor, soldAt: place })
  }

  /** Pays with a card that somebody was given a while ago, as far as it goes. */
  use(dice: Dice, { place }: Day, totalMinor: bigint): PlannedInvoice['giftCard'] {
    const given = this.live.filter(({ left, soldAt }) => left > 0n && place - soldAt > 10)
    if (given.length === 0) return undefined
    const card = dice.pick(given)
    const amountMinor = card.left < totalMinor ? card.left : totalMinor
    card.left -= amountMinor
    return { code: card.code, amountMinor }
  }

  lapse({ on, place }: Day): void {
    for (const card of this.live) {
      if (card.left === 0n || place - card.soldAt !== cardDays) continue
      card.left = 0n
      this.shop.cardsGivenUp.push({ kind: 'lapsed', reference: `${card.code}-lapsed`, code: card.code, on })
    }
  }
}
