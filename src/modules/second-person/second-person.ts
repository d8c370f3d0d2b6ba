import type { Tx } from '../../kernel/database.ts'
import type { Posted } from '../../ledger/journal.ts'
import { type PeriodDecision, type PeriodState, reopenPeriod } from '../../ledger/periods.ts'
import {
  type ApprovalRequest,
  type ApprovalRule,
  approvalRules,
  askForApproval,
  type Decision,
  decideApproval,
  loosens,
  needsApproval,
  type Performers,
  saveApprovalRule,
} from '../approvals/index.ts'
import { debitsOf, type Journal, postJournals } from '../journal/index.ts'

/** What came of a command that may need a second person: it was done, or it waits. */
export type DoneOrWaiting<Result> = { done: Result } | { waiting: ApprovalRequest }

/** Posts one journal by hand, or asks for approval where the company wants a second person. Refuses as `postJournals`. */
export async function postJournalOrAsk(tx: Tx, journal: Journal): Promise<DoneOrWaiting<Posted>> {
  const amountMinor = debitsOf(journal)
  const [needed] = await needsApproval(tx, 'journal', [amountMinor])
  if (needed !== true) return { done: (await postJournals(tx, [journal]))[0] as Posted }
  await tx.query('savepoint before_asking')
  // What could not be posted anyhow is refused at once, not after somebody has approved it.
  await postJournals(tx, [journal], tx.actor, { approved: true })
  await tx.query('rollback to savepoint before_asking')
  const summary = `Journal ${journal.reference} of ${journal.date}`
  return { waiting: await askForApproval(tx, { kind: 'journal', summary, amountMinor, payload: journal }) }
}

/** Reopens a period, or asks for approval. Refuses as `reopenPeriod`. */
export async function reopenPeriodOrAsk(tx: Tx, decision: PeriodDecision): Promise<DoneOrWaiting<PeriodState>> {
  const [needed] = await needsApproval(tx, 'period_reopening', [null])
  if (needed !== true) return { done: await reopenPeriod(tx, decision) }
  await tx.query('savepoint before_asking')
  await reopenPeriod(tx, decision)
  await tx.query('rollback to savepoint before_asking')
  const summary = `Reopen ${decision.month.slice(0, 7)}: ${decision.reason ?? ''}`
  return {
    waiting: await askForApproval(tx, { kind: 'period_reopening', summary, amountMinor: null, payload: decision }),
  }
}

/** Sets an approval rule, or asks for approval where it lets more through than the one in force. */
export async function setRuleOrAsk(tx: Tx, rule: ApprovalRule): Promise<DoneOrWaiting<ApprovalRule>> {
  if (!loosens(await approvalRules(tx), rule)) {
    await saveApprovalRule(tx, rule)
    return { done: rule }
  }
  const summary = rule.active ? `Loosen the approval rule for ${rule.kind}` : `End the approval rule for ${rule.kind}`
  return {
    waiting: await askForApproval(tx, { kind: 'approval_rule', summary, amountMinor: rule.aboveMinor, payload: rule }),
  }
}

const performers: Performers = {
  journal: async (tx, payload, requestedBy) => {
    await postJournals(tx, [payload as Journal], requestedBy, { approved: true })
  },
  period_reopening: async (tx, payload, requestedBy) => {
    await reopenPeriod(tx, { ...(payload as PeriodDecision), decidedBy: requestedBy })
  },
  approval_rule: async (tx, payload) => saveApprovalRule(tx, payload as ApprovalRule),
}

/** Approves or declines what another person asked for. See `decideApproval`. */
export const decide = (tx: Tx, decision: Decision): Promise<ApprovalRequest> => decideApproval(tx, decision, performers)
