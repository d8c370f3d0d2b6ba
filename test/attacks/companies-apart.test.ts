import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepBooksSealed } from '../../src/jobs/keep-books-sealed.ts'
import { keepPostingRecurring } from '../../src/jobs/post-recurring.ts'
import { deliverWebhooks } from '../../src/jobs/webhooks/deliver-webhooks.ts'
import { inboxRound } from '../../src/jobs/work-inbox.ts'
import { inCompany } from '../../src/kernel/database.ts'
import { raiseExceptions } from '../../src/modules/inbox/index.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

/** What runs beside the requests runs for every company: the trouble of one must not be the trouble of those after it. */
let site: Site
let troubled: string
let sound: string
let receiver: Server
let origin: string
let answer: (path: string, response: ServerResponse) => void

const idOf = (company: string): string => company.split('/').at(-1) as string

beforeAll(async () => {
  site = await openSite({ loopback: true })
  troubled = await newCompany(site, 'Troubled')
  sound = await newCompany(site, 'Sound')
  receiver = createServer((request, response) => {
    request.resume()
    answer(request.url ?? '', response)
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await site.close()
})

async function until(reached: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await reached())) await new Promise((done) => setTimeout(done, 10))
}

const post = (company: string, reference: string) =>
  site.post(`${company}/entries`, {
    reference,
    date: '2024-01-15',
    lines: [
      { role: 'bank', amount: '10.00' },
      { role: 'share_capital', amount: '-10.00' },
    ],
  })

/** Makes every change of a table fail for the company in trouble alone. */
async function breakTable(table: string, action: string): Promise<() => Promise<unknown>> {
  await runSql(
    site.url,
    `create function in_trouble() returns trigger language plpgsql as $$ begin
       if new.company_id = ${idOf(troubled)} then raise exception 'in trouble'; end if; return new; end $$;
     create trigger in_trouble before ${action} on ${table} for each row execute function in_trouble()`,
  )
  return () => runSql(site.url, 'drop function in_trouble cascade')
}

test('books that cannot be sealed keep nobody else’s from being sealed', async () => {
  for (const company of [troubled, sound]) expect((await post(company, 'J1')).status).toBe(201)
  const mend = await breakTable('journal_seal', 'insert')
  const logged: string[] = []
  const keeper = keepBooksSealed(site.database, { log: (line) => logged.push(line), shortestPauseMs: 1 })
  const seals = async (company: string) =>
    (await runSql(site.url, 'select from journal_seal where company_id = $1', [idOf(company)])).length
  await until(async () => logged.length >= 2)
  expect(await seals(sound)).toBe(1)
  expect(logged[0]).toContain(`company ${idOf(troubled)}`)
  expect(await seals(troubled)).toBe(0)
  await mend()
  await until(async () => (await seals(troubled)) === 1)
  await keeper.stop()
})

test('an inbox that cannot be worked through keeps nobody else’s waiting', async () => {
  for (const company of [troubled, sound]) {
    await inCompany(site.database, BigInt(idOf(company)), (tx) =>
      raiseExceptions(tx, [
        { kind: 'unknown_code', source: 'test', subject: 'X', message: 'Unknown', amountMinor: 0n, currency: 'GBP' },
      ]),
    )
  }
  await runSql(site.url, "update exception set responsible_email = 'olive@shop.example'")
  const mend = await breakTable('mail_outbox', 'insert')
  const sent: string[] = []
  const mailer = { send: async ({ subject }: { subject: string }) => void sent.push(subject) }
  const logged: string[] = []
  await inboxRound(site.database, mailer, (line) => logged.push(line))
  expect(sent.filter((subject) => subject.startsWith('Sound'))).not.toEqual([])
  expect(sent.filter((subject) => subject.startsWith('Troubled'))).toEqual([])
  expect(logged).toEqual([expect.stringContaining(`company ${idOf(troubled)}`)])
  await mend()
})

test('a recurring journal that cannot be posted keeps nobody else’s from being posted', async () => {
  for (const company of [troubled, sound]) {
    const recurring = {
      name: 'interest',
      template: 'interest',
      every: 'month',
      startsOn: '2024-01-31',
      endsOn: '2024-01-31',
      parameters: { amount: '12.50' },
    }
    const begun = await site.post(`${company}/recurring-journals`, { requests: [recurring] })
    expect([begun.status, await begun.text()]).toEqual([201, expect.anything()])
  }
  const mend = await breakTable('recurring_journal_day', 'insert')
  const logged: string[] = []
  const poster = keepPostingRecurring(site.database, { log: (line) => logged.push(line), everyMs: 1 })
  await until(() => logged.length >= 2)
  const days = await runSql<{ company_id: string }>(site.url, 'select company_id from recurring_journal_day')
  expect(days.map(({ company_id }) => company_id)).toEqual([idOf(sound)])
  await mend()
  await poster.stop()
})

test('receivers that never answer hold up the deliveries of nobody else', { timeout: 120_000 }, async () => {
  let held: ServerResponse[] = []
  let givenUp = 0
  let delivered = false
  answer = (path, response) => {
    if (path === '/never') {
      held.push(response)
      response.on('close', () => {
        if (!delivered) givenUp += 1
      })
      return
    }
    delivered = true
    response.end('thank you')
  }
  for (const [company, path] of [
    [troubled, '/never'],
    [sound, '/prompt'],
  ]) {
    const endpoint = { url: `${origin}${path}`, eventTypes: ['customer.created'] }
    expect((await site.post(`${company}/webhook-endpoints`, endpoint)).status).toBe(201)
  }
  const customers = Array.from({ length: 40 }, (_, n) => ({ number: `C${n}`, name: 'Anna' }))
  await site.post(`${troubled}/customers`, { requests: customers })
  await site.post(`${sound}/customers`, { requests: customers.slice(0, 1) })
  const deliverer = deliverWebhooks(site.database, { log: () => {}, reach: { loopback: true }, pauseMs: 10 })
  await until(() => delivered)
  expect(givenUp).toBe(0)
  answer = (_path, response) => void response.end()
  for (const response of held) response.end()
  held = []
  await deliverer.stop()
})
