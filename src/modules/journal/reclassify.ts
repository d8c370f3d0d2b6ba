import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Account, listAccounts } from '../../ledger/accounts.ts'
import { roleNamed } from '../../ledger/charts/index.ts'
import type { Posted } from '../../ledger/journal.ts'
import { readLines, type StoredLine } from '../../ledger/read-lines.ts'
import { entriesOfSources } from '../../posting/entries-of-sources.ts'
import {
  type LinePlace,
  lockLineMoves,
  originsOf,
  placeKey,
  rolesAsPosted,
  type Standing,
  saveLineMoves,
  standingsOf,
} from '../../posting/line-moves.ts'
import { post } from '../../posting/post.ts'
import { reclassification } from '../../posting/reclassification.ts'
import { suspenseAccounts } from '../../posting/suspense-accounts.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'
import { followMoves } from '../inbox/index.ts'

/** A posted line and the code of the account on which it belongs. */
export type ReclassificationRequest = {
  entryId: bigint
  lineNo: number
  toAccount: string
  date: AccountingDate
  reason: string
}

type Known = {
  accounts: readonly Account[]
  lines: ReadonlyMap<string, StoredLine>
  origins: ReadonlyMap<string, { origin: LinePlace; arrives: boolean }>
  standings: ReadonlyMap<string, Standing>
  /** From which account each of the lines was moved when it was reclassified before. */
  movedBefore: ReadonlyMap<string, bigint>
}

type Decided = {
  request: ReclassificationRequest
  origin: LinePlace
  line: StoredLine
  fromAccountId: bigint
  toAccountId: bigint
}

/**
 * Moves lines to the accounts on which they belong, from wherever they stand by now. The same again finds its entry, and another target is
 * refused (`fact_posted_differently`): move the line that the first one wrote. No mapping moves the line any more. Refuses `line_unknown`,
 * `line_moved_on`, `account_unknown`, `reason_missing`, `reclassification_leaves_sub_ledger`, `suspense_needs_exception`, `period_closed`. Where the company wants a second
 * person for so much, it refuses `approval_needed` unless one has approved it.
 */
export async function reclassify(
  tx: Tx,
  requests: readonly ReclassificationRequest[],
  postedBy = tx.actor,
  { approved = false }: Approved = {},
): Promise<Posted[]> {
  if (!approved) await refuseUnapproved(tx, 'journal', await amountsReclassified(tx, requests))
  await lockLineMoves(tx)
  const known = await loadKnown(tx, requests)
  const decided = requests.map((request) => decide(request, known))
  refuseSameLine(decided)
  await refuseIntoSuspense(tx, decided)
  const drafts = reclassification(
    decided.map(({ request: { date, reason, ...request }, line, fromAccountId, toAccountId }) => ({
      source: { kind: 'journal_line', id: placeKey(request) },
      date,
      reason,
      moves: [{ line, fromAccountId, toAccountId }],
    })),
  )
  const posted = await post(tx, drafts, { closedPeriod: 'refuse', postedBy })
  await saveMoves(tx, decided, posted, known)
  await followMoves(
    tx,
    posted.flatMap(({ entryId, existing }) => (existing ? [] : [entryId])),
  )
  return posted
}

/** What each reclassification moves, without its sign, in minor units of the base currency. Refuses `line_unknown`. */
export async function amountsReclassified(tx: Tx, requests: readonly ReclassificationRequest[]): Promise<bigint[]> {
  const lines = await readLines(tx, requests)
  return requests.map((request) => {
    const line = lines.get(placeKey(request))
    if (line === undefined) throw new Refusal('line_unknown', { line: placeKey(request) })
    return line.amountMinor < 0n ? -line.amountMinor : line.amountMinor
  })
}

async function loadKnown(tx: Tx, requests: readonly ReclassificationRequest[]): Promise<Known> {
  const accounts = await listAccounts(tx)
  const lines = await readLines(tx, requests)
  const origins = await originsOf(tx, requests)
  const standings = await standingsOf(
    tx,
    requests.map((request) => origins.get(placeKey(request))?.origin ?? request),
  )
  const entries = [...(await entriesOfSources(tx, 'journal_line', requests.map(placeKey)))]
  const departures = await readLines(
    tx,
    entries.map(([, { entryId }]) => ({ entryId, lineNo: 1 })),
  )
  const movedBefore = new Map(
    entries.map(([key, { entryId }]) => [key, departures.get(placeKey({ entryId, lineNo: 1 }))?.accountId as bigint]),
  )
  return { accounts, lines, origins, standings, movedBefore }
}

