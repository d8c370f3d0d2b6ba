import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deliverDue, deliverWebhooks } from '../../src/jobs/webhooks/deliver-webhooks.ts'
import { sendMessage } from '../../src/jobs/webhooks/send.ts'
import { inCompanyAsOwner } from '../../src/kernel/database.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

type Received = { path: string; headers: Record<string, string>; body: string }
type Log = {
  id: string
  state: string
  event: { id: string; type: string }
  attempts: { status: number | null; delivered: boolean; error: string; responseHead: string }[]
}

let site: Site
let receiver: Server
let origin: string
const received: Received[] = []
let answer: { status: number; body?: string; headers?: Record<string, string> } = { status: 200 }

beforeAll(async () => {
  site = await openSite({ loopback: true })
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString()
    })
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers as Record<string, string>, body })
      response.writeHead(answer.status, answer.headers)
      response.end(answer.body ?? 'thank you')
    })
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await site.close()
})

let company: string
let companyId: bigint
beforeEach(async () => {
  company = await newCompany(site)
  companyId = BigInt(company.split('/').at(-1) ?? '')
  received.length = 0
  answer = { status: 200 }
})

const reach = { loopback: true }
const options = { log: () => {}, reach }
const deliver = () => deliverDue(site.database, companyId, options)
/** The owner of a test's database sees every company: `mine` in a statement keeps it to one. */
const sql = (text: string) =>
  inCompanyAsOwner(site.database, companyId, (tx) => tx.query(text.replace(/\bmine\b/, `company_id = ${companyId}`)))
const post = async <Found>(path: string, body: unknown = {}, status = 201): Promise<Found> => {
  const response = await site.post(`${company}/${path}`, body)
  expect([path, response.status]).toEqual([path, status])
  return (await response.json()) as Found
}
const addEndpoint = (eventTypes: string[], path = '/hooks') =>
  post<{ id: string; secret: string }>('webhook-endpoints', { url: `${origin}${path}`, eventTypes })
const logOf = async (id: string): Promise<Log[]> =>
  ((await (await site.get(`${company}/webhook-endpoints/${id}/deliveries`)).json()) as { rows: Log[] }).rows
const stateOf = async (id: string) =>
  (await (await site.get(`${company}/webhook-endpoints/${id}`)).json()) as { state: string; disabledReason: string }
const addCustomer = (number: string) => post('customers', { requests: [{ number, name: 'Anna' }] })

