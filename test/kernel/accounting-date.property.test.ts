import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AccountingDate,
  accountingDate,
  dateOf,
  daysBefore,
  daysInMonth,
  endOfMonth,
  fiscalYear,
  nextDay,
  parseAccountingDate,
  startOfMonth,
  startOfWeek,
  today,
} from '../../src/kernel/accounting-date.ts'

// The clock's own calendar, in UTC, as the other opinion.
const iso = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10)
const dayMs = 86_400_000
const someDay = fc
  .integer({ min: Date.UTC(1900, 0, 1) / dayMs, max: Date.UTC(2200, 0, 1) / dayMs })
  .map((days) => iso(days * dayMs) as AccountingDate)

describe('a day', () => {
  test('is followed by the calendar’s next', () => {
    fc.assert(fc.property(someDay, (day) => void expect(nextDay(day)).toBe(iso(Date.parse(day) + dayMs))))
    expect(nextDay(accountingDate('2000-02-28'))).toBe('2000-02-29')
    expect(nextDay(accountingDate('1900-02-28'))).toBe('1900-03-01')
  })

  test('lies in a month with a first and a last day', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        expect(startOfMonth(day)).toBe(`${day.slice(0, 7)}-01`)
        expect(startOfMonth(nextDay(endOfMonth(day)))).toBe(nextDay(endOfMonth(day)))
        expect(endOfMonth(day).slice(0, 7)).toBe(day.slice(0, 7))
      }),
    )
  })

  test('is one that exists', () => {
    for (const text of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) {
      expect(parseAccountingDate(text)).toBe(text)
    }
    const none = [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-04-31',
      '0000-01-01',
      '2024-1-1',
      '',
      '24-01-01',
      '2024-01-01T00:00',
    ]
    for (const text of none) expect(parseAccountingDate(text), text).toBeUndefined()
    expect(() => accountingDate('2023-02-29')).toThrow('not a day')
  })

  test('has as many siblings as the calendar says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2200 }),
        fc.integer({ min: 1, max: 12 }),
        (year, month) => void expect(daysInMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate()),
      ),
    )
  })
})

describe('a fiscal year', () => {
  test('follows the one before without gap or overlap, and is named by its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1901, max: 2200 }), fc.integer({ min: 1, max: 12 }), (year, start) => {
        const { from, to } = fiscalYear(year, start)
        expect(nextDay(fiscalYear(year - 1, start).to)).toBe(from)
        expect(to.slice(0, 4)).toBe(String(year))
        expect(from).toBe(dateOf(start === 1 ? year : year - 1, start, 1))
      }),
    )
  })
})

test('a week starts on the Monday from which its seven days begin', () => {
  const days = ['2024-12-30', '2024-12-31', '2025-01-01', '2025-01-05'].map(accountingDate)
  for (const day of days) expect(startOfWeek(day)).toBe('2024-12-30')
  expect(startOfWeek(accountingDate('2025-01-06'))).toBe('2025-01-06')
  expect(daysBefore(accountingDate('2024-03-01'), 1)).toBe('2024-02-29')
  expect(daysBefore(accountingDate('2024-03-01'), 0)).toBe('2024-03-01')
})

test('today is a day of the time zone', () => {
  const days = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map(today)
  for (const day of days) expect(parseAccountingDate(day)).toBe(day)
  expect(days[0]).not.toBe(days[1]) // 25 hours apart
})
