import { setTimeout as sleep } from 'node:timers/promises'
import readWorkbook from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { streamed } from '../../src/http/streamed.ts'
import { join, keyOf } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await done('customers', [{ number: 'C1', name: '=cmd|calc' }])
  await done('items', [{ code: 'MUG', name: 'Mug <blue> & "white"' }])
  const invoices = Array.from({ length: 620 }, (_, index) => ({
    number: `INV-${String(index + 1).padStart(4, '0')}`,
    on: index % 2 === 0 ? '2024-03-01' : '2024-04-01',
    customer: { number: 'C1' },
    lines: [{ item: 'MUG', quantity: '1', unitPrice: `${index + 1}.00` }],
  }))
  await done('invoices', invoices)
})
afterAll(() => site.close())

async function done(path: string, requests: unknown[]): Promise<void> {
  const response = await site.post(`${company}/${path}`, { requests })
  expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
}

async function linesOf(path: string): Promise<string[]> {
  const response = await site.get(`${company}/exports/${path}`)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.text()).trimEnd().split('\n')
}

test('a list is taken away whole, with its filters, its order and the columns that are asked for', async () => {
  const all = await linesOf('documents')
  expect(all).toHaveLength(621)
  expect(all[0]?.split(',')).toEqual(
    expect.arrayContaining(['number', 'gross', 'open', 'earlyPayment.percent', 'currency']),
  )
  const march = await linesOf('documents?to=2024-03-31&sort=issuedOn&columns=number,issuedOn,gross,currency')
  expect(march.slice(0, 3)).toEqual([
    'number,issuedOn,gross,currency',
    'INV-0001,2024-03-01,1.20,GBP',
    'INV-0003,2024-03-01,3.60,GBP',
  ])
  expect(march).toHaveLength(311)
  expect(new Set(march).size).toBe(311)
  expect(await linesOf('entries?columns=rule,source.kind&from=2024-04-01')).toHaveLength(311)
})

test('what a spreadsheet would compute is kept from being computed', async () => {
  expect(await linesOf('customers?columns=number,name&number=C1')).toEqual(['number,name', "C1,'=cmd|calc"])
})

test('a workbook has the same rows, numbers as numbers and texts as they are', async () => {
  const response = await site.get(
    `${company}/exports/documents?format=xlsx&columns=number,gross&to=2024-03-31&sort=issuedOn`,
  )
  expect(response.headers.get('content-type')).toContain('spreadsheetml')
  const [sheet] = await readWorkbook(Buffer.from(await response.arrayBuffer()))
  const cells = (sheet as { data: unknown[][] }).data
  expect(cells).toHaveLength(311)
  expect(cells.slice(0, 2)).toEqual([
    ['number', 'gross'],
    ['INV-0001', 1.2],
  ])
  const items = await site.get(`${company}/exports/items?format=xlsx&columns=name`)
  const [names] = await readWorkbook(Buffer.from(await items.arrayBuffer()))
  expect((names as { data: unknown[][] }).data).toEqual([['name'], ['Mug <blue> & "white"']])
})

const documents = (reader: Pick<Site, 'get'>): Promise<Response> => reader.get(`${company}/exports/documents`)

async function readUntilRefused(reader: Pick<Site, 'get'>): Promise<{ open: Response[]; refused: Response }> {
  const open: Response[] = []
  for (;;) {
    const response = await documents(reader)
    if (response.status !== 200) return { open, refused: response }
    open.push(response)
  }
}

async function expectRefused(refused: Response): Promise<void> {
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
  expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
}

test('whoever reads slowly, by hand and by a key, keeps nobody else out, and all together leave the database to everybody else', async () => {
  const second = await join(site, company, 'accountant')
  const third = await join(site, company, 'accountant')
  const slow = await documents(second)
  const withKey = await keyOf(site, company, second, ['sales.read'])
  const byKey = await readUntilRefused(withKey)
  expect(byKey.open).toHaveLength(1)
  await expectRefused(byKey.refused)
  await expectRefused(await documents(second))
  const byAnother = await readUntilRefused(site)
  expect(byAnother.open).toHaveLength(2)
  await expectRefused(byAnother.refused)
  await expectRefused(await documents(third))
  for (const other of ['export/journal?format=csv', 'month-end-pack?period=2024-03']) {
    const declined = await third.get(`${company}/${other}`)
    expect([other, declined.status, declined.headers.get('content-disposition')]).toEqual([other, 429, null])
    expect(declined.headers.get('content-type')).toBe('application/problem+json')
  }
  expect((await third.get(`${company}/documents?limit=1`)).status).toBe(200)
  await slow.body?.cancel()
  for (let status = 429; status === 429; ) {
    const response = await documents(third)
    status = response.status
    await response.text()
  }
  for (const one of [...byKey.open, ...byAnother.open]) expect((await one.text()).split('\n')).toHaveLength(622)
})

test('what nobody reads lets go of the database', async () => {
  const logged: string[] = []
  const workplace = { database: site.database, log: (line: string) => void logged.push(line) }
  const stream = await streamed(workplace, BigInt(company.split('/').at(-1) as string), twoParts, 20)
  while (logged.length === 0) await sleep(5)
  expect(logged).toEqual(['An export was cut off: nobody reads it'])
  // Whoever reads on later is told, and does not take half of it for the whole.
  await expect(new Response(stream).arrayBuffer()).rejects.toThrow('nobody reads it')
})

test('whoever has read a file to its end may ask for the next at once', async () => {
  const workplace = { database: site.database, log: () => {} }
  const oneAfterTheOther = async (): Promise<void> => {
    for (let file = 0; file < 5; file++) {
      const stream = await streamed(workplace, BigInt(company.split('/').at(-1) as string), twoParts)
      expect((await new Response(stream).arrayBuffer()).byteLength).toBe(2)
    }
  }
  await Promise.all([oneAfterTheOther(), oneAfterTheOther()])
})

async function* twoParts(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array([1])
  yield new Uint8Array([2])
}

test('every list has its file, also where it is empty', async () => {
  for (const path of [
    'payments',
    'items',
    'open-items',
    'earlier-documents',
    'exceptions',
    'customers',
    'entries',
    'gift-cards',
    'store-credit',
  ])
    expect((await linesOf(path)).length, path).toBeGreaterThan(0)
  expect(await linesOf('payments?columns=reference,amount')).toEqual(['reference,amount'])
})

test('what is wrong with the question is said in place of a file, by the page as by the workbook', async () => {
  for (const format of ['csv', 'xlsx']) {
    const refused = await site.get(`${company}/exports/item-sales?from=2024-02-01&to=2024-01-01&format=${format}`)
    expect([refused.status, refused.headers.get('content-disposition')]).toEqual([400, null])
    expect(await refused.json()).toMatchObject({ code: 'input_invalid' })
  }
})

test('what is not there cannot be asked for, and what may not be read is not given', async () => {
  for (const query of ['columns=colour', 'format=pdf', 'colour=red', 'limit=5', 'sort=number'])
    expect([query, (await site.get(`${company}/exports/documents?${query}`)).status]).toEqual([query, 400])
  const packer = await join(site, company, 'warehouse')
  expect((await packer.get(`${company}/exports/documents`)).status).toBe(403)
})
