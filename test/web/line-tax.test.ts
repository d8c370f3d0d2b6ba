import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account, TaxCode } from '../../clients/typescript/src/api.ts'
import {
  blankJournal,
  blankLine,
  journalBody,
  type LineValues,
  linesFrom,
  problemsOf,
  templateOf,
  totalsOf,
} from '../../web/admin/src/areas/journal/journal-values.ts'
import { codesFor, offersOf, taxPlaceOf, withTax } from '../../web/admin/src/areas/journal/line-tax.ts'
import { minorUnits } from '../../web/ui/exact.ts'

/* Tax in the form of an entry: made as lines of its own, to the minor unit. */
const account = (code: string, of: Account['class'], role: string | null = null): Account => ({
  id: code,
  code,
  name: code,
  class: of,
  role,
  groupCode: null,
  endedOn: null,
  cashFlow: null,
})
const code = (name: string, rate: string | null, kind = 'standard', authority: string | null = 'HMRC'): TaxCode => ({
  id: name,
  code: name,
  name,
  kind,
  authority,
  rates: rate === null ? [] : [{ from: '2011-01-04', rate }],
})
const accounts = new Map(
  [
    account('4000', 'income', 'sales'),
    account('7100', 'expense'),
    account('0030', 'asset', 'fixed_assets'),
    account('1200', 'asset', 'bank'),
    account('2200', 'liability', 'output_tax'),
    account('2201', 'asset', 'input_tax'),
  ].map((one) => [one.code, one]),
)
const taxCodes = [
  code('standard', '0.2'),
  code('reduced', '0.05'),
  code('odd', '0.175'),
  code('reverse', '0.2', 'reverse_charge'),
  code('zero', '0', 'zero'),
  code('stated', null),
  code('outside', '0', 'outside_scope', null),
]
const typing = { places: 2, locale: 'en-GB' }
const how = { typing, accounts, taxCodes }
const date = '2024-08-15'
const line = (some: Partial<LineValues>): LineValues => ({ ...blankLine(), ...some })
const units = (typed: string): bigint => minorUnits(typed.replaceAll(',', '') || '0', 2)
const shown = (lines: readonly LineValues[]) =>
  lines.map((one) => [one.account || one.role, one.debit || `-${one.credit}`, one.taxCode, one.taxBase])
const taxed = (some: Partial<LineValues>, mode: 'onTop' | 'within' | 'none') =>
  shown(withTax([line({ taxCode: 'standard', ...some })], { at: 0, mode, date }, how))

test('tax comes on top, out of the amount or not at all, on the side and the account of its line', () => {
  expect(taxed({ account: '4000', credit: '120.00' }, 'onTop')).toEqual([
    ['4000', '-120.00', 'standard', ''],
    ['2200', '-24.00', 'standard', '120.00'],
  ])
  expect(taxed({ account: '4000', credit: '120.00' }, 'within')).toEqual([
    ['4000', '-100.00', 'standard', ''],
    ['2200', '-20.00', 'standard', '100.00'],
  ])
  expect(taxed({ account: '4000', debit: '12' }, 'within')).toEqual([
    ['4000', '10.00', 'standard', ''],
    ['2200', '2.00', 'standard', '10.00'],
  ])
  for (const bought of ['7100', '0030'])
    expect(taxed({ account: bought, debit: '50' }, 'onTop')[1]).toEqual(['2201', '10.00', 'standard', '50.00'])
  expect(taxed({ account: '7100', debit: '50' }, 'none')).toEqual([['7100', '50', '', '']])
  expect(taxed({ account: '7100', debit: '0.02' }, 'onTop')).toEqual([['7100', '0.02', 'standard', '']])
})

test('a reverse charge is a line on each side and nothing to pay, and is not offered out of an amount', () => {
  const lines = [line({ account: '7100', debit: '80.00', taxCode: 'reverse' })]
  expect(offersOf(lines, how, date).get(0)).toEqual({ onTop: '16.00', within: undefined, made: null })
  const made = withTax(lines, { at: 0, mode: 'onTop', date }, how)
  expect(shown(made).slice(1)).toEqual([
    ['2201', '16.00', 'reverse', '80.00'],
    ['2200', '-16.00', 'reverse', '80.00'],
  ])
  expect(offersOf(made, how, date).get(0)?.made).toEqual({ lines: [2, 3], tax: '16.00', base: '80.00', fits: true })
})

test('a line in another currency has its tax in that currency too', () => {
  const abroad = { currency: 'USD', currencyAmount: '120.00' }
  const made = withTax(
    [line({ account: '4000', credit: '96', taxCode: 'standard', ...abroad })],
    { at: 0, mode: 'within', date },
    how,
  )
  expect(made.map(({ currency, currencyAmount }) => [currency, currencyAmount])).toEqual([
    ['USD', '100.00'],
    ['USD', '20.00'],
  ])
})

