import { z } from 'zod'
import { rowsOf } from '../contracts/basic.ts'
import { Company, NewCompany } from '../contracts/companies.ts'
import { Sealed } from '../contracts/periods.ts'
import { inCompanyAsOwner, readCompany } from '../kernel/database.ts'
import { type CompanyFacts, companyFacts } from '../ledger/accounts.ts'
import { foldBalances } from '../ledger/fold-balances.ts'
import { sealEntries } from '../ledger/seal.ts'
import { listCompanies, nextCompanyId, saveCompany } from '../modules/company/index.ts'
import { addMember, permissionsIn } from '../modules/identity/index.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { callerOf } from './callers.ts'
import { installationCommand } from './installation-command.ts'

const companyView = (company: CompanyFacts): z.input<typeof Company> => ({ ...company, id: String(company.id) })

export const companyRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies',
      tags: ['Companies'],
      permission: 'signed_in',
      summary: 'List the companies',
      responses: { 200: json(rowsOf(Company), 'The companies of which the caller is a member.') },
    }),
    async (c) => {
      const companies = await listCompanies(c.var.workplace.database)
      return c.json({ rows: companies.filter(({ id }) => permissionsIn(callerOf(c), id)).map(companyView) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies',
      tags: ['Companies'],
      permission: 'installation',
      summary: 'Create a company',
      description: 'With its chart of accounts, tax codes and mapping, ready to post.',
      request: { headers: idempotencyHeader, body: body(NewCompany) },
      responses: { 201: json(Company, 'The company.') },
    }),
    async (c) => {
      const companyId = await nextCompanyId(c.var.workplace.database)
      return await installationCommand(c, 201, companyId, async (tx) => {
        await saveCompany(tx, c.req.valid('json'))
        await addMember(tx, callerOf(c).userId, 'owner')
        c.var.workplace.callers.forget()
        return companyView(await companyFacts(tx))
      })
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}',
      tags: ['Companies'],
      permission: 'company.read',
      summary: 'Get a company',
      request: { params: companyParams },
      responses: { 200: json(Company, 'The company.') },
    }),
    async (c) => c.json(companyView(await readCompany(c.var.workplace.database, c.var.companyId, companyFacts)), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/seal',
      tags: ['Journal'],
      permission: 'periods.close',
      summary: 'Number and chain what is not sealed yet',
      description: 'Repeating it does no harm: what is sealed stays as it is.',
      request: { params: companyParams, body: body(z.strictObject({})) },
      responses: { 200: json(Sealed, 'What was sealed.') },
    }),
    async (c) => {
      const { database } = c.var.workplace
      await inCompanyAsOwner(database, c.var.companyId, foldBalances)
      return c.json(await inCompanyAsOwner(database, c.var.companyId, sealEntries), 200)
    },
  )
