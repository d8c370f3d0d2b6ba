import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { amountIn } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { ratesOfSources } from '../../posting/entry-rates.ts'
import { acrossCurrencies, type UsedRate } from '../../posting/exchange.ts'
import { findRates, type RateBook } from '../rates/index.ts'
import type { OpenItem } from '../receivables/index.ts'

export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)

type Payment = {
  reference: string
  on: AccountingDate
  amountMinor: bigint
  currency?: string | undefined
  settlesMinor?: bigint | undefined
}

/** The rates of payments and, where a payment does not say what it settles of items in another currency, of those too. */
export async function ratesOfPayments<Request extends Payment>(
  tx: Tx,
  requests: readonly Request[],
  itemsOf: (request: Request) => readonly (Pick<OpenItem, 'currency'> | undefined)[],
): Promise<RateBook> {
  const wanted = requests.flatMap((request) => {
    const { currency, on, settlesMinor } = request
    const ofItems = itemsOf(request).flatMap((item) => item?.currency ?? [])
    const ofMoney = currency === undefined ? [] : [{ currency, on }]
    return settlesMinor === undefined ? [...ofMoney, ...ofItems.map((of) => ({ currency: of, on }))] : ofMoney
  })
  return await findRates(tx, wanted)
}

/**
 * What a payment settles in the currency of an item: its own amount in the same currency; in another what it says, or what the rates of its day
 * make of it. Refuses `rate_missing`, `amount_not_positive`, and `input_invalid` where it says another amount in the same currency.
 */
export function settledAmount(
  { reference, on, amountMinor, currency, settlesMinor }: Payment & { currency: string },
  ofItem: string,
  { rateOn }: RateBook,
): bigint {
  if (ofItem === currency) {
    if (settlesMinor !== undefined && settlesMinor !== amountMinor)
      throw new Refusal('input_invalid', { reference, settles: 'the amount itself, in the same currency' })
    return amountMinor
  }
  const settled =
    settlesMinor ??
    acrossCurrencies(
      amountMinor,
      { currency, rate: rateOn(currency, on) },
      { currency: ofItem, rate: rateOn(ofItem, on) },
    )
  if (settled <= 0n) throw new Refusal('amount_not_positive', { reference, settles: amountIn(settled, ofItem) })
  return settled
}

/** A fact that has an entry and no record of its own: a fee, a payout. */
type BareFact = { id: string; on: AccountingDate; currency?: string | undefined }

/** The rates of facts of a kind: of one that is repeated the rate that it was booked with, whatever has been corrected since. */
export async function ratesOf(
  tx: Tx,
  kind: string,
  facts: readonly BareFact[],
): Promise<RateBook & { rateFor(id: string, currency: string, on: AccountingDate): UsedRate | null }> {
  const foreign = facts.flatMap(({ id, on, currency }) => (currency === undefined ? [] : [{ id, on, currency }]))
  const book = await findRates(tx, foreign)
  const kept = await ratesOfSources(
    tx,
    kind,
    foreign.map(({ id }) => id),
  )
  return { ...book, rateFor: (id, currency, on) => kept(id, currency) ?? book.rateOn(currency, on) }
}
