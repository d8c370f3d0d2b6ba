import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type MoneyJson, moneyJson } from '../../kernel/money.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import { idText } from '../report.ts'
import { type Asked, type List, readPage } from './list.ts'

type Row = {
  id: bigint
  number: string | null
  date: string
  effectiveOn: string
  rule: string
  sourceKind: string
  sourceId: string
  description: string
  reversesId: bigint | null
  postedBy: string
  postedAt: string
}

/** An entry without what explains it; `GET …/entries/{entryId}` explains. */
export type EntrySummary = Omit<Row, 'id' | 'sourceKind' | 'sourceId' | 'reversesId'> & {
  entryId: string
  source: { kind: string; id: string }
  reverses: string | null
}

/** Entries by day of the books, the latest first. */
export const entryList = {
  columns: `e.id, s.fiscal_year || '-' || s.number as number, e.posted_on as date, e.effective_on as "effectiveOn", e.rule,
      e.source_kind as "sourceKind", e.source_id as "sourceId", e.description, e.reverses_id as "reversesId", e.posted_by as "postedBy",
      ${utcMoment('e.posted_at')} as "postedAt"`,
  tables: 'journal_entry e left join journal_seal s on s.company_id = e.company_id and s.entry_id = e.id',
  where: 'e.company_id = $1',
  filters: {
    from: { kind: 'day', description: 'Of this day or later.', sql: (at) => `e.posted_on >= ${at}::date` },
    to: { kind: 'day', description: 'Of this day or earlier.', sql: (at) => `e.posted_on <= ${at}::date` },
    document: {
      kind: 'id',
      description: 'What this sales document posted by itself.',
      sql: (at) => `e.source_kind = 'sales_document' and e.source_id = ${at}::bigint::text`,
    },
    payment: {
      kind: 'id',
      description: 'What this payment or refund posted by itself.',
      sql: (at) => `e.source_kind = 'payment' and e.source_id = ${at}::bigint::text`,
    },
    rule: { kind: 'text', description: 'Posted by this rule.', sql: (at) => `e.rule = ${at}` },
    postedBy: {
      kind: 'text',
      description: 'Posted by this person, such as user:7, also by a key of theirs.',
      sql: (at) => `person_of(e.posted_by) = ${at}`,
    },
    account: {
      kind: 'text',
      description: 'With a line on the account with this code.',
      sql: (at) => `exists (select from journal_line l where l.company_id = $1 and l.entry_id = e.id
        and l.account_id = (select a.id from account a where a.company_id = $1 and a.code = ${at}))`,
    },
    reference: {
      kind: 'text',
      description: 'The entry by hand of this reference.',
      sql: (at) => `e.source_kind = 'manual_journal' and e.source_id = ${at}`,
    },
    rate: {
      kind: 'text',
      description:
        'Converted with this rate, in whichever version: its currency, day and source, such as `USD 2024-03-01 ecb`. A reference rate of the base currency stands behind all that were converted with reference rates of its day.',
      // A text of another form finds nothing.
      sql: (at) => `e.id in (select u.entry_id from entry_rate u join company c on c.id = $1
        where u.company_id = $1 and u.source = split_part(${at}, ' ', 3) and to_char(u.day, 'YYYY-MM-DD') = split_part(${at}, ' ', 2)
          and (u.currency = split_part(${at}, ' ', 1) or u.source = 'ecb' and c.base_currency = split_part(${at}, ' ', 1)))`,
    },
    import: {
      kind: 'id',
      description: 'What this import posted.',
      sql: (at) => `e.id in (select generate_series(g.first_entry_id, g.last_entry_id) from import_run r
        join import_posting g on g.company_id = r.company_id and g.run_id = r.id where r.company_id = $1 and r.request_id = ${at}::bigint)`,
    },
  },
  orders: {
    '-date': {
      direction: 'desc',
      columns: [
        { sql: 'e.posted_on', type: 'date', field: 'date' },
        { sql: 'e.id', type: 'bigint', field: 'id' },
      ],
    },
    date: {
      direction: 'asc',
      columns: [
        { sql: 'e.posted_on', type: 'date', field: 'date' },
        { sql: 'e.id', type: 'bigint', field: 'id' },
      ],
    },
  },
} as const satisfies List<Row>

export async function entryPage(tx: Tx, asked: Asked) {
  const { rows, next } = await readPage<Row>(tx, entryList, asked)
  return { rows: rows.map(summaryOf), next }
}

/** Entries by id, in order of day and id, those that there are. */
export async function entriesById(tx: Tx, ids: readonly string[]): Promise<EntrySummary[]> {
  if (ids.length === 0) return []
  const rows = await tx.query<Row>(
    `select ${entryList.columns} from unnest($2::bigint[]) as wanted (id)
       join (${entryList.tables}) on e.company_id = $1 and e.id = wanted.id order by e.posted_on, e.id`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return rows.map(summaryOf)
}

function summaryOf({ id, sourceKind, sourceId, reversesId, ...rest }: Row): EntrySummary {
  return {
    entryId: String(id),
    ...rest,
    source: { kind: sourceKind, id: sourceId },
    reverses: idText(reversesId),
  }
}

/** The lines of entries, by the entries' ids: accounts by their codes, a debit positive. */
export async function linesOfEntries(tx: Tx, ids: readonly string[]) {
  const rows = await tx.query<{
    entryId: bigint
    lineNo: number
    account: string
    accountName: string
    amountMinor: bigint
    party: string | null
    currency: string
  }>(
    `select l.entry_id as "entryId", l.line_no as "lineNo", a.code as account, a.name as "accountName", l.amount_minor as "amountMinor", p.number as party,
        c.base_currency as currency
      from unnest($2::bigint[]) as wanted (id)
      join journal_line l on l.company_id = $1 and l.entry_id = wanted.id
      join account a on a.company_id = $1 and a.id = l.account_id
      join company c on c.id = $1
      left join party p on p.company_id = $1 and p.id = l.party_id
      order by l.entry_id, l.line_no`,
    [tx.companyId, column(ids, (id) => id)],
  )
  const lines = new Map<
    string,
    { lineNo: number; account: string; accountName: string; amount: MoneyJson; party: string | null }[]
  >()
  for (const { entryId, amountMinor, currency, ...line } of rows) {
    const id = String(entryId)
    lines.set(id, [...(lines.get(id) ?? []), { ...line, amount: moneyJson(amountMinor, currency) }])
  }
  return lines
}
