import { describe, test } from 'vitest'
import { type BadFile, Refusing } from '../refusing.ts'

const refusing = new Refusing({ country: 'US', currency: 'USD' })

const orderColumns = '("OrderID","CustomerID","OrderDate","ShippedDate","Freight","ShipCountry")'
const order = (values: string): string => `INSERT INTO "Orders" ${orderColumns}\nVALUES (${values})\n`
const good = order("10248,'ALFKI','7/4/1996','7/16/1996',32.38,'France'")
const detail = (values: string): string => `${good}INSERT "Order Details" VALUES(${values})\n`

const cases: BadFile[] = [
  [
    'an empty file',
    '',
    ':1:1: a script without orders; expected INSERT statements of the tables Orders and Order Details',
  ],
  [
    'another kind of file',
    'date,amount\n2011-01-01,5\n',
    ':1:1: a script without orders; expected INSERT statements of the tables Orders and Order Details',
  ],
  [
    'a script without orders',
    'CREATE TABLE "Orders" ("OrderID" int)\nGO\n',
    ':1:1: a script without orders; expected INSERT statements of the tables Orders and Order Details',
  ],
  [
    'nothing but names',
    `INSERT "Customers" VALUES('ALFKI','Alfreds')\n`,
    ':1:1: a script without orders; expected INSERT statements of the tables Orders and Order Details',
  ],
  [
    'an order number in words',
    order("'ten','ALFKI','7/4/1996',NULL,32.38,'France'"),
    ':2:1: OrderID "ten"; expected a whole number',
  ],
  [
    'an order number below zero',
    order("-1,'ALFKI','7/4/1996',NULL,32.38,'France'"),
    ':2:1: OrderID "-1"; expected a whole number',
  ],
  [
    'no order number',
    order("NULL,'ALFKI','7/4/1996',NULL,32.38,'France'"),
    ':2:1: OrderID NULL; expected a whole number, written out',
  ],
  [
    'an order number that is computed',
    order("10248 + 1,'ALFKI','7/4/1996',NULL,32.38,'France'"),
    ':2:1: OrderID an expression; expected a whole number, written out',
  ],
  [
    'a customer too long',
    order(`10248,'${'x'.repeat(41)}','7/4/1996',NULL,32.38,'France'`),
    ':2:2: CustomerID "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; expected an id of 1 to 40 characters',
  ],
  [
    'no day of the order',
    order("10248,'ALFKI',NULL,NULL,32.38,'France'"),
    ':2:3: OrderDate NULL; expected a day, written out',
  ],
  [
    'a day that does not exist',
    order("10248,'ALFKI','2/30/1996',NULL,32.38,'France'"),
    ':2:3: OrderDate "2/30/1996"; expected a day, YYYY-MM-DD, or M/D/YYYY',
  ],
  [
    'a day of another country',
    order("10248,'ALFKI','30.7.1996',NULL,32.38,'France'"),
    ':2:3: OrderDate "30.7.1996"; expected a day, YYYY-MM-DD, or M/D/YYYY',
  ],
  [
    'a day that is computed',
    order("10248,'ALFKI',GETDATE(),NULL,32.38,'France'"),
    ':2:3: OrderDate an expression; expected a day, written out',
  ],
  [
    'a shipment on no day',
    order("10248,'ALFKI','7/4/1996','soon',32.38,'France'"),
    ':2:4: ShippedDate "soon"; expected a day, YYYY-MM-DD, or M/D/YYYY',
  ],
  [
    'a freight below zero',
    order("10248,'ALFKI','7/4/1996',NULL,-32.38,'France'"),
    ':2:5: Freight "-32.38"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a freight with an exponent',
    order("10248,'ALFKI','7/4/1996',NULL,1e3,'France'"),
    ':2:5: Freight "1e3"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a country that is computed',
    order("10248,'ALFKI','7/4/1996',NULL,32.38,UPPER('france')"),
    ':2:6: ShipCountry an expression; expected a text, written out',
  ],
  [
    'fewer values than columns',
    order("10248,'ALFKI','7/4/1996'"),
    ':2:4: 3 values; expected 6, as the statement names columns',
  ],
  [
    'more values than columns',
    order("10248,'ALFKI','7/4/1996',NULL,32.38,'France','x'"),
    ':2:7: 7 values; expected 6, as the statement names columns',
  ],
  [
    'columns without the order',
    `INSERT INTO "Orders" ("CustomerID","OrderDate") VALUES ('ALFKI','7/4/1996')\n`,
    ':1:1: a row without OrderID; expected it among the values',
  ],
  ['a detail of too few values', detail('10248,11,14'), ':3:1: a row without Quantity; expected it among the values'],
  ['a product in words', detail("10248,'mug',14,12,0"), ':3:2: ProductID "mug"; expected a whole number'],
  [
    'a price below zero',
    detail('10248,11,-14,12,0'),
    ':3:3: UnitPrice "-14"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a price that is no number',
    detail("10248,11,'NaN',12,0"),
    ':3:3: UnitPrice "NaN"; expected a number with digits and a decimal point, not below zero',
  ],
  ['a quantity in parts', detail('10248,11,14,1.5,0'), ':3:4: Quantity "1.5"; expected a whole number'],
  ['no quantity', detail('10248,11,14,NULL,0'), ':3:4: Quantity NULL; expected a whole number, written out'],
  [
    'a discount above all of it',
    detail('10248,11,14,12,1.5'),
    ':3:5: Discount "1.5"; expected a share between 0 and 1',
  ],
  [
    'a discount in per cent',
    detail("10248,11,14,12,'5%'"),
    ':3:5: Discount "5%"; expected a number with digits and a decimal point, not below zero',
  ],
  [
    'a text that does not end',
    `${good}INSERT "Orders" VALUES('ALFKI\n`,
    ':3:1: a text that does not end; expected it to be closed',
  ],
  [
    'a quoted name that does not end',
    `${good}INSERT "Orders VALUES(1)\n`,
    ':3:1: a quoted name that does not end; expected it to be closed',
  ],
  [
    'a comment that does not end',
    `${good}/* to be continued\n`,
    ':3:1: a comment that does not end; expected it to be closed',
  ],
  [
    'bytes of another encoding',
    Buffer.from(order("10248,'ALFKI','7/4/1996',NULL,32.38,'México'"), 'latin1'),
    ':2:1: bytes that are not UTF-8; expected text in UTF-8',
  ],
  ['UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le'), ':1:1: bytes that are not UTF-8; expected text in UTF-8'],
  ['a NUL', good.replace('France', 'Fra\0nce'), ':2:1: a NUL character; expected text in UTF-8'],
]

describe("Northwind's script with", () => {
  test.each(cases)('%s', async (_, content, message) => {
    await refusing.expectRefused('northwind', 'script.sql', content, message)
  })
})
