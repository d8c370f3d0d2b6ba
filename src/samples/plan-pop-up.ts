import type { AccountingDate } from '../kernel/accounting-date.ts'
import { formatMinor } from '../kernel/money.ts'
import type { Calendar } from './calendar.ts'
import type { Dice } from './dice.ts'
import { goods } from './goods.ts'

/** What the till of the pop-up shop rang up that no list of items knows. */
const unlisted = [
  { sku: 'GIFTWRAP', name: 'Gift wrapping', price: 3_50n },
  { sku: 'WORKSHOP-WREATH', name: 'Wreath workshop, one place', price: 45_00n },
  { sku: 'MARKET-STALL-BAG', name: 'Cotton bag', price: 6_00n },
]

const columns = ['Name', 'Email', 'Financial Status', 'Paid at', 'Fulfillment Status', 'Fulfilled at', 'Currency', 'Subtotal', 'Shipping', 'Taxes', 'Total', 'Discount Amount', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price', 'Lineitem sku', 'Lineitem taxable', 'Payment Method', 'Refunded Amount', 'Billing Country', 'Tax 1 Name', 'Tax 1 Value'] as const // biome-ignore format: as a header

type Row = Partial<Record<(typeof columns)[number], string>>

/**
 * The weekends of a pop-up shop in the last four weeks, as the export of its till has them: most of it plain, some lines with codes that nobody has
 * explained yet, and one way of paying that nobody knows. Pure but for the dice.
 */
export function planPopUp(dice: Dice, { days }: Calendar): string {
  const rows: Row[] = []
  const ownGoods = goods.filter(({ taxCode }) => taxCode === 'standard')
  const open = days.slice(-24).filter((_, place) => place % 7 < 2)
  let place = 0
  for (const on of open) {
    for (let orders = dice.between(5, 9); orders > 0; orders -= 1) {
      place += 1
      const lines = Array.from({ length: dice.between(1, 3) }, () => {
        const { code, name, priceMinor } = dice.pick(ownGoods)
        return { sku: code, name, price: priceMinor }
      })
      const extra = place % 8 === 3 ? unlisted[(place >> 3) % unlisted.length] : undefined
      const method = place % 23 === 7 ? 'Market token' : 'Shopify Payments'
      rows.push(
        ...orderRows(`#P${1_000 + place}`, on, { lines: extra === undefined ? lines : [...lines, extra], method }),
      )
    }
  }
  return `${[columns.join(','), ...rows.map((row) => columns.map((name) => quoted(row[name] ?? '')).join(','))].join('\n')}\n`
}

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

type Rung = { lines: readonly { sku: string; name: string; price: bigint }[]; method: string }

function orderRows(name: string, on: AccountingDate, { lines, method }: Rung): Row[] {
  const totalMinor = lines.reduce((sum, { price }) => sum + price, 0n)
  const [total, tax] = [formatMinor(totalMinor, 'GBP'), formatMinor((totalMinor * 2n + 6n) / 12n, 'GBP')]
  const at = `${on} 12:00:00 +0000`
  const head: Row = {
    'Created at': at,
    'Financial Status': 'paid',
    'Paid at': at,
    'Fulfillment Status': 'fulfilled',
    'Fulfilled at': at,
    Currency: 'GBP',
    Subtotal: total,
    Shipping: '0.00',
    Taxes: tax,
    Total: total,
    'Discount Amount': '0.00',
    'Payment Method': method,
    'Refunded Amount': '0.00',
    'Billing Country': 'GB',
    'Tax 1 Name': 'VAT 20%',
    'Tax 1 Value': tax,
  }
  return lines.map(({ sku, name: item, price }, place) => ({
    ...(place === 0 ? head : {}),
    Name: name,
    'Lineitem quantity': '1',
    'Lineitem name': item,
    'Lineitem price': formatMinor(price, 'GBP'),
    'Lineitem sku': sku,
    'Lineitem taxable': 'true',
  }))
}
