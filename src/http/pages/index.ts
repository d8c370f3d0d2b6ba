import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { readCompany, type Tx } from '../../kernel/database.ts'
import type { Permission } from '../../kernel/permissions.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { CompanyFacts } from '../../ledger/accounts.ts'
import { permissionsIn } from '../../modules/identity/index.ts'
import { listExceptions } from '../../modules/inbox/index.ts'
import { importRequest, listImportRequests } from '../../modules/intake/index.ts'
import { type RawParameters, reports } from '../../reports/index.ts'
import { entryDetail } from '../../reports/journal-entry.ts'
import { callerOf, findCompany, refuseUnpermitted } from '../callers.ts'
import { latestProof } from '../proofs.ts'
import type { Environment } from '../workplace.ts'
import { entryPage } from './entry-page.ts'
import { homePage, overview } from './home-page.ts'
import { addIdentityPages, signedInFirst } from './identity-pages.ts'
import { importPage, importsPage } from './import-pages.ts'
import { areas, type Frame, type Html, readFrame } from './page.ts'
import { ledgerPage, statementPage, trialBalancePage } from './report-pages.ts'
import { checksPage, exceptionsPage } from './work-pages.ts'

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

const idIn = (c: C, name: string): bigint => {
  const text = c.req.param(name) ?? ''
  if (!/^[1-9][0-9]{0,17}$/.test(text)) throw new Refusal('input_invalid', { [name]: text })
  return BigInt(text)
}

const permissionOfArea: Readonly<Record<string, Permission>> = {
  ...Object.fromEntries(areas.map(({ path, permission }) => [path, permission])),
  ledger: 'journal.read',
  entries: 'journal.read',
}

const permittedArea: MiddlewareHandler<Environment> = async (c, next) => {
  refuseUnpermitted(c, permissionOfArea[c.req.param('area') ?? ''] ?? 'company.read')
  await next()
}

/** The pages that people see. Each is at an address of its own, which says everything that it shows. */
export function addPages(app: OpenAPIHono<Environment>): void {
  addIdentityPages(app)
  app.use('/', signedInFirst)
  app.use('/companies/*', signedInFirst)
  for (const path of ['/companies/:companyId', '/companies/:companyId/*']) app.use(path, findCompany)
  app.use('/companies/:companyId/:area/*', permittedArea)
  app.use('/companies/:companyId/:area', permittedArea)
  app.get('/', home)
  app.get('/companies/:companyId', (c) => {
    const id = c.req.param('companyId')
    // Whoever may not read it begins with what they may see.
    return c.redirect(c.var.permissions?.has('reports.read') ? `/companies/${id}/trial-balance` : `/?company=${id}`)
  })
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
    '/companies/:companyId/ledger/:account',
    companyPage(
      (tx, c) =>
        read<Parameters<typeof ledgerPage>[2]>(tx, 'general-ledger', {
          account: c.req.param('account'),
          ...given(c, ['from', 'to', 'cursor']),
        }),
      (frame, company, report, c) => ledgerPage(frame, company, report, c.req.query('cursor') === undefined),
    ),
  )
  app.get(
    '/companies/:companyId/entries/:entryId',
    companyPage((tx, c) => entryDetail(tx, idIn(c, 'entryId')), entryPage),
  )
  app.get(
    '/companies/:companyId/exceptions',
    companyPage((tx) => listExceptions(tx), exceptionsPage),
  )
  app.get('/companies/:companyId/checks', companyPage(latestProof, checksPage))
  app.get('/companies/:companyId/imports', companyPage(listImportRequests, importsPage))
  app.get(
    '/companies/:companyId/imports/:importId',
    companyPage((tx, c) => importRequest(tx, idIn(c, 'importId')), importPage),
  )
}

/** The companies, and the trial balance of the one that was chosen, or else of the first. */
async function home(c: C): Promise<Response> {
  const chosen = c.req.query('company')
  const { companies } = await readFrame(c)
  const wanted = chosen === undefined ? companies[0] : companies.find(({ id }) => String(id) === chosen)
  if (chosen !== undefined && wanted === undefined) throw new Refusal('company_unknown', { company: chosen })
  const companyId = wanted?.id
  const frame = await readFrame(c, companyId)
  const { company } = frame
  if (company === undefined || companyId === undefined) return await c.html(homePage(frame, ''))
  const permissions = permissionsIn(callerOf(c), companyId)
  const books = await readCompany(c.var.workplace.database, companyId, async (tx) => ({
    balance: permissions?.has('reports.read')
      ? await read<Parameters<typeof trialBalancePage>[2]>(tx, 'trial-balance', {})
      : undefined,
    imports: permissions?.has('imports.read') ? (await listImportRequests(tx)).slice(0, 3) : [],
  }))
  return await c.html(homePage(frame, overview(frame, company, books)))
}
