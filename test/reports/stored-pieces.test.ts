import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AccountingDate, accountingDate, dateOf, endOfMonth, nextDay } from '../../src/kernel/accounting-date.ts'
import { type StoredPiece, storedPieces } from '../../src/reports/stored-pieces.ts'

const anyDay = fc
  .record({
    year: fc.integer({ min: 2023, max: 2025 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .chain(({ year, month, day }) => fc.constantFrom(dateOf(year, month, day), endOfMonth(dateOf(year, month, 1))))

/** The last day that a stored sum is of, by its first. */
const lastDay = (grain: StoredPiece['grain'], first: AccountingDate): AccountingDate => {
  if (grain === 'day') return first
  if (grain === 'month') return endOfMonth(first)
  if (grain === 'year') return accountingDate(`${first.slice(0, 4)}-12-31`)
  return endOfMonth(dateOf(Number(first.slice(0, 4)), Number(first.slice(5, 7)) + 2, 1))
}

const isFirst = (grain: StoredPiece['grain'], day: string): boolean =>
  grain === 'day' || { month: /-01$/, quarter: /-(01|04|07|10)-01$/, year: /-01-01$/ }[grain].test(day)

/** How often each day is counted, by the stored sums that the pieces read. */
function counted(pieces: readonly StoredPiece[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const { grain, from, to, sign } of pieces)
    for (let first = from; first <= to; first = nextDay(first))
      if (isFirst(grain, first))
        for (let day = first; day <= lastDay(grain, first); day = nextDay(day))
          times.set(day, (times.get(day) ?? 0) + sign)
  return new Map([...times].filter(([, count]) => count !== 0))
}

test('whatever the range, its pieces count each of its days once and no other, from few sums', () => {
  fc.assert(
    fc.property(anyDay, anyDay, fc.constantFrom('month' as const, 'year' as const), (one, other, largest) => {
      const [from, to] = one < other ? [one, other] : [other, one]
      const pieces = storedPieces({ from, to }, largest)
      const days: [string, number][] = []
      for (let day = from; day <= to; day = nextDay(day)) days.push([day, 1])
      expect([...counted(pieces)].sort()).toEqual(days)
      expect(pieces.some(({ grain }) => (grain === 'quarter' || grain === 'year') && largest === 'month')).toBe(false)
      expect(pieces.length).toBeLessThanOrEqual(largest === 'year' ? 11 : 7)
    }),
    { numRuns: 300 },
  )
})

test('of the year so far what lies after it is taken off, and of a day in the middle it is read alone', () => {
  const range = (from: string, to: string) => ({ from: accountingDate(from), to: accountingDate(to) })
  const plain = (from: string, to: string, largest: 'month' | 'year') =>
    storedPieces(range(from, to), largest).map((piece) => `${piece.sign} ${piece.grain} ${piece.from} ${piece.to}`)
  expect(plain('2026-01-01', '2026-11-22', 'year')).toEqual([
    '1 year 2026-01-01 2026-12-31',
    '-1 day 2026-11-23 2026-11-30',
    '-1 month 2026-12-01 2026-12-31',
  ])
  expect(plain('2026-02-10', '2026-08-20', 'year')).toEqual([
    '1 year 2026-01-01 2026-12-31',
    '-1 month 2026-01-01 2026-01-31',
    '-1 day 2026-02-01 2026-02-09',
    '-1 day 2026-08-21 2026-08-31',
    '-1 month 2026-09-01 2026-09-30',
    '-1 quarter 2026-10-01 2026-12-31',
  ])
  expect(plain('2026-02-10', '2026-08-20', 'month').map((piece) => piece.split(' ')[1])).not.toContain('quarter')
  expect(plain('2026-05-05', '2026-05-05', 'year')).toEqual(['1 day 2026-05-05 2026-05-05'])
  expect(plain('2024-12-31', '2026-01-01', 'year')).toEqual([
    '1 day 2024-12-31 2024-12-31',
    '1 year 2025-01-01 2025-12-31',
    '1 day 2026-01-01 2026-01-01',
  ])
  expect(plain('0001-01-01', '9999-12-31', 'year')).toEqual([
    '1 year 0001-01-01 0001-12-31',
    '1 year 0002-01-01 9998-12-31',
    '1 year 9999-01-01 9999-12-31',
  ])
})
