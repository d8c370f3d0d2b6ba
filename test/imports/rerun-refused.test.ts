import { afterAll, beforeAll, expect, test } from 'vitest'
import { rerunAll } from '../../src/imports/index.ts'
import {
  dismissExceptions,
  exceptionsById,
  listExceptions,
  portionsOfContents,
  reopenExceptions,
} from '../../src/modules/inbox/index.ts'
import { generatedNorthwind } from './generated-orders.ts'
import { expectSound, type ImportDesk, type ImportingCompany, openImportDesk } from './support.ts'

const usual = { country: 'US', currency: 'USD' }
let desk: ImportDesk
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())

const order = (number: string, taxCode: string, more: object = {}) => ({
  order: number,
  currency: 'GBP',
  ordered_on: '2026-03-30',
  invoiced_on: '2026-04-02',
  invoice: `INV-${number}`,
  customer: `C-${number}`,
  customer_name: 'Ann Example',
  lines: [{ item: 'MUG', quantity: '10', unit_price: '10.00', tax_code: taxCode }],
  shipping: [{ amount: '5.00', tax_code: taxCode }],
  payments: [{ method: 'card', paid_on: '2026-04-03', amount: '126.00' }],
  ...more,
})
const file = (orders: readonly object[], name: string) => desk.files.write(JSON.stringify(orders), name)
const refused = async (company: ImportingCompany) =>
  await company.work((tx) => listExceptions(tx, { kind: 'document_refused', states: ['open', 'in_progress'] }))
const rerun = async (company: ImportingCompany) => {
  const ids = (await refused(company)).map(({ id }) => id)
  return await company.work((tx) => rerunAll(tx, ids))
}
const kept = (company: ImportingCompany) =>
  company.look<{ content: unknown }>('select content from refused_content order by exception_id')
/** A company that has the tax code of the orders by now. */
const nameTheCode = (company: ImportingCompany) =>
  company.owner((tx) => tx.query(`update tax_code set code = 'special' where code = 'standard'`))
const end = (company: ImportingCompany, day: string | null) =>
  company.owner((tx) =>
    tx.query(`update account set ended_on = ${day === null ? 'null' : `'${day}'`} where role = 'shipping_income'`),
  )

test('what was refused is tried again without its file, and comes to what importing it would have come to', async () => {
  const orders = [order('1', 'special'), order('2', 'special')]
  const [company, other] = [await desk.company(), await desk.company()]
  const path = file(orders, 'special.json')
  expect(await company.importAs('orders', [path])).toMatchObject({ documents: { created: 0, refused: 2 } })
  expect(JSON.stringify(await kept(company))).toContain('Ann Example')

  expect((await rerun(company)).map(({ state, message }) => [state, message])).toEqual([
    ['open', expect.stringContaining('tax code')],
    ['open', expect.stringContaining('tax code')],
  ])
  await nameTheCode(company)
  expect((await rerun(company)).map(({ state }) => state)).toEqual(['resolved', 'resolved'])
  await nameTheCode(other)
  await other.importAs('orders', [path])
  expect(await company.balances()).toEqual(await other.balances())
  expect(await company.look('select number from sales_document order by number')).toEqual([
    { number: 'INV-1' },
    { number: 'INV-2' },
  ])
  // The file itself adds nothing any more.
  expect(await company.importAs('orders', [path])).toMatchObject({ documents: { created: 0, existing: 2, refused: 0 } })
  await expectSound(company)
  // Whom it named is forgotten with the exception.
  expect(await kept(company)).toEqual([{ content: null }, { content: null }])
})

test('one that still cannot be booked does not hold up the others', async () => {
  const company = await desk.company()
  await company.importAs('orders', [
    file([order('1', 'special'), order('2', 'nowhere'), order('3', 'special')], 'mixed.json'),
  ])
  await nameTheCode(company)
  const done = await rerun(company)
  expect(done.map(({ state }) => state).sort()).toEqual(['open', 'resolved', 'resolved'])
  const [left, ...more] = await refused(company)
  expect([left?.subject, more]).toEqual(['2', []])
  const [open] = await company.work((tx) => exceptionsById(tx, [left?.id as bigint]))
  expect(open?.notes.at(-1)).toMatchObject({ kind: 'rerun', body: expect.stringContaining('tax code') })
})

test('what is kept is taken in portions that the memory can hold', async () => {
  const company = await desk.company()
  await company.importAs('orders', [
    file([order('1', 'special'), order('2', 'special'), order('3', 'special')], 'portions.json'),
  ])
  const ids = (await refused(company)).map(({ id }) => id).sort()
  const [one] = await company.look<{ length: number }>(
    'select length(content::text)::int as length from refused_content limit 1',
  )
  const portions = (most?: number) => company.work((tx) => portionsOfContents(tx, ids, most))
  expect(await portions()).toEqual([ids])
  expect(await portions(one?.length)).toHaveLength(3)
  expect((await portions(2 * (one?.length ?? 0) + 50)).map((some) => some.length)).toEqual([2, 1])
})

