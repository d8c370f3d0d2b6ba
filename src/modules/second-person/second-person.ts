import type { Tx } from '../../kernel/database.ts'
import { formatMinor } from '../../kernel/money.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import type { Posted } from '../../ledger/journal.ts'
import { type PeriodDecision, type PeriodState, reopenPeriod } from '../../ledger/periods.ts'
import {
  type ApprovalRequest,
  type ApprovalRule,
  type AskedChange,
  approvalRules,
  askForApproval,
  type Decision,
  decideApproval,
  loosens,
  needsApproval,
  type Performers,
  saveApprovalRule,
} from '../approvals/index.ts'
import { closeExceptions, settlementsOfRefused } from '../inbox/index.ts'
import { type Journal, markDueDays, type OpeningBalances, type Retry, settleJournals } from '../journal/index.ts'
import { type BankDetailsChange, changeApprovedDetails, changesOfDetails } from './bank-details.ts'
import { badDebtWork, closeWaiting, forfeitureWork, openingWork, yearWork } from './books.ts'
import {
  draftWork,
  dueDayWork,
  journalWork,
  nameOfDueDay,
  reclassificationWork,
  recurringSource,
  reversalWork,
} from './by-hand.ts'
import { type DoneOrWaiting, triedOut, type Work } from './do-or-ask.ts'
import { mappingWork, mergeWork, performingMove } from './moves.ts'
import { remedyDeclined, remedyWork } from './remedies.ts'

/** Reopens a period, or asks for approval. Refuses as `reopenPeriod`. */
export async function reopenPeriodOrAsk(tx: Tx, decision: PeriodDecision): Promise<DoneOrWaiting<PeriodState>> {
  const [needed] = await needsApproval(tx, 'period_reopening', [null])
  if (needed !== true) return { done: await reopenPeriod(tx, decision) }
  await triedOut(tx, () => reopenPeriod(tx, decision))
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

const requestsIn = <Request>(payload: unknown): Request[] => (payload as { requests: Request[] }).requests

const performing = <Request, Result extends Posted>({ perform }: Work<Request, Result>) => ({
  approved: (tx: Tx, payload: unknown, requestedBy: string): Promise<Result[]> =>
    perform(tx, requestsIn<Request>(payload), requestedBy),
})

async function changesOfRule(tx: Tx, payload: unknown): Promise<AskedChange[]> {
  const next = payload as ApprovalRule
  const now = (await approvalRules(tx)).find(({ kind, active }) => kind === next.kind && active)
  const { baseCurrency } = await companyFacts(tx)
  const above = (rule: ApprovalRule | undefined): string => {
    if (rule?.active !== true) return 'nobody else'
    return rule.aboveMinor === null ? 'always' : `above ${formatMinor(rule.aboveMinor, baseCurrency)} ${baseCurrency}`
  }
  return [{ field: `second person for ${next.kind}`, before: above(now), after: above(next) }]
}

/** The import that has set aside what a request is about. What was asked for before requests said so may be of either. */
const sourcesOf = (payload: { source?: string | null }): string[] =>
  payload.source === undefined ? ['journal', 'xero-journals'] : [payload.source ?? []].flat()

/** What is done for each kind when somebody has decided, and what it changes. */
export const performers: Performers = {
  journal: {
    // What was asked for before lists could wait is the journal itself.
    approved: async (tx, payload, requestedBy) => {
      const requests = 'requests' in (payload as object) ? requestsIn<Journal>(payload) : [payload as Journal]
      const posted = await journalWork.perform(tx, requests, requestedBy)
      // An import may have set them aside, with what they settle.
      const subjects = requests.flatMap(({ reference }) =>
        sourcesOf(payload as object).map((source) => ({ source, subject: reference })),
      )
      await settleJournals(tx, await settlementsOfRefused(tx, subjects))
      await closeExceptions(tx, { kinds: ['document_refused'], subjects, resolution: 'The entry is in the books' })
      return posted
    },
  },
  draft: performing(draftWork),
  reversal: performing(reversalWork),
  reclassification: performing(reclassificationWork),
  applied_mapping: performingMove(mappingWork),
  account_merge: performingMove(mergeWork),
  remedy: { ...performingMove(remedyWork), declined: remedyDeclined },
  recurring_day: {
    ...performing(dueDayWork),
    declined: async (tx, payload, reason) => {
      const retries = requestsIn<Retry>(payload)
      await markDueDays(tx, retries, 'refused', { message: `Declined: ${reason}`, by: tx.actor })
      await closeExceptions(tx, {
        kinds: ['recurring_journal_waits'],
        subjects: retries.map((retry) => ({ source: recurringSource, subject: nameOfDueDay(retry) })),
        resolution: `Declined: ${reason}`,
      })
    },
  },
  opening_balances: {
    ...performing(openingWork),
    declined: async (tx, payload, reason) => {
      await closeWaiting(tx, requestsIn<OpeningBalances>(payload), `Declined: ${reason}`)
    },
  },
  bad_debt: performing(badDebtWork),
  forfeiture: performing(forfeitureWork),
  year_closing: performing(yearWork),
  period_reopening: {
    approved: async (tx, payload, requestedBy) => {
      await reopenPeriod(tx, { ...(payload as PeriodDecision), decidedBy: requestedBy })
      return []
    },
    changes: async (_, payload) => {
      const { month, reason = '' } = payload as PeriodDecision
      return [
        { field: `period ${month.slice(0, 7)}`, before: 'closed', after: 'open' },
        { field: 'reason', before: null, after: reason },
      ]
    },
  },
  bank_details: {
    approved: async (tx, payload) => {
      await changeApprovedDetails(tx, payload as BankDetailsChange)
      return []
    },
    changes: async (_, payload) => changesOfDetails(payload as BankDetailsChange),
  },
  approval_rule: {
    approved: async (tx, payload) => {
      await saveApprovalRule(tx, payload as ApprovalRule)
      return []
    },
    changes: changesOfRule,
  },
}

/** Approves or declines what another person asked for. See `decideApproval`. */
export const decide = (tx: Tx, decision: Decision): Promise<ApprovalRequest> => decideApproval(tx, decision, performers)
