import type { Customer } from '../../../../../clients/typescript/src/api.ts'
import { NewInvoice } from '../../../../../src/contracts/facts.ts'
import { isZero, typedDecimal } from '../../../../ui/exact.ts'
import { decimal } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { amountErrors, typedAmount } from '../../../../ui/posting/amount.ts'
import type { Sent } from '../../../../ui/posting/sent.ts'
import { t } from './issue-texts.ts'

/** A line as it is typed. */
export type LineValues = {
  /** Tells it from the others while they move. */
  key: string
  /** The code of an item; '' where the line is of its text alone. */
  item: string
  text: string
  quantity: string
  unitPrice: string
  /** '' where the server says which. */
  taxCode: string
}

export type Known = Pick<Customer, 'number' | 'name' | 'country' | 'paymentDays'>

export type InvoiceValues = {
  /** '' for the next one of the series. */
  number: string
  /** The number of a customer, or of one that is added with the invoice: then the name is said, too. */
  customer: string
  /** What is known of the customer who was chosen. */
  known: Known | null
  isNew: boolean
  customerName: string
  /** null for the customer's own. */
  country: string | null
  on: string | null
  /** null for what is agreed with the customer. */
  dueOn: string | null
  currency: string
  prices: 'net' | 'gross'
  order: string
  shipping: string
  discount: string
  earlyPercent: string
  earlyUntil: string | null
  lines: LineValues[]
}

const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(36)).join('')

export const blankLine = (): LineValues => ({
  key: newKey(),
  item: '',
  text: '',
  quantity: '1',
  unitPrice: '',
  taxCode: '',
})

export const isBlank = ({ item, text, unitPrice }: LineValues): boolean =>
  [item, text, unitPrice].every((one) => one.trim() === '')

/** The places of the lines that are sent, in order: the server answers for these. */
export const placesOfLines = (lines: readonly LineValues[]): number[] =>
  lines.flatMap((line, at) => (isBlank(line) ? [] : [at]))

export const blankInvoice = ({
  known,
  on,
  currency,
}: Pick<InvoiceValues, 'known' | 'on' | 'currency'>): InvoiceValues => ({
  number: '',
  customer: known?.number ?? '',
  known,
  isNew: false,
  customerName: '',
  country: null,
  on,
  dueOn: null,
  currency,
  prices: 'net',
  order: '',
  shipping: '',
  discount: '',
  earlyPercent: '',
  earlyUntil: null,
  lines: [blankLine()],
})

/** An exact decimal of what was typed, without zeros at its end; undefined where it is none, or below zero. */
export function typedExactly(typed: string, places: number): string | undefined {
  const value = typed.trim() === '' ? undefined : typedDecimal(typed.trim(), { places, locale })
  if (value === undefined || value.startsWith('-')) return undefined
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value
}

export const QUANTITY_PLACES = 6
const PRICE_PLACES = 8
const PERCENT_PLACES = 4

