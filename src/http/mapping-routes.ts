import { z } from 'zod'
import { rowsOf } from '../contracts/basic.ts'
import {
  DestinationRule,
  LineCodeRule,
  MappingRule,
  NewDestinationRule,
  NewLineCodeRule,
  NewMappingRule,
  TaxCode,
} from '../contracts/mapping.ts'
import { readCompany } from '../kernel/database.ts'
import { addLineCodeRules, listLineCodeRules } from '../modules/catalog/index.ts'
import { addDestinationRules, listDestinationRules, listTaxCodes } from '../modules/tax/index.ts'
import { addMappingRulesByCode, listMappingRules, mappingRuleById } from '../posting/mapping-by-code.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'

const withTextId = <Row extends { id: bigint }>(row: Row): Omit<Row, 'id'> & { id: string } => ({
  ...row,
  id: String(row.id),
})

const rulesOfSource = z.object({ source: z.string().default('online-retail') })

export const mappingRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/mapping-rules',
      tags: ['Mapping'],
      permission: 'company.read',
      summary: 'List the mapping rules',
      description: 'Every version of every rule. The most specific rule in effect on a day chooses the account.',
      request: { params: companyParams, query: z.object({ role: z.string().optional() }) },
      responses: { 200: json(rowsOf(MappingRule), 'The rules.') },
    }),
    async (c) => {
      const { role } = c.req.valid('query')
      const rules = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => listMappingRules(tx, role))
      return c.json({ rows: rules.map(withTextId) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/mapping-rules',
      tags: ['Mapping'],
      permission: 'settings.write',
      summary: "Add a rule's next version",
      description: 'Nothing that was posted changes.',
      request: { params: companyParams, headers: idempotencyHeader, body: body(NewMappingRule) },
      responses: { 201: json(MappingRule, 'The rule.') },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        const rule = c.req.valid('json')
        const [id] = await addMappingRulesByCode(tx, [rule], tx.actor)
        return withTextId(await mappingRuleById(tx, id as bigint, rule.role))
      }),
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/tax-codes',
      tags: ['Tax'],
      permission: 'company.read',
      summary: 'List the tax codes with their rates',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(TaxCode), 'The tax codes.') },
    }),
    async (c) => {
      const codes = await readCompany(c.var.workplace.database, c.var.companyId, listTaxCodes)
      return c.json({ rows: codes.map(withTextId) }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/destination-rules',
      tags: ['Tax'],
      permission: 'company.read',
      summary: 'List which tax code a destination takes',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(DestinationRule), 'The rules.') },
    }),
    async (c) => {
      const rules = await readCompany(c.var.workplace.database, c.var.companyId, listDestinationRules)
      return c.json({ rows: rules.map(({ taxCodeId: _, ...rule }) => withTextId(rule)) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/destination-rules',
      tags: ['Tax'],
      permission: 'settings.write',
      summary: "Add a destination rule's next version",
      request: { params: companyParams, headers: idempotencyHeader, body: body(NewDestinationRule) },
      responses: { 201: json(rowsOf(DestinationRule), 'Every version of the rule.') },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        const rule = c.req.valid('json')
        await addDestinationRules(tx, [rule], tx.actor)
        const rules = (await listDestinationRules(tx)).filter(({ destination }) => destination === rule.destination)
        return { rows: rules.map(({ taxCodeId: _, ...kept }) => withTextId(kept)) }
      }),
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/line-code-rules',
      tags: ['Mapping'],
      permission: 'company.read',
      summary: "List what the codes in a source's files stand for",
      request: { params: companyParams, query: rulesOfSource },
      responses: { 200: json(rowsOf(LineCodeRule), 'The rules.') },
    }),
    async (c) => {
      const { source } = c.req.valid('query')
      const rules = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => listLineCodeRules(tx, source))
      return c.json({ rows: rules.map(withTextId) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/line-code-rules',
      tags: ['Mapping'],
      permission: 'settings.write',
      summary: "Add a line-code rule's next version",
      request: { params: companyParams, headers: idempotencyHeader, body: body(NewLineCodeRule) },
      responses: { 201: json(rowsOf(LineCodeRule), 'Every version of the rule.') },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        const { source, ...rule } = c.req.valid('json')
        await addLineCodeRules(tx, source, [rule as Parameters<typeof addLineCodeRules>[2][number]], tx.actor)
        const rules = (await listLineCodeRules(tx, source)).filter(({ pattern }) => pattern === rule.pattern)
        return { rows: rules.map(withTextId) }
      }),
  )
