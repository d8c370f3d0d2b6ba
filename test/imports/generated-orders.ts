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
