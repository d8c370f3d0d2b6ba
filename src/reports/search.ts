import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import type { SearchKind } from '../kernel/search-kinds.ts'

/** Something that was found by words: what it is called, what else tells it apart, and how well it fits, from 0 to 1. */
export type SearchHit = {
  kind: SearchKind
  id: string
  title: string
  detail: string
  on: string | null
  amount: MoneyJson | null
  rank: number
}

type Row = Omit<SearchHit, 'id' | 'amount'> & { id: bigint; amountMinor: bigint | null; currency: string | null }

/** Finds by words in the kinds that are named, at most so many of each: the best first, and of equals those whose kind is named first. */
export async function searchCompany(
  tx: Tx,
  { words, kinds, most }: { words: string; kinds: readonly SearchKind[]; most: number },
): Promise<SearchHit[]> {
  if (kinds.length === 0) return []
  const rows = await tx.query<Row>(
    `select kind, id, title, detail, happened_on as "on", amount_minor as "amountMinor", currency, rank
       from search_company($1, $2::text[], $3)`,
    [words, column(kinds, (kind) => kind), most],
  )
  const hits = rows.map(({ id, amountMinor, currency, ...row }) => ({
    ...row,
    id: String(id),
    amount: amountMinor === null || currency === null ? null : moneyJson(amountMinor, currency),
  }))
  return hits.sort((a, b) => b.rank - a.rank || kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
}
