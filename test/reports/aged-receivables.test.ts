import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyItems, lockItemsOf } from '../../src/modules/receivables/index.ts'
import { agedReceivables } from '../../src/reports/aged.ts'
import { trialBalance } from '../../src/reports/trial-balance.ts'
import { type Books, day, issue, openBooks } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  const line = (net: bigint) => [{ net, item: 'MUG' }]
  const [w1, , c1] = await issue(
    books,
    { number: 'W1', on: '2011-01-01', dueOn: day('2011-01-31'), lines: line(100_00n) },
    { number: 'W2', on: '2011-02-01', dueOn: day('2011-03-03'), lines: line(50_00n) },
    { number: 'C1', kind: 'credit_note', on: '2011-02-10', lines: line(-30_00n) },
    { number: 'W3', on: '2011-02-15', customer: 'Bob', lines: line(7_00n) },
    { number: 'W4', on: '2011-02-15', customer: null, settlement: 'paid', lines: line(9_00n) },
  )
  await books.write(async (tx) => {
    const of = (id: bigint | undefined) => ({ sourceKind: 'sales_document', sourceId: String(id) })
    const items = await lockItemsOf(tx, [of(w1), of(c1)])
    const [invoice, credit] = [...items.values()]
    await applyItems(tx, [
      {
        debitItemId: (invoice?.amountMinor ?? 0n) > 0n ? (invoice?.id as bigint) : (credit?.id as bigint),
        creditItemId: (invoice?.amountMinor ?? 0n) > 0n ? (credit?.id as bigint) : (invoice?.id as bigint),
        appliedOn: day('2011-02-20'),
        amountMinor: 30_00n,
      },
    ])
  })
})
afterAll(() => books.close())

const aged = (on: string, more = {}) => books.read((tx) => agedReceivables(tx, { asOf: day(on), ...more }))
const plain = (row: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'object' ? value.amount : String(value)]),
  )

test('what is open is told by how long it has been due, and on which day it is asked', async () => {
  const empty = { current: '0.00', days1To30: '0.00', days31To60: '0.00', days61To90: '0.00', over90: '0.00' }
  const anna = { party: 'Anna', name: 'Anna', ...empty }
  expect((await aged('2011-01-31')).rows.map(plain)).toEqual([{ ...anna, current: '100.00', total: '100.00' }])
  // Ten days before the credit is applied it stands beside the invoice, a day later it is taken from it.
  expect((await aged('2011-02-19')).rows.map(plain)).toEqual([
    { ...anna, current: '50.00', days1To30: '70.00', total: '120.00' },
    { ...empty, party: 'Bob', name: 'Bob', days1To30: '7.00', total: '7.00' },
  ])
  const items = (await aged('2011-02-19', { withItems: true, party: 'Anna' })).items ?? []
  expect(items.map(({ documentNumber, remaining }) => [documentNumber, remaining.amount])).toEqual([
    ['W1', '100.00'],
    ['C1', '-30.00'],
    ['W2', '50.00'],
  ])
  const later = (await aged('2011-02-20', { withItems: true, party: 'Anna' })).items ?? []
  expect(
    later.map(({ documentNumber, remaining, daysOverdue }) => [documentNumber, remaining.amount, daysOverdue]),
  ).toEqual([
    ['W1', '70.00', 20],
    ['W2', '50.00', 0],
  ])
  const ages: [string, string][] = [
    ['2011-03-02', 'days1To30'],
    ['2011-03-03', 'days31To60'],
    ['2011-04-01', 'days31To60'],
    ['2011-04-02', 'days61To90'],
    ['2011-05-01', 'days61To90'],
    ['2011-05-02', 'over90'],
  ]
  for (const [on, age] of ages) {
    const [first] = (await aged(on, { withItems: true, party: 'Anna' })).items ?? []
    expect([on, first?.documentNumber, first?.age]).toEqual([on, 'W1', age])
  }
})

test('its total is what the receivable account holds on that day', async () => {
  for (const on of ['2010-12-31', '2011-01-01', '2011-02-01', '2011-02-10', '2011-02-19', '2011-02-20', '2012-01-01']) {
    const { totals } = await aged(on)
    const { rows } = await books.read((tx) => trialBalance(tx, { asOf: day(on) }))
    expect([on, totals.map(({ total }) => total)]).toEqual([
      on,
      rows.filter(({ role }) => role === 'receivable').map((r) => r.balance),
    ])
  }
})
