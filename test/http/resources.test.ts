import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { inCompany } from '../../src/kernel/database.ts'
import { saveEarlierDocuments } from '../../src/modules/intake/index.ts'
import { issueDocuments } from '../../src/modules/sales/index.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await done('customers', [
    { number: 'C1', name: 'Anna', country: 'GB', paymentDays: 30 },
    { number: 'C2', name: 'Bert' },
  ])
  await done('items', [{ code: 'MUG', name: 'Mug' }])
  await done(
    'invoices',
    Array.from({ length: 25 }, (_, index) => invoice(`INV-${index + 1}`, index % 2 === 0 ? 'C1' : 'C2', index)),
  )
  await done('credit-notes', [
    { number: 'CN-1', invoice: 'INV-1', on: '2024-04-01', lines: [{ lineNo: 1, quantity: '1' }] },
  ])
  const capture = { source: 'stripe', method: 'card', customer: { number: 'C1' }, on: '2024-04-02', amount: '12.00' }
  await done('payments/captures', [{ ...capture, reference: 'pi_1', invoice: 'INV-3' }])
  const payment = { source: 'stripe', reference: 'pi_1' }
  await done('payments/refunds', [{ source: 'stripe', reference: 're_1', payment, on: '2024-04-03', amount: '2.00' }])
})
afterAll(() => site.close())

const invoice = (number: string, customer: string, index: number) => ({
  number,
  on: `2024-03-${String(1 + (index % 9)).padStart(2, '0')}`,
  customer: { number: customer },
  lines: [{ item: 'MUG', quantity: '1', unitPrice: '10.00' }],
  ...(index === 4 ? { order: 'O-1' } : {}),
})

async function done(path: string, requests: unknown[]): Promise<void> {
  const response = await site.post(`${company}/${path}`, { requests })
  expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
}

type Row = Record<string, unknown> & { id: string; number: string }
type Page = { rows: Row[]; next: string | null }
const page = async (path: string): Promise<Page> => {
  const response = await site.get(`${company}/${path}`)
  expect(response.status, path).toBe(200)
  return (await response.json()) as Page
}
const numbers = async (path: string): Promise<string[]> => (await page(path)).rows.map(({ number }) => number)

async function all(path: string, between: (pages: number) => Promise<void> = async () => {}): Promise<Row[]> {
  const rows: Row[] = []
  let after = ''
  for (let pages = 1; ; pages += 1) {
    const found = await page(`${path}${after}`)
    rows.push(...found.rows)
    if (found.next === null) return rows
    after = `&after=${found.next}`
    await between(pages)
  }
}

