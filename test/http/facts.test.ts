import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await tell('items', { code: 'mug', name: 'Mug' })
})
afterAll(() => site.close())

const send = (path: string, requests: unknown[], headers: Record<string, string> = {}) =>
  site.post(`${company}/${path}`, { requests }, headers)

/** Sends one fact, expects it to be taken, and returns what became of it. */
async function tell(path: string, request: unknown): Promise<Record<string, string>> {
  const response = await send(path, [request])
  const answer = (await response.json()) as { results: Record<string, string>[] }
  expect(response.status, JSON.stringify(answer)).toBe(201)
  return answer.results[0] as Record<string, string>
}

async function declined(path: string, ...requests: unknown[]): Promise<string> {
  const response = await send(path, requests)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return ((await response.json()) as { code: string }).code
}

async function balances(): Promise<Record<string, string>> {
  const response = await site.get(`${company}/reports/trial-balance`)
  const { rows } = (await response.json()) as { rows: { role: string; balance: { amount: string } }[] }
  return Object.fromEntries(rows.map(({ role, balance }) => [role, balance.amount]))
}

const anna = { number: 'Anna' }
const card = { source: 'card', method: 'card' }
const mugs = (quantity: string) => [{ item: 'mug', quantity, unitPrice: '10.00' }]

describe('the facts of a prepaid order', () => {
  it('are told one after the other and leave the books of the first story', async () => {
    await tell('payments/captures', {
      ...card,
      reference: 'P1',
      customer: anna,
      on: '2011-01-10',
      amount: '150.00',
      order: 'W1',
      depositTaxCode: 'standard',
    })
    expect(await balances()).toEqual({ payment_clearing: '150.00', customer_deposits: '-125.00', output_tax: '-25.00' })
    const order = { number: '1', on: '2011-01-11', customer: anna, order: 'W1', lines: mugs('12'), shipping: '5.00' }
    expect((await tell('invoices', order)).result).toBe('created')
    expect((await tell('invoices', order)).result).toBe('existing')
    await tell('credit-notes', { number: 'C1', invoice: '1', on: '2011-01-12', lines: [{ lineNo: 1, quantity: '1' }] })
    await tell('payments/refunds', {
      source: 'card',
      reference: 'R1',
      payment: { source: 'card', reference: 'P1' },
      on: '2011-01-12',
      amount: '12.00',
    })
    await tell('fees', { method: 'card', reference: 'F1', on: '2011-01-13', net: '4.50' })
    await tell('payouts', { method: 'card', reference: 'O1', sentOn: '2011-01-13', amount: '133.50' })
    expect(await balances()).toEqual({
      bank: '133.50',
      output_tax: '-23.00',
      sales: '-120.00',
      sales_returns: '10.00',
      shipping_income: '-5.00',
      payment_fees: '4.50',
    })
  })

  it('are declined by name, and a list with one wrong fact leaves nothing behind', async () => {
    const before = await balances()
    const refund = {
      source: 'card',
      reference: 'R2',
      payment: { source: 'card', reference: 'P1' },
      on: '2011-01-20',
      amount: '999.00',
    }
    expect(await declined('payments/refunds', refund)).toBe('refund_exceeds_payment')
    expect(await declined('payments/refunds', { ...refund, payment: { source: 'card', reference: 'none' } })).toBe(
      'payment_unknown',
    )
    const good = { number: '8', on: '2011-01-21', customer: anna, lines: mugs('1') }
    expect(
      await declined('invoices', good, {
        ...good,
        number: '9',
        lines: [{ item: 'lamp', quantity: '1', unitPrice: '1' }],
      }),
    ).toBe('item_unknown')
    expect(await declined('invoices', { ...good, shipping: '1.001' })).toBe('input_invalid')
    expect(
      await declined('credit-notes', {
        number: 'C9',
        invoice: '1',
        on: '2011-01-21',
        lines: [{ lineNo: 1, quantity: '12' }],
      }),
    ).toBe('credit_exceeds_invoice')
    expect(await declined('invoices')).toBe('input_invalid')
    expect(await balances()).toEqual(before)
  })
})

