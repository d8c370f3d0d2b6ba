import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBankDetails, type WrittenBankDetails } from '../../src/kernel/bank-details.ts'
import { printedIban, wrongWithIban } from '../../src/kernel/iban.ts'

// Examples that the IBAN registry and central banks print.
const ibans = [
  'GB82WEST12345698765432',
  'DE89370400440532013000',
  'FR1420041010050500013M02606',
  'NL91ABNA0417164300',
  'BE68539007547034',
  'CH9300762011623852957',
  'NO9386011117947',
  'MT84MALT011000012345MTLCAST001S',
  'SA0380000000608010167519',
  'PL61109010140000071219812874',
]
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789']

describe('an IBAN', () => {
  test.each(ibans)('%s is one, also printed in groups', (iban) => {
    expect(wrongWithIban(iban)).toBeUndefined()
    const details = readBankDetails({ holder: 'Shop', currency: 'EUR', iban: printedIban(iban).toLowerCase() })
    expect(details.iban).toBe(iban)
  })

  // ISO 7064 promises this within one kind: a letter counts as two digits, so that a letter in place of a digit
  // (one in 97 of them), or 1B for B1, can add up to the same.
  test('with a digit or a letter mistyped, or two neighbours of one kind exchanged, is none', () => {
    const isDigit = (character: string) => /\d/.test(character)
    const drawn = fc.record({
      iban: fc.constantFrom(...ibans),
      place: fc.nat(33),
      letter: fc.constantFrom(...letters),
      exchanged: fc.boolean(),
    })
    fc.assert(
      fc.property(drawn, ({ iban, place, letter, exchanged }) => {
        const at = place % (iban.length - 1)
        const [one, next] = [iban[at] as string, iban[at + 1] as string]
        const mistyped = exchanged
          ? iban.slice(0, at) + next + one + iban.slice(at + 2)
          : iban.slice(0, at) + letter + iban.slice(at + 1)
        fc.pre(mistyped !== iban && isDigit(one) === isDigit(exchanged ? next : letter))
        expect(wrongWithIban(mistyped)).toBeDefined()
      }),
    )
  })

  test('says what is wrong with it', () => {
    expect(wrongWithIban('GB82WEST1234569876543')).toContain('22 letters and digits')
    expect(wrongWithIban('US82WEST12345698765432')).toContain('US does not')
    expect(wrongWithIban('GB83WEST12345698765432')).toContain('check digits')
    expect(wrongWithIban('gb82west12345698765432')).toContain('two letters')
  })
})

describe('bank details', () => {
  const shop = { holder: ' Shop Ltd ', currency: 'GBP' }

  test('are kept plainly', () => {
    const details = readBankDetails({
      ...shop,
      sortCode: '12-34-56',
      accountNumber: '9876 5432',
      bic: 'westgb2l',
      bank: ' W ',
    })
    expect(details).toEqual({
      holder: 'Shop Ltd',
      bank: 'W',
      currency: 'GBP',
      iban: null,
      bic: 'WESTGB2L',
      sortCode: '123456',
      routingNumber: null,
      accountNumber: '98765432',
    })
    const iban = 'GB82WEST12345698765432'
    expect(readBankDetails({ ...shop, iban, sortCode: '123456', accountNumber: '98765432' })).toMatchObject({ iban })
    expect(readBankDetails({ ...shop, routingNumber: '021000021', accountNumber: '12345' })).toMatchObject({
      routingNumber: '021000021',
    })
    expect(readBankDetails({ ...shop, bic: 'CTBAAU2S', accountNumber: '06200012345678' })).toMatchObject({
      accountNumber: '06200012345678',
    })
  })

  const wrong: [string, WrittenBankDetails][] = [
    ['holder', { ...shop, holder: ' ', iban: ibans[0] }],
    ['currency', { ...shop, currency: 'GBX', iban: ibans[0] }],
    ['iban', { ...shop, iban: 'GB82WEST12345698765433' }],
    ['iban', shop],
    ['iban', { ...shop, sortCode: '123456' }],
    ['iban', { ...shop, iban: ibans[0], sortCode: '123456' }],
    ['iban', { ...shop, accountNumber: '98765432' }],
    ['iban', { ...shop, iban: ibans[0], sortCode: '123457', accountNumber: '98765432' }],
    ['iban', { ...shop, sortCode: '123456', routingNumber: '021000021', accountNumber: '98765432' }],
    ['bic', { ...shop, iban: ibans[0], bic: 'WESTGB2' }],
    ['bic', { ...shop, iban: ibans[0], bic: 'WESTQQ2L' }],
    ['sortCode', { ...shop, sortCode: '12345', accountNumber: '98765432' }],
    ['accountNumber', { ...shop, sortCode: '123456', accountNumber: '9876543' }],
    ['routingNumber', { ...shop, routingNumber: '021000022', accountNumber: '12345' }],
    ['routingNumber', { ...shop, routingNumber: '000000000', accountNumber: '12345' }],
    ['accountNumber', { ...shop, routingNumber: '021000021', accountNumber: '123' }],
    ['accountNumber', { ...shop, bic: 'CTBAAU2S', accountNumber: '12/34' }],
  ]
  test.each(wrong)('are refused with the field that is wrong: %s of %o', (field, written) => {
    expect(() => readBankDetails(written)).toThrow(
      expect.objectContaining({ code: 'bank_details_invalid', detail: expect.objectContaining({ field }) }),
    )
  })
})
