import { namedCsv } from './support.ts'

/** Orders with a deposit, an invoice, a credit note, a refund and a payment by a gift card sold before. */
export const generatedOrders = (count: number): string =>
  Array.from({ length: count }, (_, place) =>
    JSON.stringify({
      order: `O-${place}`,
      currency: 'GBP',
      ordered_on: '2026-01-05',
      invoiced_on: place % 5 === 0 ? null : '2026-01-08',
      customer: `C-${place % 17}`,
      lines: [{ item: `I-${place % 7}`, quantity: '2', unit_price: '10.00', tax_code: 'standard' }],
      gift_cards: place % 3 === 0 ? [{ card: `G-${place}`, amount: '6.00' }] : [],
      payments: [
        {
          method: 'card',
          reference: `ch_${place}`,
          paid_on: place % 2 === 0 ? '2026-01-05' : '2026-01-09',
          amount: '20.00',
        },
        ...(place % 5 === 3 && (place - 1) % 3 === 0
          ? [{ method: 'gift_card', card: `G-${place - 1}`, paid_on: '2026-01-09', amount: '4.00' }]
          : []),
      ],
      credits:
        place % 5 === 2
          ? [
              {
                credit_note: `CN-${place}`,
                credited_on: '2026-01-12',
                item: `I-${place % 7}`,
                quantity: '1',
                unit_price: '10.00',
              },
            ]
          : [],
      refunds:
        place % 5 === 2 ? [{ credit_note: `CN-${place}`, method: 'card', paid_on: '2026-01-13', amount: '5.00' }] : [],
    }),
  ).join('\n')

/** An export of orders, most of them fulfilled, some refunded, in two rows each. */
export function generatedShopifyOrders(count: number): string {
  const columns = ['Name', 'Email', 'Financial Status', 'Paid at', 'Fulfillment Status', 'Fulfilled at', 'Currency', 'Subtotal', 'Shipping', 'Taxes', 'Total', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price', 'Payment Method', 'Refunded Amount', 'Tax 1 Name', 'Tax 1 Value'] // biome-ignore format: as a header
  const rows = Array.from({ length: count }, (_, place) => [
    {
      Name: `#${place}`,
      Email: `c${place % 17}@example.com`,
      'Financial Status': place % 6 === 1 ? 'partially_refunded' : 'paid',
      'Paid at': '2026-01-05 10:00:00 +0000',
      'Fulfillment Status': place % 5 === 0 ? 'unfulfilled' : 'fulfilled',
      'Fulfilled at': place % 5 === 0 ? '' : '2026-01-08 10:00:00 +0000',
      Currency: 'GBP',
      Subtotal: '20.00',
      Shipping: '0.00',
      Taxes: '4.00',
      Total: '24.00',
      'Created at': '2026-01-05 09:00:00 +0000',
      'Lineitem quantity': '1',
      'Lineitem name': `Thing ${place % 7}`,
      'Lineitem price': '12.00',
      'Payment Method': place % 11 === 0 ? 'Voucher' : 'Shopify Payments',
      'Refunded Amount': place % 6 === 1 ? '6.00' : '0.00',
      'Tax 1 Name': 'VAT 20%',
      'Tax 1 Value': '4.00',
    },
    { Name: `#${place}`, 'Lineitem quantity': '2', 'Lineitem name': 'Card', 'Lineitem price': '4.00' },
  ])
  return namedCsv(columns, rows.flat())
}

/** The tables of a marketplace: orders with and without items, some paid in two ways, some not delivered. */
export function generatedOlist(count: number): Readonly<Record<string, string>> {
  const places = Array.from({ length: count }, (_, place) => place)
  const table = (header: string, rows: readonly string[]): string => [header, ...rows, ''].join('\n')
  return {
    'orders.csv': table(
      'order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date',
      places.map((p) =>
        p % 5 === 0
          ? `o${p},c${p},canceled,2017-07-10 21:57:05,,`
          : `o${p},c${p},delivered,2017-07-09 21:57:05,2017-07-09 22:10:13,2017-07-1${p % 9} 14:58:04`,
      ),
    ),
    'items.csv': table(
      'order_id,order_item_id,product_id,price,freight_value',
      places.flatMap((p) => (p % 5 === 0 ? [] : [`o${p},1,p${p % 7},90.00,7.50`, `o${p},2,p${p % 3},10,0`])),
    ),
    'payments.csv': table(
      'order_id,payment_sequential,payment_type,payment_value',
      places.flatMap((p) =>
        p % 4 === 0 ? [`o${p},1,boleto,107.50`] : [`o${p},1,credit_card,100.00`, `o${p},2,voucher,7.50`],
      ),
    ),
    'customers.csv': table(
      'customer_id,customer_unique_id',
      places.map((p) => `c${p},u${p % 17}`),
    ),
  }
}

/** The script of a wholesaler: orders of two lines, one with a discount, and some that were not shipped. */
export function generatedNorthwind(count: number): string {
  const names = Array.from({ length: 7 }, (_, place) => [
    `INSERT "Customers" VALUES('CUST${place}','Customer ${place}')`,
    `INSERT "Products" VALUES(${place},'Product ${place}')`,
  ])
  const orders = Array.from({ length: count }, (_, place) => [
    `INSERT INTO "Orders" ("OrderID","CustomerID","OrderDate","ShippedDate","Freight","ShipCountry")`,
    `VALUES (${10_000 + place},'CUST${place % 7}','7/4/1996',${place % 6 === 0 ? 'NULL' : "'7/16/1996'"},32.38,'France')`,
    `INSERT "Order Details" VALUES(${10_000 + place},${place % 7},14,12,0.05)`,
    `INSERT "Order Details" VALUES(${10_000 + place},${(place + 1) % 7},9.8,10,0)`,
  ])
  return [...names, ...orders].flat().join('\n')
}
