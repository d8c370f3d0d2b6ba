import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DocumentLine } from '../../src/modules/sales/index.ts'
import { britishRules, codeOf, plan } from './plan-support.ts'

/** Half away from zero, in another way than the product's: the fraction's sign decides, its absolute value is rounded. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator
  const whole = size / denominator + (2n * (size % denominator) >= denominator ? 1n : 0n)
  return numerator < 0n ? -whole : whole
}

const taxedCodes = ['85123A', '22423', '15056BL', 'POST', 'dot', 'C2', 'D', 'M', 'm', 'S', 'PADS', 'DCGSSBOY']
const untaxedCodes = ['gift_0001_20', 'GIFT_0001_50', 'BANK CHARGES', 'AMAZONFEE', 'CRUK', 'B']

/** A quantity and a price with up to four decimals, as texts and as whole ten-thousandths. */
const amounts = fc
  .record({
    quantity: fc.integer({ min: -10_000, max: 10_000 }),
    price: fc.integer({ min: -99_999_999, max: 99_999_999 }),
  })
  .map(({ quantity, price }) => ({
    quantity: String(quantity),
    price: tenThousandths(price),
    exact: BigInt(quantity) * BigInt(price),
  }))

function tenThousandths(value: number): string {
  const digits = String(Math.abs(value)).padStart(5, '0')
  const text = `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '')
  return value < 0 ? `-${text}` : text
}

const rows = fc.array(fc.tuple(amounts, fc.constantFrom(...taxedCodes, ...untaxedCodes)), {
  minLength: 1,
  maxLength: 12,
})
const planned = (number: string, drawn: [{ quantity: string; price: string }, string][], more = {}) =>
  plan(
    number,
    drawn.map(([{ quantity, price }, code]) => ({ quantity, price, code, ...more })),
  ).request

test('a line is quantity times price, rounded half away from zero to the penny', () => {
  fc.assert(
    fc.property(rows, (drawn) => {
      const { lines } = planned('536365', drawn)
      expect(lines.map((line) => line.netMinor)).toEqual(drawn.map(([{ exact }]) => rounded(exact, 100n)))
    }),
  )
})

test.each([
  ['1', '0.005', 1n],
  ['-1', '0.005', -1n],
  ['1', '0.0049999999', 0n],
  ['3', '0.835', 251n],
  ['-3', '0.835', -251n],
  ['1', '-11062.06', -1_106_206n],
])('%s at %s is %s pence', (quantity, price, pence) => {
  expect(plan('1', [{ quantity, price }]).request.lines[0]?.netMinor).toBe(pence)
})

test('tax is the sum of what is taxed times the rate of the day, rounded once', () => {
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(['2010-06-01', 175n], ['2011-02-01', 200n], ['2009-06-01', 150n] as const),
      (drawn, when) => {
        const [day, perMille] = when as [string, bigint]
        const { taxes } = planned('536365', drawn, { at: `${day} 10:00:00` })
        const taxed = drawn.filter(([{ price }, code]) => price !== '0' && taxedCodes.includes(code))
        const base = taxed.reduce((sum, [{ exact }]) => sum + rounded(exact, 100n), 0n)
        expect(taxes.map(({ baseMinor, taxMinor }) => [baseMinor, taxMinor])).toEqual(
          taxed.length === 0 ? [] : [[base, rounded(base * perMille, 1000n)]],
        )
      },
    ),
  )
})

test('a tie of tax goes away from zero, on invoices and on credit notes', () => {
  const at = '2010-12-01 10:00:00'
  expect(plan('1', [{ price: '0.20', at }]).request.taxes[0]).toMatchObject({ baseMinor: 20n, taxMinor: 4n })
  expect(plan('C1', [{ quantity: '-1', price: '0.20', at }]).request.taxes[0]).toMatchObject({
    baseMinor: -20n,
    taxMinor: -4n,
  })
})

test('a credit note mirrors the invoice of the same lines, to the penny', () => {
  fc.assert(
    fc.property(rows, (drawn) => {
      const invoice = planned('536365', drawn)
      const opposite = drawn.map(([{ quantity, price }, code]): [{ quantity: string; price: string }, string] => [
        { quantity: quantity.startsWith('-') ? quantity.slice(1) : quantity === '0' ? '0' : `-${quantity}`, price },
        code,
      ])
      const credit = planned('C536365', opposite)
      expect(credit.lines.map((line) => -line.netMinor)).toEqual(invoice.lines.map((line) => line.netMinor))
      expect(credit.lines.map(({ role, taxCodeId }) => ({ role, taxCodeId }))).toEqual(
        invoice.lines.map(({ role, taxCodeId }) => ({ role, taxCodeId })),
      )
      expect(credit.taxes.map((tax) => [-tax.baseMinor, -tax.taxMinor])).toEqual(
        invoice.taxes.map((tax) => [tax.baseMinor, tax.taxMinor]),
      )
    }),
  )
})

test('a line of price 0 books nothing and changes nothing of the others', () => {
  const free = fc.record({
    code: fc.constantFrom(...taxedCodes, ...untaxedCodes),
    quantity: fc.integer().map(String),
    price: fc.constantFrom('0'),
  })
  fc.assert(
    fc.property(rows, fc.array(free, { minLength: 1, maxLength: 5 }), (drawn, freeRows) => {
      const priced = drawn.filter(([{ price }]) => price !== '0')
      fc.pre(priced.length > 0)
      const without = planned('536365', priced)
      const { request, exceptions } = plan('536365', [
        ...freeRows,
        ...priced.map(([{ quantity, price }, code]) => ({ quantity, price, code })),
      ])
      const nothing: Partial<DocumentLine> = { role: null, taxCodeId: null, netMinor: 0n, giftCardCode: null }
      expect(request.lines.slice(0, freeRows.length)).toEqual(freeRows.map(() => expect.objectContaining(nothing)))
      expect(request.taxes).toEqual(without.taxes)
      expect(request.kind).toBe(without.kind)
      expect(request.settlement).toBe(without.settlement)
      expect(exceptions.filter(({ kind }) => kind === 'unknown_code').length).toBe(
        priced.filter(([, code]) => code === 'DCGSSBOY').length,
      )
    }),
  )
})

describe('what a document is', () => {
  test.each([
    ['536365', '1.5', '17850', 'invoice', 'on_account'],
    ['536365', '1.5', '', 'invoice', 'paid'],
    ['C536365', '1.5', '17850', 'credit_note', 'on_account'],
    ['C536365', '1.5', '', 'credit_note', 'paid'],
    ['A563185', '1.5', '', 'bad_debt', 'on_account'],
    ['A563185', '1.5', '17850', 'bad_debt', 'on_account'],
    ['536365', '0', '', 'stock_adjustment', 'none'],
    ['536365', '0', '17850', 'free_items', 'none'],
    ['C536365', '0', '', 'stock_adjustment', 'none'],
  ])('%s at %s for customer "%s" is %s, %s', (number, price, customer, kind, settlement) => {
    expect(plan(number, [{ price, customer }]).request).toMatchObject({ kind, settlement })
  })

  test('its day and moment are those of its earliest line, whatever the order of its lines', () => {
    const { request } = plan('1', [{ at: '2011-01-04 00:01:00' }, { at: '2011-01-03 23:59:00' }])
    expect(request).toMatchObject({ issuedOn: '2011-01-03', issuedAt: '2011-01-03 23:59:00' })
    expect(request.taxes[0]?.taxMinor).toBe(35n)
  })

  test('its content is the same whatever the order of its lines, and another when any field differs', () => {
    const rows = [{ code: '22423' }, { code: '85123A', quantity: '2' }]
    const hash = (...changed: Parameters<typeof plan>[1][number][]) =>
      plan('1', changed).request.contentHash.toString('hex')
    const original = hash(...rows)
    expect(hash(...rows.toReversed())).toBe(original)
    const others = [
      { quantity: '3' },
      { price: '1.01' },
      { description: 'Another' },
      { at: '2011-02-01 10:00:01' },
      { customer: '' },
      { country: 'France' },
      { code: '85123B' },
    ]
    const hashes = others.map((other) => hash({ code: '22423' }, { code: '85123A', quantity: '2', ...other }))
    expect(new Set([original, ...hashes]).size).toBe(others.length + 1)
    expect(hash(...rows, rows[0] as object)).not.toBe(original)
  })

  test('lines remember their file, their line and the rule that chose their role', () => {
    const { request } = plan('1', [{ code: ' gift_0001_20 ' }, { code: ' 85123a' }])
    expect(request).toMatchObject({ importRunId: 7n, orderReference: '1', channelCode: 'online-retail' })
    expect(request.lines).toEqual([
      expect.objectContaining({
        importFileId: 11n,
        importLine: 2,
        itemCode: null,
        giftCardCode: 'unidentified',
        taxCodeId: britishRules.outsideScopeId,
      }),
      expect.objectContaining({ importFileId: 11n, importLine: 3, itemCode: '85123A', giftCardCode: null }),
    ])
    expect(codeOf(request.lines[1]?.taxCodeId ?? 0n)).toBe('standard')
  })
})

test('an unknown code and an unclear destination each raise an exception with what it is about', () => {
  const { request, exceptions } = plan('536365', [
    { code: 'DCGSSBOY', price: '10', country: 'Unspecified' },
    { code: 'DCGSSBOY', price: '0', country: 'Unspecified' },
    { code: '85123A', price: '10', country: 'Unspecified' },
  ])
  expect(request.lines.map((line) => line.role)).toEqual(['sales_suspense', null, 'sales'])
  expect(exceptions).toMatchObject([
    { kind: 'unknown_code', subject: 'DCGSSBOY', amountMinor: 1000n },
    { kind: 'unclear_destination', subject: '536365', amountMinor: 2400n },
  ])
})

test('a code and a destination that no rule covers are refused, not guessed', () => {
  expect(() => plan('1', [{}], { ...britishRules, lineCode: () => undefined })).toThrow(
    expect.objectContaining({ code: 'mapping_missing' }),
  )
})
