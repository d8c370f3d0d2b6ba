import { type AccountingDate, parseAccountingDate } from '../../kernel/accounting-date.ts'
import { BadInput } from '../../kernel/bad-input.ts'
import { isCurrencyCode } from '../../kernel/currencies.ts'
import type { Decimal } from '../../kernel/decimal.ts'
import { readLabel, shown } from '../field-forms.ts'
import { bookableDays, isBookable } from '../journals/csv-rows.ts'

/** Where something stands in a text, counted from one. */
export type Place = { file: string; line: number; column: number }

/** An amount as a text has it. */
export type Amount = { number: Decimal; commodity: string }

/** A price: of one unit, of the whole amount and without a sign of its own, or of the whole amount with its sign. */
export type PostingPrice = Amount & { of: 'unit' | 'total' | 'signed total' }

/** What an account is said to hold: with those `below` it, and that amount `alone`, so no other commodity. */
export type Assertion = Amount & { below: boolean; alone: boolean }

/** A posting; without an amount it takes what the others leave. */
export type ParsedPosting = {
  place: Place
  account: string
  amount: Amount | null
  price: PostingPrice | null
  /** What the account is said to hold after it, in the commodity of the assertion. */
  asserts: Assertion | null
  party: string | null
  document: string | null
  tax: ParsedTax | null
}

/** What a file says of the tax of a posting, as it writes it: it counts on tax accounts alone, and is read where the account is known. */
export type ParsedTax = { code: string; base: string; codeColumn: number; baseColumn: number }

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
export type ParsedPrice = { place: Place; date: AccountingDate; commodity: string; price: Amount }

/** Takes what a text holds, as soon as it is read to its end. */
export type JournalSink = {
  entry(entry: ParsedEntry): void
  balance(balance: ParsedBalance): void
  price(price: ParsedPrice): void
}

export const refuseAt = (place: Place, found: string, expected: string): never => {
  throw new BadInput(place, found, `expected ${expected}`)
}

/** The day that a text writes, year first. Throws `BadInput`. */
export function dayOf(text: string, place: Place): AccountingDate {
  const day = parseAccountingDate(text) ?? refuseAt(place, `day ${text.slice(0, 40)}`, 'a day such as 2011-01-31')
  return isBookable(day) ? day : refuseAt(place, `day ${text}`, bookableDays)
}

// An entry is held in memory as a whole; a payroll run or the opening of a year stays far below this.
const mostPostings = 10_000

/** Adds a posting to its entry, which may not grow without end. */
export function addPosting(entry: ParsedEntry, posting: ParsedPosting): void {
  if (entry.postings.length >= mostPostings)
    refuseAt(posting.place, `an entry of more than ${mostPostings} lines`, 'several entries')
  labelOf(posting.account, 'account', posting.place)
  entry.postings.push(posting)
}

/** What a party, a document, a number or a reference may be: it must fit into the key of a table. */
const longestLabel = 200

/** The name or number of something, on one line and not too long. */
export const labelOf = (text: string, what: string, place: Place): string =>
  readLabel(text, longestLabel) ??
  refuseAt(place, `${what} ${shown(text)}`, `at most ${longestLabel} characters, none of them a control character`)

const symbols: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY' }

/** A currency by its code or its sign, as prices name it: whatever else it may be stays as it is. */
export const commodityOf = (text: string): string =>
  (Object.hasOwn(symbols, text) ? symbols[text] : undefined) ?? text.replace(/^"(.*)"$/s, '$1')

/**
 * A currency by its code or its sign, and empty for the base currency, where a text names none. Anything else is refused, since the books keep
 * money and no shares or hours.
 */
export function currencyOf(commodity: string, place: Place): string {
  const code = commodityOf(commodity)
  return code === '' || isCurrencyCode(code)
    ? code
    : refuseAt(place, `commodity ${commodity.slice(0, 80)}`, 'a currency of ISO 4217, such as EUR')
}
