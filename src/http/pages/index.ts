import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { readCompany, type Tx } from '../../kernel/database.ts'
import type { Permission } from '../../kernel/permissions.ts'
import type { CompanyFacts } from '../../ledger/accounts.ts'
import { listExceptions } from '../../modules/inbox/index.ts'
import { type RawParameters, reports } from '../../reports/index.ts'
import { adminPage } from '../admin.ts'
import { findCompany, refuseUnpermitted } from '../callers.ts'
import type { Environment } from '../workplace.ts'
import { addIdentityPages, signedInFirst } from './identity-pages.ts'
import { areas, type Frame, type Html, readFrame } from './page.ts'
import { statementPage, trialBalancePage } from './report-pages.ts'
import { exceptionsPage } from './work-pages.ts'

type C = Context<Environment>

/** A page of one company: reads in one transaction, renders what was read. */
function companyPage<Read>(
  read: (tx: Tx, c: C) => Promise<Read>,
  render: (frame: Frame, company: CompanyFacts, read: Read, c: C) => Html,
) {
  return async (c: C): Promise<Response> => {
    const { companyId } = c.var
    const frame = await readFrame(c, companyId)
    const found = await readCompany(c.var.workplace.database, companyId, (tx) => read(tx, c))
    return await c.html(render(frame, frame.company as CompanyFacts, found, c))
  }
}

const given = (c: C, names: readonly string[]): RawParameters =>
  Object.fromEntries(names.map((name) => [name, c.req.query(name) || undefined]))

async function read<Report>(tx: Tx, name: string, raw: RawParameters): Promise<Report> {
  return (await reports[name]?.run(tx, raw)) as Report
}

const permissionOfArea: Readonly<Record<string, Permission>> = {
  ...Object.fromEntries(areas.map(({ path, permission }) => [path, permission])),
}

const permitted =
  (area: string): MiddlewareHandler<Environment> =>
  async (c, next) => {
    refuseUnpermitted(c, permissionOfArea[area] ?? 'company.read')
    await next()
  }

/** The pages that people see. Each is at an address of its own, which says everything that it shows. */
export function addPages(app: OpenAPIHono<Environment>): void {
  addIdentityPages(app)
  app.use('/', signedInFirst)
  app.use('/companies/*', signedInFirst)
  app.get('/', adminPage)
  for (const area of Object.keys(permissionOfArea))
    app.use(`/companies/:companyId/${area}/*`, findCompany, permitted(area))
  app.get(
    '/companies/:companyId/trial-balance',
    companyPage((tx, c) => read(tx, 'trial-balance', given(c, ['asOf'])), trialBalancePage),
  )
  app.get(
    '/companies/:companyId/profit-and-loss',
    companyPage(
      (tx, c) => read<Parameters<typeof statementPage>[2]>(tx, 'profit-and-loss', given(c, ['from', 'to'])),
      (frame, company, report) =>
        statementPage(frame, company, report, { title: 'Profit and loss', area: 'profit-and-loss' }),
    ),
  )
  app.get(
    '/companies/:companyId/balance-sheet',
    companyPage(
      (tx, c) => read<Parameters<typeof statementPage>[2]>(tx, 'balance-sheet', given(c, ['asOf'])),
      (frame, company, report) =>
        statementPage(frame, company, report, { title: 'Balance sheet', area: 'balance-sheet' }),
    ),
  )
  app.get(
    '/companies/:companyId/exceptions',
    companyPage((tx) => listExceptions(tx), exceptionsPage),
  )
  // Every other address is a screen of the admin application, which says itself what it does not know.
  app.get('/companies/*', adminPage)
}
