import { type AccountingDate, parseAccountingDate } from '../kernel/accounting-date.ts'
import { BadInput } from '../kernel/bad-input.ts'
import { isCurrencyCode } from '../kernel/currencies.ts'
import { formatDecimal, parseDecimal } from '../kernel/decimal.ts'
import { parseMinor } from '../kernel/money.ts'
import type { Place } from './story.ts'

/** Reads one line of a story word by word, and says where and what it was when a word is not what it must be. */
export class LineReader {
  readonly text: string
  private readonly file: string
  private readonly line: number
  private at = 0

  constructor(file: string, line: number, text: string) {
    this.file = file
    this.line = line
    this.text = text.replace(/(^|\s)#.*$/, '').trimEnd()
  }

  get isEmpty(): boolean {
    return this.text.trim() === ''
  }

  get isIndented(): boolean {
    return /^\s/.test(this.text)
  }

  /** Where the next word begins. */
  place(): Place {
    this.skipSpace()
    return { file: this.file, line: this.line, column: this.at + 1 }
  }

  /** The next word, or ',' or ':', without taking it; undefined at the end. */
  peek(): string | undefined {
    this.skipSpace()
    return /^(?:[,:]|[^\s,:]+)/.exec(this.text.slice(this.at))?.[0]
  }

  /** Stops the story here: what stands next is not what was expected. */
  fail(expected: string, found = this.peek()): never {
    throw new BadInput(this.place(), found === undefined ? 'the end of the line' : `'${found}'`, expected)
  }

  take(expected: string): string {
    const word = this.peek()
    if (word === undefined || word === ',' || word === ':') this.fail(expected)
    this.at += word.length
    return word
  }

  /** Takes the words given, if they come next. */
  maybe(...words: string[]): boolean {
    const before = this.at
    for (const word of words) {
      if (this.peek() !== word) {
        this.at = before
        return false
      }
      this.at += word.length
    }
    return true
  }

  must(...words: string[]): void {
    for (const word of words) if (!this.maybe(word)) this.fail(`expected '${word}'`)
  }

  /** A word of a closed list. */
  oneOf<Word extends string>(words: readonly Word[], what: string): Word {
    const word = words.find((each) => each === this.peek())
    if (word === undefined) this.fail(`expected ${what}: ${words.join(', ')}`)
    this.at += word.length
    return word
  }

  date(): AccountingDate {
    const day = parseAccountingDate(this.peek() ?? '')
    if (day === undefined) this.fail('expected a day such as 2011-01-31')
    this.at += day.length
    return day
  }

  /** A month such as 2011-01, as its first day. */
  month(): AccountingDate {
    const day = parseAccountingDate(`${this.peek() ?? ''}-01`)
    if (day === undefined) this.fail('expected a month such as 2011-01')
    this.at += 7
    return day
  }

  year(): number {
    const word = this.peek() ?? ''
    if (!/^[1-9]\d{3}$/.test(word)) this.fail('expected a year such as 2011')
    this.at += 4
    return Number(word)
  }

  amount(currency: string): bigint {
    const word = this.peek() ?? ''
    const minor = /^-?\d/.test(word) ? parseMinor(word, currency) : undefined
    if (minor === undefined) this.fail(`expected an amount in ${currency} such as 12.50`)
    this.at += word.length
    return minor
  }

  /** The word that follows another one later in the line; undefined where that is not there. */
  wordAfter(word: string): string | undefined {
    const words = this.text.slice(this.at).split(/\s+/)
    const at = words.indexOf(word)
    return at < 0 ? undefined : words[at + 1]
  }

  currency(): string {
    const word = this.peek() ?? ''
    if (!isCurrencyCode(word)) this.fail('expected a currency of three letters such as EUR')
    this.at += word.length
    return word
  }

  /** An amount, in the currency that follows it or else in the one given. */
  money(unsaid: string): { amountMinor: bigint; currency: string } {
    const before = this.at
    const next = /^\s*\S+\s+([A-Z]{3})(?=[\s,:]|$)/.exec(this.text.slice(this.at))?.[1]
    const currency = next !== undefined && isCurrencyCode(next) ? next : unsaid
    const amountMinor = this.amount(currency)
    if (next === currency) this.maybe(next)
    if (amountMinor === 0n) {
      this.at = before
      this.fail('expected an amount that is not zero')
    }
    return { amountMinor, currency }
  }

  moneyAboveZero(unsaid: string): { amountMinor: bigint; currency: string } {
    const before = this.at
    const money = this.money(unsaid)
    if (money.amountMinor > 0n) return money
    this.at = before
    this.fail('expected an amount above zero')
  }

  amountAboveZero(currency: string): bigint {
    const before = this.at
    const minor = this.amount(currency)
    if (minor > 0n) return minor
    this.at = before
    this.fail('expected an amount above zero')
  }

  /** An exact decimal above zero, written as it stands without trailing zeros. */
  decimal(what: string): string {
    const word = this.peek() ?? ''
    const value = /^\d/.test(word) ? parseDecimal(word) : undefined
    if (value === undefined) this.fail(`expected ${what}`)
    this.at += word.length
    return formatDecimal(value)
  }

  /** Words that nobody reads but people, up to 'because' or the end of the line. */
  words(expected: string): string {
    this.skipSpace()
    const words = this.text.slice(this.at).replace(/(^|\s+)because(\s.*)?$/, '')
    if (words === '') this.fail(expected)
    this.at += words.length
    return words
  }

  end(): void {
    if (this.peek() !== undefined) this.fail('expected the end of the line')
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1
  }
}
