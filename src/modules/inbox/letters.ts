import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { formatMinor } from '../../kernel/money.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import { writeNotes } from './change-exceptions.ts'
import { takeUntoldMentions, type UntoldMention } from './mentions.ts'
import { exceptionSettings } from './settings.ts'

type Letter = { recipient: string; subject: string; body: string }

type TellingRow = {
  id: bigint
  recipient: string
  message: string
  amountMinor: bigint
  currency: string
  dueOn: string
  overdue: boolean
}

const mostInLetter = 50

/**
 * Hands what is past due to whoever is next, by the steps of its kind of data; nobody is skipped who was not due, and a step is taken once.
 * Returns how many were handed on.
 */
export async function escalateOverdue(tx: Tx): Promise<number> {
  const escalated = await tx.query<{ id: bigint; responsible: string; step: number }>(
    `with due as (
        select distinct on (x.id) x.id, s.step, s.responsible, s.email
          from exception x
          join company c on c.id = $1
          join exception_escalation s on s.company_id = $1 and not s.ended and s.step > x.escalations
            and s.data_kind = coalesce((select d.data_kind from exception_duty d where d.company_id = $1 and d.data_kind = x.data_kind), 'orders')
          cross join lateral (select (now() at time zone c.time_zone)::date as today) t
          where x.company_id = $1 and x.state in ('open', 'in_progress') and t.today > x.due_on and t.today - x.due_on >= s.days_past_due
          order by x.id, s.step desc
      )
      update exception x set responsible = due.responsible, responsible_email = due.email, escalations = due.step, notified_at = null
        from due where x.company_id = $1 and x.id = due.id
        returning x.id, x.responsible, x.escalations as step`,
    [tx.companyId],
  )
  await writeNotes(
    tx,
    'escalated',
    escalated.map(({ id, responsible, step }) => ({ id, body: `Past due: handed to ${responsible}, step ${step}` })),
  )
  return escalated.length
}

/**
 * Writes to whoever has got exceptions since the last letter, one letter a person, to whoever has been named in notes, and in the morning to
 * everybody who has any exceptions.
 */
export async function writeLetters(tx: Tx): Promise<number> {
  const { name } = await companyFacts(tx)
  const fresh = letters(await newlyResponsible(tx), (rows) => `${name}: ${count(rows.length)} for you`)
  const daily = letters(await dueDigests(tx), (rows) => `${name}: ${count(rows.length)} open`)
  const mentions = mentionLetters(await takeUntoldMentions(tx), name)
  await putInOutbox(tx, [...fresh, ...mentions, ...daily])
  return fresh.length + mentions.length + daily.length
}

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

function mentionLetters(mentions: readonly UntoldMention[], company: string): Letter[] {
  return [...Map.groupBy(mentions, ({ recipient }) => recipient)].map(([recipient, own]) => {
    const [first] = own as [UntoldMention]
    const what = own.length === 1 ? `${onOneLine(first.author)} mentioned you` : `${own.length} mentions of you`
    const told = own.slice(0, mostInLetter).map(({ exceptionId, message, author, words }) => {
      const quoted = words.replace(/^/gm, '    ')
      return `${onOneLine(author)} wrote about ${exceptionId}: ${message}\n${quoted}`
    })
    const rest = own.length - told.length
    if (rest > 0) told.push(`and ${rest} more.`)
    return { recipient, subject: `${onOneLine(company)}: ${what}`, body: `${told.join('\n')}\n` }
  })
}

const telling = `x.id, x.responsible_email as recipient, x.message, x.amount_minor as "amountMinor", x.currency, x.due_on as "dueOn",
  x.due_on < (now() at time zone c.time_zone)::date as overdue`

const newlyResponsible = (tx: Tx): Promise<TellingRow[]> =>
  tx.query<TellingRow>(
    `update exception x set notified_at = now() from company c
      where x.company_id = $1 and c.id = $1 and x.state in ('open', 'in_progress') and x.notified_at is null and x.responsible_email is not null
      returning ${telling}`,
    [tx.companyId],
  )

