import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepBooksSealed } from '../../src/jobs/keep-books-sealed.ts'
import { reports } from '../../src/reports/index.ts'
import { codeOf } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(async () => {
  expect(site.logged).toEqual([])
  await site.close()
})

type Company = { at: string; id: bigint }

async function companyIn(currency: string, more: object = {}): Promise<Company> {
  const response = await site.post('/api/v1/companies', { name: `In ${currency}`, country: 'GB', currency, ...more })
  expect(response.status).toBe(201)
  const { id } = (await response.json()) as { id: string }
  return { at: `/api/v1/companies/${id}`, id: BigInt(id) }
}

const journal = (reference: string, date: string, amount: string) => ({
  reference,
  date,
  lines: [
    { role: 'bank', amount },
    { role: 'share_capital', amount: amount.startsWith('-') ? amount.slice(1) : `-${amount}` },
  ],
})

const statusOf = async (response: Promise<Response>): Promise<[number, string]> => {
  const answer = await response
  const text = await answer.text()
  const code = answer.status < 400 ? '' : ((JSON.parse(text) as { code: string }).code ?? text)
  return [answer.status, code]
}

async function holds(company: Company): Promise<void> {
  const proof = (await (await site.post(`${company.at}/checks`, {})).json()) as { ok: boolean; checks: object[] }
  expect(proof.ok, JSON.stringify(proof).slice(0, 2000)).toBe(true)
}

describe('a day at the edge of the calendar', () => {
  let company: Company
  beforeAll(async () => {
    company = await companyIn('GBP')
    await site.post(`${company.at}/items`, { requests: [{ code: 'MUG', name: 'Mug' }] })
  })

  const days = [
    '0001-01-01',
    '0001-12-31',
    '1582-10-15',
    '1900-02-28',
    '2000-02-29',
    '2024-02-29',
    '9999-12-30',
    '9999-12-31',
  ]

  test.each(days)('%s is posted to, closed, reopened, revalued and reversed, or refused in words', async (date) => {
    const attempts: [string, string, object][] = [
      ['POST', 'entries', journal(`plain ${date}`, date, '10.00')],
      ['POST', 'entries', { ...journal(`next day ${date}`, date, '10.00'), reverse: 'next_day' }],
      ['POST', 'entries', { ...journal(`next period ${date}`, date, '10.00'), reverse: 'next_period' }],
      [
        'POST',
        'journals/drafts',
        { requests: [{ ...journal(`draft ${date}`, date, '10.00'), reverse: 'next_period' }] },
      ],
      ['POST', 'revaluations', { requests: [{ month: date.slice(0, 7) }] }],
      ['POST', `periods/${date.slice(0, 7)}/close`, {}],
      ['POST', 'entries', journal(`late ${date}`, date, '10.00')],
      ['POST', `periods/${date.slice(0, 7)}/reopen`, { reason: 'to see' }],
      ['POST', 'years/close', { requests: [{ year: Number(date.slice(0, 4)) }] }],
      [
        'POST',
        'invoices',
        {
          requests: [
            {
              number: `I ${date}`,
              on: date,
              customer: { number: 'C' },
              lines: [{ item: 'MUG', quantity: '1', unitPrice: '1.00' }],
            },
          ],
        },
      ],
      ['POST', 'budgets', { requests: [{ code: date, name: 'Budget' }] }],
      [
        'POST',
        'recurring-journals',
        {
          requests: [
            {
              name: `R ${date}`,
              template: 'interest',
              every: 'month',
              startsOn: date,
              endsOn: null,
              parameters: { amount: '1.00' },
            },
          ],
        },
      ],
    ]
    for (const [method, path, body] of attempts) {
      const [status] = await statusOf(site.send(method, `${company.at}/${path}`, body))
      expect([path, status < 500]).toEqual([path, true])
    }
    // What lies outside of any books would be the first or the last day of every report from then on.
    const usual = date >= '1900' && date < '3000'
    const [posted] = await statusOf(site.post(`${company.at}/entries`, journal(`plain ${date}`, date, '10.00')))
    expect(posted).toBe(usual ? 201 : 400)
  })

  test('every report of every such day answers, or says what is wrong', async () => {
    await site.post(`${company.at}/budgets`, { requests: [{ code: 'B', name: 'B' }] })
    const ranges = [
      { asOf: '0001-01-01', from: '0001-01-01', to: '0001-01-01' },
      { asOf: '9999-12-31', from: '9999-12-31', to: '9999-12-31' },
      { asOf: '9999-12-31', from: '0001-01-01', to: '9999-12-31' },
      { asOf: '2024-02-29', from: '2024-02-29', to: '2024-02-29' },
      { asOf: '0001-01-01', from: '9999-12-31', to: '0001-01-01' },
    ]
    for (const [name, { parameters }] of Object.entries(reports)) {
      const choices = Object.entries(parameters).flatMap(([one, { choices = [] }]) =>
        choices.map((value) => ({ [one]: value })),
      )
      const both = choices.flatMap((first) => choices.map((second) => ({ ...first, ...second })))
      for (const range of ranges)
        for (const chosen of [{}, ...choices, ...both]) {
          const wanted = { ...range, ...chosen, account: '1200', budget: 'B' }
          const query = new URLSearchParams(Object.entries(wanted).filter(([one]) => Object.hasOwn(parameters, one)))
          const response = await site.get(`${company.at}/reports/${name}?${query}`)
          expect([name, String(query), response.status < 500]).toEqual([name, String(query), true])
        }
    }
  }, 240_000)

  test('and the books hold', () => holds(company))
})