/** As a receiver checks it, by the specification. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const wanted = createHmac('sha256', key)
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')
  return (headers['webhook-signature'] ?? '').split(' ').includes(`v1,${wanted}`)
}

describe('an event', () => {
  it('is sent to whoever wants it, signed, once', async () => {
    const { id, secret } = await addEndpoint(['customer.created'])
    const other = await addEndpoint(['period.closed'], '/periods')
    await addCustomer('C1')
    expect(await deliver()).toBe(1)
    expect(await deliver()).toBe(0)
    const [message] = received as [Received]
    expect(received).toHaveLength(1)
    expect(isSigned(message, secret)).toBe(true)
    expect(isSigned(message, other.secret)).toBe(false)
    expect(Math.abs(Number(message.headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60)
    expect(JSON.parse(message.body)).toMatchObject({
      type: 'customer.created',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: { company: String(companyId), number: 'C1', customerId: expect.any(String) },
    })
    expect(await logOf(id)).toMatchObject([
      { state: 'delivered', attempts: [{ status: 200, delivered: true, responseHead: 'thank you' }] },
    ])
    expect(await logOf(other.id)).toEqual([])
  })

  it('is there with its fact, or not at all', async () => {
    const { id } = await addEndpoint(['customer.created'])
    const anna = { number: 'C1', name: 'Anna' }
    const refused = await site.post(`${company}/customers`, { requests: [anna, { ...anna, name: 'Berta' }] })
    expect(refused.status).toBe(409)
    expect(await deliver()).toBe(0)
    expect(await logOf(id)).toEqual([])
  })

  it('comes of every kind of fact', async () => {
    const types = [
      'customer.created',
      'customer.updated',
      'item.created',
      'item.updated',
      'invoice.issued',
      'credit_note.issued',
      'payment.captured',
      'payment.refunded',
      'entry.posted',
      'period.closed',
      'period.reopened',
    ]
    await addEndpoint(types)
    const on = '2024-03-01'
    await post('items', { requests: [{ code: 'MUG', name: 'Mug' }] })
    const line = { item: 'MUG', quantity: '1', unitPrice: '10.00' }
    await post('invoices', { requests: [{ number: 'I1', on, customer: { number: 'C1' }, lines: [line] }] })
    await post('credit-notes', {
      requests: [{ number: 'N1', invoice: 'I1', on, lines: [{ lineNo: 1, quantity: '1' }] }],
    })
    const capture = { source: 's', reference: 'p', method: 'card', customer: { number: 'C1' }, on, amount: '5.00' }
    await post('payments/captures', { requests: [{ ...capture, order: 'O1' }] })
    const payment = { source: 's', reference: 'p' }
    await post('payments/refunds', { requests: [{ source: 's', reference: 'r', payment, on, amount: '1.00' }] })
    const first = async (path: string) =>
      ((await (await site.get(`${company}/${path}`)).json()) as { rows: { id: string }[] }).rows[0]?.id
    await site.send('PATCH', `${company}/customers/${await first('customers?number=C1')}`, { name: 'Anna' })
    await site.send('PATCH', `${company}/items/${await first('items')}`, { name: 'Large mug' })
    await post('periods/2023-01/close', {}, 200)
    await post('periods/2023-01/reopen', { reason: 'late' }, 200)
    while ((await deliver()) > 0);
    expect(new Set(received.map(({ body }) => (JSON.parse(body) as { type: string }).type))).toEqual(new Set(types))
    const [invoice] = received.flatMap(({ body }) => (body.includes('"invoice.issued"') ? [JSON.parse(body)] : []))
    expect(invoice).toMatchObject({ data: { number: 'I1', kind: 'invoice', documentId: expect.any(String) } })
  })

  it('is tried again with pauses, under the same id, until it is given up', async () => {
    const { id } = await addEndpoint(['customer.created'])
    await addCustomer('C1')
    answer = { status: 500, body: 'x'.repeat(5000) }
    const pauses: number[] = []
    for (;;) {
      await sql('update webhook_delivery set next_attempt_at = now() where mine')
      if ((await deliver()) === 0) break
      const [due] = (await sql(
        'select extract(epoch from next_attempt_at - now())::float8 as pause from webhook_delivery where mine',
      )) as {
        pause: number
      }[]
      pauses.push(Math.round((due?.pause ?? 0) / 5) * 5 || 0)
    }
    expect(pauses).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, 0])
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    const [log] = await logOf(id)
    expect([log?.state, log?.attempts.length, log?.attempts[0]?.responseHead.length]).toEqual(['failed', 10, 1024])
  })

  it('is sent by one process, however many look; one that died is made up for', async () => {
    await addEndpoint(['customer.created'])
    await post('customers', {
      requests: Array.from({ length: 40 }, (_, index) => ({ number: `C${index}`, name: 'Anna' })),
    })
    const rounds = await Promise.all(Array.from({ length: 4 }, () => deliver()))
    expect(rounds.reduce((sum, count) => sum + count, 0)).toBe(40)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(40)
    await sql(
      `update webhook_delivery set state = 'pending', leased_until = now() + interval '1 minute' where mine and id % 40 = 0`,
    )
    expect(await deliver()).toBe(0)
    await sql(
      `update webhook_delivery set leased_until = now() - interval '1 second', next_attempt_at = now() where mine and state = 'pending'`,
    )
    expect(await deliver()).toBe(1)
  })

  it('is sent again when that is asked for, one or all since a moment', async () => {
    const { id } = await addEndpoint(['customer.created'])
    await addCustomer('C1')
    await addCustomer('C2')
    await deliver()
    const [latest] = await logOf(id)
    const again = (body: object, status = 202) =>
      post<{ deliveries: number }>(`webhook-endpoints/${id}/replay`, body, status)
    expect(await again({ deliveries: [latest?.id] })).toEqual({ deliveries: 1 })
    expect(await deliver()).toBe(1)
    expect(received.at(-1)?.headers['webhook-id']).toBe(latest?.event.id)
    expect(await again({ since: '2020-01-01T00:00:00Z' })).toEqual({ deliveries: 2 })
    expect(await again({ since: '2999-01-01T00:00:00Z' })).toEqual({ deliveries: 0 })
    expect(await again({ deliveries: ['999999'] }, 404)).toMatchObject({ code: 'webhook_delivery_unknown' })
    expect(await again({}, 400)).toMatchObject({ code: 'input_invalid' })
  })
})

describe('an endpoint', () => {
  it('that is given a new secret is signed for by both for a day', async () => {
    const { id, secret } = await addEndpoint(['customer.created'])
    const rotated = await post<{ secret: string }>(`webhook-endpoints/${id}/rotate-secret`, {}, 200)
    await addCustomer('C1')
    await deliver()
    expect([isSigned(received[0] as Received, secret), isSigned(received[0] as Received, rotated.secret)]).toEqual([
      true,
      true,
    ])
    await sql(`update webhook_endpoint set previous_secret_until = now() where mine`)
    await addCustomer('C2')
    await deliver()
    expect([isSigned(received[1] as Received, secret), isSigned(received[1] as Received, rotated.secret)]).toEqual([
      false,
      true,
    ])
  })

  it('to which nothing could be delivered for days is disabled, and can be enabled again', async () => {
    const { id } = await addEndpoint(['customer.created'])
    answer = { status: 503 }
    await addCustomer('C1')
    await deliver()
    expect((await stateOf(id)).state).toBe('enabled')
    await sql(`update webhook_attempt set started_at = now() - interval '6 days' where mine`)
    await sql(`update webhook_endpoint set enabled_at = now() - interval '9 days' where mine`)
    await sql('update webhook_delivery set next_attempt_at = now() where mine')
    await deliver()
    expect(await stateOf(id)).toMatchObject({ state: 'disabled', disabledReason: expect.stringContaining('5 days') })
    await addCustomer('C2')
    expect((await logOf(id)).length).toBe(1)
    const enabled = await site.send('PATCH', `${company}/webhook-endpoints/${id}`, { state: 'enabled' })
    expect(await enabled.json()).toMatchObject({ state: 'enabled', disabledReason: '' })
    await sql('update webhook_delivery set next_attempt_at = now() where mine')
    await deliver()
    expect((await stateOf(id)).state).toBe('enabled')
  })

  it('that says that it is gone is disabled at once; one that is removed is gone', async () => {
    const { id } = await addEndpoint(['customer.created'])
    answer = { status: 410 }
    await addCustomer('C1')
    await deliver()
    expect((await stateOf(id)).disabledReason).toContain('410')
    await site.send('PATCH', `${company}/webhook-endpoints/${id}`, { state: 'removed' })
    expect((await site.get(`${company}/webhook-endpoints/${id}`)).status).toBe(404)
    expect(await (await site.get(`${company}/webhook-endpoints`)).json()).toEqual({ rows: [] })
  })

  it('can be tried, and tells its secret never again', async () => {
    const { id, secret } = await addEndpoint(['period.closed'])
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    await post(`webhook-endpoints/${id}/test`, {}, 202)
    await deliver()
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ type: 'webhook.test' })
    expect(await (await site.get(`${company}/webhook-endpoints/${id}`)).text()).not.toContain('whsec_')
    expect(await (await site.get(`${company}/webhook-endpoints`)).text()).not.toContain('whsec_')
    const log = await sql(
      `select coalesce(old_row::text, '') || new_row::text as text from audit_log where mine and table_name = 'webhook_endpoint'`,
    )
    expect(JSON.stringify(log)).not.toContain('whsec_')
  })

  it('outside of what may be reached is refused', async () => {
    for (const url of ['http://example.com/', 'https://169.254.169.254/', 'https://10.0.0.1/']) {
      const response = await site.post(`${company}/webhook-endpoints`, { url, eventTypes: ['entry.posted'] })
      expect([url, response.status, ((await response.json()) as { code: string }).code]).toEqual([
        url,
        422,
        'webhook_url_refused',
      ])
    }
    const unknown = { url: 'https://example.com/', eventTypes: ['weather.changed'] }
    expect((await site.post(`${company}/webhook-endpoints`, unknown)).status).toBe(400)
  })
})

describe('what is sent', () => {
  const outgoing = (url: string) => ({ url, headers: {}, body: '{}' })
  const to =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

  it.each([
    ['127.0.0.1'],
    ['10.0.0.8'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['::1'],
    ['fe80::1'],
    ['::ffff:10.0.0.8'],
    ['8.8.8.8', '127.0.0.1'],
  ])('goes nowhere inside, whatever the name resolves to: %s', async (...addresses) => {
    const url = `https://hooks.example.com:${new URL(origin).port}/`
    const { status, error } = await sendMessage(outgoing(url), { loopback: false }, to(...addresses))
    expect([status, error]).toEqual([null, 'hooks.example.com does not lead to the public network'])
    expect(received).toEqual([])
  })

  it('goes to the address that was looked at, though the name leads elsewhere a moment later', async () => {
    let asked = 0
    const rebinding = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '10.255.255.1', family: 4 }]
    const url = `http://hooks.example.com:${new URL(origin).port}/`
    const { status } = await sendMessage(outgoing(url), reach, rebinding)
    expect([status, asked, received[0]?.headers.host]).toEqual([200, 1, new URL(url).host])
  })

  it('follows no redirect', async () => {
    answer = { status: 302, headers: { location: `${origin}/elsewhere` } }
    expect((await sendMessage(outgoing(`${origin}/hooks`), reach)).status).toBe(302)
    expect(received.map(({ path }) => path)).toEqual(['/hooks'])
  })

  it('says what went wrong where nobody answers', async () => {
    const closed = createServer()
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done))
    const { port } = closed.address() as AddressInfo
    await new Promise((done) => closed.close(done))
    const { status, error } = await sendMessage(outgoing(`http://127.0.0.1:${port}/`), reach)
    expect([status, error]).toEqual([null, expect.stringContaining('ECONNREFUSED')])
    const unknown = await sendMessage(outgoing('https://hooks.example.com/'), reach, to())
    expect(unknown.error).toContain('no address')
  })
})

describe('the deliverer', () => {
  it('sends by itself, and forgets what has outlived its days', async () => {
    await addEndpoint(['customer.created'])
    await addCustomer('C1')
    await deliver()
    await sql(`update webhook_event set happened_at = now() - interval '31 days' where mine`)
    await site.post(`${company}/accounts`, { code: '9', name: 'x', class: 'asset' }, { 'idempotency-key': 'old' })
    await sql(`update idempotency_key set created_at = now() - interval '8 days' where mine`)
    await addCustomer('C2')
    const deliverer = deliverWebhooks(site.database, { ...options, pauseMs: 10 })
    const ofMine = () => received.filter(({ body }) => body.includes(`"company":"${companyId}"`)).length
    await expect.poll(ofMine, { timeout: 10_000 }).toBe(2)
    await expect.poll(() => sql('select from idempotency_key where mine'), { timeout: 10_000 }).toEqual([])
    await deliverer.stop()
    expect(await sql('select from webhook_event where mine')).toHaveLength(1)
    expect(await sql('select from webhook_attempt where mine')).toHaveLength(1)
  })
})
