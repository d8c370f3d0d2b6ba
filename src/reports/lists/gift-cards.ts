import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { type Asked, type List, minorOf, readPage } from './list.ts'

type Row = {
  id: bigint
  lastFour: string | null
  identified: boolean
  purpose: 'multi' | 'single'
  taxCode: string | null
  expiresOn: string | null
  lastMovedOn: string | null
  currency: string
  balanceMinor: bigint
}

/** A gift card, with what its holder can still pay with, tax included. Its code is not in it: whoever has that has the money. */
export type GiftCardSummary = Omit<Row, 'id' | 'currency' | 'balanceMinor'> & { id: string; balance: MoneyJson }

const today = '(select (now() at time zone c.time_zone)::date from company c where c.id = $1)'

// Cards are in base currency. Asked once and as a whole number, so that a million balances are compared as they are.
const minorInBase = (at: string): string => minorOf(at, '(select c.base_currency from company c where c.id = $1)')

const orders = (field: 'id' | 'balanceMinor' | 'lastMovedOn', direction: 'asc' | 'desc') => {
  const id = { sql: 'g.id', type: 'bigint', field: 'id' } as const
  const columns = {
    id: [id],
    balanceMinor: [{ sql: 'g.balance_minor', type: 'bigint', field: 'balanceMinor' }, id],
    lastMovedOn: [{ sql: 'g.last_moved_on', type: 'date', field: 'lastMovedOn' }, id],
  } as const
  return { direction, columns: columns[field] } as const
}

/** Cards that stand on lines of a customer's documents, or paid them. */
const ofCustomer = (party: string): string => `g.id in (
    select m.gift_card_id from open_item o
      join gift_card_movement m on m.company_id = $1 and m.source_kind = 'gift_card_redemption' and m.source_id = o.source_id
      where o.company_id = $1 and o.party_id = ${party} and o.source_kind = 'gift_card_redemption'
    union all
    select m.gift_card_id from sales_document d
      join sales_document_line n on n.company_id = $1 and n.document_id = d.id and n.role = 'gift_card_liability'
      join gift_card_movement m on m.company_id = $1 and m.source_kind = 'sales_document_line'
        and m.source_id = n.document_id || ':' || n.line_no
      where d.company_id = $1 and d.party_id = ${party})`

/** Gift cards that were ever used, the newest first. */
export const giftCardList = {
  columns: `g.id, case when g.identified then g.last_four end as "lastFour", g.identified, g.purpose, t.code as "taxCode", g.expires_on as "expiresOn",
      g.last_moved_on as "lastMovedOn", g.currency, g.balance_minor as "balanceMinor"`,
  tables: 'gift_card g left join tax_code t on t.company_id = g.company_id and t.id = g.tax_code_id',
  counted: 'gift_card g',
  where: 'g.company_id = $1 and g.last_moved_on is not null',
  filters: {
    code: { kind: 'text', description: 'With just this code.', sql: (at) => `g.code = ${at}` },
    lastFour: {
      kind: 'text',
      description: 'Whose code ends so: its last four characters, of a short code its last half.',
      sql: (at) => `g.last_four = ${at}`,
    },
    customer: {
      kind: 'text',
      description: 'That the customer with this number bought on an invoice, or paid with.',
      sql: (at) =>
        ofCustomer(`(select p.id from party p where p.company_id = $1 and p.kind = 'customer' and p.number = ${at})`),
    },
    purpose: {
      kind: 'choice',
      choices: ['multi', 'single'],
      description: 'Taxed when it is used (multi), or when it is sold (single).',
      sql: (purpose) => `g.purpose = '${purpose}'`,
    },
    balance: {
      kind: 'choice',
      choices: ['some', 'none'],
      description: 'On which something is left, or nothing.',
      sql: (balance) => (balance === 'some' ? 'g.balance_minor <> 0' : 'g.balance_minor = 0'),
    },
    expired: {
      kind: 'choice',
      choices: ['true', 'false'],
      description: 'Whose last day is over, or is not.',
      sql: (expired) =>
        expired === 'true' ? `g.expires_on < ${today}` : `(g.expires_on is null or g.expires_on >= ${today})`,
    },
    unusedSince: {
      kind: 'day',
      description: 'Neither sold nor used on this day or later.',
      sql: (at) => `g.last_moved_on < ${at}::date`,
    },
    atLeast: {
      kind: 'amount',
      description: 'On which so much or more is left.',
      sql: (at) => `g.balance_minor >= (select ceil(${minorInBase(at)})::bigint)`,
    },
    atMost: {
      kind: 'amount',
      description: 'On which so much or less is left.',
      sql: (at) => `g.balance_minor <= (select floor(${minorInBase(at)})::bigint)`,
    },
  },
  orders: {
    '-id': orders('id', 'desc'),
    id: orders('id', 'asc'),
    '-balance': orders('balanceMinor', 'desc'),
    balance: orders('balanceMinor', 'asc'),
    '-lastMovedOn': orders('lastMovedOn', 'desc'),
    lastMovedOn: orders('lastMovedOn', 'asc'),
  },
} as const satisfies List<Row>

export async function giftCardPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, giftCardList, asked)
  return { rows: rows.map(cardOf), next }
}

/** Gift cards by id, those that there are. */
export async function giftCardsById(tx: Tx, ids: readonly string[]): Promise<Map<string, GiftCardSummary>> {
  const rows = await tx.query<Row>(
    `select ${giftCardList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${giftCardList.tables}) on g.company_id = $1 and g.id = wanted.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), cardOf(row)]))
}

const cardOf = ({ id, currency, balanceMinor, ...row }: Row): GiftCardSummary => ({
  id: String(id),
  ...row,
  balance: moneyJson(balanceMinor, currency),
})