describe('a fiscal year from July', () => {
  test('numbers, closes and reports by its own edge', async () => {
    const company = await companyIn('GBP', { fiscalYearStartMonth: 7 })
    const post = async (reference: string, date: string, amount: string) => {
      const lines = [
        { role: 'bank', amount },
        { role: 'other_income', amount: `-${amount}` },
      ]
      expect(await statusOf(site.post(`${company.at}/entries`, { reference, date, lines }))).toEqual([201, ''])
    }
    await post('before', '2024-06-30', '1.00')
    await post('after', '2024-07-01', '2.00')
    await post('leap', '2024-02-29', '4.00')
    expect(await statusOf(site.post(`${company.at}/years/close`, { requests: [{ year: 2024 }] }))).toEqual([201, ''])
    const sheet = await site.get(`${company.at}/reports/trial-balance?asOf=2024-06-30`)
    const { rows } = (await sheet.json()) as { rows: { role: string; balance: { amount: string } }[] }
    const balance = (role: string) => rows.find((row) => row.role === role)?.balance.amount
    expect([balance('retained_earnings'), balance('other_income')]).toEqual(['-5.00', undefined])
    await holds(company)
    const years = await runSql<{ fiscal_year: number; number: string }>(
      site.url,
      'select fiscal_year, number::text from journal_seal where company_id = $1 order by position',
      [company.id],
    )
    expect(years.map(({ fiscal_year, number }) => `${fiscal_year}/${number}`).sort()).toEqual([
      '2024/1',
      '2024/2',
      '2024/3',
      '2025/1',
    ])
  })
})

