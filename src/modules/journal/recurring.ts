import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { dueDayAfter, dueDays, type Frequency, firstDueDay, type Schedule } from '../../ledger/schedule.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { fillVersions } from './fill-templates.ts'
import type { JournalLine } from './journal-lines.ts'
import type { Journal, ReversesOn } from './post-journals.ts'
import { type Template, templatesById, usableTemplates } from './templates.ts'

/** A journal that is written again and again: a template as it is filled in each time, and when it falls due. */
export type NewRecurring = Schedule & {
  name: string
  template: string
  parameters: Readonly<Record<string, string>>
  /** Without it, that of the template, with the month of each journal. */
  description?: string | undefined
  reverse?: ReversesOn | null | undefined
}

export type Recurring = {
  id: bigint
  name: string
  template: string
  templateVersion: number
  templateId: bigint
  parameters: Record<string, string>
  description: string
  every: Frequency
  dayOfMonth: number | null
  startsOn: AccountingDate
  endsOn: AccountingDate | null
  reverse: ReversesOn | null
  state: 'active' | 'paused' | 'ended'
  nextDueOn: AccountingDate | null
  author: string
}

export const recurringColumns = `r.id, r.name, t.name as template, t.version as "templateVersion", r.template_id as "templateId", r.parameters,
  r.description, r.every, r.day_of_month as "dayOfMonth", r.starts_on as "startsOn", r.ends_on as "endsOn", r.reverse, r.state,
  r.next_due_on as "nextDueOn", r.author`

export const recurringTables =
  'recurring_journal r join journal_template t on t.company_id = r.company_id and t.id = r.template_id'

/** Every recurring journal, in order of name. */
export const listRecurring = (tx: Tx): Promise<Recurring[]> =>
  tx.query<Recurring>(`select ${recurringColumns} from ${recurringTables} where r.company_id = $1 order by r.name`, [
    tx.companyId,
  ])

/**
 * Begins recurring journals with the newest versions of their templates; what is due is posted by the server from then on, also what fell due
 * before. Refuses what `fillTemplates` refuses, `recurring_journal_exists` for a name that stands for another one, and
 * `recurring_journal_never_due`. The same again finds it.
 */
export async function startRecurring(tx: Tx, requests: readonly NewRecurring[], author: string): Promise<Recurring[]> {
  refuseRepeated(requests.map(({ name }) => name))
  const templates = await templatesOf(tx, requests)
  const filled = requests.map((request, index) => ({
    reference: request.name,
    date: request.startsOn,
    template: templates[index] as Template,
    parameters: request.parameters,
  }))
  await fillVersions(tx, filled) // whoever begins it hears at once of what is missing
  const due = requests.map((request) => {
    const first = firstDueDay(request, request.startsOn)
    if (first === undefined) throw new Refusal('recurring_journal_never_due', { name: request.name })
    return first
  })
  await tx.query(
    `insert into recurring_journal (company_id, name, template_id, parameters, description, every, day_of_month, starts_on, ends_on, reverse,
        next_due_on, author)
      select $1, name, template_id, parameters::jsonb, coalesce(description, ''), every, day_of_month, starts_on, ends_on, reverse, due_on, $12
        from unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::int[], $8::date[], $9::date[], $10::text[], $11::date[])
          as r (name, template_id, parameters, description, every, day_of_month, starts_on, ends_on, reverse, due_on)
      on conflict (company_id, name) do nothing`,
    [
      tx.companyId,
      column(requests, (r) => r.name),
      column(templates, (t) => t.id),
      column(requests, (r) => JSON.stringify(r.parameters)),
      column(requests, (r) => r.description),
      column(requests, (r) => r.every),
      column(requests, (r) => r.dayOfMonth),
      column(requests, (r) => r.startsOn),
      column(requests, (r) => r.endsOn),
      column(requests, (r) => r.reverse),
      column(due, (day) => day),
      author,
    ],
  )
  return await sameAsAsked(tx, requests)
}

async function templatesOf(tx: Tx, requests: readonly NewRecurring[]): Promise<Template[]> {
  const names = [...new Set(requests.map(({ template }) => template))]
  const found = new Map((await usableTemplates(tx, names)).map((template) => [template.name, template]))
  return requests.map(({ template, reverse }) => {
    const version = found.get(template)
    if (version === undefined) throw new Refusal('template_unknown', { template })
    return reverse === undefined ? version : { ...version, definition: { ...version.definition, reverse } }
  })
}

async function sameAsAsked(tx: Tx, requests: readonly NewRecurring[]): Promise<Recurring[]> {
  const saved = new Map((await listRecurring(tx)).map((recurring) => [recurring.name, recurring]))
  return requests.map((request) => {
    const kept = saved.get(request.name) as Recurring
    if (contentOf(kept) !== contentOf({ ...request, description: request.description ?? '' }))
      throw new Refusal('recurring_journal_exists', { name: request.name })
    return kept
  })
}

const contentOf = (r: NewRecurring): string =>
  JSON.stringify([
    r.template,
    Object.entries(r.parameters).sort(),
    r.description,
    r.every,
    r.dayOfMonth,
    r.startsOn,
    r.endsOn,
    r.reverse ?? null,
  ])

/** What becomes of a recurring journal from a day on. */
export type RecurringChange = {
  name: string
  change: 'pause' | 'resume' | 'end'
  on: AccountingDate
  /** Its state as it was read, where that matters. */
  from?: Recurring['state'] | undefined
}

