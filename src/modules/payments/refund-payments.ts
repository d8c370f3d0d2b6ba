import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { allocate, formatMinor } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { shareOfDeposit } from '../../posting/deposit-applied.ts'
import type { JournalDraft } from '../../posting/draft.ts'
import { abroad, acrossCurrencies, shareOfBase, toBase } from '../../posting/exchange.ts'
import type { DepositPart, PaymentFact } from '../../posting/payment-fact.ts'
import { post } from '../../posting/post.ts'
import { refundPaid } from '../../posting/refund-paid.ts'
import { findRates, type RateBook } from '../rates/index.ts'
import { applyItems, openItems } from '../receivables/index.ts'
import type { PaymentOutcome } from './capture-payments.ts'
import { settledAmount, smaller } from './other-currencies.ts'
import { type Capture, type DepositHeld, heldBy, lockCaptures } from './refundable.ts'
import { savePayments } from './save-payments.ts'
import { saveDepositsUsed, takeDepositBase } from './take-deposit.ts'

/**
 * Money that goes back to a customer, above zero, in the currency of the payment that was captured. Where the invoice is in another it
 * pays back `settlesMinor` of it, or as much as the day's rates say. `source` and `reference` make it one refund.
 */
export type RefundRequest = {
  source: string
  reference: string
  paymentId: bigint
  on: AccountingDate
  amountMinor: bigint
  settlesMinor?: bigint | undefined
}

type Settlement = { creditItemId: bigint; amountMinor: bigint; baseMinor: bigint }
type Refund = RefundRequest & {
  refundId: bigint
  capture: Capture
  settlesIn: string
  settles: Settlement[]
  deposits: DepositPart[]
  /** What is neither a credit note's nor the deposit's: owed to us until a credit note settles it. */
  owed: { amountMinor: bigint; baseMinor: bigint }
}

/**
 * Refunds payments. A refund first settles what the order's credit notes still owe the customer, oldest first; what it is beyond them goes back out of
 * the deposit, with its tax, as far as that holds anything. The other way round, tax that a credit note took back already would be taken
 * back twice until the rest of the order ships. Credit notes and deposit stand at their own rates and the money at the day's: the difference
 * is realised. Refuses `payment_unknown`, `amount_not_positive`, `rate_missing`, `refund_exceeds_payment` for
 * more than was captured less what has gone back, and `deposit_forfeited` for more than credit notes owe where what was left of the payment has
 * been kept, however many refund at once. A retry does nothing more.
 */
export async function refundPayments(tx: Tx, requests: readonly RefundRequest[]): Promise<PaymentOutcome[]> {
  if (requests.length === 0) return []
  const captures = await lockCaptures(
    tx,
    requests.map(({ paymentId }) => paymentId),
  )
  const payments = requests.map((request) => {
    const capture = captures.get(request.paymentId)
    if (capture === undefined) throw new Refusal('payment_unknown', { payment: request.paymentId })
    if (request.amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference: request.reference })
    return { ...request, capture }
  })
  const ids = await savePayments(tx, payments.map(newPayment))
  const credits = await lockCreditItems(tx, payments)
  const rates = await ratesOfRefunds(tx, payments, credits)
  const refunds = payments.flatMap((payment, index): Refund[] => {
    const refundId = ids[index]
    if (refundId === undefined) return []
    countRefund(payment, payment.capture)
    return [{ ...payment, refundId, ...divide(payment, credits, rates) }]
  })
  await saveRefunded(tx, refunds)
  const drafts = refundPaid(refunds.map(factOf))
  const posted = await post(
    tx,
    drafts.map((entry, index) => inItsCurrency(entry, refunds[index] as Refund, rates)),
  )
  await settleOpenItems(
    tx,
    refunds.map((refund, index) => ({ ...refund, postedOn: (posted[index] as Posted).postedOn })),
  )
  return ids.map((id) => ({ paymentId: id ?? null, result: id === undefined ? 'existing' : 'created' }))
}

type Wanted = RefundRequest & { capture: Capture }

const newPayment = ({ source, reference, paymentId, on, amountMinor, capture }: Wanted) => ({
  kind: 'refund' as const,
  source,
  reference,
  method: capture.method,
  partyId: capture.party_id,
  documentId: capture.document_id,
  orderReference: capture.order_reference,
  paidOn: on,
  currency: capture.currency,
  amountMinor,
  refundsPaymentId: paymentId,
})

/** Counts the refund against its capture. */
function countRefund({ amountMinor, reference }: RefundRequest, capture: Capture): void {
  capture.refunded_minor += amountMinor
  if (capture.refunded_minor > capture.amount_minor) {
    throw new Refusal('refund_exceeds_payment', {
      reference,
      captured: formatMinor(capture.amount_minor, capture.currency),
      refunded: formatMinor(capture.refunded_minor, capture.currency),
    })
  }
}

