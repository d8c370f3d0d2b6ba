import { z } from 'zod'
import { Id } from './basic.ts'

/** What can be told of. Closed: an endpoint names those that it wants. */
export const eventTypes = [
  'invoice.issued',
  'credit_note.issued',
  'document.issued',
  'payment.captured',
  'payment.refunded',
  'entry.posted',
  'exception.opened',
  'exception.resolved',
  'exception.escalated',
  'approval.requested',
  'approval.decided',
  'period.closed',
  'period.reopened',
  'customer.created',
  'customer.updated',
  'item.created',
  'item.updated',
  'import.finished',
  'webhook.test',
] as const

const moment = z.string().meta({ description: 'A moment in UTC.', example: '2026-11-22T12:00:00Z' })
const url = z
  .string()
  .max(2000)
  .meta({ description: 'https, on the public network.', example: 'https://example.com/hooks' })
const types = z.array(z.enum(eventTypes)).min(1).max(eventTypes.length)

export const WebhookEndpoint = z
  .object({
    id: Id,
    url,
    description: z.string().meta({ example: 'Our shop' }),
    eventTypes: z.array(z.string()).meta({ example: ['invoice.issued'] }),
    state: z.enum(['enabled', 'disabled']),
    disabledReason: z.string().meta({ description: 'Why it was disabled; empty where it is not.', example: '' }),
    createdAt: moment,
  })
  .meta({ id: 'WebhookEndpoint', description: 'Where events of the company are sent.' })

export const WebhookSecret = WebhookEndpoint.extend({
  secret: z.string().meta({
    description: 'Signs what is sent. It is shown this once.',
    example: 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
  }),
}).meta({ id: 'WebhookSecret' })

export const NewWebhookEndpoint = z
  .strictObject({ url, description: z.string().max(200).optional(), eventTypes: types })
  .meta({
    id: 'NewWebhookEndpoint',
    example: { url: 'https://example.com/hooks', eventTypes: ['invoice.issued', 'payment.captured'] },
  })

export const WebhookEndpointChange = z
  .strictObject({
    url: url.optional(),
    description: z.string().max(200).optional(),
    eventTypes: types.optional(),
    state: z.enum(['enabled', 'disabled', 'removed']).optional().meta({
      description: 'Removed, it is gone for good; its log stays for its days.',
    }),
  })
  .meta({ id: 'WebhookEndpointChange', example: { state: 'enabled' } })

export const WebhookDelivery = z
  .object({
    id: Id,
    endpoint: Id,
    event: z.object({
      id: z.string().meta({ description: 'What `webhook-id` says.', example: 'evt_1_1' }),
      type: z.string().meta({ example: 'invoice.issued' }),
      happenedAt: moment,
    }),
    state: z.enum(['pending', 'delivered', 'failed']),
    attempts: z.array(
      z.object({
        startedAt: moment,
        durationMs: z.number().int().meta({ example: 120 }),
        status: z.number().int().nullable().meta({ description: 'null where nobody answered', example: 200 }),
        delivered: z.boolean(),
        error: z.string().meta({ example: '' }),
        responseHead: z.string().meta({ description: 'The beginning of the answer.', example: 'ok' }),
      }),
    ),
    nextAttemptAt: moment.nullable(),
  })
  .meta({ id: 'WebhookDelivery', description: 'An event on its way to an endpoint, with every attempt.' })

export const WebhookReplay = z
  .strictObject({
    deliveries: z.array(Id).min(1).max(1000).optional().meta({ description: 'These.' }),
    since: z.iso.datetime().optional().meta({
      description: 'Or all of what happened since, delivered or not.',
      example: '2026-11-22T00:00:00Z',
    }),
  })
  .meta({ id: 'WebhookReplay', example: { since: '2026-11-22T00:00:00Z' } })

export const WebhookReplayed = z
  .object({ deliveries: z.number().int().meta({ description: 'How many are sent again.', example: 3 }) })
  .meta({ id: 'WebhookReplayed' })
