import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

/** What a fact did to a customer's store credit: issued is positive, the rest negative. `reference` makes it one of its kind. */
export type StoreCreditMovement = {
  partyId: bigint
  currency: string
  kind: 'issued' | 'redeemed' | 'cashed'
  reference: string
  documentId?: bigint | null | undefined
  movedOn: AccountingDate
  amountMinor: bigint
}

/**
 * Moves store credit and its balances together, locked in order of the customers. The database refuses to overdraw a customer
 * (`store_credit_exceeded`), however many do this at once.
 */
export async function saveMovements(tx: Tx, movements: readonly StoreCreditMovement[]): Promise<void> {
  if (movements.length === 0) return
  const parties = column(movements, (m) => m.partyId)
  const currencies = column(movements, (m) => m.currency)
  await tx.query(
    `insert into store_credit (company_id, party_id, currency)
       select distinct $1::bigint, party_id, currency from unnest($2::bigint[], $3::text[]) as m (party_id, currency) order by 2, 3
       on conflict (company_id, party_id, currency) do nothing`,
    [tx.companyId, parties, currencies],
  )
  await tx.query(
    `select from store_credit where company_id = $1 and (party_id, currency) in (select * from unnest($2::bigint[], $3::text[]))
       order by party_id, currency for update`,
    [tx.companyId, parties, currencies],
  )
  await tx.query(
    `with movement as (
        select * from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::date[], $8::bigint[])
          as m (party_id, currency, kind, reference, document_id, moved_on, amount_minor)
      ), saved as (
        insert into store_credit_movement (company_id, party_id, currency, kind, reference, document_id, moved_on, amount_minor)
          select $1, * from movement
      )
      update store_credit s set balance_minor = s.balance_minor + moved.amount_minor
        from (select party_id, currency, sum(amount_minor) as amount_minor from movement group by 1, 2) moved
        where s.company_id = $1 and s.party_id = moved.party_id and s.currency = moved.currency`,
    [
      tx.companyId,
      parties,
      currencies,
      column(movements, (m) => m.kind),
      column(movements, (m) => m.reference),
      column(movements, (m) => m.documentId),
      column(movements, (m) => m.movedOn),
      column(movements, (m) => m.amountMinor),
    ],
  )
}
