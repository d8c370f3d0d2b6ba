import { describe, test } from 'vitest'
import { type BadFile, Refusing } from '../refusing.ts'
import { namedCsv } from '../support.ts'

const refusing = new Refusing({})

const columns = ['order', 'record', 'currency', 'ordered_on', 'invoiced_on', 'customer', 'prices', 'total', 'item', 'quantity', 'unit_price', 'discount', 'tax_code', 'amount', 'method', 'paid_on', 'credit_note', 'credited_on'] as const // biome-ignore format: as a header
type Row = Partial<Record<(typeof columns)[number], string>>

const order: Row = { order: '1', record: 'order', currency: 'GBP', ordered_on: '2026-03-30' }
const line: Row = { order: '1', record: 'line', item: 'MUG', quantity: '1', unit_price: '10.00' }
const payment: Row = { order: '1', record: 'payment', method: 'card', paid_on: '2026-03-30', amount: '10.00' }
const credit: Row = {
  order: '1',
  record: 'credit',
  credit_note: 'C1',
  credited_on: '2026-04-01',
  quantity: '1',
  unit_price: '1',
}

/** A file whose third line, after a good one, is this. */
const third = (row: Row, more: Row = {}): string => namedCsv(columns, [order, { ...row, ...more }])
const second = (more: Row): string => namedCsv(columns, [{ ...order, ...more }])

const ofCsv: BadFile[] = [
  ['an empty file', '', ':1:1: an empty file; expected a header'],
  [
    'semicolons',
    namedCsv(columns, [order]).replaceAll(',', ';'),
    ':1:1: a header without order; expected the columns order, record, each once',
  ],
  [
    'no column of records',
    'order,currency\n1,GBP\n',
    ':1:1: a header without record; expected the columns order, record, each once',
  ],
  [
    'a column twice',
    'order,record,currency,currency\n',
    ':1:4: a header with two columns for currency; expected the columns order, record, each once',
  ],
  [
    'a column that no record has',
    'order,record,currrency\n',
    ':1:3: a column "currrency"; expected none but order, record, currency, ordered_on, invoiced_on, shipped_on, invoice, due_on, customer, customer_name, country, channel, prices, total, item, description, quantity, unit_price, discount, tax_code, tax, amount, card, reference, method, paid_on, paid_out_on, credit_note, credited_on',
  ],
  ['too few fields', `${namedCsv(columns, [order])}1,line,GBP\n`, ':3:4: 3 fields; expected 18, as in the header'],
  ['too many fields', `${namedCsv(columns, [order]).trimEnd()},x\n`, ':2:19: 19 fields; expected 18, as in the header'],
  ['no order number', second({ order: '' }), ':2:1: order ""; expected an order number of 1 to 90 characters'],
  [
    'an order number too long',
    second({ order: '1'.repeat(91) }),
    ':2:1: order "11111111111111111111111111111111111111111111111111111111111111111111111111111111…"; expected an order number of 1 to 90 characters',
  ],
  [
    'an order number of two lines',
    second({ order: '"1\n2"' }),
    ':2:1: order "1\\n2"; expected an order number of 1 to 90 characters',
  ],
  [
    'a record that there is not',
    second({ record: 'lines' }),
    ':2:2: record "lines"; expected one of order, line, shipping, discount, gift_card, payment, credit, refund',
  ],
  ['no currency', second({ currency: '' }), ':2:3: currency ""; expected a currency such as GBP'],
  ['a currency in small letters', second({ currency: 'gbp' }), ':2:3: currency "gbp"; expected a currency such as GBP'],
  ['no day of order', second({ ordered_on: '' }), ':2:4: ordered_on ""; expected a day, YYYY-MM-DD'],
  [
    'a day that does not exist',
    second({ ordered_on: '2026-02-29' }),
    ':2:4: ordered_on "2026-02-29"; expected a day, YYYY-MM-DD',
  ],
  [
    'a day of another country',
    second({ ordered_on: '30/03/2026' }),
    ':2:4: ordered_on "30/03/2026"; expected a day, YYYY-MM-DD',
  ],
  [
    'a day with a time',
    second({ invoiced_on: '2026-03-30 10:00' }),
    ':2:5: invoiced_on "2026-03-30 10:00"; expected a day, YYYY-MM-DD',
  ],
  [
    'prices that are neither net nor gross',
    second({ prices: 'brutto' }),
    ':2:7: prices "brutto"; expected net or gross',
  ],
  [
    'a total below zero',
    second({ total: '-1.00' }),
    ':2:8: total "-1.00"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a total with a comma',
    second({ total: '"1,00"' }),
    ':2:8: total "1,00"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a field of another record',
    second({ quantity: '1' }),
    ':2:10: quantity "1"; expected nothing: the record order has no quantity',
  ],
  ['no item', third(line, { item: '' }), ':3:9: item ""; expected an item code of 1 to 60 characters'],
  [
    'a code too long',
    third(line, { item: 'x'.repeat(61) }),
    ':3:9: item "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; expected an item code of 1 to 60 characters',
  ],
  [
    'no quantity',
    third(line, { quantity: '' }),
    ':3:10: quantity ""; expected a number with digits and a decimal point, above zero',
  ],
  [
    'a quantity of nothing',
    third(line, { quantity: '0.00' }),
    ':3:10: quantity "0.00"; expected a number with digits and a decimal point, above zero',
  ],
  [
    'a quantity below zero',
    third(line, { quantity: '-1' }),
    ':3:10: quantity "-1"; expected a number with digits and a decimal point, above zero',
  ],
  [
    'a price with a sign of currency',
    third(line, { unit_price: '£10.00' }),
    ':3:11: unit_price "£10.00"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a price with an exponent',
    third(line, { unit_price: '1e3' }),
    ':3:11: unit_price "1e3"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a price that is no number',
    third(line, { unit_price: 'NaN' }),
    ':3:11: unit_price "NaN"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a price with eleven decimals',
    third(line, { unit_price: '0.00000000001' }),
    ':3:11: unit_price "0.00000000001"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a price of thirteen digits',
    third(line, { unit_price: '1234567890123' }),
    ':3:11: unit_price "1234567890123"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a discount below zero',
    third(line, { discount: '-1' }),
    ':3:12: discount "-1"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a line with an amount',
    third(line, { amount: '1.00' }),
    ':3:14: amount "1.00"; expected nothing: the record line has no amount',
  ],
  [
    'a payment without a method',
    third(payment, { method: '' }),
    ':3:15: method ""; expected a payment method of 1 to 60 characters',
  ],
  ['a payment without a day', third(payment, { paid_on: '' }), ':3:16: paid_on ""; expected a day, YYYY-MM-DD'],
  [
    'a payment without an amount',
    third(payment, { amount: '' }),
    ':3:14: amount ""; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a payment below zero',
    third(payment, { amount: '-5' }),
    ':3:14: amount "-5"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a credit without its note',
    third(credit, { credit_note: '' }),
    ':3:17: credit_note ""; expected the number of a credit note of 1 to 100 characters',
  ],
  ['a credit without a day', third(credit, { credited_on: '' }), ':3:18: credited_on ""; expected a day, YYYY-MM-DD'],
  [
    'a quotation mark that is not closed',
    `${namedCsv(columns, [order])}1,line,"GBP\n`,
    ':3:1: a record that does not end, or a quotation mark that is not closed; expected fields quoted as RFC 4180 says',
  ],
  [
    'bytes of another encoding',
    Buffer.from(second({ customer: 'café' }), 'latin1'),
    ':2:1: bytes that are not UTF-8; expected text in UTF-8',
  ],
  ['UTF-16', Buffer.from(`\uFEFF${second({})}`, 'utf16le'), ':1:1: bytes that are not UTF-8; expected text in UTF-8'],
  ['a NUL', second({ customer: 'A\0B' }), ':2:1: a NUL character; expected text in UTF-8'],
]