describe('an amount at the edge', () => {
  test('beyond what the books hold is refused, and no row of such amounts keeps them from being read, folded and sealed', async () => {
    const company = await companyIn('GBP')
    const post = (n: number | string, amount: string) =>
      statusOf(site.post(`${company.at}/entries`, journal(`most ${n}`, '2024-01-15', amount)))
    expect(await post('beyond', '999999999999999.99')).toEqual([422, 'number_too_large'])
    expect(await post('a penny beyond', '100000000000000.01')).toEqual([422, 'number_too_large'])
    for (let n = 0; n < 40; n += 1) expect(await post(n, '100000000000000.00')).toEqual([201, ''])
    await site.post(`${company.at}/items`, { requests: [{ code: 'GOLD', name: 'Gold' }] })
    for (let n = 0; n < 3; n += 1) {
      const line = { item: 'GOLD', quantity: '90000000000', unitPrice: '1000000' }
      const invoice = { number: `G${n}`, on: '2024-01-15', customer: { number: 'C' }, lines: [line] }
      expect(await statusOf(site.post(`${company.at}/invoices`, { requests: [invoice] }))).toEqual([
        422,
        'number_too_large',
      ])
    }
    for (const report of ['trial-balance', 'balance-sheet', 'profit-and-loss', 'journal', 'aged-receivables'])
      expect([report, (await site.get(`${company.at}/reports/${report}`)).status]).toEqual([report, 200])
    const logged: string[] = []
    const keeper = keepBooksSealed(site.database, { log: (line) => logged.push(line), shortestPauseMs: 1 })
    const waiting = async () =>
      (await runSql(site.url, 'select from account_balance_delta where company_id = $1', [company.id])).length
    while (logged.length === 0 && (await waiting()) > 0) await new Promise((done) => setTimeout(done, 10))
    await keeper.stop()
    expect(logged).toEqual([])
    expect((await site.get(`${company.at}/reports/trial-balance`)).status).toBe(200)
    await holds(company)
  })

  test.each([
    ['JPY', '1200', ['1200.0', '1200.5', '0.1']],
    ['KWD', '1200.001', ['1200.0001']],
    ['CLF', '1200.0001', ['1200.00001']],
    ['GBP', '1200.01', ['1200.001']],
  ])(
    'in %s has exactly its own places, through invoice, discount, payment, credit and reports',
    async (currency, amount, wrong) => {
      const company = await companyIn(currency)
      expect(await statusOf(site.post(`${company.at}/entries`, journal('exact', '2024-01-15', amount)))).toEqual([
        201,
        '',
      ])
      for (const one of wrong)
        expect(await statusOf(site.post(`${company.at}/entries`, journal(one, '2024-01-15', one)))).toEqual([
          400,
          'input_invalid',
        ])
      await site.post(`${company.at}/items`, { requests: [{ code: 'MUG', name: 'Mug' }] })
      const line = { item: 'MUG', quantity: '3', unitPrice: '33.33333333' }
      const unit = currency === 'JPY' ? '1' : currency === 'KWD' ? '0.001' : currency === 'CLF' ? '0.0001' : '0.01'
      const invoice = {
        number: 'I1',
        on: '2024-01-15',
        customer: { number: 'C' },
        lines: [line, line, line],
        discount: unit,
        shipping: unit,
      }
      expect(await statusOf(site.post(`${company.at}/invoices`, { requests: [invoice] }))).toEqual([201, ''])
      const documents = (await (await site.get(`${company.at}/documents`)).json()) as {
        rows: { gross: { amount: string } }[]
      }
      const gross = documents.rows[0]?.gross.amount as string
      const paid = {
        source: 'test',
        reference: 'P1',
        method: 'card',
        customer: { number: 'C' },
        on: '2024-01-16',
        amount: gross,
        invoice: 'I1',
      }
      expect(await statusOf(site.post(`${company.at}/payments/captures`, { requests: [paid] }))).toEqual([201, ''])
      for (const [number, quantity] of [
        ['CN1', '1'],
        ['CN2', '2'],
      ]) {
        const lines = [1, 2, 3, 4, 5].map((lineNo) => ({ lineNo, quantity: lineNo > 3 ? '0.5' : (quantity as string) }))
        const credit = { number, invoice: 'I1', on: '2024-01-17', lines }
        expect(await statusOf(site.post(`${company.at}/credit-notes`, { requests: [credit] }))).toEqual([201, ''])
      }
      const trial = (await (await site.get(`${company.at}/reports/trial-balance`)).json()) as {
        rows: { role: string; balance: { amount: string } }[]
      }
      for (const role of ['output_tax', 'sales_suspense', 'rounding'])
        expect([role, trial.rows.find((row) => row.role === role)]).toEqual([role, undefined])
      const refund = {
        source: 'test',
        reference: 'R1',
        payment: { source: 'test', reference: 'P1' },
        on: '2024-01-18',
        amount: gross,
      }
      expect(await statusOf(site.post(`${company.at}/payments/refunds`, { requests: [refund] }))).toEqual([201, ''])
      expect(
        await statusOf(
          site.post(`${company.at}/payments/refunds`, { requests: [{ ...refund, reference: 'R2', amount: unit }] }),
        ),
      ).toEqual([422, 'refund_exceeds_payment'])
      await holds(company)
    },
  )

  test.each([
    '-0',
    '-0.00',
    '0',
    '0.00',
    '00',
    '+1',
    '1.',
    '.5',
    '1e3',
    '1_000',
    '1,000.00',
    ' 1',
    '0x10',
    'Infinity',
    '١٢',
  ])('written as %j is no line', async (amount) => {
    const company = await newCompany(site)
    // Were it read as a number, it would be one that the others do not balance, unless it is nothing.
    const lines = [
      { role: 'bank', amount },
      { role: 'bank', amount: '1.00' },
      { role: 'share_capital', amount: '-1.00' },
    ]
    const answer = await statusOf(
      site.post(`${company}/entries`, { reference: `as ${amount}`, date: '2024-01-15', lines }),
    )
    const isNothing = /^-?0+(\.0+)?$/.test(amount)
    if (!isNothing) expect(answer).toEqual([400, 'input_invalid'])
    else expect(['input_invalid', 'line_is_zero']).toContain(answer[1])
  })

  test('a rate of nothing, next to nothing or beyond measure is refused or converts to what the books hold', async () => {
    const company = await companyIn('GBP')
    await site.post(`${company.at}/items`, { requests: [{ code: 'MUG', name: 'Mug' }] })
    const rate = (value: string, day: string) =>
      statusOf(
        site.post(`${company.at}/rates`, {
          requests: [{ source: 'company', currency: 'EUR', day, rate: value }],
        }),
      )
    const nothing = await rate('0', '2024-01-01')
    expect(nothing).toEqual([400, 'input_invalid'])
    expect(await rate('0.00000000000000000000', '2024-01-01')).toEqual([400, 'input_invalid'])
    const rates: [string, string][] = [
      ['0.000000001', '2024-01-01'],
      ['0.00000000000000000001', '2024-02-01'],
      ['999999999999999', '2024-03-01'],
      ['0.85', '2024-04-01'],
    ]
    for (const [value, day] of rates) {
      const [status] = await rate(value, day)
      expect(status).toBeLessThan(500)
      const line = { item: 'MUG', quantity: '1', unitPrice: '999.99' }
      const invoice = { number: `E ${day}`, on: day, currency: 'EUR', customer: { number: 'C' }, lines: [line] }
      const [issued] = await statusOf(site.post(`${company.at}/invoices`, { requests: [invoice] }))
      expect(issued).toBeLessThan(500)
      const paid = {
        source: 'test',
        reference: `P ${day}`,
        method: 'card',
        customer: { number: 'C' },
        on: '2024-04-02',
        amount: '1199.99',
        currency: 'EUR',
        invoice: `E ${day}`,
      }
      if (issued === 201)
        expect((await statusOf(site.post(`${company.at}/payments/captures`, { requests: [paid] })))[0]).toBeLessThan(
          500,
        )
      const [revalued] = await statusOf(
        site.post(`${company.at}/revaluations`, { requests: [{ month: day.slice(0, 7) }] }),
      )
      expect(revalued).toBeLessThan(500)
    }
    await holds(company)
  })
})

describe('midnight', () => {
  test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'America/New_York'])(
    'is the company’s own in %s: today’s reports end on its day',
    async (timeZone) => {
      const company = await companyIn('GBP', { timeZone })
      const report = (await (await site.get(`${company.at}/reports/trial-balance`)).json()) as { asOf: string }
      const here = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date())
      expect(report.asOf).toBe(here)
    },
  )

  test('a zone that is none is refused', async () => {
    const wanted = { name: 'Nowhere', country: 'GB', currency: 'GBP', timeZone: 'Moon/Tranquility' }
    expect(await codeOf(await site.post('/api/v1/companies', wanted))).toBe('time_zone_unknown')
    expect((await newCompany(site)).length).toBeGreaterThan(0)
  })
})
