import type { Tx } from '../../kernel/database.ts'
import type { AppliedMapping, MappingToApply } from '../../posting/apply-mapping.ts'
import { applyMappingChange as apply, type MappingChange } from '../../posting/change-mapping.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'
import { followMoves } from '../inbox/index.ts'

/**
 * Adds the rules and moves what is posted to where they place it, as `applyMappingChange` of the posting; exceptions follow their lines. Where the company wants a second person
 * for so much (the debits of all of its entries together), it refuses `approval_needed` unless one has approved it.
 */
export async function applyMappingChange(
  tx: Tx,
  change: MappingChange,
  why: Pick<MappingToApply, 'reason' | 'author' | 'upTo'>,
  { approved = false }: Approved = {},
): Promise<AppliedMapping> {
  const applied = await apply(tx, change, why)
  if (applied.lines === 0) return applied
  if (!approved) await refuseUnapproved(tx, 'journal', [applied.debitsMinor])
  await followMoves(tx)
  return applied
}
