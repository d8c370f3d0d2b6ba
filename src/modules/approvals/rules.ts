import type { ruleKinds } from '../../kernel/approval-kinds.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** What needs a second person in a company: of journals those above an amount in minor units (null: every one). */
export type ApprovalRule = { kind: (typeof ruleKinds)[number]; aboveMinor: bigint | null; active: boolean }

export const approvalRules = (tx: Tx): Promise<ApprovalRule[]> =>
  tx.query<ApprovalRule>(
    'select kind, above_minor as "aboveMinor", active from approval_rule where company_id = $1 order by kind',
    [tx.companyId],
  )

/** Who is to change what needs a second person waits for whoever does so at the moment. */
export const lockApprovalRules = (tx: Tx): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', ['countinghouse.approval_rule', tx.companyId])

/** Sets a rule. Whoever calls this has seen to it that a rule which is loosened was approved: see `loosens`. */
export async function saveApprovalRule(tx: Tx, { kind, aboveMinor, active }: ApprovalRule): Promise<void> {
  await tx.query(
    `insert into approval_rule (company_id, kind, above_minor, active) values ($1, $2, $3, $4)
       on conflict (company_id, kind) do update set above_minor = excluded.above_minor, active = excluded.active`,
    [tx.companyId, kind, aboveMinor, active],
  )
}

/** Whether a rule lets something through that the one in force does not: then it takes two persons, too. */
export function loosens(now: readonly ApprovalRule[], next: ApprovalRule): boolean {
  const rule = now.find(({ kind, active }) => kind === next.kind && active)
  if (rule === undefined) return false
  return !next.active || (next.aboveMinor !== null && (rule.aboveMinor === null || next.aboveMinor > rule.aboveMinor))
}

/** Which of the amounts (minor units, null where there is none) a company lets no person move alone. */
export async function needsApproval(
  tx: Tx,
  kind: ApprovalRule['kind'],
  amounts: readonly (bigint | null)[],
): Promise<boolean[]> {
  const rule = (await approvalRules(tx)).find((one) => one.kind === kind && one.active)
  if (rule === undefined) return amounts.map(() => false)
  const { aboveMinor } = rule
  return amounts.map((amount) => aboveMinor === null || amount === null || amount > aboveMinor)
}

/** Refuses `approval_needed` for what takes a second person: the guard of commands, however they are reached. */
export async function refuseUnapproved(
  tx: Tx,
  kind: ApprovalRule['kind'],
  amounts: readonly (bigint | null)[],
): Promise<void> {
  if ((await needsApproval(tx, kind, amounts)).includes(true)) throw new Refusal('approval_needed', { kind })
}

/** That a second person has approved what a command is asked to do, or that it needs none. */
export type Approved = { approved?: boolean }
