import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Line, Source } from '../ledger/journal.ts'
import { type DraftLine, draft, type JournalDraft } from './draft.ts'

/** A posted line and the account on which it belongs. `fromAccountId` is where it stands, if that is no longer its own account. */
export type MovedLine = {
  line: Line
  fromAccountId?: bigint
  toAccountId: bigint
  /** The version of the mapping rule that chose the account, where one did. */
  mappingRuleId?: bigint | null
  /** What the line turned out to be about, where it arrives as tax. */
  tax?: Pick<Line, 'taxCodeId' | 'taxAuthority' | 'taxPoint' | 'taxBaseMinor'> | undefined
}

/** Lines that move together, on one day and for one reason. */
export type Reclassified = {
  source: Source
  revision?: number
  date: AccountingDate
  reason: string
  moves: readonly MovedLine[]
}

/**
 * What stood on the wrong account, often a suspense account, moves to the right one. The line keeps all that it is about, so that reports by
 * item, customer or tax find it where it now stands. Two lines for each that moves: the first off the account, the second onto the other.
 *
 * Cr (or Dr) the old account · Dr (or Cr) the new one.
 */
export const reclassification = (facts: readonly Reclassified[]): JournalDraft[] =>
  facts.map(({ source, revision, date, reason, moves }) =>
    draft({
      rule: 'reclassification',
      source,
      revision,
      date,
      description: reason,
      lines: moves.flatMap(({ line, fromAccountId = line.accountId, toAccountId, mappingRuleId = null, tax }) => [
        standing(line, fromAccountId, null, -1n),
        { ...standing(line, toAccountId, mappingRuleId, 1n), ...tax },
      ]),
    }),
  )

function standing(line: Line, accountId: bigint, mappingRuleId: bigint | null, sign: 1n | -1n): DraftLine {
  return {
    ...line,
    role: null,
    accountId,
    mappingRuleId,
    amountMinor: line.amountMinor * sign,
    currencyAmountMinor: line.currencyAmountMinor * sign,
    taxBaseMinor: typeof line.taxBaseMinor === 'bigint' ? line.taxBaseMinor * sign : null,
  }
}