test('tax that does not fit its line any more is told, made anew in its place, and taken away with the code', () => {
  const [net, tax] = withTax(
    [line({ account: '4000', credit: '100', taxCode: 'standard' })],
    { at: 0, mode: 'onTop', date },
    how,
  )
  const changed = [
    { ...(net as LineValues), credit: '200' },
    tax as LineValues,
    line({ account: '1200', debit: '120' }),
  ]
  expect(offersOf(changed, how, date).get(0)?.made).toEqual({ lines: [2], tax: '20.00', base: '100.00', fits: false })
  const again = withTax(changed, { at: 0, mode: 'onTop', date }, how)
  expect(shown(again).map(([, amount]) => amount)).toEqual(['-200', '-40.00', '120'])
  expect(shown(withTax(again, { at: 0, mode: 'none', date }, how)).map(([name]) => name)).toEqual(['4000', '1200'])
})

test('codes are offered where they come to tax on the day, and on tax accounts wherever they are declared', () => {
  const named = (place: Parameters<typeof codesFor>[0], on = date) =>
    codesFor(place, taxCodes, on).map(({ value }) => value)
  expect(named('output_tax')).toEqual(['standard', 'reduced', 'odd'])
  expect(named('input_tax')).toEqual(['standard', 'reduced', 'odd', 'reverse'])
  expect(named('tax')).toEqual(['standard', 'reduced', 'odd', 'reverse', 'zero', 'stated'])
  expect(named('input_tax', '2010-12-31')).toEqual([])
  expect(codesFor('output_tax', taxCodes, date)[2]?.label).toBe('odd 17.5%')
  expect(['4000', '7100', '0030', '1200', '2200'].map((one) => taxPlaceOf(accounts.get(one)))).toEqual([
    'output_tax',
    'input_tax',
    'input_tax',
    undefined,
    'tax',
  ])
})

describe('what is typed', () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 11n })
  const typedOf = (minor: bigint) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
  const some = fc.record({
    place: fc.constantFrom('4000', '7100'),
    side: fc.constantFrom('debit' as const, 'credit' as const),
    taxCode: fc.constantFrom('standard', 'reduced', 'odd', 'reverse'),
    minor: amount,
  })

  test('keeps its sum when tax is taken out of it, within a half of a minor unit, and comes back from a draft', () => {
    fc.assert(
      fc.property(
        some,
        fc.constantFrom('onTop' as const, 'within' as const),
        ({ place, side, taxCode, minor }, wanted) => {
          const mode = taxCode === 'reverse' ? 'onTop' : wanted
          const typed = [line({ account: place, [side]: typedOf(minor), taxCode })]
          const made = withTax(typed, { at: 0, mode, date }, how)
          const [net, ...tax] = made as [LineValues, ...LineValues[]]
          const sum = tax.reduce((total, one) => total + units(one.debit) - units(one.credit), 0n)
          const ours = units(net.debit) - units(net.credit)
          const before = side === 'debit' ? minor : -minor
          if (taxCode === 'reverse') expect(sum).toBe(0n)
          else if (mode === 'within') expect(ours + sum).toBe(before)
          else expect(ours).toBe(before)
          const rate = { standard: 200n, reduced: 50n, odd: 175n, reverse: 0n }[taxCode]
          const off = (ours * rate - sum * 1000n) * 2n
          // What is within is rounded where the gross is; what is on top where the net is.
          expect(off <= 1200n && off >= -1200n).toBe(true)
          const values = { ...blankJournal(date), lines: made }
          const body = journalBody(values, how)
          for (const [at, { taxBase }] of body.lines.entries()) {
            const one = made[at] as LineValues
            const credited = taxBase?.startsWith('-') ?? false
            const onOutput = one.account === '2200'
            if (taxBase !== undefined && units(one.taxBase) !== 0n)
              expect(credited).toBe(onOutput ? one.debit !== '' : one.credit !== '')
          }
          const back = linesFrom(body.lines, how)
          expect(shown(back)).toEqual(
            shown(
              made.map((one, at) =>
                at === 0 ? { ...one, debit: back[0]?.debit ?? '', credit: back[0]?.credit ?? '' } : one,
              ),
            ),
          )
          expect(totalsOf(back, typing)).toEqual(totalsOf(made, typing))
          if (made.length > 1) expect(offersOf(back, how, date).get(0)?.made?.fits).toBe(true)
        },
      ),
    )
  })
})

test('a code on a tax account needs what was taxed, and a template asks for it', () => {
  const lines = [line({ account: '2200', credit: '20', taxCode: 'standard' }), line({ account: '1200', debit: '20' })]
  const values = { ...blankJournal(date), lines }
  const problems = (of: LineValues[], isDraft = false) =>
    problemsOf({ ...values, lines: of }, { typing, accounts, isDraft })
  expect(Object.keys(problems(lines))).toEqual(['lines.0.taxBase'])
  expect(problems(lines, true)).toEqual({})
  const based = [{ ...(lines[0] as LineValues), taxBase: '100' }, lines[1] as LineValues]
  expect(problems(based)).toEqual({})
  expect(Object.keys(problems([{ ...(based[0] as LineValues), taxBase: 'x' }, lines[1] as LineValues]))).toEqual([
    'lines.0.taxBase',
  ])
  const { definition } = templateOf({ ...values, lines: based }, { ...how, name: 'a', title: 'A' })
  expect(definition.lines[0]).toEqual({
    account: '2200',
    side: 'credit',
    amount: 'amount-1',
    taxCode: 'standard',
    taxBase: 'taxed-1',
  })
  expect(definition.parameters[1]).toMatchObject({ name: 'taxed-1', kind: 'amount', default: '100.00' })
})
