import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { permissionSets } from '../../kernel/permissions.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** Somebody whom a note can name. `email` tells people of one name apart, and is null for all others. */
export type Mentionable = { userId: number; name: string; email: string | null }

/** A piece of a note: its words, and whom it names where it is a mention. */
export type NotePart = { text: string; userId: number | null }

const sets = Object.entries(permissionSets).flatMap(([name, may]) =>
  (may as readonly string[]).includes('exceptions.read') ? name : [],
)

// The owner of the installation is one of every company, unless they are a lesser member of it.
const whoMayRead = `auth."user" u left join auth.membership m on m.company_id = $1 and m.user_id = u.id
  where coalesce(m.permission_set = any ($2::text[]), u."installationOwner")`

/** Everybody of the company who may see its exceptions, by name. */
export const listMentionable = (tx: Tx): Promise<Mentionable[]> =>
  tx.query<Mentionable>(
    `select u.id as "userId", u.name, case when count(*) over (partition by lower(u.name)) > 1 then u.email end as email
       from ${whoMayRead} order by lower(u.name), u.id`,
    [tx.companyId, column(sets, (name) => name)],
  )

const mark = /@\[(user:[1-9][0-9]{0,8})\]/

/** The people whom the words of a note name, as `user:7`, each once. */
const namedIn = (body: string): string[] => [
  ...new Set([...body.matchAll(new RegExp(mark, 'g'))].map(([, person]) => person as string)),
]

const idOf = (person: string): number => Number(person.slice('user:'.length))

/**
 * Keeps whom new notes name. Refuses `member_unknown` for anybody who may not see the exceptions of the company, in the same words as for
 * nobody at all.
 */
export async function keepMentions(tx: Tx, notes: readonly { id: bigint; body: string }[]): Promise<void> {
  const mentions = notes.flatMap(({ id, body }) => namedIn(body).map((person) => ({ id, person })))
  if (mentions.length === 0) return
  const people = await tx.query<{ id: number }>(`select u.id from ${whoMayRead} and u.id = any ($3::int[])`, [
    tx.companyId,
    column(sets, (name) => name),
    column(mentions, ({ person }) => idOf(person)),
  ])
  const known = new Set(people.map(({ id }) => id))
  for (const { person } of mentions)
    if (!known.has(idOf(person))) throw new Refusal('member_unknown', { mention: person })
  await tx.query(
    // Whoever names themselves knows it.
    `insert into exception_mention (company_id, note_id, person, seen_at)
       select $1, m.id, m.person, case when m.person = person_of($4) then clock_timestamp() end from unnest($2::bigint[], $3::text[]) as m (id, person)`,
    [tx.companyId, column(mentions, ({ id }) => id), column(mentions, ({ person }) => person), tx.actor],
  )
}

/**
 * The words of a note in pieces: what names one of the people whom it was written about is a piece with their name of today, all else stays
 * words, whatever it looks like.
 */
export function notePartsOf(
  { body, mentions }: { body: string; mentions: readonly string[] },
  nameOf: (person: string) => string,
): NotePart[] {
  return body
    .split(mark)
    .map((piece, place): NotePart => {
      if (place % 2 === 0) return { text: piece, userId: null }
      return mentions.includes(piece)
        ? { text: `@${nameOf(piece)}`, userId: idOf(piece) }
        : { text: `@[${piece}]`, userId: null }
    })
    .filter(({ text }) => text !== '')
}

/** The words of a note as plain text, with the names of today. */
export const noteText = (note: { body: string; mentions: readonly string[] }, nameOf: (person: string) => string) =>
  notePartsOf(note, nameOf)
    .map(({ text }) => text)
    .join('')

/** A mention that nobody has been told of: who wrote what about which exception, and to whom a letter goes. */
export type UntoldMention = { recipient: string; exceptionId: bigint; message: string; author: string; words: string }

type TakenMention = Omit<UntoldMention, 'words'> & { body: string; mentions: string[] }

/** Takes the mentions that wait for a letter; each is taken once. Whoever wrote it themselves, or has left, gets none. */
export async function takeUntoldMentions(tx: Tx): Promise<UntoldMention[]> {
  const taken = await tx.query<TakenMention>(
    `with taken as (
        update exception_mention set told_at = clock_timestamp() where company_id = $1 and told_at is null returning note_id, person
      )
      select u.email as recipient, x.id as "exceptionId", x.message, coalesce(a.name, split_part(n.author, ':', 2)) as author, n.body,
          array(select o.person from exception_mention o where o.company_id = $1 and o.note_id = n.id) as mentions
        from taken t
        join exception_note n on n.company_id = $1 and n.id = t.note_id
        join exception x on x.company_id = $1 and x.id = n.exception_id
        join (select 'user:' || u.id as person, u.email from ${whoMayRead}) u on u.person = t.person
        left join auth."user" a on 'user:' || a.id = person_of(n.author)
        where person_of(n.author) <> t.person
        order by n.id, u.email`,
    [tx.companyId, column(sets, (name) => name)],
  )
  if (taken.length === 0) return []
  const named = await tx.query<{ person: string; name: string }>(
    `select 'user:' || id as person, name from auth."user" where id = any ($1::int[])`,
    [
      column(
        taken.flatMap(({ mentions }) => mentions),
        idOf,
      ),
    ],
  )
  const names = new Map(named.map(({ person, name }) => [person, name]))
  return taken.map(({ body, mentions, ...one }) => ({
    ...one,
    words: noteText({ body, mentions }, (person) => names.get(person) ?? person),
  }))
}

/** Notes that whoever acts has seen what these exceptions say of them. Takes anybody's key for its person. One statement. */
export async function seeMentions(tx: Tx, exceptions: readonly bigint[]): Promise<void> {
  await tx.query(
    `update exception_mention m set seen_at = clock_timestamp() from exception_note n
       where m.company_id = $1 and m.person = person_of($3) and m.seen_at is null and n.company_id = $1 and n.id = m.note_id
         and n.exception_id in (select unnest($2::bigint[]))`,
    [tx.companyId, column(exceptions, (id) => id), tx.actor],
  )
}
