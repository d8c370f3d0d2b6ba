import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await done('customers', [
    { number: 'C1', name: 'Anna Smith', country: 'GB' },
    { number: 'C2', name: 'Bert', country: 'DE' },
  ])
  await done('items', [
    { code: 'MUG', name: 'Blue mug' },
    { code: 'LAMP', name: 'Lamp' },
  ])
  const invoice = (number: string, on: string, item: string, unitPrice: string, customer: string) => ({
    number,
    on,
    dueOn: '2024-04-01',
    customer: { number: customer },
    lines: [{ item, quantity: '1', unitPrice }],
  })
  await done('invoices', [
    invoice('A1', '2024-03-01', 'MUG', '10.00', 'C1'),
    invoice('A2', '2024-03-02', 'LAMP', '100.00', 'C1'),
    invoice('A3', '2024-03-03', 'MUG', '20.00', 'C2'),
  ])
  const received = { source: 'bank', reference: 'T1', into: 'bank', customer: { number: 'C2' }, on: '2024-03-09' }
  await done('payments/received', [{ ...received, invoices: ['A3'], amount: '24.00' }])
})
afterAll(() => site.close())

async function done(path: string, requests: unknown[]): Promise<void> {
  const response = await site.post(`${company}/${path}`, { requests })
  expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
}

type Row = { number: string; code: string; reference: string; customerNumber: string }

async function found(path: string, key: keyof Row): Promise<string[]> {
  const response = await site.get(`${company}/${path}`)
  expect([path, response.status]).toEqual([path, 200])
  return ((await response.json()) as { rows: Row[] }).rows.map((row) => row[key])
}

test.each([
  ['item=MUG', ['A3', 'A1']],
  ['item=nothing', []],
  ['country=GB', ['A3', 'A2', 'A1']],
  ['country=FR', []],
  ['taxCode=standard', ['A3', 'A2', 'A1']],
  ['taxCode=zero', []],
  ['without=channel', ['A3', 'A2', 'A1']],
  ['without=customer', []],
  ['channel=web', []],
  ['itemGroup=cups', []],
  ['source=countinghouse', ['A3', 'A2', 'A1']],
  ['atLeast=24', ['A3', 'A2']],
  ['atLeast=12.01&atMost=24.00', ['A3']],
  ['dueBefore=2024-04-02', ['A2', 'A1']],
  ['dueBefore=2024-04-01', []],
])('documents of %s', async (query, numbers) => {
  expect(await found(`documents?${query}`, 'number')).toEqual(numbers)
})

test('customers, items, payments, entries and open items are narrowed by what a person knows of them', async () => {
  expect(await found('customers?country=DE', 'number')).toEqual(['C2'])
  expect(await found('customers?like=smi', 'number')).toEqual(['C1'])
  expect(await found('customers?open=true', 'number')).toEqual(['C1'])
  expect(await found('items?like=mug', 'code')).toEqual(['MUG'])
  expect(await found('items?kind=service', 'code')).toEqual([])
  expect(await found('payments?source=bank&atLeast=24.00', 'reference')).toEqual(['T1'])
  expect(await found('payments?atMost=23.99', 'reference')).toEqual([])
  expect(await found('open-items?atLeast=100', 'customerNumber')).toEqual(['C1'])
  expect(await found('entries?rule=customer-paid&account=1200', 'number')).toHaveLength(1)
  expect(await found('entries?account=4000', 'number')).toHaveLength(3)
  expect(await found('entries?postedBy=user:999', 'number')).toEqual([])
})

test('an amount is a decimal', async () => {
  for (const amount of ['x', '1e3', '1.23456', ''])
    expect((await site.get(`${company}/documents?atLeast=${amount}`)).status).toBe(400)
})

