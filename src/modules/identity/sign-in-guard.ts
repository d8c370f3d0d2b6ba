import { createHash } from 'node:crypto'
import type { Database } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** Failures in a window until a subject is locked; a network address serves many people. */
const mostFailures = { email: 10, address: 60 } as const
const WINDOW = '15 minutes'

export type GuardedSubject = { kind: keyof typeof mostFailures; name: string }

/**
 * Counts an attempt before it is made, so that attempts at one moment cannot outrun the count, and refuses `sign_in_locked` after too many.
 * What is said is the same for addresses that nobody has. Of the name only a hash is kept.
 */
export async function beginAttempt(database: Database, subjects: readonly GuardedSubject[]): Promise<void> {
  const { rows } = await database.app.query<{ locked: boolean }>(
    `insert into auth.sign_in_guard as g (subject, failures, since)
       select subject, 1, now() from unnest($1::text[]) as s (subject) order by subject
       on conflict (subject) do update set
         failures = case when g.since < now() - interval '${WINDOW}' then 1 else g.failures + 1 end,
         since = case when g.since < now() - interval '${WINDOW}' then now() else g.since end,
         locked_until = case when g.locked_until > now() then g.locked_until
           when g.since >= now() - interval '${WINDOW}'
             and g.failures + 1 > (select most from unnest($1::text[], $2::int[]) as l (subject, most) where l.subject = g.subject)
             then now() + interval '${WINDOW}' end
       returning coalesce(locked_until > now(), false) as locked`,
    [subjects.map(keyOf), subjects.map(({ kind }) => mostFailures[kind])],
  )
  if (rows.some(({ locked }) => locked)) throw new Refusal('sign_in_locked')
}

/** An attempt that succeeded was no failure: the person's count begins anew, the network address's loses this one. */
export async function attemptSucceeded(database: Database, subjects: readonly GuardedSubject[]): Promise<void> {
  await database.app.query(
    `update auth.sign_in_guard set failures = case when subject like 'address:%' then greatest(failures - 1, 0) else 0 end
       where subject = any ($1::text[])`,
    [subjects.map(keyOf)],
  )
  await database.app.query(`delete from auth.sign_in_guard where since < now() - interval '1 day'`)
}

const keyOf = ({ kind, name }: GuardedSubject): string =>
  `${kind}:${createHash('sha256').update(name.trim().toLowerCase()).digest('base64url')}`
