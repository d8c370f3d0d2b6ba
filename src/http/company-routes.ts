import { z } from 'zod'
import { rowsOf } from '../contracts/basic.ts'
import { Company, CompanyChange, CompanyProposal, NewCompany } from '../contracts/companies.ts'
import { Sealed } from '../contracts/periods.ts'
import { NewSampleCompany, SampleCompany } from '../contracts/sample-companies.ts'
import { today } from '../kernel/accounting-date.ts'
import { inCompanyAsOwner, readCompany } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type CompanyFacts, companyFacts } from '../ledger/accounts.ts'
import { foldBalances } from '../ledger/fold-balances.ts'
import { sealEntries } from '../ledger/seal.ts'
import {
  changeCompany,
  listCompanies,
  lockCompany,
  nextCompanyId,
  proposeCompanies,
  saveCompany,
} from '../modules/company/index.ts'
import { addMember, permissionsIn } from '../modules/identity/index.ts'
import { type SampleCompany as Making, sampleCompany } from '../modules/sample-companies/index.ts'
import { type Claim, createSample } from '../samples/index.ts'
import { body, changeHeaders, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { callerOf } from './callers.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { installationCommand } from './installation-command.ts'
import type { Workplace } from './workplace.ts'

const companyView = (company: CompanyFacts): z.input<typeof Company> => ({ ...company, id: String(company.id) })

const sampleView = (sample: Making): z.input<typeof SampleCompany> => ({
  ...sample,
  companyId: String(sample.companyId),
})

async function claimOf(samples: Workplace['samples']): Promise<Claim[]> {
  const claim = await samples.claim()
  if (claim === undefined) throw new Refusal('sample_company_running')
  return [claim]
}

export const companyRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/countries',
      tags: ['Companies'],
      permission: 'signed_in',
      summary: 'List the countries and what a company of each starts with',
      description: 'Every part of a proposal can be chosen otherwise when a company is created.',
      responses: { 200: json(rowsOf(CompanyProposal), 'Every country that a company can be in, by name.') },
    }),
    (c) => c.json({ rows: proposeCompanies(today('UTC')) }, 200),
  )
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
      method: 'patch',
      path: '/companies/{companyId}',
      tags: ['Companies'],
      permission: 'company.write',
      summary: 'Change what a company is called, its time zone or its fiscal year',
      description:
        'The fiscal year stays once something is posted; country, currency and chart stay always. Every change is in the audit log.',
      request: { params: companyParams, headers: changeHeaders, body: body(CompanyChange) },
      responses: { 200: json(Company, 'The company as it is now.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        await lockCompany(tx)
        refuseIfChanged(c, companyView(await companyFacts(tx)))
        await changeCompany(tx, c.req.valid('json'))
        return companyView(await companyFacts(tx))
      }),
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
  .openapi(
    route({
      method: 'post',
      path: '/sample-companies',
      tags: ['Companies'],
      permission: 'installation',
      summary: 'Create a sample company to look around in',
      description:
        'A made-up shop in the United Kingdom with two years of books. It is made in the background; ask for `/companies/{companyId}/sample` to see how far it is. One is made at a time.',
      request: { headers: idempotencyHeader, body: body(NewSampleCompany) },
      responses: { 202: json(SampleCompany, 'The company, as its making begins.') },
    }),
    async (c) => {
      const { database, samples, callers } = c.var.workplace
      const day = today('Europe/London')
      const wanted = c.req.valid('json')
      const companyId = await nextCompanyId(database)
      const claims: Claim[] = []
      try {
        const response = await installationCommand(c, 202, companyId, async (tx) => {
          if (claims.length === 0) claims.push(...(await claimOf(samples)))
          const sample = await createSample(tx, { ...wanted, lastDay: wanted.lastDay ?? day }, day)
          await addMember(tx, callerOf(c).userId, 'owner')
          callers.forget()
          return sampleView(sample)
        })
        // Only a new company is made: a repeated key finds the old one, and claims nothing.
        for (const claim of claims.splice(0)) samples.start(companyId, claim)
        return response
      } finally {
        for (const claim of claims) await claim.release()
      }
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/sample',
      tags: ['Companies'],
      permission: 'company.read',
      summary: 'Get how far the making of a sample company is',
      request: { params: companyParams },
      responses: { 200: json(SampleCompany, 'The sample company.') },
    }),
    async (c) => c.json(sampleView(await readCompany(c.var.workplace.database, c.var.companyId, sampleCompany)), 200),
  )
