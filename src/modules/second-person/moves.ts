import { createHash } from 'node:crypto'
import type { ApprovalKind } from '../../kernel/approval-kinds.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { exactJson } from '../../kernel/exact-json.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { wordsOfRole } from '../../kernel/role-words.ts'
import { listAccounts } from '../../ledger/accounts.ts'
import type { AppliedMapping } from '../../posting/apply-mapping.ts'
import { type MappingChange, rolesOf } from '../../posting/change-mapping.ts'
import { lockLineMoves } from '../../posting/line-moves.ts'
import { latestApplication, latestEntry, type Moved, movedSince } from '../../posting/moved.ts'
import {
  type ApprovalRequest,
  type AskedChange,
  approvalRules,
  askForApprovals,
  needsApproval,
} from '../approvals/index.ts'
import { applyMappingChange } from '../journal/index.ts'
import { type AccountMerge, type MergedAccounts, mergeAccounts, whyItStays } from '../structures/index.ts'
import { type DoneOrWaiting, triedOut } from './do-or-ask.ts'
import { type Posts, postsOf } from './posts.ts'

/**
 * What somebody asked for that moves posted lines, with the books about which they asked: whoever decides agrees to these lines, on these
 * accounts and days, and to nothing else. What is posted afterwards stays where it is; where anything else has come to differ, the request is outdated.
 */
export type AskedMove<Request> = {
  request: Request
  /** The last entry whose lines move. */
  upTo: bigint
  /** How many versions of rules the request was made on. */
  rules: number
  content: string
  changes: AskedChange[]
}

/** How something is done: with nothing held back, in whose name, and with the lines up to which entry. */
export type How = { approved: true; postedBy: string; upTo?: bigint }

/** What moves more lines than these is not done once more to be looked at. */
const MOST_TRIED_AGAIN = 2_000

/** What was tried, to be kept with the request, where it would take too long to try it again. Takes the entries that were posted just now. */
export const keptOf = async (tx: Tx, { lines, entryIds }: { lines: number; entryIds: bigint[] }): Promise<Shown> =>
  lines > MOST_TRIED_AGAIN ? { shown: await postsOf(tx, entryIds) } : {}

/** The same of one of several that were tried together: what moves many lines is tried by itself. */
export async function keptWhereLarge(
  tx: Tx,
  { lines }: Moved,
  act: (how: { approved: true }) => Promise<unknown>,
): Promise<Shown> {
  if (lines <= MOST_TRIED_AGAIN) return {}
  const { since } = await booksNow(tx)
  return await triedOut(tx, async () => {
    await act({ approved: true })
    return await keptOf(tx, await movedSince(tx, since))
  })
}

/** What a request keeps to be looked at, where it keeps anything. */
export type Shown = { shown?: Posts }

/** A command that moves posted lines. */
export type MovingWork<Request, Result> = {
  kind: ApprovalKind
  /** What makes it one, so that the same asked for twice waits once. */
  subjectOf(request: Request): string
  summaryOf(request: Request): string
  /** What it changes beside entries. */
  changesOf(tx: Tx, request: Request): Promise<AskedChange[]>
  /** How many versions there are of the rules that it depends on. */
  countRules(tx: Tx, request: Request): Promise<number>
  perform(tx: Tx, request: Request, how: How): Promise<Result>
}

/** Does what moves lines, or puts it up for approval where that moves more than one person may: it is done, looked at, and taken back. */
export async function moveOrAsk<Request, Result>(
  tx: Tx,
  request: Request,
  work: MovingWork<Request, Result>,
): Promise<DoneOrWaiting<Result>> {
  const how: How = { approved: true, postedBy: tx.actor }
  if (!(await isUnderRule(tx))) return { done: await work.perform(tx, request, how) }
  const { upTo, since } = await booksNow(tx)
  const rules = await work.countRules(tx, request)
  const changes = await work.changesOf(tx, request)
  await tx.query('savepoint before_asking')
  const done = await work.perform(tx, request, how)
  const moved = await movedSince(tx, since)
  const [above] = await needsApproval(tx, 'journal', [moved.debitsMinor])
  if (moved.lines === 0 || above !== true) {
    await tx.query('release savepoint before_asking')
    return { done }
  }
  const kept = await keptOf(tx, moved)
  await tx.query('rollback to savepoint before_asking; release savepoint before_asking')
  const asked = { request, upTo, rules, content: moved.content, changes }
  const waiting = await askForMoves(tx, [{ asked, moved, ...kept }], work)
  return { waiting: only(waiting) }
}