/** The currency of what a refund pays back: of its credit notes, else of the invoice that was paid, else of the payment. */
const currencyOf = (payment: Wanted, credits: readonly CreditItem[]): string =>
  credits.find((credit) => credit.left > 0n && belongsTo(credit, payment))?.currency ??
  payment.capture.document_currency ??
  payment.capture.currency

const ratesOfRefunds = (tx: Tx, payments: readonly Wanted[], credits: readonly CreditItem[]): Promise<RateBook> =>
  findRates(
    tx,
    payments.flatMap((payment) => [
      { currency: payment.capture.currency, on: payment.on },
      { currency: currencyOf(payment, credits), on: payment.on },
    ]),
  )

/** What of a refund settles credit notes, what goes out of the deposit, and what is owed to us for it. */
function divide(
  payment: Wanted,
  credits: readonly CreditItem[],
  rates: RateBook,
): Pick<Refund, 'settlesIn' | 'settles' | 'deposits' | 'owed'> {
  const { capture, on } = payment
  const settlesIn = currencyOf(payment, credits)
  const wanted = settledByRefund(payment, credits, { settlesIn, rates })
  const settles = settleCredits(payment, credits, { settlesIn, wanted })
  const rest = wanted - settles.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  const deposits = settlesIn === capture.currency ? takeFromDeposits(rest, capture) : []
  const amountMinor = rest - deposits.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0n)
  if (capture.forfeited && amountMinor > 0n)
    throw new Refusal('deposit_forfeited', {
      payment: capture.reference,
      beyondCreditNotes: `${formatMinor(amountMinor, settlesIn)} ${settlesIn}`,
    })
  const rate = amountMinor === 0n || settlesIn === rates.base ? null : rates.rateOn(settlesIn, on)
  const baseMinor = rate === null ? amountMinor : toBase(amountMinor, rate)
  return { settlesIn, settles, deposits, owed: { amountMinor, baseMinor } }
}

/**
 * What a refund pays back, in the currency of its credit notes. Where these are in another, and what they owe together comes to just this much money
 * by the rates of the day, it pays just them: the way back from rounded money would miss them by the rounding.
 */
function settledByRefund(
  payment: Wanted,
  credits: readonly CreditItem[],
  { settlesIn, rates }: { settlesIn: string; rates: RateBook },
): bigint {
  const { currency } = payment.capture
  const wanted = settledAmount({ ...payment, currency }, settlesIn, rates)
  if (settlesIn === currency || payment.settlesMinor !== undefined) return wanted
  const owed = owing(credits, { settlesIn, refund: payment }).reduce((sum, { left }) => sum + left, 0n)
  const sideOf = (of: string) => ({ currency: of, rate: rates.rateOn(of, payment.on) })
  const inMoney = acrossCurrencies(owed, sideOf(settlesIn), sideOf(currency))
  return inMoney === payment.amountMinor ? owed : wanted
}

const owing = (
  credits: readonly CreditItem[],
  { settlesIn, refund }: { settlesIn: string; refund: Wanted },
): CreditItem[] =>
  credits.filter((credit) => credit.left > 0n && credit.currency === settlesIn && belongsTo(credit, refund))

/** Takes what no credit note covers out of the deposit's parts, as far as they go, in proportion to what they hold. */
function takeFromDeposits(amountMinor: bigint, { deposits }: Capture): DepositPart[] {
  const lefts = deposits.map(heldBy)
  const held = lefts.reduce((sum, each) => sum + each, 0n)
  const taken = smaller(amountMinor, held)
  if (taken <= 0n) return []
  return allocate(taken, lefts).flatMap((part, index): DepositPart[] => {
    const deposit = deposits[index] as DepositHeld
    const share = shareOfDeposit(deposit, part)
    if (share.netMinor + share.taxMinor === 0n) return []
    const booked = takeDepositBase(deposit, share)
    const { taxCodeId, taxAuthority } = deposit
    return [{ ...share, taxCodeId, taxAuthority, bookedNetMinor: booked.netMinor, bookedTaxMinor: booked.taxMinor }]
  })
}

async function saveRefunded(tx: Tx, refunds: readonly Refund[]): Promise<void> {
  const captures = [...new Set(refunds.map(({ capture }) => capture))]
  await tx.query(
    `update payment p set refunded_minor = r.refunded_minor from unnest($2::bigint[], $3::bigint[]) as r (id, refunded_minor)
       where p.company_id = $1 and p.id = r.id`,
    [tx.companyId, column(captures, (c) => c.id), column(captures, (c) => c.refunded_minor)],
  )
  await saveDepositsUsed(
    tx,
    captures.flatMap((capture) => capture.deposits),
  )
}

