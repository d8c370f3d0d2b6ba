import { afterAll, expect, test } from 'vitest'
import { decimal, writtenDay } from '../../web/ui/figures.ts'

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
