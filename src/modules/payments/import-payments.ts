import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { allocate, amountIn } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import type { JournalDraft } from '../../posting/draft.ts'
import { abroad, toBase, type UsedRate } from '../../posting/exchange.ts'
import { paymentCaptured } from '../../posting/payment-captured.ts'
import type { DepositPart, PaymentFact } from '../../posting/payment-fact.ts'
import { post } from '../../posting/post.ts'
import { refundPaid } from '../../posting/refund-paid.ts'
import { findRates, type RateBook } from '../rates/index.ts'
import { applyItems, ItemsLeft, lockItemsOf, openItems, sourceKey } from '../receivables/index.ts'
import { type PaymentOutcome, saveDepositParts } from './capture-payments.ts'
import {
  knownImportedPayments,
  lockCapturesOf,
  lockDepositsOf,
  type OrderCapture,
  saveUsedCaptures,
  saveUsedDeposits,
  takeFromDeposits,
} from './imported-payment-rows.ts'
import { smaller } from './other-currencies.ts'
import { savePayments } from './save-payments.ts'

/** A part of a deposit by the tax that is due on it: so much of the money, and the tax in that. */
export type DepositTax = { taxCodeId: bigint; taxAuthority: string | null; grossMinor: bigint; taxMinor: bigint }

/**
 * A payment of a customer, or back to one, as another system recorded it, in the currency of its order; the amount is above zero. With `documentId`
 * it settles that invoice or credit note, without it a capture is a deposit of its order, taxed as `depositTaxes` say and otherwise not.
 */
export type ImportedPayment = {
  kind: 'capture' | 'refund'
  source: string
  reference: string
  method: string
  through: NonNullable<PaymentFact['through']>
  partyId: bigint
  channelId: bigint | null
  orderReference: string
  on: AccountingDate
  currency: string
  amountMinor: bigint
  documentId: bigint | null
  depositTaxes?: readonly DepositTax[]
}

type Decided = ImportedPayment & {
  rate: UsedRate | null
  itemId: bigint | null
  /** What of it settles the document, and the base value at which that was booked. */
  settledMinor: bigint
  settledBaseMinor: bigint
  /** What of it is on the receivable account, in base currency. */
  receivableBookedMinor: bigint
  /** What of it is, or comes out of, a deposit. */
  deposits: DepositPart[]
  capture: OrderCapture | null
}

type Saved = Decided & { paymentId: bigint }

/**
 * Books payments that were imported. A capture settles its invoice as far as that is open, and what is beyond is the customer's, untaxed, as
 * any overpayment. A refund settles its credit note, then goes out of the order's deposit where one holds that much; the rest is owed to us
 * until a credit note comes. A refund is linked to its capture where the order has exactly one by the same method. In another currency all is
 * converted at the rate of its day, and what was booked at another is realised. Refuses `amount_not_positive`, `rate_missing`, and
 * `payment_exists_differently` for a reference used before with another amount, day, method or order; the same payment again does nothing. A
 * constant number of statements.
 */
export async function importPayments(tx: Tx, payments: readonly ImportedPayment[]): Promise<PaymentOutcome[]> {
  if (payments.length === 0) return []
  refuseRepeated(payments)
  const known = await knownImportedPayments(tx, payments)
  const fresh = payments.filter((payment) => !known.has(paymentKey(payment)))
  const created = fresh.length === 0 ? new Map<string, bigint>() : await createPayments(tx, fresh)
  return payments.map((payment) => {
    const paymentId = created.get(paymentKey(payment)) ?? null
    return { paymentId, result: paymentId === null ? 'existing' : 'created' }
  })
}

/** Two orders that name one payment each got all of it, or one of them names it by mistake. */
function refuseRepeated(payments: readonly ImportedPayment[]): void {
  const seen = new Set<string>()
  for (const payment of payments) {
    const key = paymentKey(payment)
    if (seen.has(key)) throw new Refusal('payment_exists_differently', { reference: payment.reference })
    seen.add(key)
  }
}

const paymentKey = ({ kind, source, reference }: { kind: string; source: string; reference: string }): string =>
  `${kind} ${source} ${reference}`

async function createPayments(tx: Tx, payments: readonly ImportedPayment[]): Promise<Map<string, bigint>> {
  const rates = await findRates(tx, payments)
  const decided = await decide(tx, payments, rates)
  const ids = await savePayments(
    tx,
    decided.map(({ on, capture, ...payment }) => ({
      ...payment,
      paidOn: on,
      refundsPaymentId: capture?.id ?? null,
      imported: true,
    })),
  )
  const saved = decided.flatMap((one, index): Saved[] => {
    const paymentId = ids[index]
    return paymentId === undefined ? [] : [{ ...one, paymentId }]
  })
  const captures = saved.filter(({ kind }) => kind === 'capture')
  const refunds = saved.filter(({ kind }) => kind === 'refund')
  const inOrder = [...captures, ...refunds]
  const drafts = [...paymentCaptured(captures.map(factOf)), ...refundPaid(refunds.map(factOf))]
  const posted = await post(
    tx,
    drafts.map((entry, index): JournalDraft => {
      const { currency, rate } = inOrder[index] as Saved
      return abroad(entry, { currency, base: rates.base, rate })
    }),
  )
  await saveDepositParts(
    tx,
    captures.flatMap(({ deposits, ...payment }) => deposits.map((deposit) => ({ ...payment, ...deposit }))),
  )
  await settle(tx, inOrder, posted)
  return new Map(saved.map((one) => [paymentKey(one), one.paymentId]))
}

