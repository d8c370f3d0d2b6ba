import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { importRunner } from '../../src/jobs/import-runner.ts'
import { proveBooks } from '../../src/jobs/prove-books.ts'
import { sampleMaker } from '../../src/jobs/sample-maker.ts'
import { openDatabase } from '../../src/kernel/database.ts'
import { openIdentity } from '../../src/modules/identity/index.ts'
import { join, type Person } from '../support/people.ts'
import { newCompany, openSite, orderExport, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'
import { codes, done, many, must, type Outcome, outcomesOf } from './outcomes.ts'

/**
 * Two servers on one database, and at each of them somebody who does at the same moment what only one of them can have done. Whatever order the
 * database brings them into, the books afterwards are those of one after the other, and every check holds.
 */
let one: Site
let closeOther: () => Promise<void>
type Ask = (method: string, path: string, body: object, headers?: Record<string, string>) => Promise<Response>
let servers: Ask[]
let company: string
let anna: Person
let bob: Person

beforeAll(async () => {
  one = await openSite()
  const database = openDatabase({ url: one.url })
  const log = (line: string): void => void one.logged.push(line)
  const identity = await openIdentity({ database, url: one.url, origin: 'http://localhost:8080' })
  const imports = importRunner(database, { uploads: one.uploads, log })
  const other = createApp({
    database,
    version: '0.0.0',
    uploads: one.uploads,
    imports,
    samples: sampleMaker(database, { log }),
    identity,
    prove: proveBooks,
    log,
  })
  closeOther = async () => {
    await identity.close()
    await database.close()
  }
  const asking =
    (app: Pick<typeof other, 'request'>): Ask =>
    async (method, path, body, headers = {}) =>
      await app.request(
        new Request(`http://localhost:8080${path.startsWith('/') ? path : `${company}/${path}`}`, {
          method,
          headers: { cookie: one.cookie, 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      )
  servers = [asking(one.bare), asking(other)]
})
afterAll(async () => {
  await closeOther()
  await one.close()
})

beforeEach(async () => {
  company = await newCompany(one)
  await must(ask(0, 'items', [{ code: 'MUG', name: 'Mug' }]))
})
afterEach(async () => {
  const proof = (await (await one.post(`${company}/checks`, {})).json()) as { ok: boolean }
  expect(proof.ok, JSON.stringify(proof).slice(0, 3000)).toBe(true)
  expect(one.logged).toEqual([])
})

const on = '2024-01-15'
const customer = { number: 'C1' }

/** A list of one or more facts, asked for at one of the servers. */
const ask = (server: number, path: string, requests: object[], headers?: Record<string, string>): Promise<Response> =>
  (servers[server % servers.length] as Ask)('POST', path, { requests }, headers)

async function balances(): Promise<Record<string, string>> {
  const { rows } = (await (await one.get(`${company}/reports/trial-balance`)).json()) as {
    rows: { role: string; balance: { amount: string } }[]
  }
  return Object.fromEntries(rows.map(({ role, balance }) => [role, balance.amount]))
}

const sell = (number: string, price: string, order?: string): Promise<Response> =>
  must(
    ask(0, 'invoices', [
      { number, on, customer, ...(order ? { order } : {}), lines: [{ item: 'MUG', quantity: '1', unitPrice: price }] },
    ]),
  )
const count = async (table: string, where = 'true'): Promise<number> =>
  Number(
    (
      await runSql<{ n: string }>(one.url, `select count(*) as n from ${table} where company_id = $1 and ${where}`, [
        company.split('/').at(-1),
      ])
    )[0]?.n,
  )

test('one key of idempotency at two servers does its work once, and each hears the same', async () => {
  const headers = { 'idempotency-key': 'at both' }
  const body = {
    reference: 'J1',
    date: on,
    lines: [
      { role: 'bank', amount: '5.00' },
      { role: 'share_capital', amount: '-5.00' },
    ],
  }
  const post = (n: number) => (servers[n % 2] as Ask)('POST', 'entries', body, headers)
  const outcomes = await outcomesOf(many(24, post))
  expect(codes(outcomes).filter((code) => code !== 'idempotency_key_running')).toEqual([])
  expect(await count('journal_entry')).toBe(1)
  const first = await (await post(0)).text()
  expect(await (await post(1)).text()).toBe(first)
})

test('keys of items that cross in two lists at two servers do each item once', async () => {
  const keys = Array.from({ length: 20 }, (_, n) => `k${n}`)
  const items = keys.map((key) => ({ number: `C${key}`, name: key }))
  const list = (n: number) => {
    const order = n % 2 === 0 ? keys : keys.toReversed()
    const requests = order.map((key) => items[keys.indexOf(key)])
    return (servers[n % 2] as Ask)('POST', 'customers?mode=each', { requests, idempotencyKeys: order })
  }
  const outcomes = await outcomesOf(many(8, list))
  expect(codes(outcomes)).toEqual([])
  expect(await count('party', "kind = 'customer' and number like 'Ck%'")).toBe(20)
})

test('an approval races the close of its period: it is posted before, or refused and still waits', async () => {
  anna = await join(one, company, 'accountant')
  bob = await join(one, company, 'accountant')
  await must(servers[0]?.('PUT', 'approval-rules/journal', { active: true, above: '100.00' }) as Promise<Response>)
  for (let round = 0; round < 8; round += 1) {
    const month = `2023-${String(round + 1).padStart(2, '0')}`
    const lines = [
      { role: 'bank', amount: '500.00' },
      { role: 'share_capital', amount: '-500.00' },
    ]
    const asked = await anna.post(`${company}/entries`, { reference: `R${round}`, date: `${month}-10`, lines })
    expect(asked.status).toBe(202)
    const { id } = (await asked.json()) as { id: string }
    const approve = (n: number) => (servers[n] as Ask)('POST', `approvals/${id}/approve`, {}, { cookie: bob.cookie })
    const outcomes = await outcomesOf([
      approve(0),
      (servers[1] as Ask)('POST', `periods/${month}/close`, {}),
      approve(1),
    ])
    const state = (
      await runSql<{ state: string }>(one.url, 'select state from approval_request where id = $1', [id])
    )[0]?.state
    const posted = await count('journal_entry', `source_id = 'R${round}'`)
    expect([state, posted]).toEqual(
      done([outcomes[0], outcomes[2]] as Outcome[]) === 1 ? ['approved', 1] : ['pending', 0],
    )
    expect(codes(outcomes).filter((code) => code !== 'approval_decided' && code !== 'period_closed')).toEqual([])
  }
})

test('a gift card is spent, given back and lapsed at once, and never beyond what it holds', async () => {
  await must(
    ask(0, 'gift-cards/sales', [
      { reference: 'S1', code: 'CARD', purpose: 'multi', on, paid: '100.00', method: 'card' },
    ]),
  )
  for (let n = 0; n < 6; n += 1) await sell(`I${n}`, '50.00')
  const spend = (n: number) =>
    ask(n, 'gift-cards/redemptions', [{ reference: `U${n}`, code: 'CARD', invoice: `I${n}`, on, amount: '40.00' }])
  const outcomes = await outcomesOf([
    ...many(6, spend),
    ask(0, 'gift-cards/refunds', [{ reference: 'B1', code: 'CARD', on, amount: '40.00', method: 'card' }]),
    ask(1, 'gift-cards/breakage', [{ reference: 'L1', code: 'CARD', on, amount: '40.00' }]),
  ])
  expect(done(outcomes)).toBe(2)
  expect(codes(outcomes)).toEqual(['gift_card_exceeded'])
  expect((await balances()).gift_card_liability).toBe('-20.00')
})

test('store credit is spent and paid out at once, and never beyond what there is', async () => {
  await sell('I0', '100.00')
  await must(
    ask(0, 'payments/captures', [
      { source: 's', reference: 'P', method: 'card', customer, on, amount: '120.00', invoice: 'I0' },
    ]),
  )
  await must(ask(0, 'credit-notes', [{ number: 'CN', invoice: 'I0', on, lines: [{ lineNo: 1, quantity: '1' }] }]))
  const issued = await outcomesOf(
    many(6, (n) => ask(n, 'store-credit/issues', [{ reference: `G${n}`, creditNote: 'CN', on, amount: '50.00' }])),
  )
  expect(done(issued)).toBe(2)
  for (let n = 0; n < 4; n += 1) await sell(`J${n}`, '50.00')
  const outcomes = await outcomesOf([
    ...many(4, (n) =>
      ask(n, 'store-credit/redemptions', [{ reference: `U${n}`, invoice: `J${n}`, on, amount: '30.00' }]),
    ),
    ...many(2, (n) =>
      ask(n, 'store-credit/payouts', [{ reference: `O${n}`, customer: 'C1', on, amount: '30.00', from: 'bank' }]),
    ),
  ])
  expect(done(outcomes)).toBe(3)
  expect((await balances()).store_credit_liability).toBe('-10.00')
})

test('a settlement races a credit note, a write-off and a gift card for what one invoice owes', async () => {
  await must(
    ask(0, 'gift-cards/sales', [
      { reference: 'S1', code: 'CARD', purpose: 'multi', on, paid: '1000.00', method: 'card' },
    ]),
  )
  for (let round = 0; round < 5; round += 1) {
    const invoice = `R${round}`
    await sell(invoice, '100.00')
    const outcomes = await outcomesOf([
      ask(0, 'payments/captures', [
        { source: 's', reference: `P${round}`, method: 'card', customer, on, amount: '120.00', invoice },
      ]),
      ask(1, 'credit-notes', [{ number: `N${round}`, invoice, on, lines: [{ lineNo: 1, quantity: '1' }] }]),
      ask(0, 'bad-debts', [{ reference: `W${round}`, invoice, on, reason: 'gone' }]),
      ask(1, 'gift-cards/redemptions', [{ reference: `U${round}`, code: 'CARD', invoice, on, amount: '120.00' }]),
      ask(0, 'payments/received', [
        { source: 'b', reference: `B${round}`, into: 'bank', customer, invoices: [invoice], on, amount: '120.00' },
      ]),
    ])
    expect(codes(outcomes).filter((code) => !['open_item_exceeded', 'amount_not_positive'].includes(code))).toEqual([])
    const [item] = await runSql<{ left: string }>(
      one.url,
      `select (amount_minor - applied_minor)::text as left from open_item i join sales_document d on d.company_id = i.company_id and d.id::text = i.source_id
         where i.company_id = $1 and i.source_kind = 'sales_document' and d.number = $2`,
      [company.split('/').at(-1), invoice],
    )
    expect(item?.left).toBe('0')
  }
})

test('a deposit is used by two invoices and refunded at once, and never used twice', async () => {
  await must(
    ask(0, 'payments/captures', [
      {
        source: 's',
        reference: 'D',
        method: 'card',
        customer,
        on,
        amount: '120.00',
        order: 'O1',
        depositTaxCode: 'standard',
      },
    ]),
  )
  for (const number of ['I0', 'I1']) {
    const lines = [{ item: 'MUG', quantity: '1', unitPrice: '100.00' }]
    await must(ask(0, 'invoices', [{ number, on, customer, lines }]))
  }
  const outcomes = await outcomesOf([
    ...many(6, (n) =>
      ask(n, 'deposits/applications', [{ payment: { source: 's', reference: 'D' }, invoice: `I${n % 2}`, on }]),
    ),
    ask(1, 'payments/refunds', [
      { source: 's', reference: 'RF', payment: { source: 's', reference: 'D' }, on, amount: '120.00' },
    ]),
  ])
  expect(codes(outcomes)).toEqual([])
  const [deposit] = await runSql<{ net: string; tax: string }>(
    one.url,
    'select (net_minor - applied_net_minor)::text as net, (tax_minor - applied_tax_minor)::text as tax from deposit where company_id = $1',
    [company.split('/').at(-1)],
  )
  expect(deposit).toEqual({ net: '0', tax: '0' })
})

test('a reversal races a reclassification of the same line: wherever it ends, both sides come to nothing', async () => {
  for (let round = 0; round < 6; round += 1) {
    const lines = [
      { role: 'bank', amount: '-70.00' },
      { account: '7400', amount: '70.00' },
    ]
    const accounts = (await (await one.get(`${company}/accounts`)).json()) as {
      rows: { code: string; class: string; role: string | null }[]
    }
    const [from, to] = accounts.rows
      .filter((account) => account.class === 'expense' && account.role === 'expense')
      .concat(
        accounts.rows.filter((account) => account.class === 'expense' && account.role === null),
        accounts.rows.filter(
          (account) => account.class === 'expense' && ['freight_out', 'bad_debts'].includes(account.role ?? ''),
        ),
      )
    lines[1] = { account: from?.code as string, amount: '70.00' }
    const posted = await must((servers[0] as Ask)('POST', 'entries', { reference: `J${round}`, date: on, lines }))
    const { entryId } = (await posted.json()) as { entryId: string }
    const outcomes = await outcomesOf([
      (servers[round % 2] as Ask)('POST', `entries/${entryId}/reverse`, {}),
      ask(round + 1, 'reclassifications', [
        { entryId, lineNo: 2, toAccount: to?.code, date: on, reason: 'belongs there' },
      ]),
      (servers[(round + 1) % 2] as Ask)('POST', `entries/${entryId}/reverse`, {}),
    ])
    expect(codes(outcomes).filter((code) => !['line_moved_on', 'already_reversed'].includes(code))).toEqual([])
    const sums = await runSql<{ code: string; sum: string }>(
      one.url,
      `select a.code, sum(l.amount_minor)::text as sum from journal_line l join account a on a.company_id = l.company_id and a.id = l.account_id
         where l.company_id = $1 group by a.code having sum(l.amount_minor) <> 0`,
      [company.split('/').at(-1)],
    )
    // Reclassified after its reversal, a line stands on the new account against the reversal on the old one: that is what was asked for.
    const between = [from?.code, to?.code]
    expect(sums.filter(({ code }) => !between.includes(code))).toEqual([])
    const [moved = '0', ...others] = sums.map(({ sum }) => sum.replace('-', ''))
    expect(others.filter((sum) => sum !== moved)).toEqual([])
    expect(Number(moved)).toBeLessThanOrEqual(7_000 * (round + 1))
  }
})

test('a month is revalued twice at once, and once is what it comes to', async () => {
  await must(ask(0, 'rates', [{ source: 'company', currency: 'EUR', day: '2024-01-01', rate: '0.80' }]))
  await must(
    ask(0, 'invoices', [
      { number: 'E1', on, currency: 'EUR', customer, lines: [{ item: 'MUG', quantity: '1', unitPrice: '100.00' }] },
    ]),
  )
  await must(ask(0, 'rates', [{ source: 'company', currency: 'EUR', day: '2024-01-20', rate: '0.90' }]))
  const outcomes = await outcomesOf(many(8, (n) => ask(n, 'revaluations', [{ month: '2024-01' }])))
  expect(codes(outcomes)).toEqual([])
  expect(await count('journal_entry', "rule = 'revaluation'")).toBe(1)
  expect(await count('revaluation_line')).toBe(1)
})

test('a year is closed while its last entries are posted: each is in its result, or in the year after a reopening', async () => {
  const post = (n: number) =>
    (servers[n % 2] as Ask)('POST', 'entries', {
      reference: `Y${n}`,
      date: '2023-12-31',
      lines: [
        { role: 'bank', amount: '1.00' },
        { role: 'other_income', amount: '-1.00' },
      ],
    })
  await must(post(100))
  const outcomes = await outcomesOf([
    ...many(10, post),
    ask(0, 'years/close', [{ year: 2023 }]),
    ...many(10, (n) => post(20 + n)),
    ask(1, 'years/close', [{ year: 2023 }]),
  ])
  expect(codes(outcomes)).toEqual(['fiscal_year_already_closed'])
  const held = await balances()
  const result =
    BigInt((held.retained_earnings ?? '0').replace('.', '')) + BigInt((held.other_income ?? '0').replace('.', ''))
  expect(result).toBe(-2100n)
  expect(await count('journal_entry', "source_kind = 'fiscal_year'")).toBe(1)
})

const standsOn = async (code: string): Promise<string | undefined> =>
  (
    await runSql<{ sum: string }>(
      one.url,
      `select coalesce(sum(l.amount_minor), 0)::text as sum from journal_line l
         join account a on a.company_id = l.company_id and a.id = l.account_id where l.company_id = $1 and a.code = $2`,
      [company.split('/').at(-1), code],
    )
  )[0]?.sum

test('the mapping is applied while an import writes: every line stands where its rule says, or moves there once', async () => {
  const uploaded = await one.send('POST', `${company}/imports/files?name=orders.csv`, orderExport, {
    'content-type': 'text/csv',
  })
  const { sha256 } = (await uploaded.json()) as { sha256: string }
  const accounts = (await (await one.get(`${company}/accounts`)).json()) as {
    rows: { code: string; role: string | null; class: string }[]
  }
  const other = accounts.rows.find(({ role }) => role === 'other_income')?.code
  await must((servers[0] as Ask)('POST', 'accounts', { code: '4999', name: 'Sales elsewhere', class: 'income' }))
  expect(other).toBeDefined()
  const started = await (servers[0] as Ask)('POST', 'imports', {
    format: 'online-retail',
    files: [{ name: 'orders.csv', sha256 }],
    dryRun: false,
  })
  expect(started.status).toBe(202)
  const at = `${company}/imports/${((await started.json()) as { id: string }).id}`
  const rule = { role: 'sales', account: '4999', effectiveFrom: '2000-01-01', reason: 'elsewhere' }
  const changed = await outcomesOf([(servers[1] as Ask)('POST', 'mapping-rules', rule)])
  const apply = (n: number) =>
    (servers[n % 2] as Ask)('POST', 'mapping-rules/apply', { rules: [], reason: 'elsewhere' })
  const outcomes = await outcomesOf(many(4, apply))
  let state = 'running'
  while (state === 'running') ({ state } = (await (await one.get(at)).json()) as { state: string })
  expect([state, codes(changed), codes(outcomes)]).toEqual(['done', [], []])
  await outcomesOf([apply(0)])
  const held = await balances()
  expect(held.sales).toBeUndefined()
  expect(await standsOn('4999')).not.toBe('0')
  const before = await count('journal_entry')
  await outcomesOf(many(3, apply))
  expect(await count('journal_entry')).toBe(before)
})
