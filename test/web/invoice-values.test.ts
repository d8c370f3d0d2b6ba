import { expect, test } from 'vitest'
import { creditErrors, creditSent } from '../../web/admin/src/areas/documents/credit-values.ts'
import { creditableOf } from '../../web/admin/src/areas/documents/creditable.ts'
import {
  agreedDay,
  blankInvoice,
  blankLine,
  type InvoiceValues,
  invoiceErrors,
  invoiceSent,
} from '../../web/admin/src/areas/documents/invoice-values.ts'

const known = { number: '17850', name: 'Anna', country: 'DE', paymentDays: 30 }
const whole: InvoiceValues = {
  ...blankInvoice({ known, on: '2024-01-31', currency: 'GBP' }),
  lines: [{ ...blankLine(), item: 'MUG', text: 'Mug', quantity: '1.50', unitPrice: '12,5' }, blankLine()],
}
const requestOf = (values: InvoiceValues) => invoiceSent(values).requests[0] as Record<string, unknown>

test('what is typed is sent as the API takes it: blank lines and empty fields are left out, and the customer says country and due day', () => {
  expect(invoiceErrors(whole)).toEqual({})
  expect(requestOf(whole)).toEqual({
    on: '2024-01-31',
    dueOn: '2024-03-01',
    customer: { number: '17850' },
    currency: 'GBP',
    prices: 'net',
    country: 'DE',
    lines: [{ item: 'MUG', quantity: '1.5', unitPrice: '12.5' }],
  })
  expect(invoiceSent(whole).schema.safeParse(requestOf(whole)).success).toBe(true)
  expect(agreedDay('2023-12-31', 1)).toBe('2024-01-01')
})

test('somebody new, a text, charges and a discount for paying early are sent with it', () => {
  const values: InvoiceValues = {
    ...whole,
    known: null,
    customer: ' H-1 ',
    isNew: true,
    customerName: 'Harbour Café',
    country: 'GB',
    dueOn: '2024-02-05',
    number: 'A-1',
    order: 'PO 7',
    shipping: '5',
    discount: '1',
    earlyPercent: '2.50',
    earlyUntil: '2024-02-02',
    lines: [{ ...blankLine(), text: ' Hire ', unitPrice: '80', taxCode: 'zero' }],
  }
  expect(invoiceErrors(values)).toEqual({})
  expect(requestOf(values)).toMatchObject({
    number: 'A-1',
    dueOn: '2024-02-05',
    customer: { number: 'H-1', name: 'Harbour Café' },
    order: 'PO 7',
    lines: [{ description: 'Hire', quantity: '1', unitPrice: '80', taxCode: 'zero' }],
    shipping: '5.00',
    discount: '1.00',
    earlyPayment: { percent: '2.5', until: '2024-02-02' },
  })
  expect(invoiceSent(values).schema.safeParse(requestOf(values)).success).toBe(true)
})

test('every mistake stands at its field', () => {
  const line = { ...blankLine(), quantity: '0', unitPrice: 'x' }
  const wrong = { ...whole, customer: '', on: null, shipping: '-1', earlyPercent: '100', lines: [line] }
  expect(Object.keys(invoiceErrors(wrong)).sort()).toEqual([
    'customer',
    'earlyPercent',
    'earlyUntil',
    'lines.0.item',
    'lines.0.quantity',
    'lines.0.unitPrice',
    'on',
    'shipping',
  ])
  expect(Object.keys(invoiceErrors({ ...whole, lines: [blankLine()] }))).toEqual(['lines'])
})

test('what is left of the lines of an invoice of our own can be credited, and no more', () => {
  const line = { lineNo: 1, item: 'MUG', code: 'MUG', description: 'Mug', unitPrice: '1', role: 'sales', taxCode: null }
  const net = { amount: '1.00', currency: 'GBP' }
  const lines = [
    { ...line, quantity: '2.50', creditedQuantity: '1.25', net },
    { ...line, lineNo: 2, quantity: '1', creditedQuantity: '1', net },
    { ...line, lineNo: 3, quantity: '10', creditedQuantity: '0', net },
  ]
  const invoice = { kind: 'invoice', source: 'countinghouse', lines } as never
  const creditable = creditableOf(invoice)
  expect(creditable.map(({ lineNo, left }) => [lineNo, left])).toEqual([
    [1, '1.25'],
    [3, '10'],
  ])
  expect(creditableOf({ kind: 'invoice', source: 'shop', lines } as never)).toEqual([])
  expect(creditableOf({ kind: 'credit_note', source: 'countinghouse', lines } as never)).toEqual([])
  const values = (quantities: Record<string, string>) => ({ number: '', on: '2024-02-01', quantities })
  expect(Object.keys(creditErrors(values({ 1: '1.26', 3: 'x' }), creditable))).toEqual(['quantities.1', 'quantities.3'])
  expect(Object.keys(creditErrors(values({ 1: '0', 3: '' }), creditable))).toEqual(['quantities'])
  const typed = values({ 1: '1.250', 2: '1', 3: '0' })
  expect(creditErrors(typed, creditable)).toEqual({})
  expect(creditSent(typed, 'INV-1', creditable).requests).toEqual([
    { invoice: 'INV-1', on: '2024-02-01', lines: [{ lineNo: 1, quantity: '1.25' }] },
  ])
})
