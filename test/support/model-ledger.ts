import { type AccountingDate, endOfMonth, nextDay, startOfMonth } from '../../src/kernel/accounting-date.ts'
import type { RefusalCode } from '../../src/kernel/refusal.ts'
import type { Entry, Line } from '../../src/ledger/journal.ts'

type ModelEntry = { fact: string; effectiveOn: AccountingDate; postedOn: AccountingDate; lines: readonly Line[] }

/** What an operation leads to: the places of its entries in the journal, or the refusal. */
export type Outcome = { entries: number[] } | { refused: RefusalCode }

/**
 * The ledger as a few lines of arithmetic: slow, in memory and plain to see. The real one must agree with it after any operations
 * whatsoever.
 */
export class ModelLedger {
  readonly entries: ModelEntry[] = []
  readonly closed = new Set<AccountingDate>()
  readonly ended = new Map<bigint, AccountingDate>()
  readonly #placeOf = new Map<string, number>()

  append(facts: readonly Entry[], refuseClosed: boolean): Outcome {
    const added: ModelEntry[] = []
    const places: number[] = []
    const isNew = (fact: Entry): boolean => !this.#placeOf.has(keyOf(fact))
    const late = facts.some((fact) => isNew(fact) && this.closed.has(startOfMonth(fact.effectiveOn)))
    if (refuseClosed && late) return { refused: 'period_closed' }
    if (facts.some((fact) => fact.lines.length < 2)) return { refused: 'entry_too_short' }
    const repeated: Entry[] = []
    for (const fact of facts) {
      const key = keyOf(fact)
      const known = this.#placeOf.get(key) ?? indexOrUndefined(added, key, this.entries.length)
      if (known === undefined) added.push(this.#place(fact))
      else repeated.push(fact)
      places.push(known ?? this.entries.length + added.length - 1)
    }
    // Each rule looks at the whole batch before the next one does.
    const found = new Set(added.flatMap((entry) => this.#refusalOf(entry)))
    const refused = precedence.find((code) => found.has(code))
    if (refused !== undefined) return { refused }
    const all = [...this.entries, ...added]
    if (
      repeated.some(
        (fact) =>
          !says(
            all.find((entry) => entry.fact === keyOf(fact)),
            fact,
          ),
      )
    )
      return { refused: 'fact_posted_differently' }
    for (const entry of added) this.#placeOf.set(entry.fact, this.entries.push(entry) - 1)
    return { entries: places }
  }

  reverse(place: number, date: AccountingDate | undefined): Outcome {
    const entry = this.entries[place] as ModelEntry
    const outcome = this.append([reversalOf(place, entry, date ?? entry.postedOn)], false)
    if ('refused' in outcome && outcome.refused === 'fact_posted_differently') return { refused: 'already_reversed' }
    return outcome
  }

  close(month: AccountingDate): Outcome {
    if (this.closed.has(month)) return { refused: 'period_already_closed' }
    this.closed.add(month)
    return { entries: [] }
  }

  reopen(month: AccountingDate, reason: string): Outcome {
    if (reason === '') return { refused: 'reason_missing' }
    if (!this.closed.delete(month)) return { refused: 'period_not_closed' }
    return { entries: [] }
  }

  /** Movement of each account, day and currency, as `account day currency base amount`, in order. */
  balances(): string[] {
    const sums = new Map<string, [bigint, bigint]>()
    for (const { postedOn, lines } of this.entries) {
      for (const line of lines) {
        const key = `${line.accountId} ${postedOn} ${line.currency}`
        const [base, amount] = sums.get(key) ?? [0n, 0n]
        sums.set(key, [base + line.amountMinor, amount + line.currencyAmountMinor])
      }
    }
    return [...sums].map(([key, [base, amount]]) => `${key} ${base} ${amount}`).sort()
  }

  #place(fact: Entry): ModelEntry {
    let postedOn = fact.effectiveOn
    while (this.closed.has(startOfMonth(postedOn))) postedOn = nextDay(endOfMonth(postedOn))
    return { fact: keyOf(fact), effectiveOn: fact.effectiveOn, postedOn, lines: fact.lines }
  }

  #refusalOf({ lines, postedOn }: ModelEntry): RefusalCode[] {
    const sums = [...Map.groupBy(lines, (line) => line.currency).values()].map((own) =>
      sumOf(own, 'currencyAmountMinor'),
    )
    const broken: Record<(typeof precedence)[number], boolean> = {
      line_is_zero: lines.some((line) => line.amountMinor === 0n && line.currencyAmountMinor === 0n),
      entry_not_balanced: [sumOf(lines, 'amountMinor'), ...sums].some((sum) => sum !== 0n),
      account_ended: lines.some((line) => (this.ended.get(line.accountId) ?? postedOn) < postedOn),
    }
    return precedence.filter((code) => broken[code])
  }
}

const precedence = ['line_is_zero', 'entry_not_balanced', 'account_ended'] as const

const sumOf = (lines: readonly Line[], name: 'amountMinor' | 'currencyAmountMinor'): bigint =>
  lines.reduce((sum, line) => sum + line[name], 0n)

const keyOf = ({ source, rule, revision = 0 }: Entry): string => `${source.kind} ${source.id} ${rule} ${revision}`

function indexOrUndefined(added: readonly ModelEntry[], fact: string, offset: number): number | undefined {
  const index = added.findIndex((entry) => entry.fact === fact)
  return index < 0 ? undefined : offset + index
}

const contentOf = (lines: readonly Line[]): string =>
  lines.map((l) => `${l.accountId} ${l.amountMinor} ${l.currency} ${l.currencyAmountMinor}`).join(';')

const says = (entry: ModelEntry | undefined, fact: Entry): boolean =>
  entry?.effectiveOn === fact.effectiveOn && contentOf(entry.lines) === contentOf(fact.lines)

const reversalOf = (place: number, { lines }: ModelEntry, effectiveOn: AccountingDate): Entry => ({
  rule: 'reversal',
  source: { kind: 'place', id: String(place) },
  effectiveOn,
  lines: lines.map((line) => ({
    ...line,
    amountMinor: -line.amountMinor,
    currencyAmountMinor: -line.currencyAmountMinor,
  })),
})