const json = (more: object): string =>
  JSON.stringify(
    [
      { order: '0', currency: 'GBP', ordered_on: '2026-03-30' },
      { order: '1', currency: 'GBP', ordered_on: '2026-03-30', ...more },
    ],
    null,
    0,
  ).replace('},{', '},\n{')
const aLine = { item: 'MUG', quantity: '1', unit_price: '10.00' }

const ofJson: BadFile[] = [
  ['an empty file', '', ':1:1: no object; expected an array of objects, or one object after the other'],
  ['no object', '[]', ':1:1: no object; expected an array of objects, or one object after the other'],
  ['a number', '17', ":1:1: '1' between objects; expected an array of objects, or one object after the other"],
  [
    'an array that does not end',
    '[{"order":"1","currency":"GBP","ordered_on":"2026-03-30"}',
    ':1:1: an array that does not end; expected it to be closed',
  ],
  ['an object that does not end', '[\n{"order":"1"', ':2:1: an object that does not end; expected it to be closed'],
  [
    'a comma too many',
    '[{"order":"1","currency":"GBP","ordered_on":"2026-03-30"},]',
    ":1:1: ']' between objects; expected an array of objects, or one object after the other",
  ],
  [
    'an object that is no JSON',
    '{"order":"1",}',
    ':1:1: an object that is no JSON; expected JSON (Expected double-quoted property name in JSON at position 13 (line 1 column 14))',
  ],
  [
    'words after the array',
    '[{"order":"1","currency":"GBP","ordered_on":"2026-03-30"}] end',
    ":1:1: 'e' between objects; expected an array of objects, or one object after the other",
  ],
  [
    'objects within objects without end',
    `{"order":${'['.repeat(50)}`,
    ':1:1: an object within objects that are too many; expected 10 at most',
  ],
  [
    'no order number',
    json({ order: '' }),
    ':2:1: an object with order ""; expected an order number of 1 to 90 characters',
  ],
  [
    'an order number that is a list',
    json({ order: ['1'] }),
    ':2:1: an object with order ""; expected an order number of 1 to 90 characters',
  ],
  [
    'a field that there is not',
    json({ curency: 'GBP' }),
    ':2:1: order 1 with "curency"; expected one of currency, ordered_on, invoiced_on, shipped_on, invoice, due_on, customer, customer_name, country, channel, prices, total, order, lines, shipping, discounts, gift_cards, payments, credits, refunds',
  ],
  ['a field that is true', json({ customer: true }), ':2:1: customer of order 1; expected a text or a number'],
  [
    'a field that is an object',
    json({ country: { code: 'GB' } }),
    ':2:1: country of order 1; expected a text or a number',
  ],
  [
    'a field of another record',
    json({ quantity: '1' }),
    ':2:1: quantity "1" of order 1; expected nothing: the record order has no quantity',
  ],
  ['no currency', json({ currency: null }), ':2:1: currency "" of order 1; expected a currency such as GBP'],
  [
    'a day that does not exist',
    json({ invoiced_on: '2026-02-30' }),
    ':2:1: invoiced_on "2026-02-30" of order 1; expected a day, YYYY-MM-DD',
  ],
  [
    'a day as a number',
    json({ ordered_on: 20260330 }),
    ':2:1: ordered_on "20260330" of order 1; expected a day, YYYY-MM-DD',
  ],
  ['lines that are no list', json({ lines: aLine }), ':2:1: lines of order 1; expected a list of objects'],
  ['a line that is a text', json({ lines: ['MUG'] }), ':2:1: lines[0] of order 1; expected an object'],
  ['a line that is a number', json({ lines: [aLine, 17] }), ':2:1: lines[1] of order 1; expected an object'],
  ['a line that is nothing', json({ lines: [null] }), ':2:1: lines[0] of order 1; expected an object'],
  [
    'a line without an item',
    json({ lines: [{ ...aLine, item: undefined }] }),
    ':2:1: item "" of lines[0] of order 1; expected an item code of 1 to 60 characters',
  ],
  [
    'a quantity with an exponent',
    json({ lines: [aLine, { ...aLine, quantity: 1e21 }] }),
    ':2:1: quantity "1e+21" of lines[1] of order 1; expected a number with digits and a decimal point, above zero',
  ],
  [
    'a price below zero',
    json({ lines: [{ ...aLine, unit_price: -1.5 }] }),
    ':2:1: unit_price "-1.5" of lines[0] of order 1; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a field that a line has not',
    json({ lines: [{ ...aLine, amount: '1' }] }),
    ':2:1: amount "1" of lines[0] of order 1; expected nothing: the record line has no amount',
  ],
  [
    'a field of a line that there is not',
    json({ lines: [{ ...aLine, sku: '1' }] }),
    ':2:1: lines[0] of order 1 with "sku"; expected one of item, description, quantity, unit_price, discount, tax_code, tax',
  ],
  [
    'a shipping without an amount',
    json({ shipping: [{ description: 'Post' }] }),
    ':2:1: amount "" of shipping[0] of order 1; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a gift card below zero',
    json({ gift_cards: [{ amount: '-5' }] }),
    ':2:1: amount "-5" of gift_cards[0] of order 1; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a payment without a method',
    json({ payments: [{ paid_on: '2026-03-30', amount: '1' }] }),
    ':2:1: method "" of payments[0] of order 1; expected a payment method of 1 to 60 characters',
  ],
  [
    'a refund without a day',
    json({ refunds: [{ method: 'card', amount: '1' }] }),
    ':2:1: paid_on "" of refunds[0] of order 1; expected a day, YYYY-MM-DD',
  ],
  [
    'bytes of another encoding',
    Buffer.from(json({ customer: 'café' }), 'latin1'),
    ':2:1: bytes that are not UTF-8; expected text in UTF-8',
  ],
  ['a NUL', json({}).replace('"1"', '"1\0"'), ':2:1: a NUL character; expected text in UTF-8'],
  [
    'a NUL that is written out',
    json({ customer: 'a\0b' }),
    ':2:1: customer "a\\u0000b" of order 1; expected a customer number of 1 to 100 characters',
  ],
]

describe('a file of orders as CSV with', () => {
  test.each(ofCsv)('%s', async (_, content, message) => {
    await refusing.expectRefused('orders', 'orders.csv', content, message)
  })
})

describe('a file of orders as JSON with', () => {
  test.each(ofJson)('%s', async (_, content, message) => {
    await refusing.expectRefused('orders', 'orders.json', content, message)
  })
})

describe('files that are not there', () => {
  test('a file of another kind', async () => {
    const path = refusing.desk.files.write('x', 'orders.csv.gz')
    const kinds =
      'a .csv or .csv.gz file, or a .json or .json.gz file, or a .jsonl or .jsonl.gz file, or a folder of them'
    await refusing.expectPathsRefused('orders', [path], `${path}:1:1: a file that cannot be read; expected ${kinds}`)
  })

  test('one bad line in the last of many files keeps all of them out', async () => {
    const good = refusing.desk.files.write(json({ lines: [aLine] }), 'good.json')
    const last = refusing.desk.files.write(third(line, { quantity: 'six' }), 'last.csv')
    const expected = 'a number with digits and a decimal point, above zero'
    await refusing.expectPathsRefused('orders', [good, last], `${last}:3:10: quantity "six"; expected ${expected}`)
  })
})
