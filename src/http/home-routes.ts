import type { z } from 'zod'
import { Home, HomeQuery } from '../contracts/home.ts'
import { readCompany } from '../kernel/database.ts'
import type { Permission } from '../kernel/permissions.ts'
import { homeApprovals, homeExceptions, homeFigures, homeImport, homeProof } from '../reports/home/index.ts'
import { readAsOf } from '../reports/parameters.ts'
import { companyParams, json, newApi, route } from './api.ts'

export const homeRoutes = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/home',
    tags: ['Reports'],
    permission: 'company.read',
    summary: 'Read all that the first screen shows',
    description:
      'Sales by day beside last year, what is owed, tax, cash, what sold best, what waits for a person, the latest import, and the state of every check; each part for whoever may read it. Every figure has a `source`.',
    request: { params: companyParams, query: HomeQuery },
    responses: { 200: json(Home, 'What there is to see.') },
  }),
  async (c) => {
    const { asOf, days, top } = c.req.valid('query')
    const may = (permission: Permission): boolean => c.var.permissions?.has(permission) ?? false
    const home = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => ({
      figures: may('reports.read')
        ? await homeFigures(tx, {
            asOf: asOf ?? (await readAsOf(tx, {})),
            days: Number(days ?? 30),
            top: Number(top ?? 5),
          })
        : null,
      exceptions: may('exceptions.read') ? await homeExceptions(tx) : null,
      approvals: may('approvals.read') ? await homeApprovals(tx) : null,
      imports: may('imports.read') ? { latest: await homeImport(tx) } : null,
      proof: may('reports.read') ? { latest: await homeProof(tx) } : null,
    }))
    return c.json(home as z.infer<typeof Home>, 200)
  },
)
