import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { RefusalCode } from '../kernel/refusal.ts'
import type { TaxScheme } from '../kernel/tax-schemes.ts'

/** Where something stands in a story, counted from one. */
export type Place = { file: string; line: number; column: number }

export type CompanyHeader = { country: string; currency: string; chart?: string; timeZone?: string }
export type TaxHeader = { code: string; rate: string; from: AccountingDate | null; authority: string | null }
export type ItemHeader = {
  name: string
  kind: 'goods' | 'service'
  taxCode: string | null
}
/** A processor collects in one currency. */
export type ProcessorHeader = { name: string; currency: string }
/** What one unit of the currency is worth in the base currency from a day on; an exact decimal. */
export type RateHeader = { day: AccountingDate; currency: string; rate: string }
export type CustomerHeader = { name: string; paymentDays: number; country: string | null }

/** What a story takes for granted before its first day. */
export type Header = {
  company: CompanyHeader
  taxes: TaxHeader[]
  items: ItemHeader[]
  customers: CustomerHeader[]
  suppliers: string[]
  processors: ProcessorHeader[]
  rates: RateHeader[]
}

/** An account as a story writes it: by the role that it plays, or by its code. */
export type AccountName = { role: string } | { account: string }
export type JournalPart = AccountName & {
  amountMinor: bigint
  party: string | null
  tax: { code: string; baseMinor: bigint | null } | null
}

/** So many of an item. The price is per unit, exact, and net of tax unless `gross`. */
export type OrderPart = { quantity: string; item: string; unitPrice: string; gross: boolean }
export type ItemPart = { quantity: string; item: string }

/** An amount in the currency that its verb names, or else in the one that goes without saying. */
export type StoryMoney = { amountMinor: bigint; currency: string }

/** A business fact, as a verb of the story tells it. Each runs the real command of the product. */
export type Verb =
  | { verb: 'journal'; reference: string; reverse: 'next_day' | 'next_period' | null; parts: JournalPart[] }
  | { verb: 'fill'; reference: string; template: string; parameters: Record<string, string> }
  | { verb: 'recur'; name: string; template: string; dayOfMonth: number | null; parameters: Record<string, string> }
  | { verb: 'due' }
  | { verb: 'opening'; reference: string; parts: JournalPart[] }
  | { verb: 'reverse'; reference: string }
  | { verb: 'close'; month: AccountingDate }
  | { verb: 'reopen'; month: AccountingDate; reason: string }
  | { verb: 'close year'; year: number }
  | { verb: 'revalue'; month: AccountingDate }
  | ({ verb: 'fee'; processor: string } & StoryMoney)
  | ({ verb: 'payout'; processor: string; arrived: StoryMoney | null } & StoryMoney)
  | {
      verb: 'order'
      order: string
      customer: string
      currency: string
      parts: OrderPart[]
      shippingMinor: bigint
      discountMinor: bigint
    }
  | ({ verb: 'capture'; order: string; processor: string; settlesMinor: bigint | null } & StoryMoney)
  | { verb: 'ship'; order: string; parts: ItemPart[] }
  | { verb: 'return'; order: string; parts: ItemPart[] }
  | ({ verb: 'refund'; order: string; processor: string; settlesMinor: bigint | null } & StoryMoney)
  | ({
      verb: 'paid'
      customer: string
      order: string
      into: 'bank' | 'cash'
      settlesMinor: bigint | null
      lessDiscount: boolean
    } & StoryMoney)
  | { verb: 'offer'; order: string; percent: string; until: AccountingDate }
  | { verb: 'forfeit'; order: string; reason: string }
  | { verb: 'sell card'; card: string; purpose: 'multi' | 'single'; amountMinor: bigint; processor: string }
  | { verb: 'redeem card'; card: string; amountMinor: bigint; order: string }
  | { verb: 'refund card' | 'lapse card'; card: string; amountMinor: bigint | null; processor: string | null }
  | { verb: 'credit'; order: string }
  | { verb: 'redeem credit'; amountMinor: bigint; order: string }
  | { verb: 'cash credit'; amountMinor: bigint; customer: string; from: 'bank' | 'cash' }
  | { verb: 'apply'; customer: string; order: string }
  | { verb: 'unknown'; code: string; amountMinor: bigint; customer: string }
  | { verb: 'place'; code: string; role: string }
  | { verb: 'unnamed'; tax: string; taxMinor: bigint; amountMinor: bigint; customer: string }
  | { verb: 'name'; tax: string; code: string }
  | { verb: 'differs'; byMinor: bigint; amountMinor: bigint; customer: string }
  | { verb: 'accept'; upTo: string }
  | { verb: 'map'; role: string; account: string; from: AccountingDate | null }
  | { verb: 'apply mapping' }
  | { verb: 'legal name'; name: string }
  | { verb: 'register' | 'deregister'; country: string; scheme: TaxScheme; number: string }
  | { verb: 'write off'; order: string; amountMinor: bigint | null; reason: string }

export type BalanceRow = { name: string; amountMinor: bigint; place: Place }

/** What the tax summary has of a code, from the first day to that one: signed as there, above zero for sales and for purchases. */
export type ExpectedTax = { side: 'output_tax' | 'input_tax'; code: string; taxMinor: bigint; baseMinor: bigint }

/** A dated line: a fact, a fact that must be refused, or what the books must show at the end of the day. */
export type Step = { place: Place; date: AccountingDate; text: string } & (
  | { does: 'fact'; fact: Verb }
  | { does: 'refusal'; fact: Verb; code: RefusalCode }
  | { does: 'balance'; row: BalanceRow }
  | { does: 'exceptions'; open: number }
  | { does: 'tax'; tax: ExpectedTax }
  | { does: 'letterhead'; said: string }
  | { does: 'trial balance'; rows: BalanceRow[] }
)

export type Story = { file: string; header: Header; steps: Step[] }
