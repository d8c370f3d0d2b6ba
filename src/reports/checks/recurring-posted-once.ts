import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { dueDays, type Frequency } from '../../ledger/schedule.ts'
import { type Check, type CheckRow, outcomeOf } from './check.ts'

type Recurring = {
  id: bigint
  name: string
  every: Frequency
  dayOfMonth: number | null
  startsOn: AccountingDate
  endsOn: AccountingDate | null
  state: string
  nextDueOn: AccountingDate | null
  lastOn: AccountingDate | null
}

type Day = { recurringId: bigint; dueOn: AccountingDate; state: string; entries: number; own: boolean }

/**
 * Each due day of a recurring journal up to the next one is settled once: posted by an entry of its own, set aside with an exception, or passed
 * over while it was paused. And no entry was posted for a day that was not due.
 */
export const recurringPostedOnce: Check = {
  name: 'recurring-posted-once',
  async run(tx) {
    const journals = await recurringJournals(tx)
    const days = await settledDays(tx)
    const rows: CheckRow[] = []
    let compared = 0
    for (const journal of journals) {
      const settled = new Map(days.filter(({ recurringId }) => recurringId === journal.id).map((d) => [d.dueOn, d]))
      const due = new Set(dueOf(journal))
      compared += due.size
      for (const dueOn of new Set([...due, ...settled.keys()])) {
        const what = wrongOn(settled.get(dueOn), due.has(dueOn))
        if (what !== undefined) rows.push({ recurring: journal.name, dueOn, what })
      }
    }
    return outcomeOf(compared, rows)
  },
}

/** The days that must be settled: those before the next one, or up to the last that was. */
const dueOf = (journal: Recurring): AccountingDate[] => {
  const until = journal.nextDueOn ?? journal.lastOn
  if (until === null) return []
  return dueDays(journal, journal.startsOn, until, 100_000).filter((day) => day !== journal.nextDueOn)
}

function wrongOn(day: Day | undefined, isDue: boolean): string | undefined {
  if (day === undefined) return 'the day fell due, and nothing became of it'
  if (!isDue) return 'the day was settled, and it was not due'
  if (day.state === 'posted' && !day.own) return 'its entry is not the one of that day'
  if (day.entries > 1) return 'more than one entry was posted for the day'
  if (day.state !== 'posted' && day.entries > 0) return 'an entry was posted for a day that is not settled so'
  return undefined
}

const recurringJournals = (tx: Tx): Promise<Recurring[]> =>
  tx.query<Recurring>(
    `select r.id, r.name, r.every, r.day_of_month as "dayOfMonth", r.starts_on as "startsOn", r.ends_on as "endsOn", r.state,
        r.next_due_on as "nextDueOn",
        (select max(d.due_on) from recurring_journal_day d where d.company_id = $1 and d.recurring_id = r.id) as "lastOn"
      from recurring_journal r where r.company_id = $1 order by r.name`,
    [tx.companyId],
  )

const settledDays = (tx: Tx): Promise<Day[]> =>
  tx.query<Day>(
    `select d.recurring_id as "recurringId", d.due_on as "dueOn", d.state, count(e.id)::int as entries,
        coalesce(bool_or(e.id = d.entry_id), false) as own
      from recurring_journal_day d
      join recurring_journal r on r.company_id = $1 and r.id = d.recurring_id
      left join journal_entry e on e.company_id = $1 and e.source_kind = 'manual_journal'
        and e.source_id = 'recurring ' || r.name || ' ' || d.due_on
      where d.company_id = $1 group by d.recurring_id, d.due_on, d.state, d.entry_id`,
    [tx.companyId],
  )
