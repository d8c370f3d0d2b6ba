import { expect, test } from 'vitest'
import { defaultDestinationRules, destinationReader } from '../../src/modules/tax/index.ts'
import { britishDestinations, codeOf, day, plan } from './plan-support.ts'

const read = destinationReader(britishDestinations())
const reading = (destination: string, date: string) => {
  const { country, rule } = read(destination, day(date))
  return [country, codeOf(rule.taxCodeId), rule.raisesException]
}

test.each([
  ['United Kingdom', 'GB', 'standard', false],
  [' united  kingdom ', 'GB', 'standard', false],
  ['EIRE', 'IE', 'standard', false],
  ['Germany', 'DE', 'standard', false],
  ['Isle of Man', 'IM', 'standard', false],
  ['Channel Islands', 'XJ', 'export', false],
  ['Jersey', 'JE', 'export', false],
  ['Guernsey', 'GG', 'export', false],
  ['RSA', 'ZA', 'export', false],
  ['USA', 'US', 'export', false],
  ['Norway', 'NO', 'export', false],
  ['Switzerland', 'CH', 'export', false],
  ['European Community', null, 'standard', true],
  ['Unspecified', null, 'standard', true],
  ['', null, 'standard', true],
  ['Atlantis', null, 'standard', true],
])('"%s" in 2011 is %s: %s', (destination, country, taxCode, raisesException) => {
  expect(reading(destination, '2011-06-01')).toEqual([country, taxCode, raisesException])
})

test.each([
  ['Croatia', '2013-06-30', 'export'],
  ['Croatia', '2013-07-01', 'standard'],
  ['Romania', '2006-12-31', 'export'],
  ['Romania', '2007-01-01', 'standard'],
  ['United Kingdom', '2020-12-31', 'standard'],
  ['United Kingdom', '2021-01-01', 'standard'],
])('%s on %s: %s', (destination, date, taxCode) => {
  expect(reading(destination, date)[1]).toBe(taxCode)
})

test('the Isle of Man belongs to the UK for VAT, before and after the UK left the EU', () => {
  expect(reading('Isle of Man', '2021-01-01')[1]).toBe('standard')
})

test.each([
  ['2008-11-30', '175'],
  ['2008-12-01', '150'],
  ['2009-12-31', '150'],
  ['2010-01-01', '175'],
  ['2011-01-03', '175'],
  ['2011-01-04', '200'],
  ['2021-06-01', '200'],
])('the standard rate on %s takes %s pence of ten pounds', (date, pence) => {
  const { taxes } = plan('1', [{ price: '10', at: `${date} 12:00:00` }]).request
  expect(taxes.map(({ taxMinor }) => taxMinor)).toEqual([BigInt(pence)])
})

test('an export bears tax of zero on what would be taxed', () => {
  const { taxes } = plan('1', [
    { price: '10', country: 'Jersey' },
    { price: '5', code: 'gift_0001_20', country: 'Jersey' },
  ]).request
  expect(taxes.map(({ taxCodeId, baseMinor, taxMinor }) => [codeOf(taxCodeId), baseMinor, taxMinor])).toEqual([
    ['export', 1000n, 0n],
  ])
})

test('a later rule of a country wins over the zone from its day on', () => {
  const later = { ...britishDestinations().find(({ destination }) => destination === 'elsewhere'), destination: 'FR' }
  const rules = [...britishDestinations(), { ...later, effectiveFrom: day('2021-01-01') } as never]
  const of = (date: string) => codeOf(destinationReader(rules)('France', day(date)).rule.taxCodeId)
  expect([of('2020-12-31'), of('2021-01-01')]).toEqual(['standard', 'export'])
})

test('a company outside the EU has no rule for the EU', () => {
  expect(defaultDestinationRules('US').map(({ destination }) => destination)).not.toContain('eu')
})
