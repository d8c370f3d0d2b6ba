import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { BadInput } from '../../kernel/bad-input.ts'
import type { Decimal } from '../../kernel/decimal.ts'

/** Where something stands in a text, counted from one. */
export type Place = { file: string; line: number; column: number }

/** An amount as a text has it. */
export type Amount = { number: Decimal; commodity: string }

/** A posting; without an amount it takes what the others leave. A price is of the whole amount, or of one unit of it. */
export type ParsedPosting = {
  place: Place
  account: string
  amount: Amount | null
  price: (Amount & { of: 'total' | 'unit' }) | null
  /** What the account is said to hold after it, in the commodity of the assertion. */
  asserts: Amount | null
  party: string | null
  document: string | null
}

/** An entry of a journal text. `reference` is null where the text gives it none. */
export type ParsedEntry = {
  place: Place
  date: AccountingDate
  reference: string | null
  description: string
  number: string | null
  party: string | null
  document: string | null
  postings: ParsedPosting[]
}

/** What an account, with those below it, is said to hold at the beginning of a day. */
export type ParsedBalance = { place: Place; date: AccountingDate; account: string; amount: Amount }

/** What one unit of a commodity is worth from a day on. */
export type ParsedPrice = { date: AccountingDate; commodity: string; price: Amount }

export type ParsedJournal = {
  lines: number
  entries: ParsedEntry[]
  balances: ParsedBalance[]
  prices: ParsedPrice[]
}

export const refuseAt = (place: Place, found: string, expected: string): never => {
  throw new BadInput(place, found, `expected ${expected}`)
}

const symbols: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY' }

/**
 * A currency by its code or its sign, and empty for the base currency, where a text names none. Anything else is refused, since the books keep
 * money and no shares or hours.
 */
export function currencyOf(commodity: string, place: Place): string {
  const code = symbols[commodity] ?? commodity.replace(/^"(.*)"$/, '$1')
  return /^([A-Z]{3})?$/.test(code) ? code : refuseAt(place, `commodity ${commodity}`, 'a currency, such as EUR')
}
