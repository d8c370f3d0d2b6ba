import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Role } from '../ledger/charts/roles.ts'
import { type DraftLine, debit, draft, type JournalDraft } from './draft.ts'
import type { UsedRate } from './exchange.ts'

/** What is owed: revalued for the day, by party, and taken back on the next one. */
export const revaluedForTheDay: readonly Role[] = [
  'receivable',
  'unbilled_receivable',
  'disputes_receivable',
  'payable',
  'goods_received_not_invoiced',
]

/** Money and debts: what they were revalued to stays. Never stock, deposits, prepayments, deferred revenue or vouchers (IFRIC 22). */
export const revaluedForGood: readonly Role[] = [
  'bank',
  'cash',
  'payment_clearing',
  'payment_reserve',
  'payment_suspense',
  'payout_in_transit',
  'bank_suspense',
  'loans',
]

/** A balance in another currency, and what it is worth in base currency more than it stands at: less, where below zero. */
export type RevaluedBalance = { accountId: bigint; partyId: bigint | null; gainMinor: bigint }

/** The balances of one currency at a period's end. A rerun is the next revision. */
export type Revaluation = {
  on: AccountingDate
  currency: string
  /** Null where nothing is left in the currency and the rest of the base amount goes. */
  rate: UsedRate | null
  kept: boolean
  revision: number
  balances: readonly RevaluedBalance[]
}

/**
 * The rate has moved since what is owed and held in a currency was booked. Base amounts alone move.
 *
 * Dr or Cr each balance · Cr or Dr unrealised_fx.
 */
export const revaluation = (revaluations: readonly Revaluation[]): JournalDraft[] =>
  revaluations.map(({ on, currency, rate, kept, revision, balances }) => {
    const inBaseAlone = { currency, currencyAmountMinor: 0n }
    const gained = balances.reduce((sum, { gainMinor }) => sum + gainMinor, 0n)
    return draft({
      rule: 'revaluation',
      source: { kind: 'revaluation', id: `${on}/${currency}/${kept ? 'kept' : 'reversed'}` },
      revision,
      date: on,
      description: `${currency} at the rate of ${on}`,
      rates: rate === null ? [] : [rate],
      lines: [
        ...balances.map(
          ({ accountId, partyId, gainMinor }): DraftLine => ({
            ...inBaseAlone,
            role: null,
            accountId,
            partyId,
            amountMinor: gainMinor,
          }),
        ),
        debit('unrealised_fx', -gained, inBaseAlone),
      ],
    })
  })