/**
 * Pauses, resumes or ends recurring journals. What fell due before `on` while one was paused is passed over for good, and so recorded; what
 * falls due after an end is not posted. Refuses `recurring_journal_unknown`, `recurring_journal_ended`, and `changed_meanwhile` for one that is
 * not in the state any more in which it was read.
 */
export async function changeRecurring(tx: Tx, changes: readonly RecurringChange[], by: string): Promise<Recurring[]> {
  refuseRepeated(changes.map(({ name }) => name))
  const locked = await lockRecurring(
    tx,
    changes.map(({ name }) => name),
  )
  for (const { name, from } of changes) {
    const { state } = locked.get(name) as Recurring
    if (from !== undefined && from !== state) throw new Refusal('changed_meanwhile', { name, state })
  }
  const decided = changes.map(({ name, change, on }) => decide(locked.get(name) as Recurring, change, on))
  await tx.query(
    `insert into recurring_journal_day (company_id, recurring_id, due_on, state, settled_by)
       select $1, recurring_id, due_on, 'passed', $4 from unnest($2::bigint[], $3::date[]) as d (recurring_id, due_on)`,
    [
      tx.companyId,
      column(
        decided.flatMap(({ id, passed }) => passed.map(() => id)),
        (id) => id,
      ),
      column(
        decided.flatMap(({ passed }) => passed),
        (day) => day,
      ),
      by,
    ],
  )
  await tx.query(
    `update recurring_journal r set state = d.state, next_due_on = d.next_due_on
       from unnest($2::bigint[], $3::text[], $4::date[]) as d (id, state, next_due_on) where r.company_id = $1 and r.id = d.id`,
    [tx.companyId, column(decided, (d) => d.id), column(decided, (d) => d.state), column(decided, (d) => d.nextDueOn)],
  )
  const now = new Map((await listRecurring(tx)).map((recurring) => [recurring.name, recurring]))
  return changes.map(({ name }) => now.get(name) as Recurring)
}

type Decided = {
  id: bigint
  state: Recurring['state']
  nextDueOn: AccountingDate | null
  passed: AccountingDate[]
}

function decide(recurring: Recurring, change: RecurringChange['change'], on: AccountingDate): Decided {
  const { id, name, state, nextDueOn } = recurring
  if (state === 'ended' && change !== 'end') throw new Refusal('recurring_journal_ended', { name })
  if (change === 'end') return { id, state: 'ended', nextDueOn: null, passed: [] }
  if (change === 'pause' || state === 'active' || nextDueOn === null)
    return { id, state: change === 'pause' ? 'paused' : 'active', nextDueOn, passed: [] }
  const passed = dueDays(recurring, nextDueOn, on).filter((day) => day < on)
  return { id, state: 'active', nextDueOn: firstDueDay(recurring, on > nextDueOn ? on : nextDueOn) ?? null, passed }
}

async function lockRecurring(tx: Tx, names: readonly string[]): Promise<Map<string, Recurring>> {
  const rows = await tx.query<Recurring>(
    `select ${recurringColumns} from ${recurringTables}
      where r.company_id = $1 and r.name in (select unnest($2::text[])) order by r.id for update of r`,
    [tx.companyId, column(names, (name) => name)],
  )
  const found = new Map(rows.map((row) => [row.name, row]))
  const missing = names.find((name) => !found.has(name))
  if (missing !== undefined) throw new Refusal('recurring_journal_unknown', { name: missing })
  return found
}

/** The journal of a due day. Its reference carries the day, so that it is one however often it is asked for. */
export async function journalsOf(
  tx: Tx,
  due: readonly { recurring: Recurring; dueOn: AccountingDate; date?: AccountingDate }[],
): Promise<Journal[]> {
  const templates = await templatesById(tx, [...new Set(due.map(({ recurring }) => recurring.templateId))])
  const journals = await fillVersions(
    tx,
    due.map(({ recurring, dueOn, date = dueOn }) => ({
      reference: referenceOf(recurring.name, dueOn),
      date,
      description: recurring.description.replaceAll('{month}', dueOn.slice(0, 7)).replaceAll('{date}', dueOn),
      reverse: recurring.reverse ?? undefined,
      template: templates.get(recurring.templateId) as Template,
      parameters: recurring.parameters,
    })),
  )
  return journals.map((journal, index) => ({ ...journal, recurringId: due[index]?.recurring.id ?? null }))
}

/** The reference of the journal of a due day. */
export const referenceOf = (name: string, dueOn: AccountingDate): string => `recurring ${name} ${dueOn}`

/** A journal that will be posted. */
export type Upcoming = { name: string; dueOn: AccountingDate; description: string; lines: readonly JournalLine[] }

/** What active recurring journals will post up to a day, in order of day and name; at most a thousand. */
export async function upcomingJournals(tx: Tx, until: AccountingDate): Promise<Upcoming[]> {
  const active = (await listRecurring(tx)).filter(({ state, nextDueOn }) => state === 'active' && nextDueOn !== null)
  const due = active
    .flatMap((recurring) =>
      dueDays(recurring, recurring.nextDueOn as AccountingDate, until).map((dueOn) => ({ recurring, dueOn })),
    )
    .sort((a, b) => (a.dueOn === b.dueOn ? (a.recurring.name < b.recurring.name ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1))
    .slice(0, 1_000)
  const journals = await journalsOf(tx, due)
  return due.map(({ recurring, dueOn }, index) => {
    const { description = '', lines = [] } = journals[index] ?? {}
    return { name: recurring.name, dueOn, description, lines }
  })
}

/** The day that is due after one that is settled. */
export const dueAfter = (schedule: Schedule, dueOn: AccountingDate): AccountingDate | null =>
  dueDayAfter(schedule, dueOn) ?? null
