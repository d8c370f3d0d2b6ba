import type { Document, OpenItem } from '../../../../../clients/typescript/src/api.ts'
import { NewCapture, NewEarlyPayment, NewReceivedPayment } from '../../../../../src/contracts/facts.ts'
import { currencyExponent, isCurrencyCode } from '../../../../../src/kernel/currencies.ts'
import { decimalOf, given, isNegative, isZero, minorUnits, sumOf } from '../../../../ui/exact.ts'
import { amountErrors, typedAmount } from '../../../../ui/posting/amount.ts'
import type { Sent } from '../../../../ui/posting/sent.ts'
import { t } from './texts.ts'

export type Into = 'bank' | 'cash' | 'payment_clearing'

export type ReceiptValues = {
  on: string | null
  into: Into
  method: string
  reference: string
  currency: string
  amount: string
  /** In the currency of the invoices, where the money is in another. */
  settles: string
  /** Numbers of what is settled, in this order. */
  invoices: string[]
  /** How much of some of them, as typed; the others get what is left, in order. */
  parts?: Readonly<Record<string, string>>
  order: string
  /** That what is short of the invoices is the discount for paying early. */
  early: boolean
}

/** What a customer owes, with the terms for paying it early. */
export type Debt = {
  number: string
  dueOn: string
  open: { amount: string; currency: string }
  terms: { percent: string; until: string; gross: string } | undefined
}

/** What of a customer's open items is owed and has a number, the longest due first. */
export function debtsOf(items: readonly OpenItem[], documents: readonly Document[]): Debt[] {
  const byNumber = new Map(documents.map((one) => [one.number, one]))
  return items.flatMap(({ documentNumber: number, dueOn, ...item }) => {
    const open = given(item.open)
    if (number === null || isNegative(open.amount) || isZero(open.amount)) return []
    return [{ number, dueOn, open, terms: termsOf(byNumber.get(number)) }]
  })
}

const termsOf = (document: Document | undefined): Debt['terms'] =>
  document?.earlyPayment ? { ...document.earlyPayment, gross: given(document.gross).amount } : undefined

/** The same with what is owed on an invoice that somebody looked at, where it is none of those. */
export function withInvoice(debts: readonly Debt[], document: Document | undefined): readonly Debt[] {
  if (document?.open == null || isNegative(document.open.amount) || isZero(document.open.amount)) return debts
  if (debts.some(({ number }) => number === document.number)) return debts
  const { number, open, dueOn, issuedOn } = document
  return [{ number, dueOn: dueOn ?? issuedOn, open, terms: termsOf(document) }, ...debts]
}

/** Those that are chosen, in the order in which they were. */
export const chosenOf = (debts: readonly Debt[], { invoices }: Pick<ReceiptValues, 'invoices'>): Debt[] =>
  invoices.flatMap((number) => debts.find((debt) => debt.number === number) ?? [])

const percentMinor = (gross: bigint, percent: string): bigint => {
  const [whole = '0', fraction = ''] = percent.split('.')
  const unit = 100n * 10n ** BigInt(fraction.length)
  return (gross * BigInt(whole + fraction) * 2n + unit) / (2n * unit)
}

/** Whether all of these can still be paid less their discount. */
export const mayBeEarly = (chosen: readonly Debt[], on: string | null): boolean =>
  chosen.length > 0 && chosen.every(({ terms }) => terms !== undefined && on !== null && on <= terms.until)

/** What settles all of these: what is open, less the discount where that is kept. Undefined for none, or of several currencies. */
export function owedOf(chosen: readonly Debt[], early: boolean): { amount: string; currency: string } | undefined {
  const [first] = chosen
  if (first === undefined || chosen.some(({ open }) => open.currency !== first.open.currency)) return undefined
  const due = chosen.map(({ open, terms }) => {
    if (!early || terms === undefined) return open
    const places = isCurrencyCode(open.currency) ? currencyExponent(open.currency) : 2
    const less = percentMinor(minorUnits(terms.gross, places), terms.percent)
    return { ...open, amount: decimalOf(minorUnits(open.amount, places) - less, places) }
  })
  return sumOf(due)
}

/** What somebody typed that of a debt is to be settled; undefined where nothing is, and for what is no amount. */
const partOf = ({ number, open }: Debt, parts: ReceiptValues['parts'] | null): string | undefined =>
  typedAmount(parts?.[number] ?? '', open.currency)

/** How much of each is settled by so much: the parts that were typed, and then the others, one after the other. Undefined while that is not known. */
export function settledBy(
  chosen: readonly Debt[],
  paid: string | undefined,
  parts?: ReceiptValues['parts'] | null,
): ReadonlyMap<string, string> | undefined {
  const [first] = chosen
  if (first === undefined || paid === undefined) return undefined
  const places = isCurrencyCode(first.open.currency) ? currencyExponent(first.open.currency) : 2
  const said = chosen.map((debt) => minorUnits(partOf(debt, parts) ?? '0', places))
  let left = said.reduce((rest, part) => rest - part, minorUnits(paid, places))
  return new Map(
    chosen.map((debt) => {
      const part = partOf(debt, parts)
      if (part !== undefined) return [debt.number, part]
      const open = minorUnits(debt.open.amount, places)
      const before = left < 0n ? 0n : left
      left = before < open ? 0n : before - open
      return [debt.number, decimalOf(before - left, places)]
    }),
  )
}

