import { createHash } from 'node:crypto'
import { type AccountingDate, accountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { decimal, toMinor } from '../kernel/decimal.ts'
import { exponentOf, formatMinor } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { listSourceNameRules, sourceNameReader } from '../modules/catalog/index.ts'
import { companyFacts } from '../modules/company/index.ts'
import type { NewException } from '../modules/inbox/index.ts'
import { type DocumentLine, type DocumentRequest, grossOf, type OrderPayment } from '../modules/sales/index.ts'
import { listTaxCodes, type TaxCode } from '../modules/tax/index.ts'
import type { PlannedDocument, PlannedPayment, PlannerRun } from './import-format.ts'

/** What the company's data says that every format of orders asks for. */
export type OrderRules = PlannerRun & {
  source: string
  baseCurrency: string
  country: string
  names: ReturnType<typeof sourceNameReader>
  taxCodes: readonly TaxCode[]
  outsideScopeId: bigint
}

/** Loads the rules of a source. Refuses `tax_code_unknown` for a company without a code for what is outside the scope of tax. */
export async function loadOrderRules(tx: Tx, source: string, run: PlannerRun): Promise<OrderRules> {
  const { baseCurrency, country } = await companyFacts(tx)
  const taxCodes = await listTaxCodes(tx)
  const outsideScope = taxCodes.find(({ kind }) => kind === 'outside_scope')
  if (outsideScope === undefined) throw new Refusal('tax_code_unknown', { kind: 'outside_scope' })
  const names = sourceNameReader(source, await listSourceNameRules(tx, source))
  return { ...run, source, baseCurrency, country, names, taxCodes, outsideScopeId: outsideScope.id }
}

/** Refuses `currency_not_base` where a file's only currency is not the company's. */
export function refuseOtherCurrency({ baseCurrency }: OrderRules, currency: string): void {
  if (baseCurrency !== currency) throw new Refusal('currency_not_base', { file: currency, company: baseCurrency })
}

/** Minor units of a decimal text, rounded half away from zero. */
export const minorOf = (text: string, currency: string): bigint => toMinor(decimal(text), exponentOf(currency))

/** A decimal text of minor units. */
export const textOfMinor = (minor: bigint, currency: string): string => formatMinor(minor, currency)

/** Hashes what a source says of a document: texts, in an order that does not hang on the order of its rows. */
export const contentHash = (...parts: (string | readonly string[])[]): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(parts.map((part) => (typeof part === 'string' ? part : [...part].sort()))))
    .digest()

/** A line of a document that charges an amount without an item. */
export const chargeLine = (
  line: Pick<DocumentLine, 'code' | 'description' | 'netMinor' | 'role' | 'taxCodeId'> & Partial<DocumentLine>,
  currency: string,
): DocumentLine => ({ itemCode: null, quantity: '1', unitPrice: textOfMinor(line.netMinor, currency), ...line })

/** An order that has not been invoiced: its lines are kept and book nothing. */
export const asOrder = (request: DocumentRequest): DocumentRequest => ({
  ...request,
  number: `order/${request.number}`,
  kind: 'order',
  settlement: 'none',
  taxes: [],
  lines: request.lines.map((line) => ({ ...line, role: null, taxCodeId: null })),
})

/** The last of the days that a source tells, or null where it tells none. */
export const lastDay = (days: readonly (string | undefined)[]): AccountingDate | null => {
  const last = days.reduce<string>((latest, day) => (day !== undefined && day > latest ? day : latest), '')
  return last === '' ? null : accountingDate(last)
}

export type NamedPayment = Omit<OrderPayment, 'through' | 'method'> & { name: string }

/**
 * A payment by what its source's name stands for; undefined where that is nothing to book. One whose name nobody has explained is booked into
 * suspense and raises an exception.
 */
export function plannedPayment(
  { name, ...payment }: NamedPayment,
  rules: OrderRules,
  currency = rules.baseCurrency,
): PlannedPayment | undefined {
  const { standsFor, method } = rules.names.payment(name, payment.on)
  if (standsFor === 'ignored') return undefined
  if (standsFor === 'gift_card') refuseForeignCard(currency, rules)
  const isGiftCardBack = standsFor === 'gift_card' && payment.kind === 'refund'
  if (standsFor !== 'unknown' && !isGiftCardBack) {
    const through = standsFor === 'clearing' ? 'payment_clearing' : standsFor
    return { payment: { ...payment, through, method: method ?? name }, exceptions: [] }
  }
  return {
    payment: { ...payment, through: 'payment_suspense', method: name },
    exceptions: [
      {
        kind: 'unknown_payment_method',
        source: rules.source,
        subject: currency === rules.baseCurrency ? name : `${name} ${currency}`,
        message: isGiftCardBack
          ? `Money that went back by '${name}' is in suspense: say which card or credit holds it`
          : `Nobody has said where money paid by '${name}' is: it is in suspense`,
        amountMinor: payment.kind === 'capture' ? payment.amountMinor : -payment.amountMinor,
        currency,
      },
    ],
  }
}

/** What a gift card holds is kept in the company's currency alone. Refuses `currency_not_base`. */
export function refuseForeignCard(currency: string, { baseCurrency }: OrderRules): void {
  if (currency !== baseCurrency) throw new Refusal('currency_not_base', { giftCard: currency, company: baseCurrency })
}

/** An exception of a document or of all that share a subject; in the company's currency unless it says otherwise. */
export const exceptionOf = (
  rules: OrderRules,
  exception: Pick<NewException, 'kind' | 'subject' | 'message' | 'amountMinor'> & { currency?: string },
): NewException => ({ currency: rules.baseCurrency, ...exception, source: rules.source })

// What shops lose by rounding each line; more is a difference that somebody must explain.
const toleranceMinor = 2n

/**
 * A document whose source's total is not what its lines and taxes come to, with the difference as a line of its own, so that it ties: up to two
 * minor units are `rounding`; more is in suspense, and an exception.
 */
export function withDifference(request: DocumentRequest, differenceMinor: bigint, rules: OrderRules): PlannedDocument {
  if (differenceMinor === 0n) return { request, exceptions: [] }
  const isRounding = differenceMinor <= toleranceMinor && differenceMinor >= -toleranceMinor
  const line = chargeLine(
    {
      code: 'DIFFERENCE',
      description: 'Difference to the total',
      netMinor: differenceMinor,
      role: isRounding ? 'rounding' : 'sales_suspense',
      taxCodeId: rules.outsideScopeId,
    },
    request.currency,
  )
  const message = `The total of ${request.number} is not what its lines, charges and taxes come to: the difference is in suspense`
  const subject = request.number
  const { currency } = request
  const exception = exceptionOf(rules, {
    kind: 'total_differs',
    subject,
    message,
    amountMinor: differenceMinor,
    currency,
  })
  return { request: { ...request, lines: [...request.lines, line] }, exceptions: isRounding ? [] : [exception] }
}

/** As `withDifference`, to the gross total that a source gives, where it gives one. */
export const withTotal = (request: DocumentRequest, totalMinor: bigint | null, rules: OrderRules): PlannedDocument =>
  withDifference(request, totalMinor === null ? 0n : totalMinor - grossOf(request), rules)