/** When it is due as agreed with the customer, in so many days. */
export function agreedDay(on: string | null, days: number): string | null {
  if (on === null) return null
  const day = new Date(`${on}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

/** The mistakes that no contract knows of, at their fields. */
export function invoiceErrors(values: InvoiceValues): Record<string, string> {
  const { customer, isNew, customerName, on, lines, earlyPercent, earlyUntil } = values
  const charges = ['shipping', 'discount'] as const
  const isEarly = earlyPercent.trim() !== '' || earlyUntil !== null
  return {
    ...(customer.trim() === '' && { customer: t('customerNeeded') }),
    ...(isNew && customerName.trim() === '' && { customerName: t('customerNeeded') }),
    ...(on === null && { on: t('dayNeeded') }),
    ...Object.assign({}, ...charges.map((name) => chargeErrors(name, values))),
    ...(isEarly &&
      percentOf(earlyPercent) === undefined && {
        earlyPercent: t('percentWrong', { example: decimal('2.5', locale) }),
      }),
    ...(isEarly && earlyUntil === null && { earlyUntil: t('dayNeeded') }),
    ...(placesOfLines(lines).length === 0 && { lines: t('linesNeeded') }),
    ...Object.assign({}, ...placesOfLines(lines).map((at) => lineErrors(lines[at] as LineValues, at))),
  }
}

const chargeErrors = (name: 'shipping' | 'discount', { currency, [name]: typed }: InvoiceValues) =>
  typedAmount(typed, currency)?.startsWith('-')
    ? { [name]: t('belowZero') }
    : amountErrors(name, typed, { currency, optional: true })

function lineErrors({ item, text, quantity, unitPrice }: LineValues, at: number): Record<string, string> {
  const many = typedExactly(quantity, QUANTITY_PLACES)
  return {
    ...(item === '' && text.trim() === '' && { [`lines.${at}.item`]: t('itemNeeded') }),
    ...((many === undefined || isZero(many)) && {
      [`lines.${at}.quantity`]: t('quantityWrong', { example: decimal('1.5', locale) }),
    }),
    ...(typedExactly(unitPrice, PRICE_PLACES) === undefined && {
      [`lines.${at}.unitPrice`]: t('priceWrong', { example: decimal('9.99', locale) }),
    }),
  }
}

const percentOf = (typed: string): string | undefined => {
  const value = typedExactly(typed, PERCENT_PLACES)
  return value === undefined || isZero(value) || Number(value) >= 100 ? undefined : value
}

/** Where it goes: as somebody said, or where the customer is. */
export const countryOf = ({ country, known }: InvoiceValues): string | null => country ?? known?.country ?? null

/** When it is due: as somebody said, or as agreed with the customer. */
export const dueOf = ({ dueOn, on, known }: InvoiceValues): string | null =>
  dueOn ?? agreedDay(on, known?.paymentDays ?? 0)

/** What is sent. Blank lines are left out. */
export function invoiceSent(values: InvoiceValues): Sent {
  const { number, customer, isNew, customerName, on, currency, prices, order, lines } = values
  const country = countryOf(values)
  const early = percentOf(values.earlyPercent)
  const charge = (name: 'shipping' | 'discount') =>
    values[name].trim() === '' ? {} : { [name]: typedAmount(values[name], currency) }
  const request = {
    ...(number.trim() !== '' && { number: number.trim() }),
    on,
    dueOn: dueOf(values),
    customer: { number: customer.trim(), ...(isNew && { name: customerName.trim() }) },
    ...(order.trim() !== '' && { order: order.trim() }),
    currency,
    prices,
    ...(country !== null && { country }),
    lines: placesOfLines(lines).map((at) => lineBody(lines[at] as LineValues)),
    ...charge('shipping'),
    ...charge('discount'),
    ...(early !== undefined && { earlyPayment: { percent: early, until: values.earlyUntil } }),
  }
  return { operation: 'createInvoices', schema: NewInvoice, requests: [request] }
}

const lineBody = ({ item, text, quantity, unitPrice, taxCode }: LineValues) => ({
  ...(item === '' ? { description: text.trim() } : { item }),
  quantity: typedExactly(quantity, QUANTITY_PLACES),
  unitPrice: typedExactly(unitPrice, PRICE_PLACES),
  ...(taxCode !== '' && { taxCode }),
})

/** The fields that a refusal is about: lines by the item or the tax code that it names. */
export function placesOfRefusal(
  { code, context = {} }: { code: string; context?: Readonly<Record<string, string>> },
  { lines }: InvoiceValues,
): string[] {
  const named = new Set(Object.values(context))
  const ofLines = lines.flatMap(({ item, taxCode }, at) => [
    ...(code === 'item_unknown' && named.has(item) ? [`lines.${at}.item`] : []),
    ...(code === 'tax_code_unknown' && named.has(taxCode) ? [`lines.${at}.taxCode`] : []),
  ])
  const ofDay = context.date === undefined ? [] : ['on']
  return [...ofLines, ...ofDay, ...(code === 'rate_missing' ? ['currency'] : [])]
}
