import { type AccountingDate, today } from '../kernel/accounting-date.ts'
import { type Database, inCompany, readCompany, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { companyFacts } from '../modules/company/index.ts'
import { raiseExceptions } from '../modules/inbox/index.ts'
import { type DueDay, dueRecurring, setAsideDueDay } from '../modules/journal/index.ts'
import { postDueDayOrAsk } from '../modules/second-person/index.ts'
import { eachCompany } from './each-company.ts'
import { inRounds, type Job } from './in-rounds.ts'

const postedBy = 'recurring journals'

/**
 * Posts every recurring journal of a company that is due by `day`, one after the other and each in a transaction of its own, oldest first;
 * what fell due while nothing ran is posted on its own day. What the books refuse is set aside as an exception, and what needs a second
 * person is put up for approval once. Returns how many were posted, set aside and put up. Safe to run in several processes: each due day is posted once.
 */
export async function postRecurringOf(
  database: Database,
  companyId: bigint,
  day: AccountingDate,
): Promise<{ posted: number; refused: number; waiting: number }> {
  const done = { posted: 0, refused: 0, waiting: 0 }
  for (;;) {
    const due = await readCompany(database, companyId, (tx) => dueRecurring(tx, day))
    if (due.length === 0) return done
    for (const one of due) {
      try {
        const outcome = await inCompany(database, companyId, (tx) => postDueDayOrAsk(tx, one, postedBy))
        if (outcome !== null) done['done' in outcome ? 'posted' : 'waiting'] += 1
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        await inCompany(database, companyId, (tx) => setAside(tx, one, error))
        done.refused += 1
      }
    }
  }
}

async function setAside(tx: Tx, due: DueDay, refusal: Refusal): Promise<void> {
  const name = await setAsideDueDay(tx, due, refusal, postedBy)
  if (name === null) return
  const { baseCurrency: currency } = await companyFacts(tx)
  const message = `${name} was due on ${due.dueOn} and is not posted: ${refusal.message}`
  const about = {
    kind: 'recurring_journal_refused',
    source: 'recurring journals',
    subject: `${name} ${due.dueOn}`,
  } as const
  await raiseExceptions(tx, [{ ...about, message, amountMinor: 0n, currency }])
}

const what = 'Posting recurring journals'

/** As `postRecurringOf`, of every company, up to today in its own time zone. */
export const postRecurring = (database: Database, log: (line: string) => void, signal?: AbortSignal): Promise<void> =>
  eachCompany(database, { log, what, signal }, ({ id, timeZone }) => postRecurringOf(database, id, today(timeZone)))

const roundEveryMs = 60_000

/** Posts what is due, again and again, beside the work of the server. What fails is tried again with the next round. */
export const keepPostingRecurring = (
  database: Database,
  { log, everyMs = roundEveryMs }: { log: (line: string) => void; everyMs?: number },
): Job => inRounds((signal) => postRecurring(database, log, signal), { log, what, pauseMs: () => everyMs })