describe('a list', () => {
  it('gives every row once, in order, whatever the size of the page and whatever comes meanwhile', async () => {
    const whole = await all('documents?limit=500')
    expect(whole).toHaveLength(26)
    for (const limit of [1, 7, 25, 26])
      expect((await all(`documents?limit=${limit}`)).map(({ id }) => id)).toEqual(whole.map(({ id }) => id))
    const days = whole.map(({ issuedOn }) => String(issuedOn))
    expect(days).toEqual([...days].sort().reverse())
    const other = await newCompany(site, 'Meanwhile')
    const kept = company
    company = other
    try {
      await done('items', [{ code: 'MUG', name: 'Mug' }])
      await done(
        'invoices',
        Array.from({ length: 9 }, (_, index) => invoice(`A${index}`, 'C1', index)),
      )
      const seen = await all('documents?limit=2', async (pages) => {
        await done('invoices', [invoice(`B${pages}`, 'C1', pages * 2), invoice(`Z${pages}`, 'C1', 8)])
      })
      const names = seen.map(({ number }) => number)
      expect(new Set(names).size).toBe(names.length)
      expect(names.filter((number) => number.startsWith('A'))).toHaveLength(9)
    } finally {
      company = kept
    }
  })

  it('of documents is filtered by day, kind, customer, number, order and what is open', async () => {
    expect(await numbers('documents?kind=credit_note')).toEqual(['CN-1'])
    expect(await numbers('documents?number=INV-7')).toEqual(['INV-7'])
    expect(await numbers('documents?order=O-1')).toEqual(['INV-5'])
    expect(await numbers('documents?from=2024-03-09&to=2024-03-31')).toEqual(['INV-18', 'INV-9'])
    expect(await numbers('documents?to=2024-03-01&sort=issuedOn')).toEqual(['INV-1', 'INV-10', 'INV-19'])
    const ofBert = await all('documents?customer=C2')
    expect([ofBert.length, new Set(ofBert.map(({ customerNumber }) => customerNumber))]).toEqual([12, new Set(['C2'])])
    expect(await numbers('documents?customer=nobody')).toEqual([])
    const open = await numbers('documents?open=true&limit=100')
    expect(open).not.toContain('INV-1') // credited wholly
    expect(open).toContain('INV-2')
    expect(open).toHaveLength(23) // INV-3 was paid; its refund stands for itself
  })

  it('says what an order is worth, and that nobody owes it', async () => {
    const other = await newCompany(site, 'Orders')
    const line = { itemCode: null, code: 'MUG', description: 'Mug', role: null, taxCodeId: null }
    await inCompany(site.database, BigInt(other.split('/').at(-1) as string), (tx) =>
      issueDocuments(tx, [
        {
          source: 'test',
          number: 'order/A1',
          kind: 'order',
          issuedOn: accountingDate('2024-03-01'),
          customer: { number: 'C1', name: 'Anna' },
          destination: '',
          country: 'GB',
          settlement: 'none',
          currency: 'GBP',
          prices: 'net',
          rounding: 'per_document',
          taxes: [],
          lines: [
            { ...line, quantity: '3', unitPrice: '10', netMinor: 30_00n },
            { ...line, quantity: '1', unitPrice: '-1', netMinor: -1_00n },
          ],
          contentHash: Buffer.from('A1'),
        },
      ]),
    )
    const { rows } = (await (await site.get(`${other}/documents`)).json()) as Page
    expect(rows).toMatchObject([
      { kind: 'order', ordered: { amount: '29.00', currency: 'GBP' }, gross: { amount: '0.00' }, open: null },
    ])
    const found = (await (await site.get(`${company}/documents?kind=invoice&limit=1`)).json()) as Page
    expect(found.rows[0]).toMatchObject({ ordered: null })
  })

  it('refuses what it does not know', async () => {
    for (const query of [
      'colour=red',
      'limit=0',
      'limit=501',
      'limit=x',
      'after=nonsense',
      'kind=poem',
      'from=2024-02-30',
    ]) {
      expect([query, (await site.get(`${company}/documents?${query}`)).status]).toEqual([query, 400])
    }
    const { next } = await page('documents?limit=1')
    expect((await site.get(`${company}/documents?sort=issuedOn&after=${next}`)).status).toBe(400)
    expect((await site.get(`${company}/payments?after=${next}`)).status).toBe(400)
    const bad = Buffer.from(JSON.stringify(['-issuedOn', '2024-02-30', '1'])).toString('base64url')
    expect((await site.get(`${company}/documents?after=${bad}`)).status).toBe(400)
  })

  it('is there for payments, customers, items, open items and entries', async () => {
    expect((await page('payments?kind=refund')).rows).toMatchObject([{ reference: 're_1', amount: { amount: '2.00' } }])
    const [capture] = (await page('payments?reference=pi_1')).rows
    expect(capture).toMatchObject({ kind: 'capture', refunded: { amount: '2.00' }, customerNumber: 'C1' })
    expect((await page(`payments?refunds=${capture?.id}`)).rows).toMatchObject([{ reference: 're_1' }])
    expect((await page(`payments?document=${capture?.document}`)).rows.map(({ id }) => id)).toContain(capture?.id)
    expect(await numbers('customers?number=C1')).toEqual(['C1'])
    expect(await numbers('customers')).toEqual(expect.arrayContaining(['C1', 'C2']))
    expect((await page('items')).rows).toMatchObject([{ code: 'MUG', kind: 'goods', taxCode: null }])
    const items = await page('open-items?customer=C2&limit=500')
    expect(items.rows).toHaveLength(12)
    expect(items.rows[0]).toMatchObject({
      open: { amount: '12.00', currency: 'GBP' },
      source: { kind: 'sales_document' },
    })
    expect((await page('open-items?dueBefore=2024-03-02')).rows).toHaveLength(2)
    const entries = await all('entries?limit=10')
    expect(entries).toHaveLength(28)
    const document = (await page('documents?number=INV-2')).rows[0]
    expect((await page(`entries?document=${document?.id}`)).rows).toMatchObject([{ rule: 'invoice-issued' }])
  })
})