// A payment on account went into the bank or the till, which its method names; any other is with its processor.
const throughOf = ({ received, method }: Capture) =>
  received && (method === 'bank' || method === 'cash') ? method : 'payment_clearing'

const receivableOf = ({ settles, owed }: Refund) => ({
  amountMinor: settles.reduce((sum, settled) => sum + settled.amountMinor, owed.amountMinor),
  baseMinor: settles.reduce((sum, settled) => sum + settled.baseMinor, owed.baseMinor),
})

function factOf(refund: Refund): PaymentFact {
  const { refundId, capture, on, reference, deposits } = refund
  const receivable = receivableOf(refund)
  return {
    id: refundId,
    kind: 'refund',
    date: on,
    partyId: capture.party_id,
    documentId: capture.document_id,
    method: capture.method,
    through: throughOf(capture),
    amountMinor: deposits.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, receivable.amountMinor),
    reference,
    deposits,
    receivableBookedMinor: receivable.baseMinor,
  }
}

function inItsCurrency(
  entry: JournalDraft,
  { settlesIn, capture, amountMinor, on }: Refund,
  book: RateBook,
): JournalDraft {
  const { base, rateOn } = book
  const { currency } = capture
  const rate = currency === base ? null : rateOn(currency, on)
  if (settlesIn === currency) return abroad(entry, { currency, base, rate })
  return abroad(entry, { currency: settlesIn, base, rate: null, money: { currency, amountMinor: -amountMinor, rate } })
}

type CreditItem = {
  id: bigint
  order_reference: string | null
  document_id: bigint | null
  currency: string
  left: bigint
  amountMinor: bigint
  baseMinor: bigint
  appliedMinor: bigint
  appliedBaseMinor: bigint
}

/** Takes the refund out of what credit notes of the same order or invoice still owe, each at the value that it was booked at. */
function settleCredits(
  refund: Wanted,
  credits: readonly CreditItem[],
  { settlesIn, wanted: whole }: { settlesIn: string; wanted: bigint },
): Settlement[] {
  let wanted = whole
  return owing(credits, { settlesIn, refund }).flatMap((credit) => {
    const amountMinor = smaller(credit.left, wanted)
    if (amountMinor <= 0n) return []
    const baseMinor = -shareOfBase(credit, -amountMinor)
    credit.left -= amountMinor
    credit.appliedMinor -= amountMinor
    credit.appliedBaseMinor -= baseMinor
    wanted -= amountMinor
    return [{ creditItemId: credit.id, amountMinor, baseMinor }]
  })
}

async function settleOpenItems(tx: Tx, refunds: readonly (Refund & { postedOn: AccountingDate })[]): Promise<void> {
  const owing = refunds.filter((refund) => receivableOf(refund).amountMinor > 0n)
  const opened = await openItems(
    tx,
    owing.map((refund) => ({
      partyId: refund.capture.party_id,
      sourceKind: 'payment',
      sourceId: String(refund.refundId),
      openedOn: refund.postedOn,
      dueOn: refund.on,
      currency: refund.settlesIn,
      ...receivableOf(refund),
    })),
  )
  await applyItems(
    tx,
    owing.flatMap(({ settles, on }, index) =>
      settles.map(({ creditItemId, amountMinor, baseMinor }) => ({
        debitItemId: opened[index] as bigint,
        creditItemId,
        appliedOn: on,
        amountMinor,
        baseMinor,
      })),
    ),
  )
}

const belongsTo = (credit: CreditItem, { capture }: { capture: Capture }): boolean =>
  (capture.order_reference !== null && credit.order_reference === capture.order_reference) ||
  (capture.document_id !== null && credit.document_id === capture.document_id)

const lockCreditItems = (tx: Tx, refunds: readonly { capture: Capture }[]): Promise<CreditItem[]> =>
  tx.query<CreditItem>(
    `with credit as (
        select d.id, d.order_reference, d.credits_document_id from sales_document d
          where d.company_id = $1 and d.kind = 'credit_note' and d.import_run_id is null and d.order_reference in (select unnest($2::text[]))
        union
        select d.id, d.order_reference, d.credits_document_id from sales_document d
          where d.company_id = $1 and d.kind = 'credit_note' and d.credits_document_id in (select unnest($3::bigint[]))
      )
      select i.id, d.order_reference, d.credits_document_id as document_id, i.currency, i.applied_minor - i.amount_minor as left,
          i.amount_minor as "amountMinor", i.base_minor as "baseMinor", i.applied_minor as "appliedMinor", i.applied_base_minor as "appliedBaseMinor"
        from credit d
        join open_item i on i.company_id = $1 and i.source_kind = 'sales_document' and i.source_id = d.id::text
        where i.applied_minor <> i.amount_minor
        order by i.id for update of i`,
    [tx.companyId, column(refunds, (r) => r.capture.order_reference), column(refunds, (r) => r.capture.document_id)],
  )
