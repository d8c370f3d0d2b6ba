import { z } from 'zod'
import { Day } from '../contracts/basic.ts'
import {
  CompanyIdentity,
  CompanyIdentityChange,
  CompanyIdentityVersions,
  Letterhead,
  TaxNumbers,
  TaxNumbersChange,
} from '../contracts/company-identity.ts'
import type { AccountingDate } from '../kernel/accounting-date.ts'
import { readCompany, type Tx } from '../kernel/database.ts'
import {
  currentIdentity,
  listIdentityVersions,
  listTaxNumbers,
  lockCompany,
  recordIdentity,
  saveTaxNumbers,
  withdrawIdentities,
} from '../modules/company/index.ts'
import { letterheadOn } from '../reports/letterhead.ts'
import { body, changeHeaders, companyParams, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { withNames } from './with-names.ts'

const tags = ['Companies']

async function identityView(tx: Tx, on?: AccountingDate): Promise<z.output<typeof CompanyIdentity>> {
  const { identity, ...rest } = await currentIdentity(tx, on)
  const [named = null] = identity === null ? [] : await withNames(tx, [identity], ['author'])
  return { identity: named, ...rest }
}

const taxNumbersView = async (tx: Tx): Promise<z.output<typeof TaxNumbers>> => ({ rows: await listTaxNumbers(tx) })

export const companyIdentityRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/identity',
      operationId: 'getIdentity',
      tags,
      permission: 'company.read',
      summary: 'Get who the company is before the law',
      description:
        'Its legal name, numbers and addresses, as documents of a day say them. The names of the fields are explained by the terms of EN 16931.',
      request: {
        params: companyParams,
        query: z.object({ on: Day.optional().meta({ description: 'The day; without it today.' }) }),
      },
      responses: { 200: json(CompanyIdentity, 'What holds on that day.') },
    }),
    async (c) => {
      const { on } = c.req.valid('query')
      return c.json(await readCompany(c.var.workplace.database, c.var.companyId, (tx) => identityView(tx, on)), 200)
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/companies/{companyId}/identity',
      tags,
      permission: 'company.write',
      summary: 'Record who the company is from a day on',
      description:
        'What was recorded before stays, and holds for the days before it: what was printed then can be printed again. `If-Match` takes the tag of what holds today.',
      request: { params: companyParams, headers: changeHeaders, body: body(CompanyIdentityChange) },
      responses: { 200: json(CompanyIdentity, 'What holds today.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        const { effectiveFrom, ...identity } = c.req.valid('json')
        await lockCompany(tx)
        refuseIfChanged(c, await identityView(tx))
        await recordIdentity(tx, identity, effectiveFrom)
        return await identityView(tx)
      }),
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/identity/versions',
      tags,
      permission: 'company.read',
      summary: 'List what was recorded of who the company is',
      request: { params: companyParams },
      responses: { 200: json(CompanyIdentityVersions, 'Every version, the last to take effect first.') },
    }),
    async (c) => {
      const rows = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) =>
        withNames(tx, await listIdentityVersions(tx), ['author']),
      )
      return c.json({ rows }, 200)
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/companies/{companyId}/identity/versions/{version}',
      operationId: 'withdrawIdentity',
      tags,
      permission: 'company.write',
      summary: 'Take a planned version away',
      description:
        'It stays recorded and never holds. One whose day has come stays. `If-Match` takes the tag of what holds today.',
      request: {
        params: companyParams.extend({
          version: z
            .string()
            .regex(/^[1-9][0-9]{0,8}$/)
            .meta({ example: '2' }),
        }),
        headers: changeHeaders,
      },
      responses: { 200: json(CompanyIdentity, 'What holds today.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        await lockCompany(tx)
        refuseIfChanged(c, await identityView(tx))
        await withdrawIdentities(tx, [Number(c.req.valid('param').version)])
        return await identityView(tx)
      }),
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/letterhead',
      operationId: 'getLetterhead',
      tags,
      permission: 'reports.read',
      summary: 'Get the head of reports',
      description: 'Who the company is, in the lines that stand at the head of the files of its reports.',
      request: {
        params: companyParams,
        query: z.object({ on: Day.optional().meta({ description: 'The last day of the report; without it today.' }) }),
      },
      responses: { 200: json(Letterhead, 'The head, line by line.') },
    }),
    async (c) => {
      const { on } = c.req.valid('query')
      const head = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => letterheadOn(tx, on))
      return c.json({ ...head, lines: [...head.lines] }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/tax-numbers',
      tags,
      permission: 'company.read',
      summary: 'List the tax numbers of the company',
      request: { params: companyParams },
      responses: { 200: json(TaxNumbers, 'By country, authority, kind and day, also those that ended.') },
    }),
    async (c) => c.json(await readCompany(c.var.workplace.database, c.var.companyId, taxNumbersView), 200),
  )
  .openapi(
    route({
      method: 'put',
      path: '/companies/{companyId}/tax-numbers',
      tags,
      permission: 'settings.write',
      summary: 'Replace the tax numbers of the company',
      description:
        'Their form and check digits are looked at, without asking anybody. Of one authority and kind one number is valid on a day.',
      request: { params: companyParams, headers: changeHeaders, body: body(TaxNumbersChange) },
      responses: { 200: json(TaxNumbers, 'The tax numbers as they are now.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        await lockCompany(tx)
        refuseIfChanged(c, await taxNumbersView(tx))
        return { rows: await saveTaxNumbers(tx, c.req.valid('json').rows) }
      }),
  )
