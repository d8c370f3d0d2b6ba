import type { Money } from '../../kernel/money.ts'
import type { ExportedEntry, ExportedLine } from './journal-entries.ts'

/** An amount of a posting in a plain-text journal; `cost` is its total cost in base currency, without a sign. */
export type PostedAmount = Money & { cost?: Money }

/**
 * What a line posts in plain text. A line of an exchange difference moves base currency alone. A total cost takes the sign of its amount, so a
 * line whose two amounts have different signs becomes two postings, the first one at no cost.
 */
export function postedAmounts(
  { amountMinor, currency, currencyAmountMinor }: ExportedLine,
  baseCurrency: string,
): PostedAmount[] {
  const base = { minor: amountMinor, currency: baseCurrency }
  if (currency === baseCurrency || currencyAmountMinor === 0n) return [base]
  const own = { minor: currencyAmountMinor, currency }
  if (amountMinor !== 0n && amountMinor > 0n === currencyAmountMinor > 0n) {
    return [{ ...own, cost: { minor: amountMinor < 0n ? -amountMinor : amountMinor, currency: baseCurrency } }]
  }
  const atNoCost = { ...own, cost: { minor: 0n, currency: baseCurrency } }
  return amountMinor === 0n ? [atNoCost] : [atNoCost, base]
}

/** The party and the document that every line of an entry names: they are tags of the entry then, and not of each of its postings. */
export function sharedTags({ lines }: ExportedEntry): Pick<ExportedLine, 'party' | 'document'> {
  const shared = (name: 'party' | 'document'): string | null => {
    const value = lines[0]?.[name] ?? null
    return lines.every((line) => line[name] === value) ? value : null
  }
  return { party: shared('party'), document: shared('document') }
}
