import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  changesOf,
  keyOf,
  percentOf,
  placeOf,
  planOf,
  pruned,
  spread,
  wrongIn,
} from '../../web/admin/src/areas/budgets/plan.ts'
import { readPlan } from '../../web/admin/src/areas/budgets/plan-table.ts'
import { csvField, readTable } from '../../web/ui/csv.ts'
import { decimalOf, minorUnits } from '../../web/ui/exact.ts'

const typing = { places: 2, locale: 'en-GB' }
const jan = { account: '4000', month: '2027-01', channel: null }
const plan = planOf([{ ...jan, amount: '120.00' }])

describe('a plan', () => {
  test('sends what differs from the budget, exactly, and zero for what was cleared', () => {
    const web = { ...jan, channel: 'web' }
    const typed = {
      [keyOf(jan)]: '',
      [keyOf(web)]: '90,071,992,547,409.93',
      [keyOf({ ...jan, month: '2027-02' })]: '0',
    }
    expect(changesOf(typed, { plan, typing })).toEqual([
      { ...jan, amount: '0.00' },
      { ...web, amount: '90071992547409.93' },
    ])
    expect(Object.keys(pruned(typed, { plan, typing })).map(placeOf)).toEqual([jan, web])
    expect(changesOf({ [keyOf(jan)]: '120' }, { plan, typing })).toEqual([])
  })

  test('keeps what is no amount, and does not send it', () => {
    const typed = { [keyOf(jan)]: 'twelve' }
    expect(wrongIn(typed, typing)).toEqual([keyOf(jan)])
    expect(changesOf(typed, { plan, typing })).toEqual([])
    expect(pruned(typed, { plan, typing })).toEqual(typed)
  })

  test('takes percentages without rounding twice', () => {
    expect(percentOf('10.05', { percent: '105', whole: false, places: 2 })).toBe('10.55')
    expect(percentOf('-10.50', { percent: '100', whole: true, places: 2 })).toBe('-11.00')
    expect(percentOf('333', { percent: '33.33', whole: true, places: 0 })).toBe('111')
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.integer({ min: 0, max: 3 }),
        (units, places) => {
          const amount = decimalOf(units, places)
          expect(percentOf(amount, { percent: '100', whole: false, places })).toBe(amount)
          const whole = minorUnits(percentOf(amount, { percent: '100', whole: true, places }), places)
          const step = 10n ** BigInt(places)
          expect(whole % step).toBe(0n)
          const off = whole > units ? whole - units : units - whole
          expect(off * 2n <= step).toBe(true)
        },
      ),
    )
  })

  test('spreads a table from the cell it was pasted into, and no further than the grid', () => {
    const months = ['2027-01', '2027-02']
    const typed = spread([['1', '2', '3'], ['4'], ['5']], {
      accounts: ['4000', '5000'],
      months,
      at: { ...jan, month: '2027-02' },
      channel: null,
    })
    expect(Object.entries(typed).map(([key, text]) => [placeOf(key).account, placeOf(key).month, text])).toEqual([
      ['4000', '2027-02', '1'],
      ['5000', '2027-02', '4'],
    ])
  })

  const reading = { known: new Set(['4000', '5000']), typing, currency: 'GBP', channel: null }
  test('is read from a table with its head, either way', () => {
    const wide = readPlan(readTable('account;2027-01;2027-02\n4000;1.5;\n\n5000;;2\n'), reading)
    const long = readPlan(readTable('account\tmonth\tamount\n4000\t2027-01\t1.5\n5000\t2027-02\t2'), reading)
    expect(wide).toEqual({
      typed: { [keyOf(jan)]: '1.5', [keyOf({ ...jan, account: '5000', month: '2027-02' })]: '2' },
      wrong: [],
    })
    expect(long).toEqual(wide)
  })

  test.each([
    ['sum,2027-01\n4000,1', 'Line 1: expected account and months'],
    ['account,2027-01\n9999,1', "Line 2: '9999' is no account"],
    ['account,2027-01\n4000,1.234', "Line 2: '1.234' is no amount in GBP"],
    ['account,month,amount\n4000,2027-13,1', "Line 2: '2027-13' is no month"],
    ['account,month,amount\n4000,2027-01,', 'Line 2: nothing is no amount'],
    ['account,2027-01\n4000,1\n4000,2', 'Line 3: 4000 2027-01 stands there twice'],
  ])('says by line what does not fit: %j', (text, words) => {
    expect(readPlan(readTable(text), reading).wrong[0]).toContain(words)
  })
})

test('a table that is written as CSV is read as it was', () => {
  const field = fc
    .string()
    .map((text) => text.trim())
    .filter((text) => csvField(text).replace(/^"'|^'/, '') === csvField(text))
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(table, (rows) => {
      const [first = []] = rows
      fc.pre(
        !/[\t;]/.test(
          first
            .map(csvField)
            .join(',')
            .replace(/"[^"]*"/g, ''),
        ),
      )
      fc.pre((rows.at(-1) ?? []).some((text) => text !== ''))
      expect(readTable(rows.map((row) => row.map(csvField).join(',')).join('\n'))).toEqual(rows)
    }),
  )
})
