import { z } from 'zod'
import { Refusal } from '../kernel/refusal.ts'

/** What the query of a list that is short enough to be given whole takes: pages are for those who ask for them. */
export const shortPages = {
  after: z.string().min(1).max(2000).optional().meta({ description: 'What the page before gave as `next`.' }),
  limit: z
    .string()
    .regex(/^[0-9]{1,4}$/)
    .refine((text) => Number(text) >= 1 && Number(text) <= 1000, 'a number from 1 to 1000')
    .optional()
    .meta({ description: 'Rows on a page; without it all that are left.', example: '50' }),
}

type Asked = { after?: string | undefined; limit?: string | undefined }

/**
 * A page of rows that are at hand, in their order. A page is cut behind the row that the cursor names, so what comes meanwhile neither repeats
 * nor hides any other. Refuses `input_invalid` for a cursor of another list.
 */
export function pageOfAll<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  { after, limit }: Asked,
): { rows: Row[]; next: string | null } {
  let begin = 0
  if (after !== undefined) {
    const key = Buffer.from(after, 'base64url').toString()
    begin = rows.findIndex((row) => keyOf(row) === key) + 1
    if (begin === 0) throw new Refusal('input_invalid', { after, expected: 'what a page of this list gave as next' })
  }
  const end = limit === undefined ? rows.length : begin + Number(limit)
  const page = rows.slice(begin, end)
  const last = end < rows.length ? page.at(-1) : undefined
  return { rows: page, next: last === undefined ? null : Buffer.from(keyOf(last)).toString('base64url') }
}
