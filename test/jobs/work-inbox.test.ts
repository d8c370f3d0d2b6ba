import { createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { mailerOf, mailSummary, smtpMailer } from '../../src/jobs/mailer.ts'
import { inboxRound, workInbox } from '../../src/jobs/work-inbox.ts'
import { mailSettings } from '../../src/kernel/mail-settings.ts'
import {
  exceptionsById,
  listExceptions,
  raiseExceptions,
  resolveExceptions,
  setDuties,
  setExceptionSettings,
} from '../../src/modules/inbox/index.ts'
import { addEndpoint } from '../../src/modules/webhooks/index.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
let letters: { recipient: string; subject: string; body: string }[]
const mailer = {
  send: async (letter: (typeof letters)[number]) => {
    letters.push(letter)
  },
}
const failing = { send: () => Promise.reject(new Error('no such host')) }

beforeAll(async () => {
  shop = await openShop()
  const escalation = [
    { daysPastDue: 2, responsible: 'Cleo', email: 'cleo@example.com' },
    { daysPastDue: 5, responsible: 'Dora', email: null },
  ]
  const duty = { dataKind: 'orders' as const, responsible: 'Olga', email: 'olga@example.com', days: 3, escalation }
  await shop.work((tx) => setDuties(tx, [duty]))
})
afterAll(() => shop.close())
beforeEach(() => {
  letters = []
})

const raise = (...subjects: string[]) =>
  shop.work((tx) =>
    raiseExceptions(
      tx,
      subjects.map((subject) => ({
        kind: 'document_refused',
        source: 'test',
        subject,
        message: `${subject} was set aside`,
        amountMinor: 12_34n,
        currency: 'GBP',
      })),
    ),
  )
const own = () => letters.filter(({ subject }) => subject.includes('for you'))
const owner = (text: string) => shop.database.owner.query(text)

test('whoever gets exceptions gets one letter about all of them, once, and a digest a day', async () => {
  await raise('A1', 'A2')
  await owner(`update company set time_zone = 'UTC'`)
  await inboxRound(shop.database, mailer)
  expect(own()).toMatchObject([{ recipient: 'olga@example.com', subject: 'Shop: 2 exceptions for you' }])
  expect(own()[0]?.body).toMatch(/A1 was set aside\n {4}12\.34 GBP, due \d{4}-\d\d-\d\d\n/)
  const first = letters.length
  await inboxRound(shop.database, mailer)
  expect(letters).toHaveLength(first)
  // The day has a digest from seven on: with the clock of a place where it is later than that.
  const { rows } = await owner(
    `select name from pg_timezone_names where extract(hour from now() at time zone name) between 8 and 22 and name like 'Etc/%' order by name limit 1`,
  )
  await owner(`update company set time_zone = '${rows[0].name}'`)
  await inboxRound(shop.database, mailer)
  await inboxRound(shop.database, mailer)
  const digests = letters.filter(({ subject }) => subject.endsWith('open'))
  expect(new Set(digests.map(({ recipient }) => recipient))).toEqual(new Set(['olga@example.com']))
  const days = await owner('select recipient, day from exception_digest')
  expect(digests).toHaveLength(days.rows.length)
})

test('the digest waits for the hour that the company wants', async () => {
  const digests = () => letters.filter(({ subject }) => subject.endsWith('open'))
  const { rows } = await owner(
    `select name, extract(hour from now() at time zone name)::int as hour from pg_timezone_names
      where extract(hour from now() at time zone name) between 8 and 21 and name like 'Etc/%' order by name desc limit 1`,
  )
  const { name, hour } = rows[0] as { name: string; hour: number }
  await owner(`update company set time_zone = '${name}'`)
  await owner(
    'alter table exception_digest disable trigger all; delete from exception_digest; alter table exception_digest enable trigger all',
  )
  await shop.work((tx) => setExceptionSettings(tx, { digestHour: hour + 1 }))
  await inboxRound(shop.database, mailer)
  expect(digests()).toEqual([])
  await shop.work((tx) => setExceptionSettings(tx, { digestHour: hour }))
  await inboxRound(shop.database, mailer)
  expect(digests()).not.toEqual([])
})

test('what is past due goes to whoever is next, step by step, and they are told', async () => {
  const [one] = await shop.work((tx) => listExceptions(tx, { limit: 1 }))
  const id = one?.id as bigint
  // Days are those of the company, wherever the clock of the server stands.
  await owner("update company set time_zone = 'UTC'")
  const overdueBy = (days: number) =>
    owner(`update exception set due_on = (now() at time zone 'UTC')::date - ${days} where id = ${id}`)
  const look = async () => (await shop.work((tx) => exceptionsById(tx, [id])))[0]
  const eventTypes = ['exception.escalated', 'exception.opened', 'exception.resolved']
  await shop.work((tx) => addEndpoint(tx, { url: 'https://example.com/hooks', eventTypes }, { loopback: false }))
  const events = async () =>
    (
      await owner(
        `select type, subject ->> 'step' as step from webhook_event where subject ->> 'exceptionId' = '${id}' order by id`,
      )
    ).rows
  await overdueBy(1)
  await inboxRound(shop.database, mailer)
  expect(await look()).toMatchObject({ responsible: 'Olga', escalations: 0 })
  await overdueBy(4)
  await inboxRound(shop.database, mailer)
  await inboxRound(shop.database, mailer)
  expect(await look()).toMatchObject({ responsible: 'Cleo', escalations: 1, notes: [{ kind: 'escalated' }] })
  expect(own()).toMatchObject([{ recipient: 'cleo@example.com', body: expect.stringContaining('past due') }])
  await overdueBy(9)
  await inboxRound(shop.database, undefined)
  expect(await look()).toMatchObject({ responsible: 'Dora', responsibleEmail: null, escalations: 2 })
  expect(await events()).toEqual([
    { type: 'exception.escalated', step: '1' },
    { type: 'exception.escalated', step: '2' },
  ])
  // What is met again after it was closed waits for a person again, and says so.
  await shop.work((tx) => resolveExceptions(tx, [{ id, body: 'done' }]))
  await raise((await look())?.subject as string)
  expect((await events()).slice(2).map(({ type }) => type)).toEqual(['exception.resolved', 'exception.opened'])
  expect(await look()).toMatchObject({ responsible: 'Olga', responsibleEmail: 'olga@example.com', escalations: 0 })
  await overdueBy(4)
  await inboxRound(shop.database, mailer)
  expect(await look()).toMatchObject({ responsible: 'Cleo', escalations: 1 })
})

test('a letter that fails is kept and tried again, until it is too old', async () => {
  await owner(`update mail_outbox set state = 'given_up' where state = 'waiting'`)
  await raise('B1')
  await inboxRound(shop.database, failing)
  const outbox = async () =>
    (
      await owner(
        `select state, attempts, last_error, next_attempt_at > now() as later from mail_outbox order by id desc limit 1`,
      )
    ).rows[0]
  expect(await outbox()).toEqual({ state: 'waiting', attempts: 1, last_error: 'no such host', later: true })
  await inboxRound(shop.database, mailer)
  expect(own()).toEqual([])
  await owner(`update mail_outbox set next_attempt_at = now()`)
  await inboxRound(shop.database, mailer)
  expect(own()).toHaveLength(1)
  expect(await outbox()).toMatchObject({ state: 'sent', attempts: 2, last_error: '' })
  await raise('B2')
  await inboxRound(shop.database, failing)
  await owner(
    `update mail_outbox set next_attempt_at = now(), written_at = now() - interval '4 days' where state = 'waiting'`,
  )
  await inboxRound(shop.database, failing)
  expect(await outbox()).toMatchObject({ state: 'given_up' })
})

test('two servers at once send each letter once', async () => {
  await raise('C1', 'C2')
  const both = [1, 2].map(() => workInbox(shop.database, { mailer, log: () => {}, pauseMs: 10 }))
  await expect.poll(() => own().length).toBeGreaterThan(0)
  await Promise.all(both.map((one) => one.stop()))
  expect(own()).toHaveLength(1)
})

test('settings of mail are checked, and summed up without the password', () => {
  const from = 'books@example.com'
  expect(mailSummary(mailSettings({}))).toContain('none is sent')
  const settings = mailSettings({
    COUNTINGHOUSE_SMTP_URL: 'smtps://me:secret@mail.example.com:465',
    COUNTINGHOUSE_MAIL_FROM: from,
  })
  expect(mailSummary(settings)).toBe('Mail: through mail.example.com:465, from books@example.com.')
  expect(() => mailSettings({ COUNTINGHOUSE_SMTP_URL: 'mail.example.com', COUNTINGHOUSE_MAIL_FROM: from })).toThrow(
    /SMTP_URL/,
  )
  expect(() => mailSettings({ COUNTINGHOUSE_SMTP_URL: 'smtp://mail.example.com' })).toThrow(/MAIL_FROM/)
})

test('settings that cannot be used are told of, and nothing is sent', () => {
  const logged: string[] = []
  expect(mailerOf({ COUNTINGHOUSE_SMTP_URL: 'nonsense' }, (line) => logged.push(line))).toBeUndefined()
  expect(mailerOf({}, (line) => logged.push(line))).toBeUndefined()
  expect(logged).toEqual([expect.stringContaining('No mail is sent.'), expect.stringContaining('none is sent')])
})

test('a letter reaches a mail server as it was written', async () => {
  const received: string[] = []
  const answer = (socket: Socket): void => {
    let inData = false
    socket.write('220 here\r\n')
    socket.on('data', (bytes) => {
      for (const line of String(bytes).split('\r\n')) {
        received.push(line)
        if (inData && line !== '.') continue
        if (line === '.') inData = false
        if (line === 'DATA') inData = true
        if (line !== '')
          socket.write(line === 'DATA' ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 well\r\n')
      }
    })
    socket.on('error', () => {})
  }
  const server = createServer(answer)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address() as { port: number }
  const sending = smtpMailer({ url: `smtp://127.0.0.1:${address.port}`, from: 'books@example.com' })
  await sending.send({ recipient: 'olga@example.com', subject: 'Two for you', body: 'First line\n' })
  server.close()
  expect(received).toEqual(
    expect.arrayContaining([
      'MAIL FROM:<books@example.com>',
      'RCPT TO:<olga@example.com>',
      'Subject: Two for you',
      'First line',
    ]),
  )
  await expect(
    smtpMailer({ url: `smtp://127.0.0.1:${address.port}`, from: 'a@b.c' }).send({
      recipient: 'x@y.z',
      subject: '',
      body: '',
    }),
  ).rejects.toThrow()
})
