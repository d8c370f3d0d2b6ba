import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImportDesk, openImportDesk, type TestRow } from './support.ts'

let desk: ImportDesk
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())

const monday = '2011-01-03 10:00:00'
const tuesday = '2011-01-04 10:00:00'
const wednesday = '2011-01-05 10:00:00'
const thursday = '2011-01-06 10:00:00'

/** Imports rows into a company of their own; the links that came of it, and how they were counted. */
async function linksOf(...rows: TestRow[]) {
  const company = await desk.company()
  const { links } = await company.import(rows)
  const { linked, partly, unlinked, fromSeveral } = links
  return { links: await company.links(), counted: [linked, partly, unlinked, fromSeveral] }
}

const nothing = { links: [], counted: [0, 0, 1, 0] }

test('a credited line is taken from the latest earlier invoice line', async () => {
  expect(
    await linksOf(
      { number: '1', quantity: 5, at: monday },
      { number: '2', quantity: 5, at: tuesday },
      { number: 'C3', quantity: -2, at: wednesday },
      { number: '4', quantity: 5, at: thursday },
    ),
  ).toEqual({ links: ['C3 1 -> 2 1: 2'], counted: [1, 0, 0, 0] })
})

test('from several if need be, the latest first, and no more than each has left', async () => {
  expect(
    await linksOf(
      { number: '1', quantity: 5, at: monday },
      { number: '2', quantity: 3, at: tuesday },
      { number: 'C3', quantity: -6, at: wednesday },
      { number: 'C4', quantity: -1, at: thursday },
    ),
  ).toEqual({ links: ['C3 1 -> 1 1: 3', 'C3 1 -> 2 1: 3', 'C4 1 -> 1 1: 1'], counted: [2, 0, 0, 1] })
})

test('in part where not enough is left, and not at all where nothing is', async () => {
  expect(
    await linksOf(
      { number: '1', quantity: 5, at: monday },
      { number: 'C2', quantity: -7, at: tuesday },
      { number: 'C3', quantity: -1, at: wednesday },
    ),
  ).toEqual({ links: ['C2 1 -> 1 1: 5'], counted: [0, 1, 1, 0] })
})

test.each([
  ['another price', { price: '1.01' }],
  ['another item', { code: '85123B' }],
  ['another customer', { customer: '12346' }],
  ['a later invoice', { at: thursday }],
  ['an invoice without a customer', { customer: '' }],
  ['a line that took goods back', { quantity: -5 }],
])('not to %s', async (_, other) => {
  expect(
    await linksOf({ number: '1', quantity: 5, at: monday, ...other }, { number: 'C2', quantity: -1, at: wednesday }),
  ).toEqual(nothing)
})

test('a line without a customer is never linked, not even to invoices without one', async () => {
  expect(
    await linksOf(
      { number: '1', quantity: 5, at: monday, customer: '' },
      { number: 'C2', quantity: -1, at: wednesday, customer: '' },
    ),
  ).toEqual(nothing)
})

test('a code is the same item with blanks and in small letters, a price whatever zeros it has', async () => {
  const { links } = await linksOf(
    { number: '1', code: '85123A', quantity: 5, price: '2.50', at: monday },
    { number: 'C2', code: ' 85123a ', quantity: -1, price: '2.5', at: wednesday },
  )
  expect(links).toEqual(['C2 1 -> 1 1: 1'])
})

test('charges, gift cards, unknown codes and free lines are no goods', async () => {
  const codes = ['POST', 'M', 'D', 'gift_0001_20', 'DCGSSBOY']
  const { links, counted } = await linksOf(
    ...codes.map((code) => ({ number: '1', code, quantity: 5, at: monday })),
    { number: '1', quantity: 5, price: 0, at: monday },
    ...codes.map((code) => ({ number: 'C2', code, quantity: -1, at: wednesday })),
    { number: 'C2', quantity: -1, price: 0, at: wednesday },
  )
  expect({ links, counted }).toEqual({ links: [], counted: [0, 0, 0, 0] })
})

test('in one minute, the place in the file says which line was earlier', async () => {
  const company = await desk.company()
  await company.import([
    { number: '1', quantity: 1, at: monday },
    { number: 'C2', quantity: -2, at: monday },
    { number: '3', quantity: 1, at: monday },
  ])
  expect(await company.links()).toEqual(['C2 1 -> 1 1: 1'])
})

test('in one minute, the place among the files says it too, and the latest place comes first', async () => {
  const company = await desk.company()
  const files = [
    [{ number: '9', quantity: 1, at: monday }],
    [{ number: '5', quantity: 1, at: monday }],
    [{ number: 'C2', quantity: -1, at: monday }],
    [{ number: '3', quantity: 1, at: monday }],
  ].map((rows) => desk.files.write(rows))
  await company.importFiles(files)
  expect(await company.links()).toEqual(['C2 1 -> 5 1: 1'])
})

test('credit lines take their turn by their own moment, not by number', async () => {
  const { links } = await linksOf(
    { number: '1', quantity: 1, at: monday },
    { number: 'C8', quantity: -1, at: tuesday },
    { number: 'C7', quantity: -1, at: wednesday },
  )
  expect(links).toEqual(['C8 1 -> 1 1: 1'])
})

test('lines of one document are lines of their own', async () => {
  const { links, counted } = await linksOf(
    { number: '1', quantity: 2, at: monday },
    { number: '1', quantity: 2, at: monday },
    { number: 'C2', quantity: -2, at: tuesday },
    { number: 'C2', quantity: -1, at: tuesday },
  )
  expect({ links, counted }).toEqual({ links: ['C2 1 -> 1 2: 2', 'C2 2 -> 1 1: 1'], counted: [2, 0, 0, 0] })
})

test('later imports change no link that exists, whatever history they bring', async () => {
  const company = await desk.company()
  await company.import([
    { number: '1', quantity: 1, at: monday },
    { number: 'C5', quantity: -2, at: thursday },
  ])
  const before = await company.links()
  expect(before).toEqual(['C5 1 -> 1 1: 1'])
  // What came between would have been the better match; it can only take what is not linked yet.
  const older = await company.import([{ number: '2', quantity: 5, at: wednesday }])
  expect(await company.links()).toEqual(['C5 1 -> 1 1: 1', 'C5 1 -> 2 1: 1'])
  expect(older.links).toEqual({ linked: 0, partly: 0, unlinked: 0, fromSeveral: 0 })
  const credit = await company.import([{ number: 'C6', quantity: -9, at: thursday }])
  expect(await company.links()).toEqual(['C5 1 -> 1 1: 1', 'C5 1 -> 2 1: 1', 'C6 1 -> 2 1: 4'])
  expect(credit.links).toEqual({ linked: 0, partly: 1, unlinked: 0, fromSeveral: 0 })
})

test('what is left of each line is the quantity without what its links took', async () => {
  const company = await desk.company()
  await company.import([
    { number: '1', quantity: 5, at: monday },
    { number: '2', quantity: 3, at: tuesday },
    { number: 'C3', quantity: -6, at: wednesday },
  ])
  expect(
    await company.look(
      'select d.number, l.credited_quantity from sales_document_line l join sales_document d on d.company_id = l.company_id and d.id = l.document_id order by d.number',
    ),
  ).toEqual([
    { number: '1', credited_quantity: '3' },
    { number: '2', credited_quantity: '3' },
    { number: 'C3', credited_quantity: '-6' },
  ])
})
