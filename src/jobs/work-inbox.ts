import { type Database, inCompany, type Tx } from '../kernel/database.ts'
import { escalateOverdue, recordLetters, takeLetters, writeLetters } from '../modules/inbox/index.ts'
import { eachCompany } from './each-company.ts'
import { inRounds, type Job } from './in-rounds.ts'
import type { Mailer } from './mailer.ts'

export type InboxOptions = {
  /** Without one nobody is written to; what is past due is still handed on. */
  mailer: Mailer | undefined
  log: (line: string) => void
  pauseMs?: number
}

const lettersAtOnce = 5

/**
 * Hands on what is past due, writes to those who are responsible, and sends what was written, again and again. Several servers may do so at once:
 * a company's round is one server's at a time, and a letter is locked while it is being sent.
 */
export const workInbox = (database: Database, { mailer, log, pauseMs = 30_000 }: InboxOptions): Job =>
  inRounds((signal) => inboxRound(database, mailer, log, signal), { log, what, pauseMs: () => pauseMs })

const what = 'Working through the inbox'

/** One round through all companies; what fails is thrown, unless there is a log for it. */
export const inboxRound = (
  database: Database,
  mailer: Mailer | undefined,
  log = throwIt,
  signal?: AbortSignal,
): Promise<void> =>
  eachCompany(database, { log, what, signal }, async ({ id }) => {
    await inCompany(database, id, async (tx) => {
      if (!(await alone(tx))) return
      await escalateOverdue(tx)
      if (mailer !== undefined) await writeLetters(tx)
    })
    if (mailer !== undefined) await inCompany(database, id, (tx) => sendLetters(tx, mailer))
  })

const throwIt = (line: string): void => {
  throw new Error(line)
}

async function alone(tx: Tx): Promise<boolean> {
  const [lock] = await tx.query<{ locked: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, $2)) as locked',
    ['countinghouse.inbox', tx.companyId],
  )
  return lock?.locked === true
}

/** A letter that was sent before a crash is sent once more: better twice than never. */
async function sendLetters(tx: Tx, mailer: Mailer): Promise<void> {
  const waiting = await takeLetters(tx, lettersAtOnce)
  if (waiting.length === 0) return
  const sent: { id: bigint; error: string }[] = []
  for (const letter of waiting) {
    const error = await mailer.send(letter).then(
      () => '',
      (reason: Error) => reason.message || 'it could not be sent',
    )
    sent.push({ id: letter.id, error })
  }
  await recordLetters(tx, sent)
}