/** Puts up what moves lines, each as it was tried. */
export const askForMoves = <Request>(
  tx: Tx,
  all: readonly ({ asked: AskedMove<Request>; moved: Moved } & Shown)[],
  { kind, subjectOf, summaryOf }: Pick<MovingWork<Request, unknown>, 'kind' | 'subjectOf' | 'summaryOf'>,
): Promise<ApprovalRequest[]> =>
  askForApprovals(
    tx,
    all.map(({ asked, moved: { debitsMinor, lines }, shown }) => ({
      kind,
      subject: subjectOf(asked.request),
      summary: `${summaryOf(asked.request)} (${lines === 1 ? '1 line' : `${lines} lines`})`,
      amountMinor: debitsMinor,
      payload: asked,
      ...(shown !== undefined && { shown }),
    })),
  )

/** Whether there is a rule of journals at all: without one, nothing is tried. */
export const isUnderRule = async (tx: Tx): Promise<boolean> =>
  (await approvalRules(tx)).some(({ kind, active }) => kind === 'journal' && active)

/** The books as they are, held so that nobody else moves lines. */
export async function booksNow(tx: Tx): Promise<{ upTo: bigint; since: bigint }> {
  await lockLineMoves(tx)
  return { upTo: await latestEntry(tx), since: await latestApplication(tx) }
}

/** What is done when such a request is approved. Refuses `approval_outdated` where it would do anything else than what was asked for. */
export const performingMove = <Request, Result>(work: MovingWork<Request, Result>) => ({
  approved: async (tx: Tx, payload: unknown, requestedBy: string): Promise<{ entryId: bigint }[]> => {
    const { request, upTo, rules, content } = payload as AskedMove<Request>
    const { since } = await booksNow(tx)
    await refuseOtherRules(tx, work, { request, rules })
    await work.perform(tx, request, { approved: true, postedBy: requestedBy, upTo })
    const moved = await movedSince(tx, since)
    if (moved.content !== content)
      throw outdated('it would not move the same lines to the same accounts and days any more')
    return moved.entryIds.map((entryId) => ({ entryId }))
  },
  refuseOutdated: async (tx: Tx, payload: unknown): Promise<void> =>
    await refuseOtherRules(tx, work, payload as AskedMove<Request>),
  changes: async (_: Tx, payload: unknown): Promise<AskedChange[]> => (payload as AskedMove<Request>).changes,
})

async function refuseOtherRules<Request>(
  tx: Tx,
  work: Pick<MovingWork<Request, unknown>, 'countRules'>,
  { request, rules }: Pick<AskedMove<Request>, 'request' | 'rules'>,
): Promise<void> {
  if ((await work.countRules(tx, request)) !== rules) throw outdated('rules have been added that it depends on')
}

const outdated = (why: string): Refusal => new Refusal('approval_outdated', { because: why })

/** Rules to add, and which roles to move to where the mapping places them, for a reason. */
export type MappingToAsk = MappingChange & { reason: string }

const textDigest = (value: unknown): string => createHash('sha256').update(exactJson(value)).digest('hex')