describe('the other facts', () => {
  it('sell and redeem gift cards, receive money on account, write off, open, move and close', async () => {
    await tell('gift-cards/sales', {
      reference: 'g1',
      code: 'GC',
      purpose: 'multi',
      on: '2011-02-01',
      paid: '20.00',
      method: 'card',
    })
    await tell('invoices', { number: '2', on: '2011-02-02', customer: anna, lines: mugs('5') })
    await tell('gift-cards/redemptions', {
      reference: 'g2',
      code: 'GC',
      invoice: '2',
      on: '2011-02-02',
      amount: '20.00',
    })
    expect(
      await declined('gift-cards/redemptions', {
        reference: 'g3',
        code: 'GC',
        invoice: '2',
        on: '2011-02-02',
        amount: '0.01',
      }),
    ).toBe('gift_card_exceeded')
    await tell('payments/received', {
      source: 'bank',
      reference: 'B1',
      into: 'bank',
      customer: anna,
      invoices: ['2'],
      on: '2011-02-03',
      amount: '30.00',
    })
    await tell('bad-debts', { reference: 'D1', invoice: '2', on: '2011-02-04', reason: 'gone' })
    const now = await balances()
    expect(now).toMatchObject({ payment_clearing: '20.00', bank: '163.50', bad_debts: '10.00' })
    expect(now.receivable).toBeUndefined()
    const opening = await tell('opening-balances', {
      reference: 'start',
      date: '2010-12-31',
      lines: [{ role: 'bank', amount: '500.00' }],
    })
    expect(opening.date).toBe('2010-12-31')
    const closed = await tell('years/close', { year: 2011 })
    expect(closed.date).toBe('2011-12-31')
    expect((await balances()).sales).toBeUndefined()
  })

  it('offer a discount, take it with the money, and keep a deposit that nobody comes for', async () => {
    const order = { number: '21', on: '2012-01-11', customer: anna, lines: mugs('10') }
    await tell('invoices', { ...order, earlyPayment: { percent: '5', until: '2012-01-25' } })
    const offered = { invoice: '21', percent: '5', until: '2012-01-25' }
    expect((await tell('invoices/early-payment-terms', offered)).result).toBe('saved')
    expect(await declined('invoices/early-payment-terms', { ...offered, percent: '6' })).toBe(
      'discount_offered_differently',
    )
    expect(await declined('invoices/early-payment-terms', { ...offered, percent: '100' })).toBe('input_invalid')
    const listed = await site.get(`${company}/documents?number=21`)
    const { rows } = (await listed.json()) as { rows: { earlyPayment: unknown }[] }
    expect(rows[0]?.earlyPayment).toEqual({ percent: '5', until: '2012-01-25', endedOn: null })
    const paid = { source: 'bank', reference: 'B21', into: 'bank', customer: anna, invoices: ['21'], on: '2012-01-20' }
    expect(await declined('payments/early', { ...paid, amount: '113.99' })).toBe('discount_not_offered')
    const before = await balances()
    expect((await tell('payments/early', { ...paid, amount: '114.00' })).result).toBe('created')
    expect((await tell('payments/early', { ...paid, amount: '114.00' })).result).toBe('existing')
    expect(Number((await balances()).bank) - Number(before.bank)).toBe(114)
    expect((await balances()).sales_discounts).toBe('5.00')
    await tell('payments/captures', {
      ...card,
      reference: 'P21',
      customer: anna,
      on: '2012-01-21',
      amount: '60.00',
      order: 'W21',
    })
    const kept = { payment: { source: 'card', reference: 'P21' }, on: '2012-02-21', reason: 'not fetched' }
    expect((await tell('deposits/forfeitures', kept)).result).toBe('created')
    expect((await tell('deposits/forfeitures', kept)).result).toBe('existing')
    expect((await balances()).other_income).toBe('-60.00')
    expect(await declined('deposits/forfeitures', { ...kept, reason: 'why not' })).toBe('fact_posted_differently')
  })

  it('put so much of a payment to each invoice, never more than is paid or open', async () => {
    for (const number of ['41', '42', '43'])
      await tell('invoices', { number, on: '2012-03-01', customer: anna, lines: mugs('10') })
    const paid = { source: 'bank', reference: 'P41', into: 'bank', customer: anna, on: '2012-03-02', amount: '200.00' }
    const part = (number: string, amount: string) => ({ number, amount })
    const put = (...invoices: unknown[]) => declined('payments/received', { ...paid, invoices })
    expect(await put(part('41', '120.01'))).toBe('open_item_exceeded')
    expect(await put(part('41', '120.00'), part('42', '80.01'))).toBe('parts_exceed_payment')
    expect(await put(part('41', '0.00'))).toBe('amount_not_positive')
    expect(await put('41', part('41', '10.00'))).toBe('input_invalid')
    await tell('payments/received', { ...paid, invoices: ['41', part('42', '30.00'), part('43', '60.00')] })
    const openOf = async (number: string) => {
      const listed = await site.get(`${company}/documents?number=${number}`)
      return ((await listed.json()) as { rows: { open: { amount: string } }[] }).rows[0]?.open.amount
    }
    expect(await Promise.all(['41', '42', '43'].map(openOf))).toEqual(['10.00', '90.00', '60.00'])
  })

  it('end a discount before its last day, for what is paid from then on', async () => {
    const invoices = ['31', '32', '33'].map((number) => ({
      number,
      on: '2012-03-01',
      customer: anna,
      lines: mugs('10'),
    }))
    for (const invoice of invoices.slice(0, 2))
      await tell('invoices', { ...invoice, earlyPayment: { percent: '5', until: '2012-03-25' } })
    await tell('invoices', invoices[2] as object)
    const idOf = async (number: string): Promise<string> => {
      const listed = await site.get(`${company}/documents?number=${number}`)
      return ((await listed.json()) as { rows: { id: string }[] }).rows[0]?.id as string
    }
    const [first, second, plain] = await Promise.all(['31', '32', '33'].map(idOf))
    const end = async (id: string | undefined, on: string, headers = {}) => {
      const body = { on, reason: 'agreed otherwise' }
      const response = await site.post(`${company}/early-payment-terms/${id}/end`, body, headers)
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    }
    const read = await site.get(`${company}/early-payment-terms/${first}`)
    const tag = { 'if-match': read.headers.get('etag') ?? '' }
    expect((await end(first, '2012-02-29')).body.code).toBe('input_invalid')
    expect((await end(first, '2012-03-26')).body.code).toBe('input_invalid')
    expect((await end(plain, '2012-03-10')).body.code).toBe('discount_not_offered')
    for (const id of [first, second])
      expect(await end(id, '2012-03-10', id === first ? tag : {})).toMatchObject({
        status: 200,
        body: { until: '2012-03-25', endedOn: '2012-03-10', reason: 'agreed otherwise' },
      })
    expect((await end(first, '2012-03-11', tag)).body.code).toBe('changed_meanwhile')
    expect((await end(first, '2012-03-11')).body.endedOn).toBe('2012-03-10')
    const paid = { source: 'bank', into: 'bank', customer: anna, amount: '114.00' }
    const late = { ...paid, reference: 'E31', invoices: ['31'], on: '2012-03-10' }
    expect(await declined('payments/early', late)).toBe('discount_not_offered')
    await tell('payments/early', { ...paid, reference: 'E32', invoices: ['32'], on: '2012-03-09' })
    const rows = async (query: string) => {
      const listed = await site.get(`${company}/early-payment-terms?${query}`)
      return ((await listed.json()) as { rows: { number: string }[] }).rows.map(({ number }) => number)
    }
    expect(await rows('ended=true&sort=until')).toEqual(['31', '32'])
    expect(await rows('ended=false&from=2012-03-01')).toEqual([])
    expect(await rows('to=2012-03-25&customer=nobody')).toEqual([])
    const shown = await site.get(`${company}/documents/${first}`)
    expect(((await shown.json()) as { earlyPayment: object }).earlyPayment).toEqual({
      percent: '5',
      until: '2012-03-09',
      endedOn: '2012-03-10',
    })
    const log = await site.get(`${company}/audit-log?table=early_payment_ending`)
    expect(await log.text()).toContain('agreed otherwise')
  })

  it('move a line to another account, once', async () => {
    const posted = await tell('fees', { method: 'card', reference: 'F2', on: '2012-01-13', net: '7.00' })
    const line = {
      entryId: posted.entryId,
      lineNo: 1,
      toAccount: '6120',
      date: '2012-01-31',
      reason: 'was a marketplace fee',
    }
    expect((await tell('reclassifications', line)).result).toBe('created')
    expect((await tell('reclassifications', line)).result).toBe('existing')
    expect(await balances()).toMatchObject({ channel_fees: '7.00' })
    expect(await declined('reclassifications', { ...line, lineNo: 9 })).toBe('line_unknown')
  })

  it('apply deposits and open items', async () => {
    await tell('payments/captures', {
      ...card,
      reference: 'P5',
      customer: anna,
      on: '2012-02-01',
      amount: '12.00',
      order: 'W5',
    })
    await tell('invoices', { number: '5', on: '2012-02-01', customer: anna, lines: mugs('1') })
    expect((await tell('deposits/applications', { order: 'W5', invoice: '5', on: '2012-02-02' })).amount).toBe('12.00')
    expect((await tell('deposits/applications', { order: 'W5', invoice: '5', on: '2012-02-02' })).amount).toBe('0.00')
    expect(
      await declined('open-items/applications', {
        debitItem: '999999',
        creditItem: '999998',
        on: '2012-02-02',
        amount: '1.00',
      }),
    ).toBe('open_item_unknown')
  })

  it('leave books that every check holds', async () => {
    const { checks } = (await (await site.post(`${company}/checks`, {})).json()) as { checks: { result: string }[] }
    expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  })
})

describe('an idempotency key', () => {
  it('answers a retry with the same answer, and refuses another request', async () => {
    const fee = { method: 'card', reference: 'K1', on: '2012-03-01', net: '1.00' }
    const first = await send('fees', [fee], { 'idempotency-key': 'k1' })
    const again = await send('fees', [fee], { 'idempotency-key': 'k1' })
    expect(await again.json()).toEqual(await first.json())
    expect((await send('fees', [{ ...fee, net: '2.00' }], { 'idempotency-key': 'k1' })).status).toBe(422)
  })
})
