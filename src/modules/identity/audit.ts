import type { Tx } from '../../kernel/database.ts'

export type AuditedChange = {
  id: bigint
  area: 'company' | 'people'
  table: string
  operation: 'insert' | 'update' | 'delete'
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  actor: string
  at: string
}

export type AuditSearch = {
  area: AuditedChange['area']
  table?: string | undefined
  actor?: string | undefined
  after?: bigint | undefined
  limit: number
}

/** What was changed about the company or its people, the latest first, from below the id `after`. */
export async function listAudit(tx: Tx, { area, table, actor, after, limit }: AuditSearch): Promise<AuditedChange[]> {
  const source = area === 'company' ? 'audit_log' : 'auth.audit_log'
  return await tx.query<AuditedChange>(
    `select id, $2 as area, table_name as "table", operation, old_row as before, new_row as after, actor,
        to_char(happened_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
       from ${source}
       where company_id = $1 and ($3::text is null or table_name = $3) and ($4::text is null or actor = $4 or person_of(actor) = $4)
         and ($5::bigint is null or id < $5)
       order by company_id desc, id desc limit $6`,
    [tx.companyId, area, table ?? null, actor ?? null, after ?? null, limit],
  )
}
