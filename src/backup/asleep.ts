import type pg from 'pg'
import { type CatalogTable, quoted, quotedTable } from './catalog.ts'

/**
 * Puts the triggers of the tables to sleep for this transaction: what is loaded was guarded when it was posted, and is compared row by row
 * afterwards. A superuser, or an owner who may set `session_replication_role`, does so for this connection alone. Any other owner switches
 * the triggers off and on again, which keeps others from writing to these tables until the transaction ends. Returns how to wake them.
 */
export async function putTriggersAsleep(
  client: pg.ClientBase,
  tables: readonly CatalogTable[],
): Promise<() => Promise<void>> {
  if (await maySetRole(client)) {
    await client.query('set local session_replication_role = replica')
    return async () => void (await client.query('set local session_replication_role = origin'))
  }
  const { rows: awake } = await client.query<{ tabled: string; trigger: string; state: string }>(
    `select t.tgrelid::regclass::text as tabled, t.tgname as trigger, t.tgenabled as state from pg_trigger t
       where t.tgrelid = any ($1::regclass[]) and not t.tgisinternal and t.tgenabled <> 'D'`,
    [tables.map(quotedTable)],
  )
  const each = (word: (state: string) => string): string =>
    awake
      .map(({ tabled, trigger, state }) => `alter table ${tabled} ${word(state)} trigger ${quoted(trigger)}`)
      .join(';')
  await client.query(each(() => 'disable'))
  return async () => void (await client.query(each((state) => `enable${state === 'A' ? ' always' : ''}`)))
}

/** A trigger that is always awake does not sleep for the role either; then there is only the other way. */
async function maySetRole(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select (select rolsuper from pg_roles where rolname = current_user)
         or has_parameter_privilege('session_replication_role', 'set') as may`,
  )
  const { rows: always } = await client.query(
    `select from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
       where t.tgenabled = 'A' and n.nspname in ('public', 'auth') limit 1`,
  )
  return rows[0]?.may === true && always.length === 0
}
