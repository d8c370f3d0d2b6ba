import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { idText } from '../report.ts'
import { type Asked, type List, readPage } from './list.ts'

type Row = {
  id: bigint
  number: string
  partyId: bigint | null
  customerName: string | null
  percent: string
  until: string
  endedOn: string | null
  reason: string | null
  currency: string
  grossMinor: bigint
  openMinor: bigint | null
}

/** What of an invoice may be kept by paying it early. Its id is that of the invoice. */
export type EarlyPaymentTermSummary = Omit<Row, 'id' | 'partyId' | 'currency' | 'grossMinor' | 'openMinor'> & {
  id: string
  customer: string | null
  gross: MoneyJson
  open: MoneyJson | null
}

const byDay = (direction: 'asc' | 'desc') =>
  ({
    direction,
    columns: [
      { sql: 't.until', type: 'date', field: 'until' },
      { sql: 't.document_id', type: 'bigint', field: 'id' },
    ],
  }) as const

/** Discounts for paying early, by their last day, the latest first. */
export const earlyPaymentTermList = {
  columns: `t.document_id as "id", d.number, d.party_id as "partyId", p.name as "customerName", t.percent::text as "percent", t.until,
      e.ends_on as "endedOn", e.reason, d.currency, d.net_minor + d.tax_minor as "grossMinor", o.open_minor as "openMinor"`,
  tables: `early_payment_term t join sales_document d on d.company_id = t.company_id and d.id = t.document_id
      left join party p on p.company_id = d.company_id and p.id = d.party_id
      left join early_payment_ending e on e.company_id = t.company_id and e.document_id = t.document_id
      left join lateral (select i.amount_minor - i.applied_minor as open_minor from open_item i
        where i.company_id = d.company_id and i.source_kind = 'sales_document' and i.source_id = d.id::text limit 1) o on true`,
  where: 't.company_id = $1',
  filters: {
    customer: {
      kind: 'text',
      description: 'Of the customer with this number.',
      sql: (at) =>
        `d.party_id = (select c.id from party c where c.company_id = $1 and c.kind = 'customer' and c.number = ${at})`,
    },
    ended: {
      kind: 'choice',
      choices: ['true', 'false'],
      description: 'Only those that were ended before their last day, or only those that were not.',
      sql: (ended) => `e.document_id is ${ended === 'true' ? 'not null' : 'null'}`,
    },
    from: { kind: 'day', description: 'Whose last day is this or later.', sql: (at) => `t.until >= ${at}::date` },
    to: { kind: 'day', description: 'Whose last day is this or earlier.', sql: (at) => `t.until <= ${at}::date` },
  },
  orders: { '-until': byDay('desc'), until: byDay('asc') },
} as const satisfies List<Row>

export async function earlyPaymentTermPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, earlyPaymentTermList, asked)
  return { rows: rows.map(termOf), next }
}

/** The discounts of invoices by their ids, of those that offer one. */
export async function earlyPaymentTermsById(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, EarlyPaymentTermSummary>> {
  const rows = await tx.query<Row>(
    `select ${earlyPaymentTermList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${earlyPaymentTermList.tables}) on t.company_id = $1 and t.document_id = wanted.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), termOf(row)]))
}

const termOf = ({ id, partyId, currency, grossMinor, openMinor, ...row }: Row): EarlyPaymentTermSummary => ({
  id: String(id),
  ...row,
  customer: idText(partyId),
  gross: moneyJson(grossMinor, currency),
  open: openMinor === null ? null : moneyJson(openMinor, currency),
})
