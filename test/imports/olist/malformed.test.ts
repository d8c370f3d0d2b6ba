import { dirname } from 'node:path'
import { describe, test } from 'vitest'
import { goodFiles } from '../fuzz-inputs/good-files.ts'
import { Refusing } from '../refusing.ts'

const refusing = new Refusing({ country: 'BR', currency: 'BRL' })

type Table = keyof typeof goodFiles.olist
let folders = 0

/** Writes the tables, one of them other than it was, and expects them refused for that. */
async function refusedWith(table: Table, change: (text: string) => string | Buffer, message: string): Promise<void> {
  folders += 1
  const paths = Object.entries(goodFiles.olist).map(([name, text]) =>
    refusing.desk.files.write(name === table ? change(text) : text, `${folders}/${name}`),
  )
  const folder = dirname(paths[0] as string)
  await refusing.expectPathsRefused('olist', [folder], `${folder}/${table}${message}`)
}

const replacing = (from: string, to: string) => (text: string) => text.replace(from, to)

const cases: [what: string, table: Table, change: (text: string) => string | Buffer, message: string][] = [
  [
    'an empty file',
    'orders.csv',
    () => '',
    ':1:1: an empty file; expected the header of orders, order items, order payments or customers, as Olist wrote them',
  ],
  [
    'a table of something else',
    'items.csv',
    () => 'date,amount\n2017-01-01,5\n',
    ':1:1: a header that is of none of its tables; expected the header of orders, order items, order payments or customers, as Olist wrote them',
  ],
  [
    'a header without prices',
    'items.csv',
    replacing(',price', ',cost'),
    ':1:1: a header that is of none of its tables; expected the header of orders, order items, order payments or customers, as Olist wrote them',
  ],
  [
    'a column twice',
    'payments.csv',
    replacing('payment_value', 'payment_value,payment_value'),
    ':1:5: a header with two columns for payment_value; expected the columns order_id, payment_sequential, payment_type, payment_value, each once',
  ],
  [
    'semicolons',
    'orders.csv',
    (text) => text.replaceAll(',', ';'),
    ':1:1: a header that is of none of its tables; expected the header of orders, order items, order payments or customers, as Olist wrote them',
  ],
  ['too few fields', 'items.csv', replacing(',27.65', ''), ':2:5: 4 fields; expected 5, as in the header'],
  ['too many fields', 'items.csv', replacing('27.65', '27.65,1'), ':2:6: 6 fields; expected 5, as in the header'],
  [
    'no id of an order',
    'orders.csv',
    replacing('\na1,', '\n,'),
    ':2:1: order_id ""; expected an id of 1 to 64 characters',
  ],
  [
    'an id too long',
    'orders.csv',
    replacing('\na1,', `\n${'a'.repeat(65)},`),
    ':2:1: order_id "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; expected an id of 1 to 64 characters',
  ],
  [
    'no status',
    'orders.csv',
    replacing('delivered,2017', ',2017'),
    ':2:3: order_status ""; expected a status of 1 to 40 characters',
  ],
  ['no customer', 'orders.csv', replacing('c1', ''), ':2:2: customer_id ""; expected an id of 1 to 64 characters'],
  [
    'no moment of purchase',
    'orders.csv',
    replacing('2017-07-09 21:57:05', ''),
    ':2:4: order_purchase_timestamp ""; expected a date and time, YYYY-MM-DD hh:mm:ss',
  ],
  [
    'a day that does not exist',
    'orders.csv',
    replacing('2017-07-11 14:58:04', '2017-02-29 14:58:04'),
    ':2:6: order_delivered_carrier_date "2017-02-29 14:58:04"; expected a date and time, YYYY-MM-DD hh:mm:ss',
  ],
  [
    'a day of another country',
    'orders.csv',
    replacing('2017-07-09 22:10:13', '09/07/2017 22:10'),
    ':2:5: order_approved_at "09/07/2017 22:10"; expected a date and time, YYYY-MM-DD hh:mm:ss',
  ],
  ['no place of an item', 'items.csv', replacing('a1,1,', 'a1,,'), ':2:2: order_item_id ""; expected a whole number'],
  [
    'a place in parts',
    'items.csv',
    replacing('a1,1,', 'a1,1.5,'),
    ':2:2: order_item_id "1.5"; expected a whole number',
  ],
  ['no product', 'items.csv', replacing('p1', ''), ':2:3: product_id ""; expected an id of 1 to 64 characters'],
  [
    'a price with a comma',
    'items.csv',
    replacing('99.9', '"99,90"'),
    ':2:4: price "99,90"; expected a number with digits and a decimal point',
  ],
  [
    'a price below zero',
    'items.csv',
    replacing('99.9', '-99.9'),
    ':2:4: price "-99.9"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'no freight',
    'items.csv',
    replacing('27.65', ''),
    ':2:5: freight_value ""; expected a number with digits and a decimal point',
  ],
  [
    'a freight with a sign of currency',
    'items.csv',
    replacing('27.65', 'R$27.65'),
    ':2:5: freight_value "R$27.65"; expected a number with digits and a decimal point',
  ],
  [
    'no type of payment',
    'payments.csv',
    replacing('credit_card', ''),
    ':2:3: payment_type ""; expected a payment type of 1 to 40 characters',
  ],
  [
    'a type of payment too long',
    'payments.csv',
    replacing('credit_card', 'x'.repeat(41)),
    ':2:3: payment_type "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; expected a payment type of 1 to 40 characters',
  ],
  [
    'a payment that is no number',
    'payments.csv',
    replacing('100.00', 'NaN'),
    ':2:4: payment_value "NaN"; expected a number with digits and a decimal point',
  ],
  [
    'a payment below zero',
    'payments.csv',
    replacing('100.00', '-100.00'),
    ':2:4: payment_value "-100.00"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a customer without the person',
    'customers.csv',
    replacing('u1', ''),
    ':2:2: customer_unique_id ""; expected an id of 1 to 64 characters',
  ],
  [
    'a quotation mark that is not closed',
    'payments.csv',
    replacing('credit_card', '"credit_card'),
    ':2:1: a record that does not end, or a quotation mark that is not closed; expected fields quoted as RFC 4180 says',
  ],
  [
    'bytes of another encoding',
    'orders.csv',
    (text) => Buffer.from(text.replace('a1', 'á1'), 'latin1'),
    ':2:1: bytes that are not UTF-8; expected text in UTF-8',
  ],
  ['a NUL', 'items.csv', replacing('p1', 'p\0'), ':2:1: a NUL character; expected text in UTF-8'],
]

describe('the tables of Olist with', () => {
  test.each(cases)('%s', async (_, table, change, message) => {
    await refusedWith(table, change, message)
  })

  test.each(['orders', 'items', 'payments'])('no table of %s', async (missing) => {
    const paths = Object.entries(goodFiles.olist)
      .filter(([name]) => name !== `${missing}.csv`)
      .map(([name, text]) => refusing.desk.files.write(text, `without-${missing}/${name}`))
    const message = `:1:1: no file of ${missing}; expected the tables of orders, items and payments together`
    await refusing.expectPathsRefused('olist', paths, `${paths[0]}${message}`)
  })
})
