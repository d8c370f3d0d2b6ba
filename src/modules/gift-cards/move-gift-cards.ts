import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

/** What a fact did to a card: sold is positive, the rest negative. The tax of a single-purpose card stands beside its net. */
export type GiftCardMovement = {
  giftCardId: bigint
  kind: 'sold' | 'redeemed' | 'refunded' | 'lapsed'
  sourceKind: string
  sourceId: string
  movedOn: AccountingDate
  amountMinor: bigint
  taxMinor: bigint
}

/**
 * Moves cards and their balances, locked in order of their ids. The database refuses to overdraw a card (`gift_card_exceeded`), however
 * many use it at once.
 */
export async function moveGiftCards(tx: Tx, movements: readonly GiftCardMovement[]): Promise<void> {
  if (movements.length === 0) return
  await tx.query(
    `with movement as (
        select * from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::date[], $7::bigint[], $8::bigint[])
          as m (gift_card_id, kind, source_kind, source_id, moved_on, amount_minor, tax_minor)
      ), saved as (
        insert into gift_card_movement (company_id, gift_card_id, kind, source_kind, source_id, moved_on, amount_minor, tax_minor)
          select $1, * from movement
      ), locked as (
        select id from gift_card where company_id = $1 and id in (select gift_card_id from movement) order by id for update
      )
      update gift_card g set balance_minor = g.balance_minor + moved.amount_minor, last_moved_on = greatest(g.last_moved_on, moved.moved_on)
        from (select gift_card_id, sum(amount_minor + tax_minor) as amount_minor, max(moved_on) as moved_on from movement group by gift_card_id) moved
          join locked on locked.id = moved.gift_card_id
        where g.company_id = $1 and g.id = moved.gift_card_id`,
    [
      tx.companyId,
      column(movements, (m) => m.giftCardId),
      column(movements, (m) => m.kind),
      column(movements, (m) => m.sourceKind),
      column(movements, (m) => m.sourceId),
      column(movements, (m) => m.movedOn),
      column(movements, (m) => m.amountMinor),
      column(movements, (m) => m.taxMinor),
    ],
  )
}
