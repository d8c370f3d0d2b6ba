import { z } from 'zod'
import { Id, rowsOf } from '../contracts/basic.ts'
import { pageOf } from '../contracts/resources.ts'
import {
  NewWebhookEndpoint,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointChange,
  WebhookReplay,
  WebhookReplayed,
  WebhookSecret,
} from '../contracts/webhooks.ts'
import { readCompany } from '../kernel/database.ts'
import {
  addEndpoint,
  changeEndpoint,
  type DeliveryLog,
  deliveriesOf,
  type Endpoint,
  endpointById,
  listEndpoints,
  lockEndpoint,
  messageId,
  PAGE_OF_DELIVERIES,
  replay,
  rotateSecret,
  sendTestEvent,
} from '../modules/webhooks/index.ts'
import { body, changeHeaders, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'

const tags = ['Webhooks']
const permission = 'integrations.manage'
const endpointParams = companyParams.extend({ endpointId: Id })
const at = '/companies/{companyId}/webhook-endpoints'
const nothing = body(z.strictObject({}))

const view = <Found extends Endpoint>({ id, ...endpoint }: Found) => ({ id: String(id), ...endpoint })

const logView = (companyId: bigint, { id, endpointId, eventId, type, happenedAt, ...log }: DeliveryLog) => ({
  id: String(id),
  endpoint: String(endpointId),
  event: { id: messageId(companyId, eventId), type, happenedAt },
  ...log,
})

const endpoints = newApi()
  .openapi(
    route({
      method: 'get',
      path: at,
      tags,
      permission,
      summary: 'List the webhook endpoints',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(WebhookEndpoint), 'The endpoints, the oldest first.') },
    }),
    async (c) => {
      const rows = await readCompany(c.var.workplace.database, c.var.companyId, listEndpoints)
      return c.json({ rows: rows.map(view) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: at,
      tags,
      permission,
      summary: 'Add a webhook endpoint',
      description: 'The answer holds its secret, this once. An Idempotency-Key repeats that answer too.',
      request: { params: companyParams, headers: idempotencyHeader, body: body(NewWebhookEndpoint) },
      responses: { 201: json(WebhookSecret, 'The endpoint with its secret.') },
    }),
    async (c) =>
      await command(c, 201, async (tx) => view(await addEndpoint(tx, c.req.valid('json'), c.var.workplace.reach))),
  )
  .openapi(
    route({
      method: 'get',
      path: `${at}/{endpointId}`,
      tags,
      permission,
      summary: 'Get a webhook endpoint',
      request: { params: endpointParams },
      responses: { 200: json(WebhookEndpoint, 'The endpoint.') },
    }),
    async (c) => {
      const id = BigInt(c.req.valid('param').endpointId)
      return c.json(
        view(await readCompany(c.var.workplace.database, c.var.companyId, (tx) => endpointById(tx, id))),
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: `${at}/{endpointId}`,
      tags,
      permission,
      summary: 'Change, disable, enable or remove a webhook endpoint',
      request: { params: endpointParams, headers: changeHeaders, body: body(WebhookEndpointChange) },
      responses: { 200: json(WebhookEndpoint.extend({ state: z.string() }), 'The endpoint as it is now.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        const id = BigInt(c.req.valid('param').endpointId)
        await lockEndpoint(tx, id)
        refuseIfChanged(c, view(await endpointById(tx, id)))
        return view(await changeEndpoint(tx, id, c.req.valid('json'), c.var.workplace.reach))
      }),
  )

const actions = newApi()
  .openapi(
    route({
      method: 'post',
      path: `${at}/{endpointId}/rotate-secret`,
      tags,
      permission,
      summary: 'Give a webhook endpoint a new secret',
      description: 'For 24 hours what is sent is signed by the previous secret as well.',
      request: { params: endpointParams, headers: idempotencyHeader, body: nothing },
      responses: { 200: json(WebhookSecret, 'The endpoint with its new secret.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => view(await rotateSecret(tx, BigInt(c.req.valid('param').endpointId)))),
  )
  .openapi(
    route({
      method: 'post',
      path: `${at}/{endpointId}/test`,
      tags,
      permission,
      summary: 'Send a test event to a webhook endpoint',
      request: { params: endpointParams, headers: idempotencyHeader, body: nothing },
      responses: { 202: json(z.object({ delivery: Id }), 'The delivery that it waits in.') },
    }),
    async (c) =>
      await command(c, 202, async (tx) => ({
        delivery: String(await sendTestEvent(tx, BigInt(c.req.valid('param').endpointId))),
      })),
  )
  .openapi(
    route({
      method: 'post',
      path: `${at}/{endpointId}/replay`,
      tags,
      permission,
      summary: 'Send events to a webhook endpoint again',
      description: 'Single deliveries, or everything since a moment. Each keeps its `webhook-id`.',
      request: { params: endpointParams, headers: idempotencyHeader, body: body(WebhookReplay) },
      responses: { 202: json(WebhookReplayed, 'How many are sent again.') },
    }),
    async (c) =>
      await command(c, 202, async (tx) => {
        const { deliveries, since } = c.req.valid('json')
        const id = BigInt(c.req.valid('param').endpointId)
        return { deliveries: await replay(tx, id, { deliveries: deliveries?.map(BigInt), since }) }
      }),
  )
  .openapi(
    route({
      method: 'get',
      path: `${at}/{endpointId}/deliveries`,
      tags,
      permission,
      summary: 'List the deliveries to a webhook endpoint',
      description: 'The log: each event with every attempt, the latest first. Kept for 30 days.',
      request: { params: endpointParams, query: z.strictObject({ after: Id.optional() }) },
      responses: { 200: json(pageOf(WebhookDelivery), 'A page of deliveries.') },
    }),
    async (c) => {
      const { workplace, companyId } = c.var
      const { after } = c.req.valid('query')
      const id = BigInt(c.req.valid('param').endpointId)
      const found = await readCompany(workplace.database, companyId, async (tx) => {
        await endpointById(tx, id)
        return await deliveriesOf(tx, id, after === undefined ? undefined : BigInt(after))
      })
      const rows = found.slice(0, PAGE_OF_DELIVERIES).map((delivery) => logView(companyId, delivery))
      return c.json({ rows, next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null }, 200)
    },
  )

export const webhookRoutes = newApi().route('/', endpoints).route('/', actions)
