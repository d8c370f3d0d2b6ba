import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

export type PartyKind = 'customer' | 'supplier'
export type Party = {
  id: bigint
  kind: PartyKind
  number: string
  name: string
  country: string | null
  paymentDays: number
}
export type NewParty = { kind: PartyKind; number: string; name: string; country?: string | null; paymentDays?: number }

/** The customer of sales that name none: its receivables and payments meet here. */
export const unidentifiedCustomer: NewParty = { kind: 'customer', number: 'unidentified', name: 'Unidentified' }

/** Finds parties of one kind by number and adds those that are missing. Returns them by number. */
export async function findOrAddParties(
  tx: Tx,
  kind: PartyKind,
  parties: readonly NewParty[],
): Promise<Map<string, Party>> {
  const wanted = [...new Map(parties.map((party) => [party.number, party])).values()].sort((a, b) =>
    a.number < b.number ? -1 : 1,
  )
  if (wanted.length === 0) return new Map()
  const numbers = column(wanted, (p) => p.number)
  const found = await partiesByNumber(tx, kind, numbers)
  const missing = wanted.filter((party) => !found.has(party.number))
  if (missing.length === 0) return found
  await tx.query(
    `insert into party (company_id, kind, number, name, country, payment_days)
       select $1, $2, number, name, country, coalesce(payment_days, 0)
         from unnest($3::text[], $4::text[], $5::text[], $6::int[]) as p (number, name, country, payment_days)
       on conflict (company_id, kind, number) do nothing`,
    [
      tx.companyId,
      kind,
      column(missing, (p) => p.number),
      column(missing, (p) => p.name),
      column(missing, (p) => p.country),
      column(missing, (p) => p.paymentDays),
    ],
  )
  return await partiesByNumber(tx, kind, numbers)
}

async function partiesByNumber(tx: Tx, kind: PartyKind, numbers: string | null): Promise<Map<string, Party>> {
  const rows = await tx.query<Party>(
    `select p.id, p.kind, p.number, p.name, p.country, p.payment_days as "paymentDays"
      from unnest($3::text[]) as wanted (number) join party p on p.company_id = $1 and p.kind = $2 and p.number = wanted.number`,
    [tx.companyId, kind, numbers],
  )
  return new Map(rows.map((party) => [party.number, party]))
}

const findParties = (tx: Tx, kind: PartyKind, numbers: readonly string[]): Promise<Map<string, Party>> =>
  partiesByNumber(
    tx,
    kind,
    column([...new Set(numbers)], (number) => number),
  )

/** Those customers of these numbers that there are, by number. */
export const findCustomers = (tx: Tx, numbers: readonly string[]): Promise<Map<string, Party>> =>
  findParties(tx, 'customer', numbers)

/** Those suppliers of these numbers that there are, by number. */
export const findSuppliers = (tx: Tx, numbers: readonly string[]): Promise<Map<string, Party>> =>
  findParties(tx, 'supplier', numbers)

/** Parties by id, those that there are. */
export async function partiesByIds(tx: Tx, ids: readonly bigint[]): Promise<Map<bigint, Party>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Party>(
    `select p.id, p.kind, p.number, p.name, p.country, p.payment_days as "paymentDays"
      from unnest($2::bigint[]) as wanted (id) join party p on p.company_id = $1 and p.id = wanted.id`,
    [tx.companyId, column([...new Set(ids)], (id) => id)],
  )
  return new Map(rows.map((party) => [party.id, party]))
}

/** Parties of one kind whose number begins with these letters, or whose name holds them: in order of number, at most so many. */
export const partiesLike = (
  tx: Tx,
  { kind, letters, most }: { kind: PartyKind; letters: string; most: number },
): Promise<Party[]> =>
  tx.query<Party>(
    `select p.id, p.kind, p.number, p.name, p.country, p.payment_days as "paymentDays" from party p
      where p.company_id = $1 and p.kind = $2 and (starts_with(lower(p.number), lower($3)) or position(lower($3) in lower(p.name)) > 0)
      order by p.number limit $4`,
    [tx.companyId, kind, letters, most],
  )
