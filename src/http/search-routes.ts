import type { z } from 'zod'
import { rowsOf } from '../contracts/basic.ts'
import { SearchHit, SearchQuery } from '../contracts/search.ts'
import { readCompany } from '../kernel/database.ts'
import { searchKindNames, searchKinds } from '../kernel/search-kinds.ts'
import { searchCompany } from '../reports/search.ts'
import { companyParams, json, newApi, route } from './api.ts'

export const searchRoutes = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/search',
    tags: ['Company'],
    permission: 'company.read',
    summary: 'Find anything by a few letters',
    description:
      'Documents by number or order, customers, suppliers, items, accounts, payments by reference, entries by number or reference, imports by file: what is called just so first, then what begins so, then what holds it or is written much like it. What the caller may not see is not found.',
    request: { params: companyParams, query: SearchQuery },
    responses: { 200: json(rowsOf(SearchHit), 'The best first.') },
  }),
  async (c) => {
    const { q, kinds, limit } = c.req.valid('query')
    const wanted = kinds === undefined ? searchKindNames : [kinds].flat()
    const seen = searchKindNames.filter(
      (kind) => wanted.includes(kind) && (c.var.permissions?.has(searchKinds[kind]) ?? false),
    )
    const asked = { words: q, kinds: seen, most: Number(limit ?? 5) }
    const rows = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => searchCompany(tx, asked))
    return c.json({ rows: rows as z.infer<typeof SearchHit>[] }, 200)
  },
)
