import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

/** What is left on a card, net and the tax that it was sold with. */
export type CardLeft = {
  id: bigint
  code: string
  currency: string
  identified: boolean
  taxCodeId: bigint | null
  taxAuthority: string | null
  expiresOn: AccountingDate | null
  netMinor: bigint
  taxMinor: bigint
}

/** Cards by their codes, under lock, so that what is left of a card is decided upon once. The card of sources that do not tell theirs apart is left out, unless it is asked for. */
export async function lockCards(
  tx: Tx,
  codes: readonly string[],
  unidentifiedToo = false,
): Promise<Map<string, CardLeft>> {
  const wanted = column(codes, (code) => code)
  await tx.query(
    'select id from gift_card where company_id = $1 and code in (select unnest($2::text[])) order by id for update',
    [tx.companyId, wanted],
  )
  const rows = await tx.query<CardLeft>(
    `select g.id, g.code, g.currency, g.identified, g.tax_code_id as "taxCodeId", t.authority as "taxAuthority", g.expires_on as "expiresOn",
        coalesce(sum(m.amount_minor), 0)::bigint as "netMinor", coalesce(sum(m.tax_minor), 0)::bigint as "taxMinor"
      from gift_card g
      left join tax_code t on t.company_id = g.company_id and t.id = g.tax_code_id
      left join gift_card_movement m on m.company_id = g.company_id and m.gift_card_id = g.id and g.identified
      where g.company_id = $1 and (g.identified or $3) and g.code in (select unnest($2::text[]))
      group by g.id, g.code, g.currency, g.identified, g.tax_code_id, t.authority, g.expires_on`,
    [tx.companyId, wanted, unidentifiedToo],
  )
  return new Map(rows.map((card) => [card.code, card]))
}
