import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import {
  codesWithoutMinorUnit,
  currencies,
  currencyExponent,
  isCurrencyActive,
  isCurrencyCode,
} from '../../src/kernel/currencies.ts'

const list = join(process.env.COUNTINGHOUSE_SHARED ?? '../shared', 'data/reference/currency-codes/codes-all.csv')

describe('currencies', () => {
  it.each([
    ['GBP', 2],
    ['EUR', 2],
    ['HUF', 2],
    ['MGA', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['ISK', 0],
    ['UGX', 0],
    ['KWD', 3],
    ['IQD', 3],
    ['TND', 3],
    ['CLF', 4],
    ['UYW', 4],
  ] as const)('give %s its exponent of %i', (code, exponent) => {
    expect(currencyExponent(code)).toBe(exponent)
  })

  it('know a code in upper case only, and nothing that an object inherits', () => {
    expect(isCurrencyCode('GBP')).toBe(true)
    for (const code of ['gbp', 'GBX', '', 'toString', 'XAU']) expect(isCurrencyCode(code), code).toBe(false)
  })

  it('keep a withdrawn currency for old books and refuse it for new business', () => {
    expect(isCurrencyCode('HRK')).toBe(true)
    expect(isCurrencyActive('HRK', '2022-12-31')).toBe(true)
    expect(isCurrencyActive('HRK', '2023-01-01')).toBe(false)
    expect(isCurrencyActive('EUR', '2023-01-01')).toBe(true)
    expect(isCurrencyActive('XAU', '2023-01-01')).toBe(false)
  })

  it.skipIf(!existsSync(list))('agree with the published list of ISO 4217', () => {
    const rows: Record<string, string>[] = parse(readFileSync(list, 'utf8'), { columns: true })
    const active = rows.filter((row) => row.WithdrawalDate === '' && row.AlphabeticCode !== '')
    const published = new Map(active.map((row) => [row.AlphabeticCode, row.MinorUnit]))
    const ours = new Map<string | undefined, string>(codesWithoutMinorUnit.map((code) => [code, '-']))
    for (const [code, { exponent, withdrawnOn }] of Object.entries(currencies)) {
      if (withdrawnOn === null) ours.set(code, String(exponent))
    }
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(published))
    const gone = new Map(rows.filter((row) => row.WithdrawalDate !== '').map((row) => [row.AlphabeticCode, row]))
    for (const [code, { withdrawnOn }] of Object.entries(currencies)) {
      if (withdrawnOn !== null) expect(gone.has(code), code).toBe(true)
    }
  })
})
