import { afterAll, expect, test } from 'vitest'
import { decimal, entryText, writtenDay } from '../../web/ui/figures.ts'

const before = process.env.TZ
afterAll(() => {
  process.env.TZ = before ?? ''
})

test('a moment is on the day that it is where the reader is, and a day of the books on that day everywhere', () => {
  for (const [zone, late, early] of [
    ['Pacific/Auckland', '2 Jul 2026', '1 Jul 2026'],
    ['America/Los_Angeles', '1 Jul 2026', '30 Jun 2026'],
    ['UTC', '1 Jul 2026', '1 Jul 2026'],
  ] as const) {
    process.env.TZ = zone
    expect([zone, writtenDay('2026-07-01T20:30:00.123456Z', 'en-GB')]).toEqual([zone, late])
    expect([zone, writtenDay('2026-07-01T01:30:00Z', 'en-GB')]).toEqual([zone, early])
    expect([zone, writtenDay('2026-07-01', 'en-GB')]).toEqual([zone, '1 Jul 2026'])
  }
})

test('a price has the places of its currency at least, and keeps those that it has beyond', () => {
  expect(['29', '3.5', '0.005', '-1234.5', '0'].map((price) => decimal(price, 'en-GB', 2))).toEqual([
    '29.00',
    '3.50',
    '0.005',
    '-1,234.50',
    '0.00',
  ])
  expect(['24', '1000', '0.125'].map((quantity) => decimal(quantity, 'de-DE'))).toEqual(['24', '1.000', '0,125'])
})

test('days in what the product wrote of an entry stand as the reader writes them, and what people wrote stays', () => {
  const said = (rule: string, description: string, locale = 'en-GB') => entryText({ rule, description }, locale)
  expect(said('revaluation', 'EUR at the rate of 2026-10-31')).toBe('EUR at the rate of 31 Oct 2026')
  expect(said('revaluation', 'EUR at the rate of 2026-10-31', 'de-DE')).toBe('EUR at the rate of 31.10.2026')
  expect(said('reversal', 'Revaluation of 2026-10-31 taken back')).toBe('Revaluation of 31 Oct 2026 taken back')
  for (const rule of ['reversal', 'manual-journal', 'reclassification'])
    expect(said(rule, 'Rent of 2026-10-31, twice')).toBe('Rent of 2026-10-31, twice')
})
