import type { AccountingDate } from '../kernel/accounting-date.ts'
import { divideRounded } from '../kernel/decimal.ts'
import { exponentOf } from '../kernel/money.ts'
import type { Role } from '../ledger/charts/roles.ts'
import type { DraftLine, JournalDraft } from './draft.ts'

/** Where a rate comes from: the European Central Bank, a rate for a day by hand, or the company's own, which stands before both. */
export const rateSources = ['ecb', 'manual', 'company'] as const
export type RateSource = (typeof rateSources)[number]

/**
 * What one unit of a currency is worth in the base currency: numerator / denominator, exactly, so that a rate by way of the euro is rounded
 * once, at the amount. `day` is the day for which the source gives it.
 */
export type UsedRate = {
  base: string
  currency: string
  source: RateSource
  day: AccountingDate
  numerator: bigint
  denominator: bigint
}

/** Minor units of the base currency, rounded half away from zero. */
export function toBase(minor: bigint, rate: UsedRate): bigint {
  const [of, base] = [exponentOf(rate.currency), exponentOf(rate.base)]
  return divideRounded(minor * rate.numerator * 10n ** BigInt(base), rate.denominator * 10n ** BigInt(of))
}

/** Minor units of one currency in another, by the rates of both to the base currency, rounded once. Null stands for the base currency. */
export function acrossCurrencies(
  minor: bigint,
  from: { currency: string; rate: UsedRate | null },
  to: { currency: string; rate: UsedRate | null },
): bigint {
  const numerator = (from.rate?.numerator ?? 1n) * (to.rate?.denominator ?? 1n)
  const denominator = (from.rate?.denominator ?? 1n) * (to.rate?.numerator ?? 1n)
  const [of, into] = [exponentOf(from.currency), exponentOf(to.currency)]
  return divideRounded(minor * numerator * 10n ** BigInt(into), denominator * 10n ** BigInt(of))
}

/** Money that came or went in another currency than the rest of its entry: signed as its line is, debit positive. */
export type MoneySide = { currency: string; amountMinor: bigint; rate: UsedRate | null }

/** The currency in which an entry's lines are drafted. Null rates stand for the base currency. */
export type Abroad = {
  currency: string
  base: string
  rate: UsedRate | null
  /** Where the money is in another currency: two halves through currency_exchange. */
  money?: MoneySide | undefined
}

const moneyRoles: ReadonlySet<Role> = new Set(['bank', 'cash', 'payment_clearing', 'payout_in_transit'])
const taxRoles: ReadonlySet<Role> = new Set(['output_tax', 'input_tax', 'output_tax_pending', 'input_tax_pending'])

type Converted = DraftLine & { currency: string; currencyAmountMinor: bigint }

/**
 * Turns an entry that was drafted in another currency into one whose lines carry both amounts, so that it balances in the base currency and
 * in each of its own. A line that says what it was booked at (`bookedMinor`) keeps that value, and the difference is realised; without such
 * lines the largest line of what the entry is about takes the rounding, never the money, the receivable or the tax.
 */
export function abroad(entry: JournalDraft, { currency, base, rate, money }: Abroad): JournalDraft {
  if (currency === base && money === undefined) return entry
  const inBase = (minor: bigint): bigint => (rate === null ? minor : toBase(minor, rate))
  const lines = entry.lines.flatMap((line): Converted[] => {
    if (money !== undefined && line.bookedMinor === undefined && isMoney(line)) return moneyLines(line, money, currency)
    const { amountMinor, bookedMinor, taxBaseMinor, taxBaseBookedMinor } = line
    return [
      {
        ...line,
        currency,
        currencyAmountMinor: amountMinor,
        amountMinor: bookedMinor ?? inBase(amountMinor),
        taxBaseMinor: typeof taxBaseMinor === 'bigint' ? (taxBaseBookedMinor ?? inBase(taxBaseMinor)) : taxBaseMinor,
      },
    ]
  })
  const settles = money !== undefined || entry.lines.some(({ bookedMinor }) => bookedMinor !== undefined)
  const balanced = settles
    ? withDifference(lines, currency === base ? (money?.currency ?? base) : currency)
    : rounded(lines)
  const rates = [rate, money?.rate ?? null].filter((used) => used !== null)
  return { ...entry, lines: balanced, rates: [...(entry.rates ?? []), ...rates] }
}

const isMoney = ({ role }: DraftLine): boolean => role !== null && moneyRoles.has(role)

/** The money in its own currency, and the two halves that turn it into the currency of what it settles, at the money's value. */
function moneyLines(line: DraftLine, { currency, amountMinor, rate }: MoneySide, into: string): Converted[] {
  const valueMinor = rate === null ? amountMinor : toBase(amountMinor, rate)
  const about = { partyId: line.partyId, documentId: line.documentId, processorReference: line.processorReference }
  const half = { ...about, role: 'currency_exchange' as const }
  return [
    { ...line, currency, currencyAmountMinor: amountMinor, amountMinor: valueMinor },
    { ...half, currency, currencyAmountMinor: -amountMinor, amountMinor: -valueMinor },
    { ...half, currency: into, currencyAmountMinor: line.amountMinor, amountMinor: valueMinor },
  ]
}

const baseSum = (lines: readonly DraftLine[]): bigint => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)

/** A difference moves base amounts alone: its amount in the currency that caused it is zero. */
function withDifference(lines: readonly Converted[], currency: string): Converted[] {
  const difference = -baseSum(lines)
  if (difference === 0n) return [...lines]
  const { partyId, documentId } = lines.find(({ partyId }) => partyId !== undefined && partyId !== null) ?? {}
  const about = { partyId, documentId }
  return [...lines, { ...about, role: 'realised_fx', amountMinor: difference, currency, currencyAmountMinor: 0n }]
}

function rounded(lines: readonly Converted[]): Converted[] {
  const residue = baseSum(lines)
  if (residue === 0n) return [...lines]
  const largest = (candidates: readonly Converted[]): Converted | undefined =>
    candidates.reduce<Converted | undefined>(
      (best, line) => (best === undefined || size(line) > size(best) ? line : best),
      undefined,
    )
  const takes = largest(lines.filter(takesRounding)) ?? largest(lines)
  return lines.map((line) => (line === takes ? { ...line, amountMinor: line.amountMinor - residue } : line))
}

const size = ({ amountMinor }: DraftLine): bigint => (amountMinor < 0n ? -amountMinor : amountMinor)

const takesRounding = ({ role }: DraftLine): boolean =>
  role !== null && !moneyRoles.has(role) && !taxRoles.has(role) && role !== 'receivable'

/** The part of a base value that goes with a part of its currency amount: differences of rounded running totals, so that all parts make the whole. */
export function shareOfBase(
  whole: { amountMinor: bigint; baseMinor: bigint; appliedMinor: bigint; appliedBaseMinor: bigint },
  partMinor: bigint,
): bigint {
  const { amountMinor, baseMinor, appliedMinor, appliedBaseMinor } = whole
  if (amountMinor === 0n) return 0n
  return divideRounded(baseMinor * (appliedMinor + partMinor), amountMinor) - appliedBaseMinor
}
