import { Id, rowsOf } from '../contracts/basic.ts'
import { NewView, Removed, View, ViewChange, ViewQuery } from '../contracts/views.ts'
import { readCompany } from '../kernel/database.ts'
import { changeView, lockView, removeView, savedViews, saveViews, viewById } from '../modules/views/index.ts'
import { body, changeHeaders, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { listRoute } from './list-route.ts'

const saving = listRoute({
  path: 'views',
  tag: 'Views',
  permission: 'company.read',
  summary: 'Save views of lists',
  description: 'A view is of whoever saves it; a shared one is seen by everybody in the company.',
  request: NewView,
  result: View,
  perform: (tx, requests) => saveViews(tx, requests),
})

const params = companyParams.extend({ viewId: Id })

export const viewRoutes = newApi()
  .route('/', saving)
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/views',
      tags: ['Views'],
      permission: 'company.read',
      summary: 'List the views of lists',
      request: { params: companyParams, query: ViewQuery },
      responses: { 200: json(rowsOf(View), 'Your own first, then those that others share.') },
    }),
    async (c) => {
      const { area } = c.req.valid('query')
      const rows = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => savedViews(tx, area))
      return c.json({ rows }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/views/{viewId}',
      tags: ['Views'],
      permission: 'company.read',
      summary: 'Get a view of a list',
      request: { params },
      responses: { 200: json(View, 'The view.') },
    }),
    async (c) => {
      const id = BigInt(c.req.valid('param').viewId)
      return c.json(await readCompany(c.var.workplace.database, c.var.companyId, (tx) => viewById(tx, id)), 200)
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/companies/{companyId}/views/{viewId}',
      tags: ['Views'],
      permission: 'company.read',
      summary: 'Change a view of a list',
      description:
        'Your own; with `settings.write` also what others share. With `isDefault` anybody says with which view they begin the list.',
      request: { params, headers: changeHeaders, body: body(ViewChange) },
      responses: { 200: json(View, 'The view as it is now.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        const id = BigInt(c.req.valid('param').viewId)
        await lockView(tx, id)
        refuseIfChanged(c, await viewById(tx, id))
        await changeView(tx, id, c.req.valid('json'), c.var.permissions?.has('settings.write') ?? false)
        return await viewById(tx, id)
      }),
  )
  .openapi(
    route({
      method: 'delete',
      path: '/companies/{companyId}/views/{viewId}',
      tags: ['Views'],
      permission: 'company.read',
      summary: 'Remove a view of a list',
      request: { params, headers: idempotencyHeader },
      responses: { 200: json(Removed, 'It is gone.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        const id = BigInt(c.req.valid('param').viewId)
        await lockView(tx, id)
        await removeView(tx, id, c.var.permissions?.has('settings.write') ?? false)
        return { removed: true as const }
      }),
  )
