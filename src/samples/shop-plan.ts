import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { GiftCardSale } from '../modules/gift-cards/index.ts'
import type { CaptureRequest, ForfeitRequest } from '../modules/payments/index.ts'
import type { InvoiceRequest } from '../modules/sales/index.ts'
import type { Calendar } from './calendar.ts'
import type { SampleCustomer } from './people.ts'

/** The source of payments that the sample's own shop takes. */
export const shopSource = 'web-shop'

/** An invoice and how it is paid at once, if it is. Its number is given once all invoices stand in the order of their days. */
export type PlannedInvoice = Omit<InvoiceRequest, 'number'> & {
  key: string
  /** The processor that takes what nothing else has paid; null for what is paid on account. */
  method: 'card' | 'paypal' | null
  giftCard?: { code: string; amountMinor: bigint }
  /** Whether the customer's store credit goes first. */
  usesStoreCredit?: boolean
  /** What it offers for paying early. */
  early?: { percent: string; until: AccountingDate }
}

/** Lines of an invoice that come back: the money goes back by the way it came, or stays as store credit. */
export type PlannedCredit = {
  invoice: string
  on: AccountingDate
  lines: readonly { lineNo: number; quantity: string }[]
  settle: 'refund' | 'store-credit' | 'on-account'
}

/** Money of a customer on account, for one invoice or several. */
export type PlannedReceipt = {
  reference: string
  customer: SampleCustomer
  invoices: readonly string[]
  on: AccountingDate
  /** `half` leaves the rest open, `rounded-up` pays a little too much, `early` keeps the discount, `in-pounds` pays a euro invoice. */
  way: 'full' | 'half' | 'rounded-up' | 'early' | 'in-pounds'
}

export type CardGivenUp = { kind: 'refunded' | 'lapsed'; reference: string; code: string; on: AccountingDate }

/** What the shop does in two years, before it is told to the books. Invoices are known by their keys. */
export type ShopPlan = {
  calendar: Calendar
  customers: readonly SampleCustomer[]
  invoices: readonly PlannedInvoice[]
  credits: readonly PlannedCredit[]
  receipts: readonly PlannedReceipt[]
  cardSales: readonly GiftCardSale[]
  cardsGivenUp: readonly CardGivenUp[]
  deposits: readonly CaptureRequest[]
  forfeits: readonly (Omit<ForfeitRequest, 'paymentId'> & { reference: string })[]
  depositRefunds: readonly { reference: string; on: AccountingDate; amountMinor: bigint }[]
  writeOffs: readonly { reference: string; invoice: string; on: AccountingDate; reason: string }[]
  /** What a euro is worth in pounds, from each of these days on. */
  rates: readonly { day: AccountingDate; rate: string }[]
}

/** The rate that holds on a day, in ten-thousandths. */
export function rateOf(rates: ShopPlan['rates'], day: AccountingDate): bigint {
  return BigInt((rates.findLast((rate) => rate.day <= day) ?? (rates[0] as { rate: string })).rate.slice(2))
}
