import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { findCustomers, type NewParty, type Party } from './parties.ts'

/**
 * Adds customers and returns their ids in order, and whether they were there. One that exists and says the same is left as it is; one that
 * says something else is refused: `customer_exists`.
 */
export async function addCustomers(
  tx: Tx,
  customers: readonly Omit<NewParty, 'kind'>[],
): Promise<{ id: bigint; existing: boolean }[]> {
  const added = await tx.query<{ number: string }>(
    `insert into party (company_id, kind, number, name, country, payment_days)
       select distinct on (number) $1, 'customer', number, name, country, coalesce(payment_days, 0)
         from unnest($2::text[], $3::text[], $4::text[], $5::int[]) with ordinality as p (number, name, country, payment_days, place)
         order by number, place
       on conflict (company_id, kind, number) do nothing returning number`,
    [
      tx.companyId,
      column(customers, (c) => c.number),
      column(customers, (c) => c.name),
      column(customers, (c) => c.country),
      column(customers, (c) => c.paymentDays),
    ],
  )
  const fresh = new Set(added.map(({ number }) => number))
  const known = await findCustomers(
    tx,
    customers.map(({ number }) => number),
  )
  return customers.map((customer) => {
    const { id, name, country, paymentDays } = known.get(customer.number) as Party
    const same =
      name === customer.name && country === (customer.country ?? null) && paymentDays === (customer.paymentDays ?? 0)
    if (!same) throw new Refusal('customer_exists', { customer: customer.number })
    return { id, existing: !fresh.delete(customer.number) }
  })
}

/** What of a customer may change: its number stays. */
export type CustomerChange = { id: bigint; name?: string; country?: string | null; paymentDays?: number }

/** Locks customers until the transaction ends, so that nobody else changes them between a look and a change. */
export async function lockCustomers(tx: Tx, ids: readonly bigint[]): Promise<void> {
  await tx.query(
    `select from party p where p.company_id = $1 and p.kind = 'customer' and p.id = any ($2::bigint[]) order by p.id for update of p`,
    [tx.companyId, column(ids, (id) => id)],
  )
}

/** Changes customers; what a change does not name stays. Refuses `customer_unknown`. */
export async function changeCustomers(tx: Tx, changes: readonly CustomerChange[]): Promise<void> {
  const changed = await tx.query<{ id: bigint }>(
    `update party p set name = coalesce(c.name, p.name), payment_days = coalesce(c.payment_days, p.payment_days),
        country = case when c.sets_country then c.country else p.country end
       from unnest($2::bigint[], $3::text[], $4::bool[], $5::text[], $6::int[]) as c (id, name, sets_country, country, payment_days)
       where p.company_id = $1 and p.kind = 'customer' and p.id = c.id returning p.id`,
    [
      tx.companyId,
      column(changes, (c) => c.id),
      column(changes, (c) => c.name),
      column(changes, (c) => c.country !== undefined),
      column(changes, (c) => c.country),
      column(changes, (c) => c.paymentDays),
    ],
  )
  const known = new Set(changed.map(({ id }) => id))
  const missing = changes.find(({ id }) => !known.has(id))
  if (missing !== undefined) throw new Refusal('customer_unknown', { id: missing.id })
}
