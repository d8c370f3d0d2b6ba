import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { type AccountMove, movesOfEntries } from '../../posting/moved.ts'

/** So many entries and lines are shown of a request; their number and their sums are of all. */
const MOST_SHOWN = 100

export type AskedAttachment = { id: string; name: string; mediaType: string; bytes: number }

/** An entry that is to be posted, with the words of whoever asks. */
export type AskedEntry = {
  reference: string
  date: string
  rule: string
  description: string
  documentReference: string | null
  reason: string
  /** The day on which it is taken back by itself. */
  reversesOn: string | null
  attachments: AskedAttachment[]
}

export type AskedLine = {
  reference: string
  date: string
  accountCode: string
  accountName: string
  amountMinor: bigint
  currency: string
  currencyAmountMinor: bigint
  party: string | null
  partyName: string | null
  /** The document whose open item the line opens, and when that is due. */
  document: string | null
  dueOn: string | null
  /** Of a tax line: its code, and what was taxed in the base currency. */
  taxCode: string | null
  taxBaseMinor: bigint | null
}

/** What entries post: their number and sums, and the first of them. */
export type Posts = {
  entryCount: number
  lineCount: number
  debitsMinor: bigint
  /** Of what moves posted lines, from which accounts to which. */
  moves: AccountMove[]
  entries: AskedEntry[]
  lines: AskedLine[]
}

export const postsNothing: Posts = { entryCount: 0, lineCount: 0, debitsMinor: 0n, moves: [], entries: [], lines: [] }

/** What some entries post. */
export async function postsOf(tx: Tx, ids: readonly bigint[]): Promise<Posts> {
  if (ids.length === 0) return postsNothing
  const sums = only(
    await tx.query<{ lineCount: number; debitsMinor: bigint }>(
      `select count(*)::int as "lineCount", coalesce(sum(amount_minor) filter (where amount_minor > 0), 0)::bigint as "debitsMinor"
        from journal_line where company_id = $1 and entry_id in (select unnest($2::bigint[]))`,
      [tx.companyId, column(ids, (id) => id)],
    ),
  )
  const shown = column(ids.slice(0, MOST_SHOWN), (id) => id)
  return {
    entryCount: ids.length,
    ...sums,
    moves: await movesOfEntries(tx, ids),
    entries: await tx.query<AskedEntry>(entriesShown, [tx.companyId, shown]),
    lines: await tx.query<AskedLine>(linesShown, [tx.companyId, shown]),
  }
}

// A journal's own words and files; a reversal shows the files of what it takes back.
const entriesShown = `
  select coalesce(m.reference, e.source_id) as reference, e.posted_on as date, e.rule, e.description, m.document_reference as "documentReference",
      coalesce(m.reason, '') as reason, m.reverses_on as "reversesOn",
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id::text, 'name', a.name, 'mediaType', a.media_type, 'bytes', a.bytes) order by a.id)
        from attachment a where a.company_id = $1 and a.removed_by is null and (
          (a.subject = 'journal' and a.subject_id in (select j.id from manual_journal j where j.company_id = $1 and j.entry_id in (e.id, e.reverses_id)))
          or (a.subject = 'entry' and a.subject_id in (e.id, e.reverses_id)))), '[]') as attachments
    from unnest($2::bigint[]) with ordinality as wanted (id, place)
    join journal_entry e on e.company_id = $1 and e.id = wanted.id
    left join manual_journal m on m.company_id = $1 and m.entry_id = e.id
    order by wanted.place`

const linesShown = `
  select coalesce(m.reference, e.source_id) as reference, e.posted_on as date, a.code as "accountCode", a.name as "accountName",
      l.amount_minor as "amountMinor", l.currency, l.currency_amount_minor as "currencyAmountMinor", p.number as party, p.name as "partyName",
      coalesce(o.document_number, d.number) as document, o.due_on as "dueOn", t.code as "taxCode",
      l.tax_base_minor as "taxBaseMinor"
    from unnest($2::bigint[]) with ordinality as wanted (id, place)
    join journal_entry e on e.company_id = $1 and e.id = wanted.id
    join journal_line l on l.company_id = $1 and l.entry_id = e.id
    join account a on a.company_id = $1 and a.id = l.account_id
    left join manual_journal m on m.company_id = $1 and m.entry_id = e.id
    left join party p on p.company_id = $1 and p.id = l.party_id
    left join sales_document d on d.company_id = $1 and d.id = l.document_id
    left join tax_code t on t.company_id = $1 and t.id = l.tax_code_id
    left join open_item o on o.company_id = $1 and o.source_kind = 'journal_line' and o.source_id = l.entry_id || '/' || l.line_no
    order by wanted.place, l.line_no limit ${MOST_SHOWN}`
