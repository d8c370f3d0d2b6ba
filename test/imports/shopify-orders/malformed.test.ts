import { describe, test } from 'vitest'
import { type BadFile, Refusing } from '../refusing.ts'
import { namedCsv } from '../support.ts'

const refusing = new Refusing({})

const columns = ['Name', 'Email', 'Financial Status', 'Paid at', 'Fulfillment Status', 'Fulfilled at', 'Currency', 'Subtotal', 'Shipping', 'Taxes', 'Total', 'Discount Amount', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price', 'Payment Method', 'Refunded Amount', 'Cancelled at', 'Outstanding Balance', 'Duties', 'Tax 1 Name', 'Tax 1 Value'] as const // biome-ignore format: as a header
type Row = Partial<Record<(typeof columns)[number], string>>

const order: Row = {
  Name: '#1001',
  'Financial Status': 'paid',
  'Paid at': '2026-03-30 10:13:33 +0100',
  'Fulfillment Status': 'fulfilled',
  'Fulfilled at': '2026-04-02 09:00:00 +0100',
  Currency: 'GBP',
  Subtotal: '10.00',
  Total: '10.00',
  'Created at': '2026-03-30 10:12:00 +0100',
  'Lineitem quantity': '1',
  'Lineitem name': 'Mug',
  'Lineitem price': '10.00',
  'Payment Method': 'PayPal',
}

/** A file whose third line, after a good one, is of another order with this in it. */
const third = (more: Row): string => namedCsv(columns, [order, { ...order, Name: '#1002', ...more }])
const withLine = (line: string): string => `${namedCsv(columns, [order])}${line}\n`

const cases: BadFile[] = [
  ['an empty file', '', ':1:1: an empty file; expected a header'],
  ['nothing but a byte-order mark', '\uFEFF', ':1:1: an empty file; expected a header'],
  [
    'semicolons',
    third({}).replaceAll(',', ';'),
    ':1:1: a header without Name; expected the columns Name, Financial Status, Paid at, Fulfillment Status, Currency, Subtotal, Shipping, Taxes, Total, Created at, Lineitem quantity, Lineitem name, Lineitem price, Payment Method, Refunded Amount, each once',
  ],
  [
    'no totals',
    third({}).replace(',Total', ',Sum'),
    ':1:1: a header without Total; expected the columns Name, Financial Status, Paid at, Fulfillment Status, Currency, Subtotal, Shipping, Taxes, Total, Created at, Lineitem quantity, Lineitem name, Lineitem price, Payment Method, Refunded Amount, each once',
  ],
  [
    'a column twice',
    `${columns.join(',')},Total\n`,
    ':1:24: a header with two columns for Total; expected the columns Name, Financial Status, Paid at, Fulfillment Status, Currency, Subtotal, Shipping, Taxes, Total, Created at, Lineitem quantity, Lineitem name, Lineitem price, Payment Method, Refunded Amount, each once',
  ],
  [
    'a column under both of its spellings',
    `${columns.join(',')},Canceled at\n`,
    ':1:24: a header with two columns for Cancelled at; expected the columns Name, Financial Status, Paid at, Fulfillment Status, Currency, Subtotal, Shipping, Taxes, Total, Created at, Lineitem quantity, Lineitem name, Lineitem price, Payment Method, Refunded Amount, each once',
  ],
  [
    'the columns of transaction histories',
    'Order,Name,Kind,Gateway,Created At,Status,Amount,Currency\n',
    ':1:1: a header without Financial Status; expected the columns Name, Financial Status, Paid at, Fulfillment Status, Currency, Subtotal, Shipping, Taxes, Total, Created at, Lineitem quantity, Lineitem name, Lineitem price, Payment Method, Refunded Amount, each once',
  ],
  ['too few fields', withLine('#1002,a@example.com'), ':3:3: 2 fields; expected 23, as in the header'],
  [
    'too many fields',
    withLine(`${Array.from(columns, () => '').join(',')},x`),
    ':3:24: 24 fields; expected 23, as in the header',
  ],
  ['no name', third({ Name: '' }), ':3:1: Name ""; expected an order name of 1 to 90 characters'],
  [
    'a name too long',
    third({ Name: '#'.repeat(91) }),
    ':3:1: Name "################################################################################…"; expected an order name of 1 to 90 characters',
  ],
  [
    'a name of two lines',
    third({ Name: '"#10\n02"' }),
    ':3:1: Name "#10\\n02"; expected an order name of 1 to 90 characters',
  ],
  ['no currency', third({ Currency: '' }), ':3:7: Currency ""; expected a currency of 1 to 3 characters'],
  ['a currency in small letters', third({ Currency: 'gbp' }), ':3:7: Currency "gbp"; expected a currency such as GBP'],
  ['a currency by its sign', third({ Currency: '£' }), ':3:7: Currency "£"; expected a currency such as GBP'],
  [
    'a status too long',
    third({ 'Financial Status': 'x'.repeat(41) }),
    ':3:3: Financial Status "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; expected a status of at most 40 characters, or nothing',
  ],
  [
    'no moment of the order',
    third({ 'Created at': '' }),
    ':3:13: Created at ""; expected a date and time, YYYY-MM-DD hh:mm:ss',
  ],
  [
    'a day that does not exist',
    third({ 'Created at': '2026-02-29 10:00:00 +0100' }),
    ':3:13: Created at "2026-02-29 10:00:00 +0100"; expected a date and time, YYYY-MM-DD hh:mm:ss',
  ],
  [
    'an hour that does not exist',
    third({ 'Paid at': '2026-03-30 24:00:00 +0100' }),
    ':3:4: Paid at "2026-03-30 24:00:00 +0100"; expected a date and time, YYYY-MM-DD hh:mm:ss',
  ],
  [
    'a day of another country',
    third({ 'Fulfilled at': '30/03/2026 10:00' }),
    ':3:6: Fulfilled at "30/03/2026 10:00"; expected a date and time, YYYY-MM-DD hh:mm:ss',
  ],
  [
    'a day without a time',
    third({ 'Cancelled at': '2026-03-30' }),
    ':3:19: Cancelled at "2026-03-30"; expected a date and time, YYYY-MM-DD hh:mm:ss',
  ],
  ['no subtotal', third({ Subtotal: '' }), ':3:8: Subtotal ""; expected a number with digits and a decimal point'],
  [
    'a subtotal with thousands',
    third({ Subtotal: '"1,000.00"' }),
    ':3:8: Subtotal "1,000.00"; expected a number with digits and a decimal point',
  ],
  [
    'a subtotal below zero',
    third({ Subtotal: '-1.00' }),
    ':3:8: Subtotal "-1.00"; expected a number with digits and a decimal point, not below zero',
  ],
  ['no total', third({ Total: '' }), ':3:11: Total ""; expected a number with digits and a decimal point'],
  [
    'a total with a sign of currency',
    third({ Total: '£10.00' }),
    ':3:11: Total "£10.00"; expected a number with digits and a decimal point',
  ],
  [
    'a total with an exponent',
    third({ Total: '1e3' }),
    ':3:11: Total "1e3"; expected a number with digits and a decimal point',
  ],
  [
    'a shipping that is no number',
    third({ Shipping: 'free' }),
    ':3:9: Shipping "free"; expected a number with digits and a decimal point',
  ],
  [
    'taxes below zero',
    third({ Taxes: '-2.00' }),
    ':3:10: Taxes "-2.00"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a discount below zero',
    third({ 'Discount Amount': '-2.00' }),
    ':3:12: Discount Amount "-2.00"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'duties in words',
    third({ Duties: 'none' }),
    ':3:21: Duties "none"; expected a number with digits and a decimal point',
  ],
  [
    'a refund below zero',
    third({ 'Refunded Amount': '-10.00' }),
    ':3:18: Refunded Amount "-10.00"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'an outstanding balance in words',
    third({ 'Outstanding Balance': 'all' }),
    ':3:20: Outstanding Balance "all"; expected a number with digits and a decimal point',
  ],
  [
    'a tax that is no number',
    third({ 'Tax 1 Name': 'VAT 20%', 'Tax 1 Value': '20%' }),
    ':3:23: Tax 1 Value "20%"; expected a number with digits and a decimal point',
  ],
  [
    'a name of a tax that fills the screen',
    third({ 'Tax 1 Name': 'x'.repeat(201), 'Tax 1 Value': '2.00' }),
    ':3:22: Tax 1 Name "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"; expected a tax of at most 200 characters, or nothing',
  ],
  [
    'a payment method too long',
    third({ 'Payment Method': 'x'.repeat(201) }),
    ':3:17: Payment Method "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"; expected a payment method of at most 200 characters, or nothing',
  ],
  [
    'no quantity',
    third({ 'Lineitem quantity': '' }),
    ':3:14: Lineitem quantity ""; expected a number with digits and a decimal point',
  ],
  [
    'a quantity below zero',
    third({ 'Lineitem quantity': '-1' }),
    ':3:14: Lineitem quantity "-1"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'no price',
    third({ 'Lineitem price': '' }),
    ':3:16: Lineitem price ""; expected a number with digits and a decimal point',
  ],
  [
    'a price with eleven decimals',
    third({ 'Lineitem price': '0.00000000001' }),
    ':3:16: Lineitem price "0.00000000001"; expected a number with digits and a decimal point',
  ],
  [
    'a price of thirteen digits',
    third({ 'Lineitem price': '1234567890123' }),
    ':3:16: Lineitem price "1234567890123"; expected a number with digits and a decimal point',
  ],
  [
    'a quotation mark that is not closed',
    withLine('#1002,"a@example.com'),
    ':3:1: a record that does not end, or a quotation mark that is not closed; expected fields quoted as RFC 4180 says',
  ],
  [
    'a quotation mark within a field',
    withLine('#1002,a "b" c'),
    ':3:2: a quotation mark that does not fit; expected fields quoted as RFC 4180 says',
  ],
  [
    'bytes of another encoding',
    Buffer.from(third({ 'Lineitem name': 'café' }), 'latin1'),
    ':3:1: bytes that are not UTF-8; expected text in UTF-8',
  ],
  ['UTF-16', Buffer.from(`\uFEFF${third({})}`, 'utf16le'), ':1:1: bytes that are not UTF-8; expected text in UTF-8'],
  ['a NUL', third({ Email: 'a\0b' }), ':3:1: a NUL character; expected text in UTF-8'],
]

describe("a file of Shopify's orders with", () => {
  test.each(cases)('%s', async (_, content, message) => {
    await refusing.expectRefused('shopify-orders', 'orders.csv', content, message)
  })
})
