import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

/** What a refused document said in its file: the format that reads it, and its rows as that format keeps them. */
export type RefusedContent = { source: string; subject: string; format: string; content: unknown }

/** Keeps what refused documents said with their exceptions, until these are closed: the database forgets it then. */
export async function keepRefusedContent(tx: Tx, kept: readonly RefusedContent[]): Promise<void> {
  await tx.query(
    `insert into refused_content (company_id, exception_id, format, content)
       select $1, x.id, k.format, k.content::jsonb from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as k (source, subject, format, content)
         join exception x on x.company_id = $1 and x.kind = 'document_refused' and x.source = k.source and x.subject = k.subject
       on conflict (company_id, exception_id) do update set format = excluded.format, content = excluded.content, kept_at = now()`,
    [
      tx.companyId,
      column(kept, (k) => k.source),
      column(kept, (k) => k.subject),
      column(kept, (k) => k.format),
      column(kept, (k) => JSON.stringify(k.content)),
    ],
  )
}

/** What is kept of refused documents, by the ids of their exceptions; of a closed one nothing is. */
export async function refusedContents(
  tx: Tx,
  ids: readonly bigint[],
): Promise<Map<bigint, { format: string; content: unknown }>> {
  const rows = await tx.query<{ id: bigint; format: string; content: unknown }>(
    `select exception_id as id, format, content from refused_content
      where company_id = $1 and exception_id = any ($2::bigint[]) and content is not null order by exception_id for update`,
    [tx.companyId, column(ids, (id) => id) ?? '{}'],
  )
  return new Map(rows.map(({ id, ...kept }) => [id, kept]))
}

// Contents are up to a megabyte each, and are planned and written together.
const charactersAtOnce = 16_000_000

/** The ids of those of which something is kept, in portions that together are small enough for the memory. */
export async function portionsOfContents(
  tx: Tx,
  ids: readonly bigint[],
  most: number = charactersAtOnce,
): Promise<bigint[][]> {
  const rows = await tx.query<{ id: bigint; portion: bigint }>(
    `select exception_id as id, (sum(length(content::text)) over (order by exception_id) / $3::int)::bigint as portion from refused_content
      where company_id = $1 and exception_id = any ($2::bigint[]) and content is not null`,
    [tx.companyId, column(ids, (id) => id) ?? '{}', most],
  )
  return [...Map.groupBy(rows, ({ portion }) => portion).values()].map((some) => some.map(({ id }) => id))
}

/**
 * What documents that an import set aside are settled together with, as their contents say it: the references of each document's journals, oldest
 * first. To be asked for before their exceptions are closed, since nothing is kept after that.
 */
export const settlementsOfRefused = async (
  tx: Tx,
  subjects: readonly { source: string; subject: string }[],
): Promise<string[][]> =>
  (
    await tx.query<{ references: string[] }>(
      `select distinct s.value as "references" from unnest($2::text[], $3::text[]) as k (source, subject)
         join exception x on x.company_id = $1 and x.kind = 'document_refused' and x.source = k.source and x.subject = k.subject
         join refused_content c on c.company_id = $1 and c.exception_id = x.id
         cross join lateral jsonb_array_elements(c.content -> 'settles') as s (value)`,
      [tx.companyId, column(subjects, (s) => s.source), column(subjects, (s) => s.subject)],
    )
  ).map(({ references }) => references)
