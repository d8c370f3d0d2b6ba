import { only, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { lockLineMoves } from './line-moves.ts'
import { kindsElsewhere, linesOf, questionOf } from './lines-elsewhere.ts'
import { loadMappingRules } from './mapping.ts'
import { type MovedCount, movedNothing, moveLines } from './move-lines.ts'

/** What became of an application: `applicationId` is null where everything stood where it belongs. */
export type AppliedMapping = MovedCount & { applicationId: bigint | null }

export type MappingToApply = {
  reason: string
  author: string
  roles?: readonly string[] | undefined
  /** The last entry whose lines may move; without it, all do. */
  upTo?: bigint | undefined
}

/**
 * Reclassifies what is posted to where the mapping would place it today, by the day on which each fact took effect: all roles, or those named.
 * Entries, never edits. What a person has moved stays there. A second application finds nothing to do. Refuses `reason_missing`,
 * `mapping_missing`, `account_ended`.
 */
export async function applyMapping(tx: Tx, { reason, author, roles, upTo }: MappingToApply): Promise<AppliedMapping> {
  if (reason.trim() === '') throw new Refusal('reason_missing', { application: 'a mapping is applied for a reason' })
  await lockLineMoves(tx)
  const rules = await loadMappingRules(tx)
  const question = questionOf(tx, rules, roles ?? [...new Set(rules.map(({ role }) => role))], { upTo })
  const kinds = await kindsElsewhere(tx, question, rules)
  if (kinds.length === 0) return { applicationId: null, ...movedNothing }
  const applicationId = await saveApplication(tx, reason, author)
  return {
    applicationId,
    ...(await moveLines(tx, linesOf(question, kinds), { applicationId, reason, postedBy: author })),
  }
}

/** An application of the mapping, the latest first, with how many lines it moved and where its entries are found. */
export type MappingApplication = {
  id: bigint
  reason: string
  appliedBy: string
  appliedAt: string
  lines: number
  entries: number
}

export const listMappingApplications = (tx: Tx): Promise<MappingApplication[]> =>
  tx.query<MappingApplication>(
    `select a.id, a.reason, a.applied_by as "appliedBy", a.applied_at as "appliedAt", count(m.entry_id)::int as lines,
        count(distinct m.moved_by_id)::int as entries
      from mapping_application a left join line_move m on m.company_id = $1 and m.mapping_application_id = a.id
      where a.company_id = $1 group by a.company_id, a.id order by a.id desc`,
    [tx.companyId],
  )

/** Writes down why lines are about to move, and returns the id by which their entries name it. */
export async function saveApplication(tx: Tx, reason: string, author: string): Promise<bigint> {
  const { id } = only(
    await tx.query<{ id: bigint }>(
      'insert into mapping_application (company_id, reason, applied_by) values ($1, $2, $3) returning id',
      [tx.companyId, reason, author],
    ),
  )
  return id
}
