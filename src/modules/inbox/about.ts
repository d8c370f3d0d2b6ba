import type { Tx } from '../../kernel/database.ts'
import { playsRole } from '../../ledger/playing.ts'
import type { Exception } from './exceptions.ts'
import { suspenseKinds } from './suspense.ts'

/** A row of a source that an exception is about: where it was read, the document that it went into, and what it said. */
export type AboutRow = {
  documentId: bigint | null
  number: string | null
  file: string | null
  line: bigint | null
  words: string
  quantity: string | null
  amountMinor: bigint | null
  currency: string | null
}

/** What an exception is about: its first rows, how many there are, and the entries by which its lines have left suspense. */
export type About = { rows: AboutRow[]; rowCount: number; entryIds: bigint[] }

/** So many rows and entries are shown. */
const MOST_SHOWN = 50

// Lines that an importer put on the suspense account stay known by their journal lines, also when they have left it. The account has few.
const inSuspense = `
  select l.entry_id, l.line_no as journal_line_no, s.*, o.number, o.currency
    from account a
    join journal_line l on l.company_id = $1 and l.account_id = a.id
    join sales_document_line s on s.company_id = $1 and s.document_id = l.document_id and s.line_no = l.document_line_no and s.role = 'sales_suspense'
    join sales_document o on o.company_id = $1 and o.id = s.document_id and o.source = $2
    where a.company_id = $1 and ${playsRole('a', 'sales_suspense')} and not exists (
        select from line_move m where m.company_id = $1 and (m.moved_by_id = l.entry_id))
      and case $3 when 'unknown_code' then upper(btrim(s.code, E' \\t\\r\\n\\u00a0')) when 'unknown_tax' then case when s.code = 'TAX' then s.description end
        else case when s.code = 'DIFFERENCE' then o.number end end = $4`

const ofDocument = `
  select null::bigint as entry_id, null::int as journal_line_no, s.*, o.number, o.currency
    from sales_document o join sales_document_line s on s.company_id = $1 and s.document_id = o.id
    where o.company_id = $1 and o.source = $2 and o.number = $4 and $3 <> ''`

/** What an exception is about. A constant number of statements. */
export async function aboutException(tx: Tx, exception: Exception): Promise<About> {
  const { kind, source, subject } = exception
  const found = (suspenseKinds as readonly string[]).includes(kind) ? inSuspense : ofDocument
  const values = [tx.companyId, source, kind, subject]
  const rows = await tx.query<AboutRow & { rowCount: number }>(
    `with found as (${found})
      select f.document_id as "documentId", f.number, i.name as file, f.import_line as line, concat_ws(' · ', nullif(f.code, ''), nullif(f.description, '')) as words,
          f.quantity::text as quantity, f.net_minor as "amountMinor", f.currency, (count(*) over ())::int as "rowCount"
        from found f left join import_file i on i.company_id = $1 and i.id = f.import_file_id
        order by f.document_id, f.line_no limit ${MOST_SHOWN}`,
    values,
  )
  const refused = await refusedRows(tx, exception.id)
  const moved = await tx.query<{ id: bigint }>(
    `with found as (${found}) select distinct m.moved_by_id as id from found f
        join line_move m on m.company_id = $1 and m.entry_id = f.entry_id and m.line_no = f.journal_line_no order by id desc limit ${MOST_SHOWN}`,
    values,
  )
  return {
    rows: [...rows.map(({ rowCount: _, ...row }) => row), ...refused].slice(0, MOST_SHOWN),
    rowCount: (rows[0]?.rowCount ?? 0) + refused.length,
    entryIds: moved.map(({ id }) => id),
  }
}

/** The rows of a refused document, which are kept with its exception: the number of a file among the run's, the line, and its fields. */
const refusedRows = (tx: Tx, id: bigint): Promise<AboutRow[]> =>
  tx.query<AboutRow>(
    `select null::bigint as "documentId", null as number, i.name as file, (r.fields ->> 1)::bigint as line,
        (select string_agg(f.text, ' · ' order by f.place) from jsonb_array_elements_text(r.fields) with ordinality as f (text, place)
          where f.place > 2 and btrim(f.text) <> '') as words,
        null as quantity, null::bigint as "amountMinor", null as currency
      from refused_content k
      cross join lateral jsonb_array_elements(case jsonb_typeof(k.content -> 'rows') when 'array' then k.content -> 'rows' else '[]' end) as r (fields)
      left join import_file i on i.company_id = $1 and i.id = (k.content -> 'fileIds' ->> (r.fields ->> 0)::int)::bigint
      where k.company_id = $1 and k.exception_id = $2 and k.content is not null`,
    [tx.companyId, id],
  )
