import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { saveApplication } from '../../posting/apply-mapping.ts'
import { lockLineMoves } from '../../posting/line-moves.ts'
import { kindsElsewhere, linesOf, questionOf } from '../../posting/lines-elsewhere.ts'
import { loadMappingRules } from '../../posting/mapping.ts'
import { type MovedCount, moveLines } from '../../posting/move-lines.ts'

/** Codes of a source whose lines wait in suspense, and the role that they turned out to play. */
export type PlacedCodes = { source: string; codes: readonly string[]; role: string; reason: string }

/** The lines of documents of one source that carry one of the codes, as a further condition on a line `l` of the journal. */
const ofCodes = (source: string, codes: readonly string[]) => ({
  condition: (first: number) => `exists (select from sales_document_line s
      join sales_document o on o.company_id = $1 and o.id = s.document_id and o.source = $${first}
      where s.company_id = $1 and s.document_id = l.document_id and s.line_no = l.document_line_no
        and upper(btrim(s.code, E' \\t\\r\\n\\u00a0')) = any ($${first + 1}::text[]))`,
  values: [source, column(codes, (code) => code) ?? '{}'],
})

/**
 * Moves all lines of codes out of suspense, to the accounts that the mapping gives to the role that they play. Returns what moved; a second time
 * finds nothing. Refuses `mapping_missing`.
 */
export async function placeSuspense(tx: Tx, { source, codes, role, reason }: PlacedCodes): Promise<MovedCount> {
  await lockLineMoves(tx)
  const rules = await loadMappingRules(tx)
  const question = questionOf(tx, rules, ['sales_suspense'], { asRole: role, only: ofCodes(source, codes) })
  const kinds = await kindsElsewhere(tx, question, rules)
  if (kinds.length === 0) return { lines: 0, entries: 0, amountMinor: 0n }
  const applicationId = await saveApplication(tx, reason, tx.actor)
  return await moveLines(tx, linesOf(question, kinds), { applicationId, reason, postedBy: tx.actor, toRole: role })
}

/** What still stands in suspense of each code of a source, a credit negative; codes of which no line stands there are missing. */
export async function suspenseOf(tx: Tx, source: string, codes: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await tx.query<{ code: string; amountMinor: bigint }>(
    `select code, sum(amount)::bigint as "amountMinor" from (
        select upper(btrim(s.code, E' \\t\\r\\n\\u00a0')) as code, sum(l.amount_minor) as amount
          from sales_document_line s
          join sales_document d on d.company_id = $1 and d.id = s.document_id and d.source = $2
          join journal_line l on l.company_id = $1 and l.document_id = s.document_id and l.document_line_no = s.line_no
          join account a on a.company_id = $1 and a.id = l.account_id and a.role = 'sales_suspense'
          where s.company_id = $1 and s.role = 'sales_suspense' and upper(btrim(s.code, E' \\t\\r\\n\\u00a0')) = any ($3::text[])
          group by 1, s.document_id, s.line_no having sum(l.amount_minor) <> 0
      ) standing group by code`,
    [tx.companyId, source, column(codes, (code) => code) ?? '{}'],
  )
  return new Map(rows.map(({ code, amountMinor }) => [code, amountMinor]))
}
