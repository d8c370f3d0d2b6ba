import type { AccountingDate } from '../kernel/accounting-date.ts'
import { formatMinor } from '../kernel/money.ts'
import type { CaptureRequest } from '../modules/payments/index.ts'
import type { Calendar } from './calendar.ts'
import type { Dice } from './dice.ts'
import type { SampleCustomer } from './people.ts'
import { type PlannedInvoice, type ShopPlan, shopSource } from './shop-plan.ts'

/** What is made to order, half of it paid beforehand. */
export const commissioned = { code: 'TF-900', name: 'Dinner service, made to order' }

type Commissions = {
  invoices: PlannedInvoice[]
  deposits: CaptureRequest[]
  forfeits: ShopPlan['forfeits'][number][]
  refunds: ShopPlan['depositRefunds'][number][]
}

/**
 * Commissions with a deposit by card, invoiced weeks later. One customer never came back for theirs and loses the deposit, another cancels in time.
 * Pure but for the dice.
 */
export function planCommissions(dice: Dice, calendar: Calendar, people: readonly SampleCustomer[]): Commissions {
  const commissions: Commissions = { invoices: [], deposits: [], forfeits: [], refunds: [] }
  const home = people.filter(({ country }) => country === 'GB')
  for (const on of calendar.days) {
    if (!dice.chance(0.06)) continue
    const customer = dice.pick(home)
    const place = commissions.deposits.length + 1
    const orderReference = `COM-${String(place).padStart(3, '0')}`
    const grossMinor = BigInt(dice.between(18, 46)) * 10_00n
    const reference = `deposit-${orderReference}`
    const amountMinor = grossMinor / 2n
    const shared = { source: shopSource, reference, method: 'card', customer: nameOf(customer), orderReference }
    commissions.deposits.push({ ...shared, on, amountMinor, depositTaxCode: 'standard' })
    if (place === 4) addForfeit(commissions, reference, calendar.after(on, 120))
    else if (place === 7) addRefund(commissions, { reference, amountMinor }, calendar.after(on, 5))
    else addInvoice(commissions, { customer, orderReference, grossMinor }, calendar.after(on, dice.between(20, 45)))
  }
  return commissions
}

const nameOf = ({ number, name }: SampleCustomer) => ({ number, name })

function addForfeit({ forfeits }: Commissions, reference: string, on: AccountingDate | undefined): void {
  if (on !== undefined) forfeits.push({ reference, on, reason: 'Not collected in spite of three reminders' })
}

function addRefund(
  { refunds }: Commissions,
  refund: { reference: string; amountMinor: bigint },
  on: AccountingDate | undefined,
): void {
  if (on !== undefined) refunds.push({ ...refund, on })
}

type Commission = { customer: SampleCustomer; orderReference: string; grossMinor: bigint }

function addInvoice(
  { invoices }: Commissions,
  { customer, orderReference, grossMinor }: Commission,
  on: AccountingDate | undefined,
): void {
  if (on === undefined) return // still being made
  invoices.push({
    key: orderReference,
    on,
    customer,
    country: customer.country,
    channelCode: 'web-shop',
    orderReference,
    prices: 'gross',
    lines: [{ itemCode: commissioned.code, quantity: '1', unitPrice: formatMinor(grossMinor, 'GBP') }],
    method: 'card',
  })
}
