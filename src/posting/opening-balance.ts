import type { AccountingDate } from '../kernel/accounting-date.ts'
import { type DraftLine, draft, type JournalDraft } from './draft.ts'

/** Balances brought in from earlier books. They need not balance: all of them together do, and then opening_balances is zero. */
export type OpeningBalance = { reference: string; date: AccountingDate; lines: DraftLine[] }

/** Each account against opening_balances, which must end at zero: Dr or Cr the account · Cr or Dr opening_balances, in each currency. */
export const openingBalance = (balances: readonly OpeningBalance[]): JournalDraft[] =>
  balances.map(({ reference, date, lines }) =>
    draft({
      rule: 'opening-balance',
      source: { kind: 'opening_balance', id: reference },
      date,
      description: reference,
      lines: [...lines, ...against(lines)],
    }),
  )

/** The other side of the lines: one line for those in base currency, and one for each currency beside it. */
function against(lines: readonly DraftLine[]): DraftLine[] {
  const sides = new Map<string | undefined, DraftLine>()
  for (const { currency, amountMinor, currencyAmountMinor = amountMinor } of lines) {
    const side = sides.get(currency) ?? { role: 'opening_balances', currency, amountMinor: 0n, currencyAmountMinor: 0n }
    sides.set(currency, {
      ...side,
      amountMinor: side.amountMinor - amountMinor,
      currencyAmountMinor: (side.currencyAmountMinor ?? 0n) - currencyAmountMinor,
    })
  }
  return [...sides.values()]
}
