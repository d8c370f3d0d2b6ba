import type { Database, Tx } from '../../kernel/database.ts'

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

/** Which changes, from below the id `after`. */
export type AuditFilter = {
  table?: string | undefined
  actor?: string | undefined
  after?: bigint | undefined
  limit: number
}
export type AuditSearch = AuditFilter & { area: AuditedChange['area'] }

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

/** What was changed about the people of the installation and how they sign in, which belongs to no company; the latest first. */
export async function listInstallationAudit(
  { app }: Database,
  { table, actor, after, limit }: AuditFilter,
): Promise<AuditedChange[]> {
  const { rows } = await app.query<AuditedChange>(
    `select id, 'people' as area, table_name as "table", operation, old_row as before, new_row as after, actor,
        to_char(happened_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
       from auth.audit_log
       where company_id is null and ($1::text is null or table_name = $1) and ($2::text is null or actor = $2 or person_of(actor) = $2)
         and ($3::bigint is null or id < $3)
       order by id desc limit $4`,
    [table ?? null, actor ?? null, after ?? null, limit],
  )
  return rows
}
