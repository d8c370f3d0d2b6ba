import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fileOf } from '../support.ts'

const page = readFileSync(fileURLToPath(new URL('../../../docs/import-orders.md', import.meta.url)), 'utf8')
const example = (language: string): string =>
  new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)?.[1] as string

const retail = fileOf([
  { number: '536365', description: 'WHITE, "HANGING" £5', quantity: 6, price: '2.55' },
  { number: '536365', code: 'POST', price: '18.00', country: 'EIRE' },
  { number: 'C536366', quantity: -1, price: '2.55', at: '2/1/2011 10:05' },
  { number: '536367', code: 'gift_0001_20', price: '16.67', customer: '' },
  { number: 'A563185', code: 'B', price: '-11062.06', customer: '' },
])

const shopify = `Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Country,Payment Method,Refunded Amount,Outstanding Balance,Tax 1 Name,Tax 1 Value
#1001,a@example.com,paid,2026-03-30 10:13:33 +0100,fulfilled,2026-04-02 09:00:00 +0100,GBP,100.00,5.00,21.00,126.00,0.00,2026-03-30 10:12:00 +0100,10,"Blue ""mug""",10.00,MUG,GB,Shopify Payments,12.60,0.00,VAT 20%,21.00
#1001,,,,,,,,,,,,,1,Gift Card,0.00,,,,,,,
#1002,b@example.com,refunded,2026-03-31 10:13:33 +0100,unfulfilled,,GBP,50.00,0.00,0.00,50.00,0.00,2026-03-31 10:12:00 +0100,1,Gift Card,50.00,,FR,gift_card + PayPal,50.00,0.00,,
`

const olist = {
  'orders.csv': `order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date
a1,c1,delivered,2017-07-09 21:57:05,2017-07-09 22:10:13,2017-07-11 14:58:04
a2,c2,canceled,2017-07-10 21:57:05,,
`,
  'items.csv': `order_id,order_item_id,product_id,price,freight_value
a1,1,p1,99.9,27.65
a1,2,p2,10,0
`,
  'payments.csv': `order_id,payment_sequential,payment_type,payment_value
a1,1,credit_card,100.00
a1,2,voucher,37.55
a2,1,boleto,12.00
`,
  'customers.csv': `customer_id,customer_unique_id
c1,u1
c2,u1
`,
}

const northwind = `-- a script
INSERT "Customers" VALUES('ALFKI','Alfreds ''Futter''kiste','x')
INSERT INTO "Products" ("ProductID","ProductName") VALUES (11,N'Queso')
INSERT INTO "Orders" ("OrderID","CustomerID","OrderDate","ShippedDate","Freight","ShipCountry")
VALUES (10248,N'ALFKI','7/4/1996','7/16/1996',32.38,N'France'), (10249,'TOMSP','7/5/1996',NULL,11.61,'Germany')
INSERT "Order Details" VALUES(10248,11,14,12,0.05)
INSERT "Order Details" VALUES(10249,11,9.8,10,0)
`

const journal = `reference,date,description,account,amount,currency,currency_amount,party,document
J1,2024-03-01,Rent,1300,-100.00,,,,
J1,2024-03-01,Rent,6200,100.00,,,,
J2,2024-03-02,"Invoice ""7""",1200,60.00,USD,75.00,Anna,INV-7
J2,2024-03-02,"Invoice ""7""",4000,-60.00,,,,
`

const hledger = `; a comment
account 1300
P 2024-03-01 USD 0.80 GBP
2024-03-01 * (7) Rent | the shop  ; reference: J1
    6200          GBP 100.00
    1300         -GBP 100.00

2024/03/02 Sale
    1200          75.00 USD @ 0.80 GBP  ; party: Anna, document: INV-7
    4000
    1310          0.00 GBP = 0.00 GBP
`

const beancount = `option "title" "Books"
2024-01-01 open Assets:Bank GBP
2024-03-01 * "Shop" "Rent" ^J1 #tag
  number: "7"
  Expenses:6200   100.00 GBP
  Assets:1300    -100.00 GBP
2024-03-02 price USD 0.80 GBP
2024-03-05 balance Assets:1300 -100.00 GBP
`

const accounts = `legacy_account,account
Expenses:6200,6200
Assets:1300,1300
`

const opening = `date,account,amount,party,party_name,document,document_date,due_date,currency,currency_amount
2010-12-31,bank,3200.00,,,,,,,
2010-12-31,receivable,120.00,C1,Anna,R-7,2010-11-02,2010-12-02,,
2010-12-31,payable,-85.00,S2,Maker,B-4,2010-12-01,2010-12-31,USD,-130.00
2010-12-31,3200,-3235.00,,,,,,,
`

const item = (party: string, amount: string) => ({
  date: '2010-12-31',
  account: 'receivable',
  amount,
  party,
  party_name: `Customer ${party}`,
  document: `R-${party}`,
  document_date: '2010-11-02',
  due_date: '2010-12-02',
})
const openingJson = JSON.stringify([
  ...['C1', 'C2', 'C3', 'C4'].map((party) => item(party, '50.00')),
  { date: '2010-12-31', account: '6200', amount: '0.00' },
  { date: '2010-12-31', account: '3200', amount: '-200.00' },
])

const xero = {
  'xero_account_data.csv': `account_id,name,code,type,class
a1,Bank,100,BANK,ASSET
a2,Sales,200,REVENUE,REVENUE
a3,Accounts Receivable,610,CURRENT,ASSET
`,
  'xero_journal_data.csv': `journal_id,journal_date,journal_number,reference,source_id,source_type
j1,2019-11-01,1,,i1,ACCREC
j2,2019-11-05,2,paid,p1,ACCRECPAYMENT
`,
  'xero_journal_line_data.csv': `journal_line_id,account_id,description,journal_id,net_amount
l1,a3,,j1,100.5
l2,a2,"Work, done",j1,-100.5
l3,a1,,j2,100.5
l4,a3,,j2,-100.5
`,
  'xero_invoice_data.csv': `invoice_id,contact_id,date,due_date,fully_paid_on_date,total,total_tax,amount_due,currency_code,currency_rate,invoice_number,status,type
i1,c1,2019-11-01,2019-12-01,2019-11-05,100.5,0,0,CAD,1,INV-1,PAID,ACCREC
`,
  'xero_contact_data.csv': `contact_id,name
c1,Anna
`,
}

const budget = `account,channel,2011-01,2011-02
4000,web,-1200.00,-1300.00
6200,,400.00,
`

const ecb = 'Date,USD,GBP,SIT,\n2024-01-08,1.0946,0.8610,N/A,\n2024-01-05,1.0921,0.8612,N/A,\n13 April 2023,1.1,,N/A,\n'

/** Files of each format that import, small and with as much of the format in them as fits. */
export const goodFiles = {
  retail: { 'a.csv': retail },
  ordersCsv: { 'a.csv': example('csv') },
  ordersJson: { 'a.json': example('json') },
  shopify: { 'a.csv': shopify },
  olist,
  northwind: { 'a.sql': northwind },
  journal: { 'a.csv': journal },
  hledger: { 'a.journal': hledger },
  beancount: { 'a.beancount': beancount, 'accounts.csv': accounts },
  opening: { 'a.csv': opening },
  openingJson: { 'a.json': openingJson },
  xero,
  budget: { 'a.csv': budget },
  ecb: { 'a.csv': ecb },
} as const satisfies Record<string, Readonly<Record<string, string>>>
