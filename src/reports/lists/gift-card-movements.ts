import type { Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { idText } from '../report.ts'
import { type Asked, type List, readPage } from './list.ts'

type Row = {
  id: bigint
  card: bigint
  lastFour: string | null
  kind: 'sold' | 'redeemed' | 'refunded' | 'lapsed'
  movedOn: string
  reference: string | null
  currency: string
  amountMinor: bigint
  taxMinor: bigint
  entry: bigint | null
  document: bigint | null
  documentNumber: string | null
}

/** What moved a card, tax included: sold is positive, the rest negative. `tax` is what of it a single-purpose card declared at its sale. */
export type GiftCardMove = Omit<Row, 'id' | 'card' | 'currency' | 'amountMinor' | 'taxMinor' | 'entry' | 'document'> & {
  id: string
  card: string
  amount: MoneyJson
  tax: MoneyJson
  entry: string | null
  document: string | null
}

// A line of a document is posted by the document's entry, a line of a journal stands in its entry, and every other fact has an entry of its own. Each is
// looked up for the rows of the page alone: `offset 0` and `limit` keep the planner from reading the tables whole to join them.
const joined = `
    left join lateral (
      select case m.source_kind when 'sales_document_line' then 'sales_document' else m.source_kind end as kind,
        case m.source_kind when 'sales_document_line' then split_part(m.source_id, ':', 1) else m.source_id end as id offset 0
    ) s on true
    left join lateral (
      select case when m.source_kind = 'journal_line' then split_part(m.source_id, '/', 1)::bigint
        else (select min(e.id) from journal_entry e where e.company_id = $1 and e.source_kind = s.kind and e.source_id = s.id) end as id offset 0
    ) e on true
    left join lateral (
      select d.id, d.number from sales_document d where d.company_id = $1 and d.id =
        case m.source_kind when 'sales_document_line' then s.id::bigint
          when 'gift_card_redemption' then (select min(l.document_id) from journal_line l where l.company_id = $1 and l.entry_id = e.id) end
        limit 1
    ) d on true`

const byDay = (direction: 'asc' | 'desc') =>
  ({
    direction,
    columns: [
      { sql: 'm.moved_on', type: 'date', field: 'movedOn' },
      { sql: 'm.id', type: 'bigint', field: 'id' },
    ],
  }) as const

/** What moved gift cards, the latest first. */
export const giftCardMovementList = {
  columns: `m.id, m.gift_card_id as "card", case when g.identified then g.last_four end as "lastFour", m.kind, m.moved_on as "movedOn",
      case when m.source_kind not in ('sales_document_line', 'journal_line') then m.source_id end as "reference", g.currency,
      m.amount_minor + m.tax_minor as "amountMinor", m.tax_minor as "taxMinor", e.id as "entry", d.id as "document", d.number as "documentNumber"`,
  tables: `gift_card_movement m join gift_card g on g.company_id = m.company_id and g.id = m.gift_card_id ${joined}`,
  counted: 'gift_card_movement m',
  where: 'm.company_id = $1',
  filters: {
    card: { kind: 'id', description: 'Of this card.', sql: (at) => `m.gift_card_id = ${at}::bigint` },
    kind: {
      kind: 'choice',
      choices: ['sold', 'redeemed', 'refunded', 'lapsed'],
      description: 'Only this kind.',
      sql: (kind) => `m.kind = '${kind}'`,
    },
    from: { kind: 'day', description: 'On this day or later.', sql: (at) => `m.moved_on >= ${at}::date` },
    to: { kind: 'day', description: 'On this day or earlier.', sql: (at) => `m.moved_on <= ${at}::date` },
  },
  orders: { '-movedOn': byDay('desc'), movedOn: byDay('asc') },
} as const satisfies List<Row>

export async function giftCardMovementPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, giftCardMovementList, asked)
  return { rows: rows.map(moveOf), next }
}

function moveOf({ id, card, currency, amountMinor, taxMinor, entry, document, ...row }: Row): GiftCardMove {
  return {
    id: String(id),
    card: String(card),
    ...row,
    amount: moneyJson(amountMinor, currency),
    tax: moneyJson(taxMinor, currency),
    entry: idText(entry),
    document: idText(document),
  }
}
