import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import type { Posted } from '../ledger/journal.ts'
import type { JournalDraft } from './draft.ts'

/**
 * Keeps what the mapping looked at and no column of a line holds, so that a preview can ask it again: the payment method, and the kind of a
 * document that is not a sales document.
 */
export async function saveLineConditions(
  tx: Tx,
  drafts: readonly JournalDraft[],
  posted: readonly Posted[],
): Promise<void> {
  const rows: { entryId: bigint; lineNo: number; paymentMethod: string | null; documentKind: string | null }[] = []
  for (const [index, { lines, documentKind: kind, source }] of drafts.entries()) {
    const documentKind = kind === undefined || source.kind === 'sales_document' ? null : kind
    const entry = posted[index]
    if (entry === undefined || entry.existing) continue
    for (const [place, { paymentMethod = null, role, accountId }] of lines.entries()) {
      if (role === null || accountId !== undefined || (paymentMethod === null && documentKind === null)) continue
      rows.push({ entryId: entry.entryId, lineNo: place + 1, paymentMethod, documentKind })
    }
  }
  if (rows.length === 0) return
  await tx.query(
    `insert into journal_line_condition (company_id, entry_id, line_no, payment_method, document_kind)
       select $1, c.* from unnest($2::bigint[], $3::int[], $4::text[], $5::text[]) as c`,
    [
      tx.companyId,
      column(rows, (r) => r.entryId),
      column(rows, (r) => r.lineNo),
      column(rows, (r) => r.paymentMethod),
      column(rows, (r) => r.documentKind),
    ],
  )
}