/** What each payment settles, gives to a deposit or takes from one, in order: what one takes is not there for the next. */
async function decide(tx: Tx, payments: readonly ImportedPayment[], { base, rateOn }: RateBook): Promise<Decided[]> {
  const items = await lockItemsOf(
    tx,
    payments.flatMap(({ documentId }) => (documentId === null ? [] : [sourceOf(documentId)])),
  )
  const refunds = payments.filter(({ kind }) => kind === 'refund')
  const captures = await lockCapturesOf(tx, refunds)
  const deposits = await lockDepositsOf(tx, refunds)
  const [capturesOf, depositsOf] = [Map.groupBy(captures, orderKey), Map.groupBy(deposits, orderKey)]
  const left = new ItemsLeft(items.values())
  const decided = payments.map((payment): Decided => {
    const { amountMinor, documentId, kind, currency, on, reference } = payment
    if (amountMinor <= 0n)
      throw new Refusal('amount_not_positive', { reference, amount: amountIn(amountMinor, currency) })
    const item = documentId === null ? undefined : items.get(sourceKey(sourceOf(documentId)))
    const rate = currency === base ? null : rateOn(currency, on)
    const open = item === undefined ? 0n : left.of(item.id) * (kind === 'capture' ? 1n : -1n)
    const settledMinor = open <= 0n ? 0n : smaller(open, amountMinor)
    const settledBaseMinor = item === undefined || settledMinor === 0n ? 0n : left.take(item.id, settledMinor)
    const restMinor = amountMinor - settledMinor
    const parts =
      kind === 'capture'
        ? newDeposits(payment, restMinor, rate)
        : takeFromDeposits(restMinor, depositsOf.get(orderKey(payment)) ?? [])
    const owedMinor = restMinor - grossOf(parts)
    return {
      ...payment,
      rate,
      itemId: item?.id ?? null,
      settledMinor,
      settledBaseMinor,
      receivableBookedMinor: settledBaseMinor + (rate === null ? owedMinor : toBase(owedMinor, rate)),
      deposits: parts,
      capture: kind === 'capture' ? null : takeFromCapture(payment, capturesOf.get(orderKey(payment)) ?? []),
    }
  })
  await saveUsedDeposits(tx, deposits)
  await saveUsedCaptures(tx, captures)
  return decided
}

const sourceOf = (documentId: bigint) => ({ sourceKind: 'sales_document', sourceId: String(documentId) })

const orderKey = ({ source, orderReference }: { source: string; orderReference: string }): string =>
  `${source} ${orderReference}`

const grossOf = (parts: readonly DepositPart[]): bigint =>
  parts.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0n)

/** The parts of a deposit: one for each tax, and what is beyond them untaxed; in base currency together what was paid. */
function newDeposits(
  { documentId, depositTaxes = [] }: ImportedPayment,
  restMinor: bigint,
  rate: UsedRate | null,
): DepositPart[] {
  const taxed = documentId === null ? depositTaxes : []
  const untaxedMinor = restMinor - taxed.reduce((sum, { grossMinor }) => sum + grossMinor, 0n)
  const parts = [
    ...taxed.map(({ grossMinor, ...tax }): DepositPart => ({ ...tax, netMinor: grossMinor - tax.taxMinor })),
    { netMinor: untaxedMinor, taxMinor: 0n, taxCodeId: null, taxAuthority: null },
  ].filter(({ netMinor, taxMinor }) => netMinor + taxMinor !== 0n)
  if (rate === null) return parts
  const valued = allocate(
    toBase(restMinor, rate),
    parts.map(({ netMinor, taxMinor }) => netMinor + taxMinor),
  )
  return parts.map((part, place) => {
    const bookedTaxMinor = toBase(part.taxMinor, rate)
    return { ...part, bookedTaxMinor, bookedNetMinor: (valued[place] ?? 0n) - bookedTaxMinor }
  })
}

function takeFromCapture(refund: ImportedPayment, captures: readonly OrderCapture[]): OrderCapture | null {
  const [capture, another] = captures.filter(({ method }) => method === refund.method)
  if (capture === undefined || another !== undefined) return null
  if (capture.refundedMinor + refund.amountMinor > capture.amountMinor) return null
  capture.refundedMinor += refund.amountMinor
  return capture
}

const factOf = ({ paymentId, on, rate, receivableBookedMinor, ...payment }: Saved): PaymentFact => ({
  ...payment,
  id: paymentId,
  date: on,
  receivableBookedMinor: rate === null ? undefined : receivableBookedMinor,
})

async function settle(tx: Tx, payments: readonly Saved[], posted: readonly Posted[]): Promise<void> {
  const rows = payments
    .map((payment, index) => ({ ...payment, postedOn: (posted[index] as Posted).postedOn }))
    .filter((payment) => payment.amountMinor > grossOf(payment.deposits))
  const opened = await openItems(
    tx,
    rows.map((payment) => {
      const sign = payment.kind === 'capture' ? -1n : 1n
      return {
        partyId: payment.partyId,
        sourceKind: 'payment',
        sourceId: String(payment.paymentId),
        openedOn: payment.postedOn,
        dueOn: payment.on,
        currency: payment.currency,
        amountMinor: (payment.amountMinor - grossOf(payment.deposits)) * sign,
        baseMinor: payment.receivableBookedMinor * sign,
      }
    }),
  )
  await applyItems(
    tx,
    rows.flatMap(({ itemId, settledMinor, settledBaseMinor, kind, on }, index) => {
      if (itemId === null || settledMinor === 0n) return []
      const ofPayment = opened[index] as bigint
      const [debitItemId, creditItemId] = kind === 'capture' ? [itemId, ofPayment] : [ofPayment, itemId]
      return [{ debitItemId, creditItemId, appliedOn: on, amountMinor: settledMinor, baseMinor: settledBaseMinor }]
    }),
  )
}