function decide(request: ReclassificationRequest, known: Known): Decided {
  const { toAccount, reason } = request
  const key = placeKey(request)
  if (reason.trim() === '') throw new Refusal('reason_missing', { line: key })
  const line = known.lines.get(key)
  if (line === undefined) throw new Refusal('line_unknown', { line: key })
  const to = known.accounts.find(({ code }) => code === toAccount)
  if (to === undefined) throw new Refusal('account_unknown', { account: toAccount })
  const origin = known.origins.get(key)?.origin ?? { entryId: request.entryId, lineNo: request.lineNo }
  const fromAccountId = known.movedBefore.get(key) ?? whereItStands(key, origin, line, known)
  const from = known.accounts.find(({ id }) => id === fromAccountId)
  if (controlOf(from) !== controlOf(to))
    throw new Refusal('reclassification_leaves_sub_ledger', { from: from?.code, to: to.code })
  if (fromAccountId === to.id)
    throw new Refusal('input_invalid', { line: key, toAccount: 'the line stands there already' })
  return { request, origin, line, fromAccountId, toAccountId: to.id }
}

function whereItStands(key: string, origin: LinePlace, line: StoredLine, { origins, standings }: Known): bigint {
  const standing = standings.get(placeKey(origin))
  const moved = origins.get(key)
  if (moved !== undefined && (!moved.arrives || standing === undefined || placeKey(standing.arrived) !== key)) {
    throw new Refusal('line_moved_on', { line: key, standsAt: placeKey(standing?.arrived ?? origin) })
  }
  return standing?.accountId ?? line.accountId
}

function refuseSameLine(decided: readonly Decided[]): void {
  const named = new Map<string, string>()
  for (const { request, origin } of decided) {
    const first = named.get(placeKey(origin))
    if (first !== undefined && first !== placeKey(request)) throw new Refusal('input_invalid', { repeated: first })
    named.set(placeKey(origin), placeKey(request))
  }
}

/** What stands in suspense of documents is what an exception names: only what an import has put there comes back. */
async function refuseIntoSuspense(tx: Tx, decided: readonly Decided[]): Promise<void> {
  const suspense = await suspenseAccounts(tx)
  const entering = decided.filter(({ toAccountId }) => suspense.has(toAccountId)).map(({ origin }) => origin)
  if (entering.length === 0) return
  const [strange] = await tx.query<LinePlace>(
    `select l.entry_id as "entryId", l.line_no as "lineNo" from unnest($2::bigint[], $3::int[]) as wanted (entry_id, line_no)
      join journal_line l on l.company_id = $1 and l.entry_id = wanted.entry_id and l.line_no = wanted.line_no
      join sales_document_line s on s.company_id = $1 and s.document_id = l.document_id and s.line_no = l.document_line_no
        and s.role <> 'sales_suspense' limit 1`,
    [tx.companyId, column(entering, (l) => l.entryId), column(entering, (l) => l.lineNo)],
  )
  if (strange !== undefined) throw new Refusal('suspense_needs_exception', { line: placeKey(strange) })
}

const controlOf = (account: Account | undefined) => (account?.role ? roleNamed(account.role).control : null)

async function saveMoves(tx: Tx, decided: readonly Decided[], posted: readonly Posted[], known: Known): Promise<void> {
  const fresh = decided.flatMap((one, index) => {
    const entry = posted[index] as Posted
    return entry.existing ? [] : [{ ...one, movedById: entry.entryId }]
  })
  const roles = await rolesAsPosted(
    tx,
    fresh.map(({ origin }) => origin),
  )
  await saveLineMoves(
    tx,
    fresh.map(({ origin, movedById, fromAccountId, toAccountId }) => {
      const key = placeKey(origin)
      const standing = known.standings.get(key)
      return {
        ...origin,
        moveNo: (standing?.moveNo ?? 0) + 1,
        movedById,
        departureLineNo: 1,
        arrivalLineNo: 2,
        fromAccountId,
        toAccountId,
        fromRole: standing === undefined ? (roles.get(key) ?? null) : standing.role,
        toRole: null,
      }
    }),
  )
}
