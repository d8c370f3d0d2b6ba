import type { Context } from 'hono'
import { z } from 'zod'
import { Document, EntrySummary } from '../contracts/resources.ts'
import { only, type Tx, triedInCompany } from '../kernel/database.ts'
import { entriesById, linesOfEntries } from '../reports/lists/index.ts'
import { unlessDeadlocked, Waiting } from './command.ts'
import type { Environment } from './workplace.ts'

/** So many entries are shown of what a list would post. */
const MOST_SHOWN = 100

/** What a list would come to: an answer for each request, and the entries with their lines. */
export const previewOf = (result: z.ZodType) =>
  z.object({
    results: z.array(result),
    entries: z
      .array(EntrySummary)
      .nullable()
      .meta({
        description: `What would be posted, the first ${MOST_SHOWN} entries; null for whoever may not read the journal. Their ids are of nothing.`,
      }),
    waits: z
      .boolean()
      .meta({ description: 'Whether a second person would be asked first: then nothing is posted at once.' }),
  })

/** The same of what issues documents. */
export const previewWithDocuments = (result: z.ZodType) =>
  previewOf(result).extend({
    documents: z.array(Document).meta({
      description: 'What would be issued, with lines and taxes: in order. Of ids and numbers that nobody has yet.',
    }),
  })

/** Does the work, tells what it came to, and keeps nothing of it; refuses what the work refuses. */
export async function answerPreview(
  c: Context<Environment>,
  work: (tx: Tx) => Promise<unknown[] | Waiting>,
  shows?: (tx: Tx, results: readonly never[]) => Promise<object[]>,
) {
  const mayRead = c.var.permissions?.has('journal.read') ?? false
  const { database } = c.var.workplace
  const preview = await unlessDeadlocked(() =>
    triedInCompany(database, c.var.companyId, async (tx) => {
      const { last } = only(
        await tx.query<{ last: bigint }>(
          'select coalesce(max(id), 0)::bigint as last from journal_entry where company_id = $1',
          [tx.companyId],
        ),
      )
      const results = await work(tx)
      const waits = results instanceof Waiting || results.some((one) => one instanceof Waiting)
      const entries = mayRead ? await entriesSince(tx, last) : null
      const documents = shows && !waits ? { documents: await shows(tx, results as never[]) } : {}
      return { results: waits ? [] : results, entries, waits, ...documents }
    }),
  )
  return c.json(preview, 200)
}

/** What this transaction has posted, in order, with lines: nobody else's entries are of the very moment at which it began. */
async function entriesSince(tx: Tx, last: bigint) {
  const posted = await tx.query<{ id: string }>(
    `select id::text from journal_entry where company_id = $1 and id > $2 and posted_at = now() order by id limit ${MOST_SHOWN}`,
    [tx.companyId, last],
  )
  const ids = posted.map(({ id }) => id)
  const lines = await linesOfEntries(tx, ids)
  const entries = await entriesById(tx, ids)
  return entries.map((entry) => ({ ...entry, lines: lines.get(entry.entryId) ?? [] }))
}
