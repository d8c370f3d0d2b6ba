import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import { companyHeading, dateColumn, moneyColumn, type Report, type Table, textColumn } from './report.ts'

type CardRow = {
  card: string
  purpose: string
  sold: MoneyJson
  redeemed: MoneyJson
  refunded: MoneyJson
  lapsed: MoneyJson
  balance: MoneyJson
  liability: MoneyJson
}
export type GiftCards = Report<CardRow> & { asOf: AccountingDate }

type Moved = { currency: string } & Record<string, string | bigint>

const money = ({ currency, ...row }: Moved, name: string): MoneyJson => moneyJson(row[name] as bigint, currency)

/** A card as it is shown: whoever has its whole code has the money. The one that stands for all that nobody tells apart is called so. */
export const shownCard = "case when g.identified then '…' || g.last_four else g.code end"

/**
 * Each gift card that was ever used, at the end of a day: sold for, used, given back and lapsed, tax included; what its holder can still pay with
 * (`balance`), and what of that is a liability (`liability`: net of the tax of a single-purpose card).
 */
export async function giftCards(tx: Tx, { asOf }: { asOf: AccountingDate }): Promise<GiftCards> {
  const heading = await companyHeading(tx)
  const sum = (kind: string) =>
    `coalesce(sum(m.amount_minor + m.tax_minor) filter (where m.kind = '${kind}'), 0)::bigint`
  const rows = await tx.query<Moved>(
    `select ${shownCard} as card, g.purpose, g.currency, ${sum('sold')} as sold, -${sum('redeemed')} as redeemed, -${sum('refunded')} as refunded,
        -${sum('lapsed')} as lapsed, sum(m.amount_minor + m.tax_minor)::bigint as balance, sum(m.amount_minor)::bigint as liability
      from gift_card_movement m join gift_card g on g.company_id = $1 and g.id = m.gift_card_id
      where m.company_id = $1 and m.moved_on <= $2 group by g.id, g.code, g.last_four, g.identified, g.purpose, g.currency order by g.code`,
    [tx.companyId, asOf],
  )
  return {
    report: 'gift-cards',
    ...heading,
    asOf,
    rows: rows.map((row) => ({
      card: String(row.card),
      purpose: String(row.purpose),
      sold: money(row, 'sold'),
      redeemed: money(row, 'redeemed'),
      refunded: money(row, 'refunded'),
      lapsed: money(row, 'lapsed'),
      balance: money(row, 'balance'),
      liability: money(row, 'liability'),
    })),
  }
}

export const giftCardsTable = ({ rows }: GiftCards): Table => ({
  columns: [
    textColumn('card', 'Card'),
    textColumn('purpose', 'Purpose'),
    moneyColumn('sold', 'Sold'),
    moneyColumn('redeemed', 'Redeemed'),
    moneyColumn('refunded', 'Refunded'),
    moneyColumn('lapsed', 'Lapsed'),
    moneyColumn('balance', 'Balance'),
    moneyColumn('liability', 'Liability'),
  ],
  rows,
})

type CreditRow = {
  party: string
  name: string
  issued: MoneyJson
  redeemed: MoneyJson
  cashed: MoneyJson
  balance: MoneyJson
}
export type StoreCredit = Report<CreditRow> & { asOf: AccountingDate }

/** Each customer's store credit at the end of a day: issued, redeemed, paid out, and what is left. */
export async function storeCredit(tx: Tx, { asOf }: { asOf: AccountingDate }): Promise<StoreCredit> {
  const heading = await companyHeading(tx)
  const sum = (kind: string) => `coalesce(sum(m.amount_minor) filter (where m.kind = '${kind}'), 0)::bigint`
  const rows = await tx.query<Moved>(
    `select p.number as party, p.name, m.currency, ${sum('issued')} as issued, -${sum('redeemed')} as redeemed, -${sum('cashed')} as cashed,
        sum(m.amount_minor)::bigint as balance
      from store_credit_movement m join party p on p.company_id = $1 and p.id = m.party_id
      where m.company_id = $1 and m.moved_on <= $2 group by p.id, p.number, p.name, m.currency order by p.number, m.currency`,
    [tx.companyId, asOf],
  )
  return {
    report: 'store-credit',
    ...heading,
    asOf,
    rows: rows.map((row) => ({
      party: String(row.party),
      name: String(row.name),
      issued: money(row, 'issued'),
      redeemed: money(row, 'redeemed'),
      cashed: money(row, 'cashed'),
      balance: money(row, 'balance'),
    })),
  }
}