// From the hour that the company wants, where it is; a day's digest goes out once, however many servers look.
const dueDigests = async (tx: Tx): Promise<TellingRow[]> =>
  await tx.query<TellingRow>(
    `with waiting as (
        select x.responsible_email as recipient, (now() at time zone c.time_zone)::date as today
          from exception x join company c on c.id = $1
          where x.company_id = $1 and x.state in ('open', 'in_progress') and x.responsible_email is not null
            and extract(hour from now() at time zone c.time_zone) >= $2
          group by 1, 2
      ), sending as (
        insert into exception_digest (company_id, recipient, day) select $1, recipient, today from waiting
          on conflict do nothing returning recipient
      )
      select ${telling} from sending s
        join company c on c.id = $1
        join exception x on x.company_id = $1 and x.responsible_email = s.recipient and x.state in ('open', 'in_progress')`,
    [tx.companyId, (await exceptionSettings(tx)).digestHour],
  )

const count = (exceptions: number): string => (exceptions === 1 ? 'one exception' : `${exceptions} exceptions`)

function letters(rows: readonly TellingRow[], subject: (rows: readonly TellingRow[]) => string): Letter[] {
  return [...Map.groupBy(rows, ({ recipient }) => recipient)].map(([recipient, own]) => ({
    recipient,
    subject: subject(own),
    body: bodyOf(own),
  }))
}

function bodyOf(rows: readonly TellingRow[]): string {
  const sorted = rows.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id < b.id ? -1 : 1))
  const lines = sorted.slice(0, mostInLetter).map(({ id, message, amountMinor, currency, dueOn, overdue }) => {
    const amount = `${formatMinor(amountMinor, currency)} ${currency}`
    return `${id}: ${message}\n    ${amount}, due ${dueOn}${overdue ? ', past due' : ''}`
  })
  const rest = sorted.length - lines.length
  if (rest > 0) lines.push(`and ${rest} more.`)
  return `${lines.join('\n')}\n`
}

/** Puts letters on their way. One that holds a secret forgets its words when it has been sent or given up. */
export async function putInOutbox(
  tx: Tx,
  written: readonly Letter[],
  { secret = false }: { secret?: boolean } = {},
): Promise<void> {
  if (written.length === 0) return
  await tx.query(
    `insert into mail_outbox (company_id, recipient, subject, body, secret)
       select $1, l.*, $5 from unnest($2::text[], $3::text[], $4::text[]) as l (recipient, subject, body)`,
    [
      tx.companyId,
      column(written, (l) => l.recipient),
      column(written, (l) => l.subject),
      column(written, (l) => l.body),
      secret,
    ],
  )
}

/** A letter that is to be sent now. */
export type WaitingLetter = Letter & { id: bigint; attempts: number }

/** Takes letters whose time has come, locked until the transaction ends: no other server takes them meanwhile. */
export const takeLetters = (tx: Tx, most: number): Promise<WaitingLetter[]> =>
  tx.query<WaitingLetter>(
    `select id, recipient, subject, body, attempts from mail_outbox
      where company_id = $1 and state = 'waiting' and next_attempt_at <= now() order by id limit $2 for update skip locked`,
    [tx.companyId, most],
  )

/** What became of a letter; `error` is empty for one that was sent. */
export type SentLetter = { id: bigint; error: string }

/** Writes down what became of letters. One that failed is tried again after one minute, two, four and so on up to six hours, for three days. */
export async function recordLetters(tx: Tx, sent: readonly SentLetter[]): Promise<void> {
  await tx.query(
    `update mail_outbox m set attempts = m.attempts + 1, last_error = s.error, sent_at = case when s.error = '' then now() end,
        state = next.state, body = case when m.secret and next.state <> 'waiting' then '' else m.body end,
        next_attempt_at = now() + least(interval '6 hours', interval '1 minute' * power(2, least(m.attempts, 12)))
       from unnest($2::bigint[], $3::text[]) as s (id, error)
       join mail_outbox was on was.company_id = $1 and was.id = s.id
       cross join lateral (
         select case when s.error = '' then 'sent' when was.written_at < now() - interval '3 days' then 'given_up' else 'waiting' end as state
       ) next
       where m.company_id = $1 and m.id = s.id`,
    [tx.companyId, column(sent, (s) => s.id), column(sent, (s) => s.error)],
  )
}
