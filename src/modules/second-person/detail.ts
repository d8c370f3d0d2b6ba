import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type ApprovalRequest, type AskedChange, entriesOfApproval, readApproval } from '../approvals/index.ts'
import { type Posts, postsNothing, postsOf } from './posts.ts'
import { performers } from './second-person.ts'

/** What somebody is to decide on: what will happen, as it would happen now, or as it was when it was asked for. */
export type ApprovalDetail = Posts & {
  request: ApprovalRequest
  /** Beside entries, what is changed. */
  changes: AskedChange[]
  /** Whether this is what was kept when it was asked for. */
  kept: boolean
  /** Why it could not be done now, where it could not. */
  refusal: Refusal | null
}

/**
 * Everything that whoever decides on a request has to see: it is done and taken back, so that its entries are shown with the accounts on which
 * they would stand. What moves too many lines for that is shown as it was when it was asked for; its approval does just that or is refused. Of what
 * was approved, these are the entries that it has posted. Takes a transaction that may write, and leaves nothing behind.
 * Refuses `approval_unknown`.
 */
export async function approvalDetail(tx: Tx, id: bigint): Promise<ApprovalDetail> {
  const { request, payload, shown } = await readApproval(tx, id)
  const performer = performers[request.kind]
  const changes = (await performer.changes?.(tx, payload)) ?? []
  const posted = await entriesOfApproval(tx, id)
  if (posted.length > 0) return { request, changes, ...(await postsOf(tx, posted)), kept: false, refusal: null }
  if (shown !== null) {
    const refusal = await refusalOf(async () => await performer.refuseOutdated?.(tx, payload))
    return { request, changes, ...(shown as Posts), kept: true, refusal: request.state === 'pending' ? refusal : null }
  }
  await tx.query('savepoint before_showing')
  let posts = postsNothing
  const refusal = await refusalOf(async () => {
    const entries = await performer.approved(tx, payload, request.requestedBy)
    posts = await postsOf(
      tx,
      entries.map(({ entryId }) => entryId),
    )
  })
  await tx.query('rollback to savepoint before_showing; release savepoint before_showing')
  return { request, changes, ...posts, kept: false, refusal: request.state === 'pending' ? refusal : null }
}

/** What an act refuses, or null. */
async function refusalOf(act: () => Promise<void>): Promise<Refusal | null> {
  try {
    await act()
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error
  }
}
