import type { Tx } from '../../kernel/database.ts'

/**
 * Names a company that was restored under a new id. Its chain goes on hashing the id under which it was first sealed: a copy of a copy, the very
 * first one. Runs as the owner.
 */
export async function nameRestoredCompany(
  tx: Tx,
  { name, sealedAs }: { name: string; sealedAs: bigint },
): Promise<void> {
  await tx.query('update company set name = $2, sealed_as = coalesce(sealed_as, $3) where id = $1', [
    tx.companyId,
    name,
    sealedAs,
  ])
}