/** What is wrong with the parts that were typed: they are put to invoices by the bank or the till alone. */
function partError(values: ReceiptValues, chosen: readonly Debt[]): string | undefined {
  const { parts = {}, into } = values
  if (into === 'payment_clearing') return undefined
  const typed = chosen.filter(({ number }) => (parts[number] ?? '').trim() !== '')
  const wrong = typed.find((debt) => {
    const part = partOf(debt, parts)
    return part === undefined || isZero(part)
  })
  if (wrong) return t('partWrong', { number: wrong.number })
  const places = (debt: Debt) => (isCurrencyCode(debt.open.currency) ? currencyExponent(debt.open.currency) : 2)
  const minor = (amount: string, debt: Debt) => minorUnits(amount, places(debt))
  const large = typed.find((debt) => minor(partOf(debt, parts) ?? '0', debt) > minor(debt.open.amount, debt))
  if (large) return t('partTooMuch', { number: large.number })
  const paid = paidIn(values, chosen)
  const [first] = typed
  if (first === undefined || paid === undefined) return undefined
  const sum = typed.reduce((all, debt) => all + minor(partOf(debt, parts) ?? '0', debt), 0n)
  return sum > minor(paid, first) ? t('partsTooMuch') : undefined
}

const isForeign = ({ currency }: ReceiptValues, chosen: readonly Debt[]): boolean =>
  chosen.length > 0 && chosen[0]?.open.currency !== currency

/** What of the amount settles the chosen, in their currency. */
export const paidIn = (values: ReceiptValues, chosen: readonly Debt[]): string | undefined =>
  isForeign(values, chosen)
    ? typedAmount(values.settles, chosen[0]?.open.currency ?? '')
    : typedAmount(values.amount, values.currency)

/** The mistakes that no contract knows of. */
export function receiptErrors(values: ReceiptValues, customer: string, debts: readonly Debt[]): Record<string, string> {
  const chosen = chosenOf(debts, values)
  const { amount, currency, settles, into, method, order } = values
  const isEarly = values.early && mayBeEarly(chosen, values.on)
  const another = isForeign(values, chosen) ? (chosen[0]?.open.currency ?? '') : undefined
  const part = partError(values, chosen)
  const several = new Set(chosen.map(({ open }) => open.currency)).size > 1
  return {
    ...(customer === '' && { customer: t('customerNeeded') }),
    ...amountErrors('amount', amount, { currency }),
    ...(another !== undefined && amountErrors('settles', settles, { currency: another, optional: true })),
    ...(part !== undefined && !isEarly && { invoices: part }),
    ...(several && { invoices: t('oneCurrency') }),
    ...(into === 'payment_clearing' && !isEarly && chosen.length > 1 && { invoices: t('oneByProcessor') }),
    ...(into === 'payment_clearing' && method.trim() === '' && { method: t('methodNeeded') }),
    ...(into === 'payment_clearing' && chosen.length === 0 && order.trim() === '' && { order: t('orderNeeded') }),
  }
}

/** What is sent: money on account, what a processor took, or what is paid early less its discount. */
export function sentOf(values: ReceiptValues, customer: string, debts: readonly Debt[]): Sent {
  const { on, into, method, reference, currency, amount, settles, order } = values
  const chosen = chosenOf(debts, values)
  // What was kept of an earlier try may name what is settled by now, or is another customer's.
  const invoices = chosen.map(({ number }) => number)
  const foreign = isForeign(values, chosen) && settles.trim() !== ''
  const shared = {
    source: into === 'payment_clearing' ? method.trim() : into,
    reference: reference.trim(),
    customer: { number: customer },
    on,
    amount: typedAmount(amount, currency),
    currency,
    ...(foreign && { settles: typedAmount(settles, chosen[0]?.open.currency ?? '') }),
  }
  const byProcessor = into === 'payment_clearing'
  if (values.early && mayBeEarly(chosen, on)) {
    const request = { ...shared, into, invoices, ...(byProcessor && { method: method.trim() }) }
    return { operation: 'createPaymentsEarly', schema: NewEarlyPayment, requests: [request] }
  }
  if (byProcessor) {
    const what = invoices[0] === undefined ? { order: order.trim() } : { invoice: invoices[0] }
    const request = { ...shared, method: method.trim(), ...what }
    return { operation: 'createPaymentsCaptures', schema: NewCapture, requests: [request] }
  }
  return {
    operation: 'createPaymentsReceived',
    schema: NewReceivedPayment,
    requests: [{ ...shared, into, invoices: chosen.map((debt) => namedWithPart(debt, values)) }],
  }
}

/** An invoice by its number, with how much of it where that was typed. */
function namedWithPart(debt: Debt, { parts }: ReceiptValues) {
  const amount = partOf(debt, parts)
  return amount === undefined ? debt.number : { number: debt.number, amount }
}
