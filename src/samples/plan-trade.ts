import type { AccountingDate } from '../kernel/accounting-date.ts'
import { formatMinor } from '../kernel/money.ts'
import type { InvoiceLineRequest } from '../modules/sales/index.ts'
import { type Calendar, daysAfter, monthOf } from './calendar.ts'
import type { Dice } from './dice.ts'
import { demandOf, goods } from './goods.ts'
import { isAbroad, type SampleCustomer, tradeCustomers } from './people.ts'
import { type PlannedCredit, type PlannedInvoice, type PlannedReceipt, rateOf, type ShopPlan } from './shop-plan.ts'

/** How a business pays: early for the discount, on time, late, or when it is asked for the third time. */
type Habit = 'early' | 'prompt' | 'late' | 'slow'

const habits: readonly Habit[] = ['prompt', 'late', 'prompt', 'early', 'prompt', 'slow', 'early', 'late', 'prompt']

type Trade = {
  customers: readonly SampleCustomer[]
  invoices: PlannedInvoice[]
  credits: PlannedCredit[]
  receipts: PlannedReceipt[]
  writeOffs: ShopPlan['writeOffs'][number][]
}

/** Those who have gone out of business, by their place in the list, and when they had: days before the end of the books. */
const failed = [
  { place: 14, daysBefore: 260 },
  { place: 18, daysBefore: 120 },
]

/** Two years of sales on account to businesses, some of them in euros, and what becomes of what they owe. Pure but for the dice. */
export function planTrade(dice: Dice, calendar: Calendar, rates: ShopPlan['rates']): Trade {
  const trade: Trade = { customers: tradeCustomers, invoices: [], credits: [], receipts: [], writeOffs: [] }
  for (const [place, customer] of tradeCustomers.entries()) {
    const gone = failed.find((one) => one.place === place)
    const habit: Habit = habits[place % habits.length] as Habit
    const weight = dice.between(5, 16) / 10
    for (const [at, on] of calendar.days.entries()) {
      const left = calendar.days.length - at
      if (gone !== undefined && left < gone.daysBefore) break
      const season = monthOf(on) >= 9 && monthOf(on) <= 11 ? 1.7 : 0.85
      const last = gone !== undefined && left === gone.daysBefore + 20
      if (!last && !dice.chance((weight * season) / 48)) continue
      const invoice = invoiceOf(dice, { customer, on, rates, key: `trade-${place}-${at}` })
      const offers = habit === 'early' && !isAbroad(customer)
      trade.invoices.push(offers ? { ...invoice, early: { percent: '2', until: daysAfter(on, 10) } } : invoice)
      const unpaid = gone !== undefined && left < gone.daysBefore + 75
      if (unpaid) giveUp(trade, invoice, calendar)
      else settle(dice, trade, { invoice, customer, habit, calendar })
    }
  }
  return trade
}

type Sale = { customer: SampleCustomer; on: AccountingDate; rates: ShopPlan['rates']; key: string }

/** Wholesale prices are half of those on the shelf, before VAT; books are not sold on. */
function invoiceOf(dice: Dice, { customer, on, rates, key }: Sale): PlannedInvoice {
  const abroad = isAbroad(customer)
  const shelf = goods.filter(({ taxCode }) => taxCode === 'standard')
  const weightOf = (good: (typeof goods)[number]) => good.popularity * demandOf(good.group, monthOf(on))
  const chosen = new Set(Array.from({ length: dice.between(2, 6) }, () => dice.weighted(shelf, weightOf)))
  const lines = [...chosen].map(({ code, priceMinor }): InvoiceLineRequest => {
    const pounds = priceMinor / 2n
    const price = abroad ? (pounds * 10_000n) / rateOf(rates, on) : pounds
    const quantity = String(dice.pick([4, 6, 6, 8, 10, 12, 12, 18, 24]))
    const line = { itemCode: code, quantity, unitPrice: formatMinor((price / 5n) * 5n, 'GBP') }
    return abroad ? { ...line, taxCode: 'export' } : line
  })
  return {
    key,
    on,
    dueOn: daysAfter(on, customer.paymentDays),
    customer,
    country: customer.country,
    channelCode: 'trade',
    prices: 'net',
    lines,
    shippingMinor: 9_50n,
    method: null,
    ...(abroad ? { currency: 'EUR' } : {}),
  }
}

function giveUp(trade: Trade, { key, on }: PlannedInvoice, calendar: Calendar): void {
  const writtenOff = calendar.after(on, 190)
  if (writtenOff === undefined) return // still asked for
  trade.writeOffs.push({
    reference: `bad-debt-${key}`,
    invoice: key,
    on: writtenOff,
    reason: 'In liquidation, nothing for creditors',
  })
}

type Owed = { invoice: PlannedInvoice; customer: SampleCustomer; habit: Habit; calendar: Calendar }

function settle(dice: Dice, trade: Trade, { invoice, customer, habit, calendar }: Owed): void {
  const { key, on } = invoice
  if (dice.chance(0.05)) {
    const credited = calendar.after(on, dice.between(3, 9))
    if (credited !== undefined)
      trade.credits.push({ invoice: key, on: credited, lines: [{ lineNo: 1, quantity: '2' }], settle: 'on-account' })
  }
  const due = customer.paymentDays
  const days = {
    early: () => dice.between(10, 11) - 1,
    prompt: () => due + dice.between(-6, 3),
    late: () => due + dice.between(8, 30),
    slow: () => due + dice.between(25, 85),
  }[habit]()
  const paid = (after: number, way: PlannedReceipt['way'], part = '') => {
    const received = calendar.after(on, after)
    if (received === undefined) return
    trade.receipts.push({ reference: `receipt-${key}${part}`, customer, invoices: [key], on: received, way })
  }
  if (isAbroad(customer)) paid(days, 'in-pounds')
  else if (habit === 'early') paid(Math.min(days, 10), 'early')
  else if (habit === 'slow' && dice.chance(0.35)) {
    paid(days, 'half', '-1')
    paid(days + 30, 'full', '-2')
  } else paid(days, dice.chance(0.015) ? 'rounded-up' : 'full')
}
