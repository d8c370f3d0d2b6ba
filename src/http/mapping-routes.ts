import { z } from 'zod'
import { Id, rowsOf } from '../contracts/basic.ts'
import {
  Channel,
  DestinationRule,
  LineCodeRule,
  ListedMappingRule,
  MappingRule,
  NewDestinationRule,
  NewLineCodeRule,
  NewMappingRule,
  TaxCode,
} from '../contracts/mapping.ts'
import { pageOf } from '../contracts/resources.ts'
import { only, readCompany } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { addLineCodeRules, listChannels, listLineCodeRules } from '../modules/catalog/index.ts'
import { addDestinationRules, listDestinationRules, listTaxCodes } from '../modules/tax/index.ts'
import { addMappingRulesByCode, listMappingRules, mappingRuleById } from '../posting/mapping-by-code.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfNotNext } from './follows.ts'
import { pageOfAll, shortPages } from './short-list.ts'
import { withNames } from './with-names.ts'

const withTextId = <Row extends { id: bigint }>(row: Row): Omit<Row, 'id'> & { id: string } => ({
  ...row,
  id: String(row.id),
})

const byId = ({ id }: { id: string }): string => id

const rulesOfSource = z.object({ source: z.string().default('online-retail'), ...shortPages })

export const mappingRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/mapping-rules',
      tags: ['Mapping'],
      permission: 'company.read',
      summary: 'List the mapping rules',
      description: 'Every version of every rule. The most specific rule in effect on a day chooses the account.',
      request: { params: companyParams, query: z.object({ role: z.string().optional(), ...shortPages }) },
      responses: { 200: json(pageOf(ListedMappingRule), 'The rules.') },
    }),
    async (c) => {
      const { role, ...page } = c.req.valid('query')
      const rules = await readCompany(
        c.var.workplace.database,
        c.var.companyId,
        async (tx) => await withNames(tx, await listMappingRules(tx, role), ['author']),
      )
      return c.json(pageOfAll(rules.map(withTextId), byId, page), 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/mapping-rules/{ruleId}',
      tags: ['Mapping'],
      permission: 'company.read',
      summary: 'Get a version of a mapping rule',
      request: { params: companyParams.extend({ ruleId: Id }) },
      responses: { 200: json(ListedMappingRule, 'The rule.') },
    }),
    async (c) => {
      const { ruleId } = c.req.valid('param')
      const rule = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
        const found = (await listMappingRules(tx)).find(({ id }) => id === BigInt(ruleId))
        if (found === undefined) throw new Refusal('mapping_rule_unknown', { id: ruleId })
        return only(await withNames(tx, [found], ['author']))
      })
      return c.json(withTextId(rule), 200)
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
      path: '/companies/{companyId}/channels',
      tags: ['Mapping'],
      permission: 'company.read',
      summary: 'List the channels',
      description: 'Where sales come from, by code: what rules, budgets and reports tell apart.',
      request: { params: companyParams, query: z.object(shortPages) },
      responses: { 200: json(pageOf(Channel), 'The channels.') },
    }),
    async (c) => {
      const channels = await readCompany(c.var.workplace.database, c.var.companyId, listChannels)
      return c.json(
        pageOfAll(channels.map(withTextId), ({ code }) => code, c.req.valid('query')),
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/tax-codes',
      tags: ['Tax'],
      permission: 'company.read',
      summary: 'List the tax codes with their rates',
      request: { params: companyParams, query: z.object(shortPages) },
      responses: { 200: json(pageOf(TaxCode), 'The tax codes.') },
    }),
    async (c) => {
      const codes = await readCompany(c.var.workplace.database, c.var.companyId, listTaxCodes)
      return c.json(
        pageOfAll(codes.map(withTextId), ({ code }) => code, c.req.valid('query')),
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/tax-codes/{code}',
      tags: ['Tax'],
      permission: 'company.read',
      summary: 'Get a tax code with its rates',
      request: { params: companyParams.extend({ code: z.string().min(1).max(40).meta({ example: 'standard' }) }) },
      responses: { 200: json(TaxCode, 'The tax code.') },
    }),
    async (c) => {
      const { code } = c.req.valid('param')
      const codes = await readCompany(c.var.workplace.database, c.var.companyId, listTaxCodes)
      const found = codes.find((known) => known.code === code)
      if (found === undefined) throw new Refusal('tax_code_absent', { code })
      return c.json(withTextId(found), 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/destination-rules',
      tags: ['Tax'],
      permission: 'company.read',
      summary: 'List which tax code a destination takes',
      request: { params: companyParams, query: z.object(shortPages) },
      responses: { 200: json(pageOf(DestinationRule), 'The rules.') },
    }),
    async (c) => {
      const rules = await readCompany(c.var.workplace.database, c.var.companyId, listDestinationRules)
      const views = rules.map(({ taxCodeId: _, ...rule }) => withTextId(rule))
      return c.json(pageOfAll(views, byId, c.req.valid('query')), 200)
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
        const { follows, ...rule } = c.req.valid('json')
        await addDestinationRules(tx, [rule], tx.actor)
        const rules = (await listDestinationRules(tx)).filter(({ destination }) => destination === rule.destination)
        refuseIfNotNext(rules, follows)
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
      responses: { 200: json(pageOf(LineCodeRule), 'The rules.') },
    }),
    async (c) => {
      const { source, ...page } = c.req.valid('query')
      const rules = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => listLineCodeRules(tx, source))
      return c.json(pageOfAll(rules.map(withTextId), byId, page), 200)
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
        const { source, follows, ...rule } = c.req.valid('json')
        await addLineCodeRules(tx, source, [rule as Parameters<typeof addLineCodeRules>[2][number]], tx.actor)
        const rules = (await listLineCodeRules(tx, source)).filter(({ pattern }) => pattern === rule.pattern)
        refuseIfNotNext(rules, follows)
        return { rows: rules.map(withTextId) }
      }),
  )
