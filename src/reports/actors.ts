import { column } from '../kernel/column.ts'
import { PRODUCT, type Tx } from '../kernel/database.ts'

/** Who did something, for people: a person, a person by one of their keys, somebody at the machine's command line, or the product itself. */
export type Actor = {
  /** As it is written beside what was done: `user:7`, `user:7:key:3`, `operator:anna`, `countinghouse`. */
  actor: string
  kind: 'person' | 'key' | 'operator' | 'product'
  /** The person's name, or what else is known. */
  name: string
  /** The name of the key, where one was used. */
  key: string | null
}

const form = /^user:([0-9]{1,9})(?::key:([0-9]{1,18}))?$/

/** Names actors, all at once. Whoever is no longer known keeps the actor's own text for a name. */
export async function namedActors(tx: Tx, actors: readonly string[]): Promise<(actor: string) => Actor> {
  const found = actors.flatMap((actor) => {
    const [, user, key] = form.exec(actor) ?? []
    return user === undefined ? [] : [{ user, key }]
  })
  const people = await namesOf(
    tx,
    'select id::text, name from auth."user" where id = any ($1::int[])',
    found.map(({ user }) => user),
  )
  const keys = await namesOf(
    tx,
    'select id::text, name from auth.api_key where id = any ($1::bigint[]) and company_id = current_company()',
    found.flatMap(({ key }) => key ?? []),
  )
  return (actor) => {
    const [, user, key] = form.exec(actor) ?? []
    if (user !== undefined) {
      const name = people.get(user) ?? actor
      return {
        actor,
        kind: key === undefined ? 'person' : 'key',
        name,
        key: key === undefined ? null : (keys.get(key) ?? key),
      }
    }
    if (actor === PRODUCT) return { actor, kind: 'product', name: 'Countinghouse', key: null }
    const [kind, name = actor] = actor.split(':')
    return { actor, kind: kind === 'operator' ? 'operator' : 'product', name, key: null }
  }
}

async function namesOf(tx: Tx, query: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ id: string; name: string }>(query, [column([...new Set(ids)], (id) => id)])
  return new Map(rows.map(({ id, name }) => [id, name]))
}