export const storeCreditTable = ({ rows }: StoreCredit): Table => ({
  columns: [
    textColumn('party', 'Customer'),
    textColumn('name', 'Name'),
    moneyColumn('issued', 'Issued'),
    moneyColumn('redeemed', 'Redeemed'),
    moneyColumn('cashed', 'Cashed'),
    moneyColumn('balance', 'Balance'),
  ],
  rows,
})

type DepositRow = {
  party: string
  name: string
  order: string | null
  payment: string
  paidOn: string
  received: MoneyJson
  left: MoneyJson
  leftInBase: MoneyJson
}
export type Deposits = Report<DepositRow> & { asOf: AccountingDate }

/** The deposits that hold something at the end of a day, net of tax, by customer, order and payment: their sum is what the deposit account holds. */
export async function deposits(tx: Tx, { asOf }: { asOf: AccountingDate }): Promise<Deposits> {
  const heading = await companyHeading(tx)
  const rows = await tx.query<Moved & { order_reference: string | null }>(
    `with moved as (
        select coalesce(p.refunds_payment_id, p.id, d.payment_id) as payment_id, l.currency, -l.currency_amount_minor as minor, -l.amount_minor as base_minor,
            p.kind = 'capture' and e.source_kind = 'payment' as received
          from account a
          join journal_line l on l.company_id = $1 and l.account_id = a.id and l.posted_on <= $2
          join journal_entry e on e.company_id = $1 and e.id = l.entry_id
          left join payment p on e.source_kind in ('payment', 'deposit_forfeited') and p.company_id = $1 and p.id::text = e.source_id
          left join deposit d on e.source_kind = 'deposit_application' and d.company_id = $1 and d.id::text = split_part(e.source_id, '/', 1)
          where a.company_id = $1 and a.role = 'customer_deposits'
      )
      select c.number as party, c.name, p.order_reference, p.source || ' ' || p.reference as payment, p.paid_on, m.currency,
          coalesce(sum(m.minor) filter (where m.received), 0)::bigint as received, sum(m.minor)::bigint as left, sum(m.base_minor)::bigint as left_base
        from moved m
        join payment p on p.company_id = $1 and p.id = m.payment_id
        left join party c on c.company_id = $1 and c.id = p.party_id
        group by c.number, c.name, p.order_reference, p.source, p.reference, p.paid_on, m.currency
        having sum(m.minor) <> 0 or sum(m.base_minor) <> 0
        order by c.number, p.paid_on, 4`,
    [tx.companyId, asOf],
  )
  return {
    report: 'deposits',
    ...heading,
    asOf,
    rows: rows.map((row) => ({
      party: String(row.party),
      name: String(row.name),
      order: row.order_reference,
      payment: String(row.payment),
      paidOn: String(row.paid_on),
      received: money(row, 'received'),
      left: money(row, 'left'),
      leftInBase: moneyJson(row.left_base as bigint, heading.currency),
    })),
  }
}

export const depositsTable = ({ rows }: Deposits): Table => ({
  columns: [
    textColumn('party', 'Customer'),
    textColumn('name', 'Name'),
    textColumn('order', 'Order'),
    textColumn('payment', 'Payment'),
    dateColumn('paidOn', 'Paid on'),
    moneyColumn('received', 'Received'),
    moneyColumn('left', 'Left'),
    moneyColumn('leftInBase', 'In base currency'),
  ],
  rows,
})
