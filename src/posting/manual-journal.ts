import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, type DraftLine, draft, type JournalDraft } from './draft.ts'

/** An entry that a person writes: the reference makes it one fact, the lines are as given and must balance. */
export type ManualJournal = { reference: string; date: AccountingDate; description: string; lines: DraftLine[] }

/**
 * What no other rule covers, posted as it was written: interest, loans, assets, accruals, payroll. Where the lines are in several currencies
 * and balance in the base currency alone, the conversion is two halves through currency_exchange.
 */
export const manualJournal = (journals: readonly ManualJournal[]): JournalDraft[] =>
  journals.map(({ reference, date, description, lines }) =>
    draft({
      rule: 'manual-journal',
      source: { kind: 'manual_journal', id: reference },
      date,
      description,
      lines: [...lines, ...exchanged(lines)],
    }),
  )

type Sums = { baseMinor: bigint; ownMinor: bigint }

/** The halves of a conversion that lines leave out: what each currency lacks, against currency_exchange. */
function exchanged(lines: readonly DraftLine[]): DraftLine[] {
  const sums = new Map<string | undefined, Sums>()
  for (const { currency, amountMinor, currencyAmountMinor = amountMinor } of lines) {
    const { baseMinor, ownMinor } = sums.get(currency) ?? { baseMinor: 0n, ownMinor: 0n }
    sums.set(currency, { baseMinor: baseMinor + amountMinor, ownMinor: ownMinor + currencyAmountMinor })
  }
  const inBase = [...sums.values()].reduce((total, { baseMinor }) => total + baseMinor, 0n)
  if (inBase !== 0n || [...sums.values()].every(({ ownMinor }) => ownMinor === 0n)) return []
  return [...sums].map(([currency, { baseMinor, ownMinor }]) => {
    const half = credit('currency_exchange', baseMinor)
    return currency === undefined ? half : { ...half, currency, currencyAmountMinor: -ownMinor }
  })
}
