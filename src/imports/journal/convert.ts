import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { type Decimal, formatDecimal, multiply, toMinor } from '../../kernel/decimal.ts'
import { exponentOf, formatMinor } from '../../kernel/money.ts'
import {
  type Amount,
  type ParsedBalance,
  type ParsedEntry,
  type ParsedJournal,
  type ParsedPosting,
  type ParsedPrice,
  type Place,
  refuseAt,
} from './parsed.ts'

/** A posting in minor units, in its own currency and in the base currency. */
export type Converted = {
  posting: ParsedPosting
  currency: string
  currencyAmountMinor: bigint
  amountMinor: bigint
}

/** The minor units of an amount; refuses more places than the currency has. */
function minorOf({ number, commodity }: Amount, baseCurrency: string, place: Place): bigint {
  const currency = commodity || baseCurrency
  const exponent = exponentOf(currency)
  const minor = toMinor(number, exponent)
  if (minor * 10n ** BigInt(number.scale) !== number.unscaled * 10n ** BigInt(exponent))
    refuseAt(place, `amount ${formatDecimal(number)}`, `no more than ${exponent} places, as ${currency} has`)
  return minor
}

/**
 * Turns the postings of an entry into minor units. What is not in the base currency is worth its price, or what the latest price on or before
 * the day says. A posting without an amount takes what the others leave. Throws `BadInput`.
 */
export function convertEntry(entry: ParsedEntry, prices: readonly ParsedPrice[], baseCurrency: string): Converted[] {
  const open = entry.postings.filter(({ amount }) => amount === null)
  if (open.length > 1) refuseAt((open[1] as ParsedPosting).place, 'a second posting without an amount', 'one at most')
  const known = entry.postings
    .filter(({ amount }) => amount !== null)
    .map((posting) => convert(posting, entry, prices, baseCurrency))
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

function convert(
  posting: ParsedPosting,
  { date }: ParsedEntry,
  prices: readonly ParsedPrice[],
  baseCurrency: string,
): Converted {
  const amount = posting.amount as Amount
  const { place, price } = posting
  const currency = amount.commodity || baseCurrency
  const currencyAmountMinor = minorOf(amount, baseCurrency, place)
  if (currency === baseCurrency) return { posting, currency, currencyAmountMinor, amountMinor: currencyAmountMinor }
  if (price !== null && (price.commodity || baseCurrency) !== baseCurrency)
    refuseAt(place, `a price in ${price.commodity}`, `one in ${baseCurrency}, the base currency`)
  if (price?.of === 'total') {
    const total = minorOf(price, baseCurrency, place)
    // In a text a total price has no sign of its own; in a CSV it is the signed amount in the base currency.
    const signed = total > 0n && currencyAmountMinor < 0n && !place.file.includes('.csv') ? -total : total
    return { posting, currency, currencyAmountMinor, amountMinor: signed }
  }
  const rate = price?.number ?? rateOn(prices, currency, baseCurrency, date)
  if (rate === undefined)
    return refuseAt(place, `${currency} without a price`, `one in ${baseCurrency}: @, @@ or a price of the day`)
  return { posting, currency, currencyAmountMinor, amountMinor: worth(amount.number, rate, baseCurrency) }
}

const worth = (number: Decimal, rate: Decimal, baseCurrency: string): bigint =>
  toMinor(multiply(number, rate), exponentOf(baseCurrency))

const rateOn = (prices: readonly ParsedPrice[], currency: string, base: string, on: AccountingDate) =>
  prices
    .filter(({ commodity, price, date }) => commodity === currency && price.commodity === base && date <= on)
    .reduce<ParsedPrice | undefined>(
      (latest, one) => (latest === undefined || one.date >= latest.date ? one : latest),
      undefined,
    )?.price.number

/**
 * Verifies what a text says that its accounts hold: assertions of postings after them, in order of day, and balances of a day before what is
 * posted on it, with the accounts below. Throws `BadInput` at the first that is not so.
 */
export function verifyBalances(
  { balances }: ParsedJournal,
  entries: readonly { date: AccountingDate; lines: readonly Converted[] }[],
  baseCurrency: string,
): void {
  const held = new Map<string, bigint>()
  const waiting = [...balances].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  const verifyBefore = (day: AccountingDate | null): void => {
    while (waiting[0] !== undefined && (day === null || waiting[0].date <= day))
      verify(waiting.shift() as ParsedBalance, held, baseCurrency, true)
  }
  for (const { date, lines } of [...entries].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))) {
    verifyBefore(date)
    for (const { posting, currency, currencyAmountMinor } of lines) {
      const key = `${posting.account}\n${currency}`
      held.set(key, (held.get(key) ?? 0n) + currencyAmountMinor)
      if (posting.asserts !== null) verify({ ...posting, amount: posting.asserts }, held, baseCurrency, false)
    }
  }
  verifyBefore(null)
}

function verify(
  { place, account, amount }: { place: Place; account: string; amount: Amount },
  held: ReadonlyMap<string, bigint>,
  baseCurrency: string,
  below: boolean,
): void {
  const currency = amount.commodity || baseCurrency
  const wanted = minorOf(amount, baseCurrency, place)
  let sum = 0n
  for (const [key, minor] of held) {
    const [name = '', of] = key.split('\n')
    if (of === currency && (name === account || (below && name.startsWith(`${account}:`)))) sum += minor
  }
  if (sum !== wanted)
    refuseAt(
      place,
      `${account} holds ${formatMinor(sum, currency)} ${currency}`,
      `${formatMinor(wanted, currency)} as asserted`,
    )
}