test('what the ledger refused is tried again as well, whatever the format', async () => {
  const company = await desk.company()
  await end(company, '2011-01-31')
  const rows = [
    { number: '7', code: 'POST', price: '5' },
    { number: '8', code: 'POST', price: '6' },
    { number: '9', price: '1' },
  ]
  expect(await company.import(rows)).toMatchObject({ documents: { created: 1, refused: 2 } })
  const before = await company.balances()
  expect((await rerun(company)).map(({ state }) => state)).toEqual(['open', 'open'])
  expect(await company.balances()).toEqual(before)
  await end(company, null)
  expect((await rerun(company)).map(({ state }) => state)).toEqual(['resolved', 'resolved'])
  expect(await company.import(rows)).toMatchObject({ documents: { created: 0, existing: 3 } })
  // The lines know the rows of the file that they came from.
  expect(
    await company.look(
      `select d.number, l.import_line::int as line from sales_document_line l
        join sales_document d on d.company_id = l.company_id and d.id = l.document_id where l.import_file_id is not null order by 1`,
    ),
  ).toEqual([
    { number: '7', line: 2 },
    { number: '8', line: 3 },
    { number: '9', line: 4 },
  ])
})

test('an order of the shop whose rules came later is tried again', async () => {
  const company = await desk.company()
  const header =
    'Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem taxable,Payment Method,Fulfillment Status,Fulfilled at,Refunded Amount'
  const row =
    '#1,ann@example.com,paid,2026-03-30 10:00:00 +0100,GBP,100.00,5.00,0.00,105.00,0.00,2026-03-30 10:00:00 +0100,10,Mug,10.00,false,Visa,fulfilled,2026-04-02 10:00:00 +0100,0.00'
  await end(company, '2011-01-31')
  const path = desk.files.write(`${header}\r\n${row}\r\n`, 'shop.csv')
  const result = await company.importAs('shopify-orders', [path])
  expect(result.documents, JSON.stringify(result.exceptions)).toMatchObject({ created: 0, refused: 1 })
  expect(result.exceptions.byKind).toEqual({ document_refused: 1 })
  await end(company, null)
  expect((await rerun(company)).map(({ state }) => state)).toEqual(['resolved'])
  expect((await company.importAs('shopify-orders', [path])).documents).toEqual({ created: 0, existing: 1, refused: 0 })
})

test('an order of the wholesaler is tried again with the names that its script gave', async () => {
  const [company, other] = [await desk.company(usual), await desk.company(usual)]
  const path = desk.files.write(generatedNorthwind(4), 'wholesaler.sql')
  await end(company, '1990-01-31')
  expect((await company.importAs('northwind', [path])).documents).toEqual({ created: 1, existing: 0, refused: 3 })
  expect((await rerun(company)).map(({ state }) => state)).toEqual(['open', 'open', 'open'])
  await end(company, null)
  expect((await rerun(company)).map(({ state }) => state)).toEqual(['resolved', 'resolved', 'resolved'])
  await other.importAs('northwind', [path])
  expect(await company.balances()).toEqual(await other.balances())
  const named = (one: ImportingCompany) =>
    one.look('select number, name from party union all select code, name from item order by 1')
  expect(await named(company)).toEqual(await named(other))
  expect((await company.importAs('northwind', [path])).documents).toEqual({ created: 0, existing: 4, refused: 0 })
  await expectSound(company)
})

test('dismissed, what it said is forgotten, and opened again it is asked for by its file', async () => {
  const company = await desk.company()
  await company.importAs('orders', [file([order('1', 'special')], 'dismissed.json')])
  const [{ id } = { id: 0n }] = await refused(company)
  await company.work((tx) => dismissExceptions(tx, [{ id, body: 'a test order' }]))
  expect(await kept(company)).toEqual([{ content: null }])
  await company.work((tx) => reopenExceptions(tx, [{ id, body: 'it was none' }]))
  await nameTheCode(company)
  expect(await rerun(company)).toMatchObject([
    { state: 'open', message: expect.stringContaining('import its file again') },
  ])
  await company.importAs('orders', [file([order('1', 'special')], 'dismissed-again.json')])
  // The exception went by the order's number, the document by the invoice's: importing closes it all the same.
  expect(await refused(company)).toEqual([])
})

test('a dry run keeps nothing', async () => {
  const company = await desk.company()
  await company.importAs('orders', [file([order('1', 'special')], 'dry.json')], { dryRun: true })
  expect(await kept(company)).toEqual([])
})