type Card = { id: string; lastFour: string; balance: { amount: string } }
type Move = { kind: string; amount: { amount: string }; entry: string; document: string; documentNumber: string }
const rowsAt = async <Row>(path: string): Promise<Row[]> => {
  const response = await site.get(`${company}/${path}`)
  expect([path, response.status]).toEqual([path, 200])
  return ((await response.json()) as { rows: Row[] }).rows
}

test('gift cards are found by their end, balance, day and customer, and their codes are told to nobody', async () => {
  const sale = { purpose: 'multi', on: '2024-03-10', method: 'card' }
  await done('gift-cards/sales', [
    { ...sale, reference: 's1', code: 'SPRING-AAAA', paid: '50.00' },
    { ...sale, reference: 's2', code: 'SPRING-BBBB', paid: '20.00', expiresOn: '2024-12-31' },
    { ...sale, reference: 's3', code: 'SPRING-CCCC', paid: '5.00', expiresOn: '2999-12-31', on: '2024-05-01' },
  ])
  const [first] = await rowsAt<Card>('gift-cards?code=SPRING-AAAA')
  await done('gift-cards/redemptions', [
    { reference: 'r1', card: first?.id, invoice: 'A1', on: '2024-03-11', amount: '12.00' },
  ])
  await done('gift-cards/breakage', [{ reference: 'b1', code: 'SPRING-BBBB', on: '2025-01-01' }])
  const ends = async (query: string) => (await rowsAt<Card>(`gift-cards?${query}`)).map(({ lastFour }) => lastFour)
  expect(await ends('')).toEqual(['CCCC', 'BBBB', 'AAAA'])
  expect(await ends('sort=-balance')).toEqual(['AAAA', 'CCCC', 'BBBB'])
  expect(await ends('sort=lastMovedOn')).toEqual(['AAAA', 'CCCC', 'BBBB'])
  expect(await ends('lastFour=AAAA')).toEqual(['AAAA'])
  expect(await ends('balance=none')).toEqual(['BBBB'])
  expect(await ends('balance=some&atMost=37.99')).toEqual(['CCCC'])
  expect(await ends('atLeast=38')).toEqual(['AAAA'])
  expect(await ends('expired=true')).toEqual(['BBBB'])
  expect(await ends('expired=false&sort=id')).toEqual(['AAAA', 'CCCC'])
  expect(await ends('unusedSince=2024-05-01')).toEqual(['AAAA'])
  expect(await ends('purpose=single')).toEqual([])
  expect(await ends('customer=C1')).toEqual(['AAAA'])
  expect(await ends('customer=C2')).toEqual([])
  const whole = await site.get(`${company}/gift-cards/${first?.id}`)
  expect(await whole.json()).toMatchObject({ lastFour: 'AAAA', balance: { amount: '38.00', currency: 'GBP' } })
  const moves = await rowsAt<Move>(`gift-card-movements?card=${first?.id}`)
  expect(moves).toMatchObject([
    { kind: 'redeemed', amount: { amount: '-12.00' }, documentNumber: 'A1', reference: 'r1' },
    { kind: 'sold', amount: { amount: '50.00' }, documentNumber: null, reference: 's1' },
  ])
  expect(await found(`entries?rule=gift-card-redeemed`, 'number')).toHaveLength(1)
  for (const move of moves) expect((await site.get(`${company}/entries/${move.entry}`)).status).toBe(200)
  for (const path of ['gift-cards', 'gift-card-movements', 'exports/gift-cards', 'reports/gift-cards?asOf=2024-12-31'])
    expect(await (await site.get(`${company}/${path}`)).text(), path).not.toContain('SPRING')
  const over = { reference: 'r2', card: first?.id, invoice: 'A1', on: '2024-03-11', amount: '38.01' }
  const refused = async (path: string, request: object) => {
    const response = await site.post(`${company}/${path}`, { requests: [request] })
    const text = await response.text()
    if ('card' in request) expect(text).not.toContain('SPRING')
    return (JSON.parse(text) as { code: string }).code
  }
  expect(await refused('gift-cards/redemptions', over)).toBe('gift_card_exceeded')
  expect(await refused('gift-cards/redemptions', { ...over, code: 'SPRING-AAAA' })).toBe('input_invalid')
  expect(await refused('gift-cards/redemptions', { ...over, card: '999' })).toBe('gift_card_unknown')
  expect(await refused('gift-cards/breakage', { reference: 'b2', on: '2025-01-01' })).toBe('input_invalid')
})