describe('a list that is short', () => {
  it('is given whole unless a page is asked for, and then by pages that make the whole', async () => {
    for (const path of ['accounts', 'tax-codes', 'mapping-rules', 'mapping-rules?role=sales', 'destination-rules']) {
      const whole = await page(path)
      expect([path, whole.next]).toEqual([path, null])
      expect(whole.rows.length, path).toBeGreaterThan(0)
      const paged = await all(`${path}${path.includes('?') ? '&' : '?'}limit=3`)
      expect(paged, path).toEqual(whole.rows)
    }
    const first = await page('accounts?limit=1')
    for (const wrong of ['limit=0', 'limit=1001', 'limit=x', 'after=', `after=${first.next}x`, 'after=MTIzNDU2Nzg'])
      expect((await site.get(`${company}/accounts?${wrong}`)).status, wrong).toBe(400)
    expect((await site.get(`${company}/tax-codes?after=${first.next}`)).status).toBe(400)
  })

  it('has each of its rows by itself', async () => {
    const rule = (await page('mapping-rules')).rows[0]
    expect(await (await site.get(`${company}/mapping-rules/${rule?.id}`)).json()).toEqual(rule)
    expect(await (await site.get(`${company}/mapping-rules/999999`)).json()).toMatchObject({
      status: 404,
      code: 'mapping_rule_unknown',
    })
    const code = (await page('tax-codes')).rows[0]
    expect(await (await site.get(`${company}/tax-codes/${code?.code}`)).json()).toEqual(code)
    expect(await (await site.get(`${company}/tax-codes/none`)).json()).toMatchObject({
      status: 404,
      code: 'tax_code_absent',
    })
    const item = (await page('open-items')).rows[0]
    expect(await (await site.get(`${company}/open-items/${item?.id}`)).json()).toEqual(item)
    expect((await site.get(`${company}/open-items/999999`)).status).toBe(404)
  })
})

describe('documents of earlier books', () => {
  it('are listed, the latest first, and read one by one', async () => {
    const invoice = {
      kind: 'invoice' as const,
      partyId: null,
      dueOn: accountingDate('2023-02-28'),
      status: 'PAID',
      currency: 'EUR',
      rate: '1.15',
      totalMinor: 126_00n,
      taxMinor: 21_00n,
      openMinor: 5_00n,
    }
    await inCompany(site.database, BigInt(company.split('/').at(-1) as string), (tx) =>
      saveEarlierDocuments(tx, 'xero', [
        { ...invoice, externalId: 'a', number: 'X-1', issuedOn: accountingDate('2023-01-01') },
        { ...invoice, externalId: 'b', number: 'X-2', issuedOn: accountingDate('2023-01-02'), kind: 'bill' },
        { ...invoice, externalId: 'c', number: 'X-3', issuedOn: accountingDate('2023-01-03') },
      ]),
    )
    expect((await all('earlier-documents?limit=1')).map(({ number }) => number)).toEqual(['X-3', 'X-2', 'X-1'])
    expect(await numbers('earlier-documents?kind=bill')).toEqual(['X-2'])
    expect(await numbers('earlier-documents?from=2023-01-02&to=2023-01-02')).toEqual(['X-2'])
    expect(await numbers('earlier-documents?source=xero&number=X-1')).toEqual(['X-1'])
    expect(await numbers('earlier-documents?source=other')).toEqual([])
    const one = (await page('earlier-documents?number=X-1')).rows[0]
    expect(one).toMatchObject({ externalId: 'a', rate: '1.15', total: { amount: '126.00', currency: 'EUR' } })
    expect(await (await site.get(`${company}/earlier-documents/${one?.id}`)).json()).toEqual(one)
    expect((await site.get(`${company}/earlier-documents/999999`)).status).toBe(404)
  })
})

