import type { AccountingDate } from '../kernel/accounting-date.ts'
import { type DraftLine, debit, draft, type JournalDraft } from './draft.ts'

/** A fiscal year, its last day, and what each income and expense account gathered in it: debit positive. */
export type YearClosed = {
  fiscalYear: number
  lastDay: AccountingDate
  /** How often the year has been closed and opened again before. */
  revision: number
  results: readonly { accountId: bigint; balanceMinor: bigint }[]
}

/**
 * The result of the year becomes part of equity, and its income and expense accounts begin the next year at zero. The only fact that does
 * so: a profit and loss leaves it out.
 *
 * Dr each income account, Cr each expense account, with what it gathered · Cr (profit) or Dr (loss) retained_earnings.
 */
export const yearClosed = (years: readonly YearClosed[]): JournalDraft[] =>
  years.map(({ fiscalYear, lastDay, revision, results }) =>
    draft({
      rule: 'year-closed',
      source: { kind: 'fiscal_year', id: String(fiscalYear) },
      revision,
      date: lastDay,
      closesYear: true,
      description: `Result of ${fiscalYear}`,
      lines: [
        ...results.map(
          ({ accountId, balanceMinor }): DraftLine => ({ role: null, accountId, amountMinor: -balanceMinor }),
        ),
        debit(
          'retained_earnings',
          results.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n),
        ),
      ],
    }),
  )