test('store credit is found by customer and balance, with what moved it', async () => {
  await done('credit-notes', [
    { number: 'CN2', invoice: 'A3', on: '2024-03-12', lines: [{ lineNo: 1, quantity: '1' }] },
  ])
  await done('store-credit/issues', [{ reference: 'i1', creditNote: 'CN2', on: '2024-03-12' }])
  await done('store-credit/payouts', [
    { reference: 'o1', customer: 'C2', on: '2024-03-13', amount: '4.00', from: 'bank' },
  ])
  const [credit] = await rowsAt<Card>('store-credit?balance=some&sort=-balance')
  expect(credit).toMatchObject({ customerNumber: 'C2', lastMovedOn: '2024-03-13', balance: { amount: '20.00' } })
  expect(await rowsAt('store-credit?balance=none')).toEqual([])
  expect(await rowsAt('store-credit?customer=C1')).toEqual([])
  expect(await rowsAt('store-credit?atLeast=20&atMost=20&sort=balance')).toHaveLength(1)
  expect((await site.get(`${company}/store-credit/${credit?.id}`)).status).toBe(200)
  expect((await site.get(`${company}/store-credit/999999`)).status).toBe(404)
  const moves = await rowsAt<Move>('store-credit-movements?customer=C2')
  expect(moves).toMatchObject([
    { kind: 'cashed', amount: { amount: '-4.00' }, document: null },
    { kind: 'issued', amount: { amount: '24.00' }, documentNumber: 'CN2' },
  ])
  for (const move of moves) expect((await site.get(`${company}/entries/${move.entry}`)).status).toBe(200)
})

test('item groups are added once, renamed unless somebody else has, and lead to their items', async () => {
  await done('item-groups', [
    { code: 'CUPS', name: 'Cups' },
    { code: 'LIGHT', name: 'Lamps' },
    { code: 'CUPS', name: 'Other' },
  ])
  await done('item-groups', [{ code: 'CUPS', name: 'Other' }])
  type Group = { id: string; code: string; name: string; items: number }
  const [cups] = await rowsAt<Group>('item-groups')
  expect(cups).toMatchObject({ code: 'CUPS', name: 'Cups', items: 0 })
  const [mug] = await rowsAt<{ id: string }>('items?code=MUG')
  expect((await site.send('PATCH', `${company}/items/${mug?.id}`, { itemGroup: 'CUPS' })).status).toBe(200)
  const read = await site.get(`${company}/item-groups/${cups?.id}`)
  const tag = { 'if-match': read.headers.get('etag') ?? '' }
  const rename = async (id: string | undefined, headers = {}) => {
    const response = await site.send('PATCH', `${company}/item-groups/${id}`, { name: 'Cups and mugs' }, headers)
    return (await response.json()) as { name?: string; items?: number; code?: string }
  }
  expect(await rename(cups?.id, tag)).toMatchObject({ name: 'Cups and mugs', items: 1 })
  expect(await rename(cups?.id, tag)).toMatchObject({ code: 'changed_meanwhile' })
  expect(await rename('999999')).toMatchObject({ code: 'item_group_unknown' })
  expect(await found('items?itemGroup=CUPS', 'code')).toEqual(['MUG'])
  expect(await found('item-groups?like=mugs', 'code')).toEqual(['CUPS'])
  expect(await found('item-groups?code=LIGHT', 'code')).toEqual(['LIGHT'])
})