describe('what is read', () => {
  it('gives what it names whole where that is asked for', async () => {
    const [plain] = (await page('documents?number=INV-3')).rows
    expect([typeof plain?.customer, plain?.lines]).toEqual(['string', undefined])
    const query = 'number=INV-3&expand[]=customer&expand[]=lines&expand[]=taxes&expand[]=payments'
    const [whole] = (await page(`documents?${query}`)).rows
    expect(whole).toMatchObject({
      customer: { number: 'C1', name: 'Anna', country: 'GB', paymentDays: 30 },
      lines: [{ lineNo: 1, item: 'MUG', quantity: '1', net: { amount: '10.00' }, taxCode: 'standard' }],
      taxes: [{ taxCode: 'standard', base: { amount: '10.00' }, tax: { amount: '2.00' } }],
      gross: { amount: '12.00', currency: 'GBP' },
    })
    expect(((whole?.payments ?? []) as Row[]).map(({ reference }) => reference)).toContain('pi_1')
    const [note] = (await page('documents?number=CN-1&expand[]=credits')).rows
    expect(note).toMatchObject({ credits: { number: 'INV-1' }, gross: { amount: '-12.00' }, open: { amount: '0.00' } })
    const single = await site.get(`${company}/documents/${whole?.id}`)
    expect(await single.json()).toMatchObject({ number: 'INV-3', lines: [{ code: 'MUG' }], taxes: [{}] })
    const [payment] = (await page('payments?reference=pi_1&expand[]=document&expand[]=customer')).rows
    expect(payment).toMatchObject({ document: { number: 'INV-3' }, customer: { number: 'C1' } })
    const [entry] = (await page('entries?limit=1&expand[]=lines')).rows
    expect(((entry?.lines ?? []) as unknown[]).length).toBeGreaterThan(1)
    expect((await site.get(`${company}/documents?expand[]=secrets`)).status).toBe(400)
  })

  it.each(['documents', 'payments', 'customers', 'items'])('of %s refuses an id that is not there', async (path) => {
    const response = await site.get(`${company}/${path}/999999`)
    expect(response.status).toBe(404)
    expect((await site.get(`${company}/${path}/x`)).status).toBe(400)
  })

  it('carries a tag, and is not sent again to whoever has it', async () => {
    for (const path of [
      'documents',
      'customers?number=C1',
      'accounts',
      'accounts/1200',
      'reports/trial-balance?asOf=2024-03-01',
    ]) {
      const first = await site.get(`${company}/${path}`)
      const tag = first.headers.get('etag') ?? ''
      expect([path, first.status, tag]).toEqual([path, 200, expect.stringMatching(/^".+"$/)])
      const again = await site.get(`${company}/${path}`, { 'if-none-match': `"other", ${tag}` })
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
      expect((await site.get(`${company}/${path}`, { 'if-none-match': '"other"' })).status).toBe(200)
    }
  })
})

describe('a change', () => {
  const change = (path: string, body: object, headers = {}) => site.send('PATCH', `${company}/${path}`, body, headers)
  const idOf = async (path: string): Promise<string> => (await page(path)).rows[0]?.id as string

  it('to a customer keeps what it does not name', async () => {
    const at = `customers/${await idOf('customers?number=C2')}`
    expect(await (await change(at, { name: 'Bertha', paymentDays: 14 })).json()).toMatchObject({
      number: 'C2',
      name: 'Bertha',
      paymentDays: 14,
    })
    expect(await (await change(at, { country: 'DE' })).json()).toMatchObject({ name: 'Bertha', country: 'DE' })
    expect(await (await change(at, { country: null })).json()).toMatchObject({ name: 'Bertha', country: null })
    expect((await change('customers/999999', { name: 'x' })).status).toBe(404)
    expect((await change(at, { number: 'C9' })).status).toBe(400)
  })

  it('to an item knows tax codes and groups by their codes', async () => {
    const at = `items/${await idOf('items?code=MUG')}`
    expect(await (await change(at, { name: 'Large mug', taxCode: 'zero' })).json()).toMatchObject({
      name: 'Large mug',
      taxCode: 'zero',
    })
    expect(await (await change(at, { taxCode: 'none' })).json()).toMatchObject({ code: 'tax_code_unknown' })
    expect(await (await change(at, { itemGroup: 'none' })).json()).toMatchObject({ code: 'item_group_unknown' })
    expect(await (await change(at, { taxCode: null })).json()).toMatchObject({ name: 'Large mug', taxCode: null })
    expect((await change('items/999999', { name: 'x' })).status).toBe(404)
  })

  it('is refused where it says something else by now', async () => {
    for (const [at, body] of [
      [`customers/${await idOf('customers?number=C1')}`, { name: 'Anna Smith' }],
      [`items/${await idOf('items?code=MUG')}`, { name: 'Small mug' }],
      ['accounts/1200', { name: 'Till' }],
    ] as const) {
      const tag = (await site.get(`${company}/${at}`)).headers.get('etag') ?? ''
      const headers = { 'if-match': tag }
      expect((await change(at, body, headers)).status).toBe(200)
      const late = await change(at, { name: 'Other' }, headers)
      expect([late.status, await late.json()]).toMatchObject([412, { code: 'changed_meanwhile' }])
      expect(await (await site.get(`${company}/${at}`)).json()).toMatchObject(body)
      expect((await change(at, body, { 'if-match': '*' })).status).toBe(200)
    }
  })

  it('adds a customer once, and refuses another under the number', async () => {
    const add = async (requests: object[]) => await site.post(`${company}/customers?mode=each`, { requests })
    const anna = { number: 'C7', name: 'Anna' }
    const { results } = (await (await add([anna, anna, { ...anna, name: 'Berta' }])).json()) as {
      results: { result?: { result: string }; problem?: { code: string } }[]
    }
    expect(results.map(({ result, problem }) => result?.result ?? problem?.code)).toEqual([
      'created',
      'existing',
      'customer_exists',
    ])
  })
})
