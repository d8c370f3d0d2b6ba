import type { Tx } from '../../kernel/database.ts'
import type { Posted } from '../../ledger/journal.ts'
import { type ApprovalRequest, askForApprovals, needsApproval } from '../approvals/index.ts'
import { raiseExceptions } from '../inbox/index.ts'
import { type DueDay, dueJournal, holdDueDay, postDueDay, type Retry } from '../journal/index.ts'
import { dueDayWork, nameOfDueDay, recurringSource } from './by-hand.ts'
import { type DoneOrWaiting, triedOut } from './do-or-ask.ts'

/**
 * Posts the journal of a due day, or puts it up for approval in the name of whoever began the recurring journal, who can then not approve it:
 * once, with an exception that says so, and the job goes on to the next day. Null where another server has settled the day meanwhile. Refuses
 * what the journal refuses.
 */
export async function postDueDayOrAsk(tx: Tx, due: DueDay, postedBy: string): Promise<DoneOrWaiting<Posted> | null> {
  const found = await dueJournal(tx, due)
  if (found === null) return null
  const [needed] = await needsApproval(tx, 'journal', [found.amountMinor])
  if (needed !== true) return done(await postDueDay(tx, due, postedBy))
  const tried = await triedOut(tx, () => postDueDay(tx, due, postedBy, { approved: true }))
  // Somebody may have posted it by its reference before it fell due.
  if (tried?.existing) return done(await postDueDay(tx, due, postedBy, { approved: true }))
  const retry: Retry = { name: found.name, dueOn: due.dueOn }
  const [waiting] = await askForApprovals(
    tx,
    [
      {
        kind: dueDayWork.kind,
        subject: nameOfDueDay(retry),
        summary: dueDayWork.summaryOf(retry),
        amountMinor: found.amountMinor,
        payload: { requests: [retry] },
      },
    ],
    found.author,
  )
  const request = waiting as ApprovalRequest
  await holdDueDay(tx, due, `It waits for approval as request ${request.id}`, postedBy)
  const message = `${found.name} was due on ${due.dueOn} and waits for a second person: request ${request.id}`
  const about = { kind: 'recurring_journal_waits', source: recurringSource, subject: nameOfDueDay(retry) } as const
  await raiseExceptions(tx, [{ ...about, message, amountMinor: found.amountMinor, currency: request.currency }])
  return { waiting: request }
}

const done = (posted: Posted | null): DoneOrWaiting<Posted> | null => (posted === null ? null : { done: posted })
