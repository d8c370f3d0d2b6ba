import type { Tx } from '../kernel/database.ts'
import { utcMoment } from '../kernel/utc-moment.ts'
import { idText } from './report.ts'

/** The event that an entry was posted for, by the names that people know it by. */
export type EntryCause = {
  /** As `source.kind` of the entry: `sales_document`, `payment`, `manual_journal`, `journal_entry` … */
  kind: string
  /** The number or reference that it has; else the id. */
  name: string
  documentId: string | null
  documentKind: string | null
  paymentId: string | null
  /** The entry that it reverses, or moves a line of. */
  entryId: string | null
  /** The import that brought it. */
  import: { runId: string; format: string; startedAt: string } | null
  /** The recurring journal, and the template, that a journal by hand was written from. */
  recurring: string | null
  template: string | null
  /** Why, as whoever wrote the journal or applied the mapping said. */
  reason: string | null
}

type Row = Omit<EntryCause, 'documentId' | 'paymentId' | 'entryId' | 'import'> & {
  documentId: bigint | null
  paymentId: bigint | null
  entryId: bigint | null
  runId: bigint | null
  format: string
  startedAt: string
}

/** What caused an entry; undefined where there is no such entry. */
export async function entryCause(tx: Tx, entryId: bigint): Promise<EntryCause | undefined> {
  const [row] = await tx.query<Row>(causes, [tx.companyId, entryId])
  if (row === undefined) return undefined
  const { runId, format, startedAt, ...cause } = row
  return {
    ...cause,
    documentId: idText(cause.documentId),
    paymentId: idText(cause.paymentId),
    entryId: idText(cause.entryId),
    import: runId === null ? null : { runId: String(runId), format, startedAt },
  }
}

// Each kind of source has its own table and its own form of id: a number, or for a moved line the number of its entry before a stroke.
const causes = `
  select e.source_kind as kind, coalesce(d.number, y.reference, a.reason, o.number, e.source_id) as name,
      coalesce(d.id, y.document_id) as "documentId", d.kind as "documentKind", y.id as "paymentId", o.id as "entryId",
      r.id as "runId", r.format, ${utcMoment('r.started_at')} as "startedAt", c.name as recurring, t.name as template,
      nullif(coalesce(m.reason, a.reason), '') as reason
    from journal_entry e
    left join sales_document d on d.company_id = $1 and d.id = case when e.source_kind = 'sales_document' then e.source_id::bigint end
    left join payment y on y.company_id = $1 and y.id = case when e.source_kind = 'payment' then e.source_id::bigint end
    left join sales_document of_payment on of_payment.company_id = $1 and of_payment.id = y.document_id and y.imported
    left join import_run r on r.company_id = $1 and r.id = coalesce(d.import_run_id, of_payment.import_run_id)
    left join manual_journal m on m.company_id = $1 and m.entry_id = e.id
    left join recurring_journal c on c.company_id = $1 and c.id = m.recurring_id
    left join journal_template t on t.company_id = $1 and t.id = m.template_id
    left join mapping_application a on a.company_id = $1
      and a.id = case when e.source_kind = 'mapping_application' then split_part(e.source_id, '/', 1)::bigint end
    left join lateral (
      select x.id, s.fiscal_year || '-' || s.number as number from journal_entry x
        left join journal_seal s on s.company_id = $1 and s.entry_id = x.id
        where x.company_id = $1
          and x.id = case when e.source_kind in ('journal_entry', 'journal_line') and e.source_id ~ '^[0-9]{1,18}(/|$)'
            then split_part(e.source_id, '/', 1)::bigint end
    ) o on true
    where e.company_id = $1 and e.id = $2`

/** A line that stands elsewhere by now, or that came from elsewhere: which entry moved it, from where, to where, when, by whom and why. */
export type LineMove = {
  lineNo: number
  /** `away`: the line was moved off its account by `entryId`. `here`: the line is where a move arrived, and `entryId` is the entry that it stood in first. */
  moved: 'away' | 'here'
  entryId: string
  otherLineNo: number
  from: string
  to: string
  on: string
  by: string
  at: string
  reason: string
}

/** The moves of the lines of an entry, in order. */
export const movesOfLines = async (tx: Tx, entryId: bigint): Promise<LineMove[]> =>
  (await tx.query<Omit<LineMove, 'entryId'> & { entryId: bigint }>(moves, [tx.companyId, entryId])).map((move) => ({
    ...move,
    entryId: String(move.entryId),
  }))

const moves = `
  select v.line_no as "lineNo", v.moved, v.other_id as "entryId", v.other_line_no as "otherLineNo", f.code as "from", t.code as "to",
      e.posted_on as "on", e.posted_by as "by", ${utcMoment('e.posted_at')} as "at", e.description as reason
    from (
      select line_no, 'away' as moved, moved_by_id as other_id, arrival_line_no as other_line_no, moved_by_id, from_account_id, to_account_id, move_no
        from line_move where company_id = $1 and entry_id = $2
      union all
      select arrival_line_no, 'here', entry_id, line_no, moved_by_id, from_account_id, to_account_id, move_no
        from line_move where company_id = $1 and moved_by_id = $2
    ) v
    join journal_entry e on e.company_id = $1 and e.id = v.moved_by_id
    join account f on f.company_id = $1 and f.id = v.from_account_id
    join account t on t.company_id = $1 and t.id = v.to_account_id
    order by v.line_no, v.move_no`
