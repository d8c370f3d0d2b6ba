import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { idText } from '../report.ts'
import { type Asked, type List, readPage } from './list.ts'

type Row = {
  id: bigint
  kind: 'invoice' | 'bill'
  source: string
  externalId: string
  number: string
  partyId: bigint | null
  partyNumber: string | null
  issuedOn: string
  dueOn: string
  status: string
  currency: string
  rate: string
  totalMinor: bigint
  taxMinor: bigint
  openMinor: bigint
}

/** An invoice or a bill of earlier books, as it was there: it posts nothing here. */
export type EarlierDocumentSummary = Omit<Row, 'id' | 'partyId' | 'totalMinor' | 'taxMinor' | 'openMinor'> & {
  id: string
  party: string | null
  total: MoneyJson
  tax: MoneyJson
  /** What was open when it was imported. */
  open: MoneyJson
}

const kinds = ['invoice', 'bill'] as const

/** Documents of earlier books by day of issue, the latest first. */
export const earlierDocumentList = {
  columns: `d.id, d.kind, d.source, d.external_id as "externalId", d.number, d.party_id as "partyId", p.number as "partyNumber",
      d.issued_on as "issuedOn", d.due_on as "dueOn", d.status, d.currency, d.rate::text as rate, d.total_minor as "totalMinor",
      d.tax_minor as "taxMinor", d.open_minor as "openMinor"`,
  tables: 'earlier_document d left join party p on p.company_id = d.company_id and p.id = d.party_id',
  where: 'd.company_id = $1',
  filters: {
    kind: { kind: 'choice', choices: kinds, description: 'Only this kind.', sql: (kind) => `d.kind = '${kind}'` },
    source: { kind: 'text', description: 'Of this system.', sql: (at) => `d.source = ${at}` },
    number: { kind: 'text', description: 'Of this number.', sql: (at) => `d.number = ${at}` },
    party: {
      kind: 'text',
      description: 'Of the customer or supplier with this number.',
      sql: (at) => `d.party_id in (select c.id from party c where c.company_id = $1 and c.number = ${at})`,
    },
    from: { kind: 'day', description: 'Issued on this day or later.', sql: (at) => `d.issued_on >= ${at}::date` },
    to: { kind: 'day', description: 'Issued on this day or earlier.', sql: (at) => `d.issued_on <= ${at}::date` },
  },
  orders: {
    '-issuedOn': {
      direction: 'desc',
      columns: [
        { sql: 'd.issued_on', type: 'date', field: 'issuedOn' },
        { sql: 'd.id', type: 'bigint', field: 'id' },
      ],
    },
  },
} as const satisfies List<Row>

export async function earlierDocumentPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, earlierDocumentList, asked)
  return { rows: rows.map(summaryOf), next }
}

/** Documents of earlier books by id, those that there are. */
export async function earlierDocumentsById(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, EarlierDocumentSummary>> {
  const rows = await tx.query<Row>(
    `select ${earlierDocumentList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${earlierDocumentList.tables}) on d.company_id = $1 and d.id = wanted.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map((row) => [String(row.id), summaryOf(row)]))
}

function summaryOf({ id, partyId, totalMinor, taxMinor, openMinor, ...rest }: Row): EarlierDocumentSummary {
  const money = (minor: bigint): MoneyJson => moneyJson(minor, rest.currency)
  return {
    id: String(id),
    ...rest,
    party: idText(partyId),
    total: money(totalMinor),
    tax: money(taxMinor),
    open: money(openMinor),
  }
}
