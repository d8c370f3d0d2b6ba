import { z } from 'zod'
import { rowsOf } from '../contracts/basic.ts'
import { NewSourceNameRule, SourceNameRule } from '../contracts/mapping.ts'
import { readCompany } from '../kernel/database.ts'
import { addSourceNameRules, listSourceNameRules } from '../modules/catalog/index.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfNotNext } from './follows.ts'

const withTextId = <Row extends { id: bigint }>(row: Row): Omit<Row, 'id'> & { id: string } => ({
  ...row,
  id: String(row.id),
})

export const sourceNameRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/source-name-rules',
      tags: ['Mapping'],
      permission: 'company.read',
      summary: "List what the payment and tax names in a source's files stand for",
      description: 'The rules of the company. A name that none of them matches is read by what is known of the source.',
      request: { params: companyParams, query: z.object({ source: z.string().optional() }) },
      responses: { 200: json(rowsOf(SourceNameRule), 'The rules, every version of each.') },
    }),
    async (c) => {
      const { source } = c.req.valid('query')
      const read = (tx: Parameters<typeof listSourceNameRules>[0]) => listSourceNameRules(tx, source ?? null)
      const rules = await readCompany(c.var.workplace.database, c.var.companyId, read)
      return c.json({ rows: rules.map(withTextId) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/source-name-rules',
      tags: ['Mapping'],
      permission: 'settings.write',
      summary: "Add a source-name rule's next version",
      description: 'It holds for later imports. Nothing that was posted changes.',
      request: { params: companyParams, headers: idempotencyHeader, body: body(NewSourceNameRule) },
      responses: { 201: json(rowsOf(SourceNameRule), 'Every version of the rule.') },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        const { source, follows, ...rule } = c.req.valid('json')
        await addSourceNameRules(tx, source, [rule], tx.actor)
        const rules = (await listSourceNameRules(tx, source)).filter(
          ({ about, pattern }) => about === rule.about && pattern === rule.pattern,
        )
        refuseIfNotNext(rules, follows)
        return { rows: rules.map(withTextId) }
      }),
  )