export const mappingWork: MovingWork<MappingToAsk, AppliedMapping> = {
  kind: 'applied_mapping',
  subjectOf: textDigest,
  summaryOf: ({ reason }) => `Move what is posted to where the mapping places it: ${reason}`,
  changesOf: async (tx, { rules }) => {
    const now = await tx.query<{ field: string; before: string | null; after: string | null }>(
      `select r.words as field,
          (select a.code || ' ' || a.name from mapping_rule m left join account a on a.company_id = $1 and a.id = m.account_id
            where m.company_id = $1 and m.role = r.role and m.item_id is null and m.item_group_id is null and m.tax_code_id is null
              and m.channel_id is null and m.payment_method is null and m.document_kind is null
            order by m.version desc limit 1) as before,
          (select a.code || ' ' || a.name from account a where a.company_id = $1 and a.code = r.account) as after
        from unnest($2::text[], $3::text[], $4::text[]) with ordinality as r (role, words, account, place) order by r.place`,
      [
        tx.companyId,
        column(rules, ({ role }) => role),
        column(rules, wordsOfRule),
        column(rules, ({ account }) => account),
      ],
    )
    return now
  },
  countRules: async (tx, change) => countRules(tx, 'role', [...(await rolesOf(tx, change))]),
  perform: (tx, { reason, ...change }, { postedBy, upTo }) =>
    applyMappingChange(tx, change, { reason, author: postedBy, upTo }, { approved: true }),
}

const conditions = {
  item: 'item',
  itemGroup: 'item group',
  taxCode: 'tax code',
  channel: 'channel',
  paymentMethod: 'paid by',
  documentKind: 'document',
} as const

/** What a rule is about, in words: 'Sales, item MUG'. */
function wordsOfRule(rule: MappingChange['rules'][number]): string {
  const role = wordsOfRole(rule.role)
  const about = (Object.keys(conditions) as (keyof typeof conditions)[]).flatMap((name) =>
    rule[name] === undefined || rule[name] === null ? [] : [`${conditions[name]} ${rule[name]}`],
  )
  const from = rule.effectiveFrom === undefined ? [] : [`from ${rule.effectiveFrom}`]
  return [`${role.charAt(0).toUpperCase()}${role.slice(1)}`, ...about, ...from].join(', ')
}

/** How many versions of rules there are of some roles, or that choose some accounts. Rules are only added. */
async function countRules(tx: Tx, by: 'role' | 'account', names: readonly string[]): Promise<number> {
  const chosen =
    by === 'role'
      ? 'r.role in (select unnest($2::text[]))'
      : 'r.role in (select o.role from mapping_rule o join account a on a.company_id = $1 and a.id = o.account_id and a.code in (select unnest($2::text[])) where o.company_id = $1)'
  const { count } = only(
    await tx.query<{ count: number }>(
      `select count(*)::int as count from mapping_rule r where r.company_id = $1 and ${chosen}`,
      [tx.companyId, column(names, (name) => name)],
    ),
  )
  return count
}

export const mergeWork: MovingWork<AccountMerge, MergedAccounts> = {
  kind: 'account_merge',
  subjectOf: ({ from, into }) => `${[...from].sort().join(' ')} into ${into}`,
  summaryOf: ({ from, into, reason }) => `Merge ${from.join(', ')} into ${into}: ${reason}`,
  changesOf: async (tx, { from, into, end }) => {
    const accounts = new Map((await listAccounts(tx)).map((account) => [account.code, account]))
    const nameOf = (code: string): string => `${code} ${accounts.get(code)?.name ?? ''}`.trim()
    return from.map((code) => {
      const why = whyItStays(accounts.get(code) ?? { role: null })
      const ends = why === null ? ', and ended' : `, and stays in use: ${why.charAt(0).toLowerCase()}${why.slice(1)}`
      return {
        field: nameOf(code),
        before: 'an account of its own',
        after: `part of ${nameOf(into)}${end ? ends : ''}`,
      }
    })
  },
  countRules: (tx, { from }) => countRules(tx, 'account', from),
  perform: (tx, merge, how) => mergeAccounts(tx, merge, how),
}

/** Applies a change of the mapping, or asks for approval. Refuses as `applyMappingChange`. */
export const applyMappingOrAsk = (tx: Tx, change: MappingToAsk): Promise<DoneOrWaiting<AppliedMapping>> =>
  moveOrAsk(tx, change, mappingWork)

/** Merges accounts, or asks for approval. Refuses as `mergeAccounts`. */
export const mergeOrAsk = (tx: Tx, merge: AccountMerge): Promise<DoneOrWaiting<MergedAccounts>> =>
  moveOrAsk(tx, merge, mergeWork)
