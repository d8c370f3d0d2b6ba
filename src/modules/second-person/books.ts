import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import type { Posted } from '../../ledger/journal.ts'
import { type ApprovalRule, approvalRules } from '../approvals/index.ts'
import { closeExceptions } from '../inbox/index.ts'
import { amountOpened, closeYears, type OpeningBalances, postOpeningBalances } from '../journal/index.ts'
import { type ForfeitRequest, forfeitDeposits } from '../payments/index.ts'
import { type WriteOffRequest, writeOffBadDebts } from '../receivables/index.ts'
import { triedOut, type Work } from './do-or-ask.ts'

const wasThere = ({ existing }: Posted): boolean => existing
const approved = { approved: true } as const

/** Under which name the import of opening balances asks, and sets aside. */
export const openingSource = 'opening-balances'

export const openingWork: Work<OpeningBalances, Posted> = {
  kind: 'opening_balances',
  amountsOf: async (_, openings) => openings.map(amountOpened),
  subjectOf: ({ reference }) => reference,
  summaryOf: ({ reference, date, lines }) => `Opening balances ${reference} of ${date}: ${lines.length} lines`,
  perform: async (tx, openings, postedBy) => {
    const posted = await postOpeningBalances(tx, openings, postedBy, approved)
    await closeWaiting(tx, openings, 'The opening balances are posted')
    return posted
  },
  wasThere,
}

/** Closes what an import has set aside until somebody decides. */
export const closeWaiting = (tx: Tx, openings: readonly OpeningBalances[], resolution: string): Promise<unknown> =>
  closeExceptions(tx, {
    kinds: ['document_refused'],
    subjects: openings.map(({ reference }) => ({ source: openingSource, subject: reference })),
    resolution,
  })

export const badDebtWork: Work<WriteOffRequest, Posted> = {
  kind: 'bad_debt',
  amountsOf: (tx, requests) => debitsTried(tx, () => writeOffBadDebts(tx, requests, tx.actor, approved)),
  subjectOf: ({ reference }) => reference,
  summaryOf: ({ reference, reason }) => `Bad debt ${reference} written off: ${reason}`,
  perform: (tx, requests, postedBy) => writeOffBadDebts(tx, requests, postedBy, approved),
  wasThere,
}

export const forfeitureWork: Work<ForfeitRequest, Posted> = {
  kind: 'forfeiture',
  amountsOf: (tx, requests) => debitsTried(tx, () => forfeitDeposits(tx, requests, tx.actor, approved)),
  subjectOf: ({ paymentId }) => String(paymentId),
  summaryOf: ({ paymentId, reason }) => `What is left of payment ${paymentId} kept: ${reason}`,
  perform: (tx, requests, postedBy) => forfeitDeposits(tx, requests, postedBy, approved),
  wasThere,
}

export const yearWork: Work<number, Posted> = {
  kind: 'year_closing',
  rule: 'year_closing',
  amountsOf: async (_, years) => years.map(() => null),
  subjectOf: String,
  summaryOf: (year) => `Close the fiscal year ${year}`,
  perform: (tx, years, postedBy) => closeYears(tx, years, postedBy, approved),
  wasThere,
}

const isOfJournals = ({ kind, active }: ApprovalRule): boolean => kind === 'journal' && active

/**
 * What each of a list would move, by the debits of its entry: it is done and taken back. Where no rule asks, nothing is tried, and nothing is
 * above any amount.
 */
async function debitsTried(tx: Tx, act: () => Promise<Posted[]>): Promise<bigint[]> {
  if (!(await approvalRules(tx)).some(isOfJournals)) return []
  return await triedOut(tx, async () => {
    const ids = (await act()).map(({ entryId }) => entryId)
    const rows = await tx.query<{ id: bigint; debits: bigint }>(
      `select entry_id as id, coalesce(sum(amount_minor) filter (where amount_minor > 0), 0)::bigint as debits from journal_line
         where company_id = $1 and entry_id in (select unnest($2::bigint[])) group by entry_id`,
      [tx.companyId, column(ids, (id) => id)],
    )
    const debits = new Map(rows.map((row) => [row.id, row.debits]))
    return ids.map((id) => debits.get(id) ?? 0n)
  })
}

/**
 * Of write-offs that name no amount, what is open of their invoices now: whoever approves approves that much, and not what will be open then.
 * Refuses as `writeOffBadDebts`.
 */
export async function withAmounts(tx: Tx, requests: readonly WriteOffRequest[]): Promise<WriteOffRequest[]> {
  const open = requests.filter(({ amountMinor }) => amountMinor === undefined)
  if (open.length === 0 || !(await approvalRules(tx)).some(isOfJournals)) return [...requests]
  const amounts = await triedOut(tx, async () => {
    await writeOffBadDebts(tx, requests, tx.actor, approved)
    const rows = await tx.query<{ reference: string; amountMinor: bigint }>(
      `select source_id as reference, -amount_minor as "amountMinor" from open_item
         where company_id = $1 and source_kind = 'bad_debt' and source_id in (select unnest($2::text[]))`,
      [tx.companyId, column(open, ({ reference }) => reference)],
    )
    return new Map(rows.map((row) => [row.reference, row.amountMinor]))
  })
  return requests.map((request) => {
    const amountMinor = request.amountMinor ?? amounts.get(request.reference)
    return amountMinor === undefined ? request : { ...request, amountMinor }
  })
}
