import { afterAll, beforeAll, expect, test } from 'vitest'
import { join } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

type Hit = { kind: string; id: string; title: string; detail: string; rank: number; amount: { amount: string } | null }

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await done('customers', [
    { number: 'C-100', name: 'Anna Smith', country: 'GB' },
    { number: 'C-200', name: 'Bert Anderson' },
    { number: 'C-300', name: '50% off_shop' },
  ])
  await done('items', [
    { code: 'MUG', name: 'Blue mug' },
    { code: 'LANT', name: 'Garden lantern' },
  ])
  const line = { item: 'MUG', quantity: '1', unitPrice: '10.00' }
  const sold = { on: '2024-03-01', customer: { number: 'C-100' }, lines: [line] }
  await done('invoices', [
    { ...sold, number: 'INV-1' },
    { ...sold, number: 'INV-10', order: 'WEB-77' },
    { ...sold, number: 'INV-2' },
  ])
  const capture = { source: 'stripe', method: 'card', customer: { number: 'C-100' }, on: '2024-03-04', amount: '12.00' }
  await done('payments/captures', [{ ...capture, reference: 'pi_1', invoice: 'INV-1' }])
  const posted = await site.post(`${company}/entries`, {
    reference: 'RENT-03',
    date: '2024-03-07',
    lines: [
      { role: 'bank', amount: '-10.00' },
      { account: '7100', amount: '10.00' },
    ],
  })
  expect(posted.status).toBe(201)
  await site.post(`${company}/seal`, {})
})
afterAll(() => site.close())

async function done(path: string, requests: unknown[]): Promise<void> {
  const response = await site.post(`${company}/${path}`, { requests })
  expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
}

async function found(words: string, more = ''): Promise<string[]> {
  const response = await site.get(`${company}/search?q=${encodeURIComponent(words)}${more}`)
  expect(response.status).toBe(200)
  return ((await response.json()) as { rows: Hit[] }).rows.map(({ kind, title }) => `${kind} ${title}`)
}

test('a number is found by how it begins, whatever its case, and what is called just so comes first', async () => {
  expect(await found('INV-1')).toEqual(['document INV-1', 'document INV-10'])
  expect(await found('inv', '&kinds=document')).toEqual(['document INV-1', 'document INV-2', 'document INV-10'])
  expect(await found('web-7')).toEqual(['document INV-10'])
  expect(await found('pi_')).toEqual(['payment pi_1'])
  expect(await found('2024-1')).toHaveLength(1)
  expect(await found('RENT-03', '&kinds=entry')).toHaveLength(1)
})

test('a name is found by any part of it, by how a word begins, and written much like it', async () => {
  expect(await found('anna')).toEqual(['customer Anna Smith'])
  expect(await found('an')).toEqual(expect.arrayContaining(['customer Anna Smith', 'customer Bert Anderson']))
  expect(await found('erso')).toEqual(['customer Bert Anderson'])
  expect(await found('lantren')).toEqual(['item Garden lantern'])
  expect(await found('c-200')).toEqual(['customer Bert Anderson'])
  expect(await found('mug')).toEqual(['item Blue mug'])
  expect(await found('trade debt')).toEqual(expect.arrayContaining([expect.stringContaining('account Trade debtors')]))
  expect(await found('1200')).toEqual(expect.arrayContaining([expect.stringContaining('account')]))
})

test('signs that mean something in a pattern are sought as they are written', async () => {
  expect(await found('50%')).toEqual(['customer 50% off_shop'])
  expect(await found('off_s')).toEqual(['customer 50% off_shop'])
  expect(await found('%%%')).toEqual([])
  expect(await found('___')).toEqual([])
  expect(await found('\\')).toEqual([])
})

test('only the kinds that are asked for, only so many of each, and a hit says what tells it apart', async () => {
  expect(await found('inv', '&limit=2&kinds=document')).toHaveLength(2)
  expect(await found('anna', '&kinds=item&kinds=account')).toEqual([])
  const response = await site.get(`${company}/search?q=INV-10&kinds=document`)
  const { rows } = (await response.json()) as { rows: Hit[] }
  expect(rows[0]).toMatchObject({
    detail: 'invoice · Anna Smith · WEB-77',
    on: '2024-03-01',
    amount: { amount: '12.00', currency: 'GBP' },
    rank: 1,
  })
  for (const query of ['', 'q=', 'q=a&limit=0', 'q=a&kinds=poem', 'q=a&colour=red'])
    expect([query, (await site.get(`${company}/search?${query}`)).status]).toEqual([query, 400])
})

test('nobody finds what they may not see, and nothing of another company', async () => {
  const packer = await join(site, company, 'warehouse')
  const seen = (await (await packer.get(`${company}/search?q=m`)).json()) as { rows: Hit[] }
  expect(new Set(seen.rows.map(({ kind }) => kind))).not.toContain('document')
  const mine = (await (await packer.get(`${company}/search?q=INV-1`)).json()) as { rows: Hit[] }
  expect(mine.rows).toEqual([])
  const other = await newCompany(site, 'Other')
  for (const words of ['INV-1', 'anna', 'mug', 'pi_1', 'lantren', '2024-1']) {
    const response = await site.get(`${other}/search?q=${words}`)
    expect([words, ((await response.json()) as { rows: Hit[] }).rows]).toEqual([words, []])
  }
})

test('what is called just so is found among however many that hold the same letters, suppliers too', async () => {
  await runSql(
    site.url,
    `insert into party (company_id, kind, number, name)
       select company_id, 'customer', 'E-' || n, 'Ember Trading ' || n from party, generate_series(1, 400) n where number = 'C-100'`,
  )
  await done('customers', [{ number: 'Z-1', name: 'Ember' }])
  await runSql(
    site.url,
    `insert into party (company_id, kind, number, name)
       select company_id, 'supplier', v.number, v.name from party, (values ('S-1', 'Clay & Co'), ('S-2', 'Ember')) v (number, name) where party.number = 'C-100'`,
  )
  expect(await found('ember', '&kinds=customer&limit=2')).toEqual(['customer Ember', 'customer Ember Trading 1'])
  expect(await found('e-399', '&kinds=customer&limit=1')).toEqual(['customer Ember Trading 399'])
  expect(await found('ember', '&limit=1')).toEqual(['customer Ember', 'supplier Ember'])
  expect(await found('clay')).toEqual(['supplier Clay & Co'])
  expect(await found('S-1')).toEqual(['supplier Clay & Co'])
  const { rows } = (await (await site.get(`${company}/suppliers?like=clay`)).json()) as { rows: { name: string }[] }
  expect(rows.map(({ name }) => name)).toEqual(['Clay & Co'])
  const packer = await join(site, company, 'warehouse')
  expect(((await (await packer.get(`${company}/search?q=clay`)).json()) as { rows: Hit[] }).rows).toEqual([])
})

test('the function that looks sees no row where no company is set', async () => {
  const rows = await runSql(
    site.url,
    `select * from search_company('INV-1', array['document', 'customer', 'supplier', 'item', 'account', 'payment', 'entry', 'import'], 5)`,
  )
  expect(rows).toEqual([])
})
