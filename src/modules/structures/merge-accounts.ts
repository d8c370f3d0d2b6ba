import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Account, listAccounts } from '../../ledger/accounts.ts'
import { roleNamed } from '../../ledger/charts/index.ts'
import { type AppliedMapping, saveApplication } from '../../posting/apply-mapping.ts'
import { lockLineMoves } from '../../posting/line-moves.ts'
import { linesStandingOn } from '../../posting/lines-elsewhere.ts'
import { loadMappingRules } from '../../posting/mapping.ts'
import { addMappingRules } from '../../posting/mapping-rules.ts'
import { moveLines } from '../../posting/move-lines.ts'

/** Accounts by code, and the one that they become. */
export type AccountMerge = { from: readonly string[]; into: string; reason: string }

/**
 * Moves all that stands on some accounts onto another one, by entries of the days on which it stands, and lets the rules that chose them choose that one.
 * The history stays: whoever leaves the entries of this application out reads the books as they were before. Refuses `account_unknown`,
 * `reason_missing`, `input_invalid` for accounts of other classes, `reclassification_leaves_sub_ledger`, `account_ended`.
 */
export async function mergeAccounts(tx: Tx, { from, into, reason }: AccountMerge): Promise<AppliedMapping> {
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
  await lockLineMoves(tx)
  await turnRules(tx, merged, target, reason)
  const applicationId = await saveApplication(tx, reason, tx.actor)
  const lines = linesStandingOn(
    tx,
    merged.map(({ id }) => id),
    target.id,
  )
  return { applicationId, ...(await moveLines(tx, lines, { applicationId, reason, postedBy: tx.actor })) }
}

function refuseUnlike(account: Account, target: Account): void {
  if (account.id === target.id) throw new Refusal('input_invalid', { account: account.code, into: 'is the same' })
  if (account.class !== target.class)
    throw new Refusal('input_invalid', { account: account.code, class: account.class, expected: target.class })
  if (controlOf(account) !== controlOf(target))
    throw new Refusal('reclassification_leaves_sub_ledger', { from: account.code, to: target.code })
}

const controlOf = (account: Account) => (account.role ? roleNamed(account.role).control : null)

/** The next version of every rule whose latest one chose an account that is merged. */
async function turnRules(tx: Tx, merged: readonly Account[], target: Account, reason: string): Promise<void> {
  const ids = new Set(merged.map(({ id }) => id))
  const rules = await loadMappingRules(tx)
  const conditions = ['itemId', 'itemGroupId', 'taxCodeId', 'channelId', 'paymentMethod', 'documentKind'] as const
  const same = (a: (typeof rules)[number], b: (typeof rules)[number]) =>
    a.role === b.role && conditions.every((name) => a[name] === b[name])
  const latest = rules.filter((rule) => !rules.some((other) => same(rule, other) && other.version > rule.version))
  const turned = latest.filter(({ accountId }) => accountId !== null && ids.has(accountId))
  if (turned.length === 0) return
  await addMappingRules(
    tx,
    turned.map(({ id: _, version: __, ...rule }) => ({ ...rule, accountId: target.id, reason })),
    tx.actor,
  )
}
