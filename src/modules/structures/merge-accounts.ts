import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Account, controlOf, listAccounts } from '../../ledger/accounts.ts'
import { type AppliedMapping, saveApplication } from '../../posting/apply-mapping.ts'
import { lockLineMoves } from '../../posting/line-moves.ts'
import { linesStandingOn } from '../../posting/lines-elsewhere.ts'
import { loadMappingRules, type MappingRule } from '../../posting/mapping.ts'
import { addMappingRules } from '../../posting/mapping-rules.ts'
import { moveLines } from '../../posting/move-lines.ts'
import { suspenseAccounts } from '../../posting/suspense-accounts.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'
import { followMoves } from '../inbox/index.ts'
import { type Emptied, endEmptied, endedNothing } from './end-emptied.ts'

/** In whose name accounts are merged, and the last entry whose lines move; without it, all do. */
export type MergeOptions = Approved & { postedBy?: string; upTo?: bigint | undefined }

/** What a merge has moved, and what became of the accounts that it emptied. */
export type MergedAccounts = Omit<AppliedMapping, 'applicationId'> & Emptied & { applicationId: bigint }

/** Accounts by code, and the one that they become. */
export type AccountMerge = {
  from: readonly string[]
  into: string
  reason: string
  /** Whether the emptied accounts end. */
  end?: boolean | undefined
}

/**
 * Moves all that stands on some accounts onto another one, by entries of the days on which it stands, and lets the rules that
 * chose them, on whatever day, choose that one, and the codes of earlier charts that led to them lead there.
 * Where that is asked, the emptied accounts end, save those that are still needed. The history stays: whoever leaves the entries of this application
 * out reads the books as they were before. Refuses `account_unknown`, `reason_missing`, `input_invalid` for accounts of other classes,
 * `reclassification_leaves_sub_ledger`, `suspense_needs_exception`, `account_ended`. Where the company wants a second person for so much (the debits of all of its entries
 * together), it refuses `approval_needed` unless one has approved it.
 */
export async function mergeAccounts(
  tx: Tx,
  { from, into, reason, end = false }: AccountMerge,
  { approved = false, postedBy = tx.actor, upTo }: MergeOptions = {},
): Promise<MergedAccounts> {
  if (reason.trim() === '') throw new Refusal('reason_missing', { merge: into })
  const accounts = new Map((await listAccounts(tx)).map((account) => [account.code, account]))
  const known = (code: string): Account => {
    const account = accounts.get(code)
    if (account === undefined) throw new Refusal('account_unknown', { account: code })
    return account
  }
  const target = known(into)
  const merged = [...new Set(from)].map(known)
  for (const account of merged) refuseUnlike(account, target)
  if ((await suspenseAccounts(tx)).has(target.id)) throw new Refusal('suspense_needs_exception', { into: target.code })
  await lockLineMoves(tx)
  await turnRules(tx, merged, target, { reason, author: postedBy })
  await turnLegacyAccounts(tx, merged, target)
  const applicationId = await saveApplication(tx, reason, postedBy)
  const lines = linesStandingOn(
    tx,
    merged.map(({ id }) => id),
    target.id,
    upTo,
  )
  const moved = await moveLines(tx, lines, { applicationId, reason, postedBy })
  if (!approved && moved.lines > 0) await refuseUnapproved(tx, 'journal', [moved.debitsMinor])
  if (moved.lines > 0) await followMoves(tx)
  return { applicationId, ...moved, ...(end ? await endEmptied(tx, merged) : endedNothing) }
}

function refuseUnlike(account: Account, target: Account): void {
  if (account.id === target.id) throw new Refusal('input_invalid', { account: account.code, into: 'is the same' })
  if (account.class !== target.class)
    throw new Refusal('input_invalid', { account: account.code, class: account.class, expected: target.class })
  if (controlOf(account) !== controlOf(target))
    throw new Refusal('reclassification_leaves_sub_ledger', { from: account.code, to: target.code })
}

/**
 * New versions of the rules that choose an account that is merged on any day, each from the day on which it counts: a fact of an earlier day finds the
 * other account too. What counts after such a version follows it again, since the latest version goes before all others.
 */
async function turnRules(
  tx: Tx,
  merged: readonly Account[],
  target: Account,
  { reason, author }: { reason: string; author: string },
): Promise<void> {
  const ids = new Set(merged.map(({ id }) => id))
  const chose = ({ accountId }: MappingRule): boolean => accountId !== null && ids.has(accountId)
  const turned = [...Map.groupBy(await loadMappingRules(tx), ruleKey).values()].flatMap((versions) => {
    const counting = countingVersions(versions)
    const first = counting.findIndex(chose)
    return first < 0 ? [] : counting.slice(first)
  })
  if (turned.length === 0) return
  await addMappingRules(
    tx,
    turned.map((one) => {
      const { id: _, version: __, ...rule } = one
      return { ...rule, accountId: chose(one) ? target.id : one.accountId, reason }
    }),
    author,
  )
}

/** What is written with an earlier code after the merge would fill the emptied account again. */
async function turnLegacyAccounts(tx: Tx, merged: readonly Account[], target: Account): Promise<void> {
  await tx.query(
    'update legacy_account set account_id = $3 where company_id = $1 and account_id in (select unnest($2::bigint[]))',
    [tx.companyId, column(merged, ({ id }) => id), target.id],
  )
}

const ruleKey = (rule: MappingRule): string =>
  [
    rule.role,
    rule.itemId,
    rule.itemGroupId,
    rule.taxCodeId,
    rule.channelId,
    rule.paymentMethod,
    rule.documentKind,
  ].join('\n')

/** The versions of a rule that count on some day, by the day from which they do: none that a later version from the same day or before replaces. */
const countingVersions = (versions: readonly MappingRule[]): MappingRule[] =>
  versions
    .filter((one) => !versions.some((o) => o.version > one.version && o.effectiveFrom <= one.effectiveFrom))
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
