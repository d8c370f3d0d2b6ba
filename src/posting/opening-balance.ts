import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, type DraftLine, draft, type JournalDraft } from './draft.ts'

/** Balances brought in from earlier books. They need not balance: all of them together do, and then opening_balances is zero. */
export type OpeningBalance = { reference: string; date: AccountingDate; lines: DraftLine[] }

/** Each account against opening_balances, which must end at zero: Dr or Cr the account · Cr or Dr opening_balances. */
export const openingBalance = (balances: readonly OpeningBalance[]): JournalDraft[] =>
  balances.map(({ reference, date, lines }) =>
    draft({
      rule: 'opening-balance',
      source: { kind: 'opening_balance', id: reference },
      date,
      description: reference,
      lines: [
        ...lines,
        credit(
          'opening_balances',
          lines.reduce((sum, line) => sum + line.amountMinor, 0n),
        ),
      ],
    }),
  )
