import { rowsOf } from '../contracts/basic.ts'
import { ListedPostingDayRule, NewPostingDayRule, PostingDayRule } from '../contracts/mapping.ts'
import { readCompany } from '../kernel/database.ts'
import { addPostingDayRules, listPostingDayRules, type PostingDayRule as StoredRule } from '../modules/sales/index.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfNotNext } from './follows.ts'
import { withNames } from './with-names.ts'

const view = <Rule extends StoredRule>(rule: Rule): Omit<Rule, 'id'> & { id: string } => ({
  ...rule,
  id: String(rule.id),
})

export const postingDayRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/posting-day-rules',
      tags: ['Mapping'],
      permission: 'company.read',
      summary: 'List which days the entries of documents take',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(ListedPostingDayRule), 'Every version of every rule.') },
    }),
    async (c) => {
      const rows = await readCompany(
        c.var.workplace.database,
        c.var.companyId,
        async (tx) => await withNames(tx, await listPostingDayRules(tx), ['author']),
      )
      return c.json({ rows: rows.map(view) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/posting-day-rules',
      tags: ['Mapping'],
      permission: 'settings.write',
      summary: 'Say which day the entries of a source take',
      description: "Adds the rule's next version. Nothing that was posted changes.",
      request: { params: companyParams, headers: idempotencyHeader, body: body(NewPostingDayRule) },
      responses: { 201: json(rowsOf(PostingDayRule), 'Every version of every rule.') },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        const { follows, ...rule } = c.req.valid('json')
        await addPostingDayRules(tx, [rule])
        const rules = await listPostingDayRules(tx)
        const versions = rules.filter((one) => one.source === rule.source && one.channel === (rule.channel ?? ''))
        refuseIfNotNext(versions, follows)
        return { rows: rules.map(view) }
      }),
  )
