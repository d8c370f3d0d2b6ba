import { type Decimal, formatDecimal, multiply, toMinor } from '../../kernel/decimal.ts'
import { exponentOf, formatMinor } from '../../kernel/money.ts'
import { isBearable, largestShown } from '../journals/csv-rows.ts'
import { type Amount, type ParsedEntry, type ParsedPosting, type ParsedPrice, type Place, refuseAt } from './parsed.ts'

/** What a unit of each currency is worth in the base currency on the day that has been reached: days come in order. */
export class Prices {
  private readonly baseCurrency: string
  private readonly latest = new Map<string, Decimal>()

  constructor(baseCurrency: string) {
    this.baseCurrency = baseCurrency
  }

  set({ commodity, price }: ParsedPrice): void {
    if (price.commodity === this.baseCurrency) this.latest.set(commodity, price.number)
  }

  of(currency: string): Decimal | undefined {
    return this.latest.get(currency)
  }
}

/** A posting in minor units, in its own currency and in the base currency. */
export type Converted = {
  posting: ParsedPosting
  currency: string
  currencyAmountMinor: bigint
  amountMinor: bigint
}

/** The minor units of an amount; refuses more places than the currency has, and more than books can bear. */
export function minorOf({ number, commodity }: Amount, baseCurrency: string, place: Place): bigint {
  const currency = commodity || baseCurrency
  const exponent = exponentOf(currency)
  const minor = toMinor(number, exponent)
  if (minor * 10n ** BigInt(number.scale) !== number.unscaled * 10n ** BigInt(exponent))
    refuseAt(place, `amount ${formatDecimal(number)}`, `no more than ${exponent} places, as ${currency} has`)
  return bearable(minor, number, place)
}

const bearable = (minor: bigint, number: Decimal, place: Place): bigint =>
  isBearable(minor) ? minor : refuseAt(place, `amount ${formatDecimal(number)}`, `less than ${largestShown}`)

/**
 * Turns the postings of an entry into minor units. What is not in the base currency is worth its price, or what the latest price on or before
 * the day says. A posting without an amount takes what the others leave. Throws `BadInput`.
 */
export function convertEntry(entry: ParsedEntry, prices: Prices, baseCurrency: string): Converted[] {
  const open = entry.postings.filter(({ amount }) => amount === null)
  if (open.length > 1) refuseAt((open[1] as ParsedPosting).place, 'a second posting without an amount', 'one at most')
  const known = entry.postings
    .filter(({ amount }) => amount !== null)
    .map((posting) => convert(posting, prices, baseCurrency))
  const base = known.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  const [posting] = open
  if (posting === undefined) {
    if (base !== 0n)
      refuseAt(
        entry.place,
        `an entry that is off by ${formatMinor(base, baseCurrency)} ${baseCurrency}`,
        'one that balances',
      )
    return known
  }
  const rest = restOf(known, posting, base, baseCurrency)
  return entry.postings.map((one) => (one === posting ? rest : (known.find((k) => k.posting === one) as Converted)))
}

/** In the currency of the others where they have one in common, and else in the base currency. */
function restOf(known: readonly Converted[], posting: ParsedPosting, base: bigint, baseCurrency: string): Converted {
  const currencies = new Set(known.map(({ currency }) => currency))
  const [only = baseCurrency] = currencies
  const priced = known.some(({ posting: { price } }) => price !== null)
  if (currencies.size !== 1 || only === baseCurrency || priced)
    return { posting, currency: baseCurrency, currencyAmountMinor: -base, amountMinor: -base }
  const own = known.reduce((sum, { currencyAmountMinor }) => sum + currencyAmountMinor, 0n)
  return { posting, currency: only, currencyAmountMinor: -own, amountMinor: -base }
}

function convert(posting: ParsedPosting, prices: Prices, baseCurrency: string): Converted {
  const amount = posting.amount as Amount
  const { place, price } = posting
  const currency = amount.commodity || baseCurrency
  const currencyAmountMinor = minorOf(amount, baseCurrency, place)
  const otherPrice = price !== null && (price.commodity || baseCurrency) !== baseCurrency
  if (otherPrice && (currency !== baseCurrency || price.of === 'signed total'))
    refuseAt(place, `a price in ${price.commodity}`, `one in ${baseCurrency}, the base currency`)
  if (currency === baseCurrency) return { posting, currency, currencyAmountMinor, amountMinor: currencyAmountMinor }
  if (price !== null && price.of !== 'unit') {
    const total = minorOf(price, baseCurrency, place)
    const signed = price.of === 'total' && total > 0n && currencyAmountMinor < 0n ? -total : total
    if (signed * currencyAmountMinor < 0n)
      refuseAt(
        place,
        `an amount of ${formatDecimal(price.number)} ${baseCurrency} for one of the other sign`,
        'both alike',
      )
    return { posting, currency, currencyAmountMinor, amountMinor: signed }
  }
  const rate = price?.number ?? prices.of(currency)
  if (rate === undefined)
    return refuseAt(place, `${currency} without a price`, `one in ${baseCurrency}: @, @@ or a price of the day`)
  if (rate.unscaled < 0n)
    refuseAt(place, `a price of ${formatDecimal(rate)} ${baseCurrency}`, 'one that is not below zero')
  const worth = toMinor(multiply(amount.number, rate), exponentOf(baseCurrency))
  return { posting, currency, currencyAmountMinor, amountMinor: bearable(worth, amount.number, place) }
}
