import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { formatMinor } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { type DepositLeft, shareOfDeposit } from '../../posting/deposit-applied.ts'
import type { DepositPart, PaymentFact } from '../../posting/payment-fact.ts'
import { post } from '../../posting/post.ts'
import { refundPaid } from '../../posting/refund-paid.ts'
import { applyItems, openItems } from '../receivables/index.ts'
import type { PaymentOutcome } from './capture-payments.ts'
import { savePayments } from './save-payments.ts'

/** Money that goes back to a customer, above zero, out of a payment that was captured. `source` and `reference` make it one refund. */
export type RefundRequest = {
  source: string
  reference: string
  paymentId: bigint
  on: AccountingDate
  amountMinor: bigint
}

type Capture = {
  id: bigint
  method: string
  received: boolean
  party_id: bigint
  document_id: bigint | null
  order_reference: string | null
  currency: string
  amount_minor: bigint
  refunded_minor: bigint
  deposit_id: bigint | null
  tax_code_id: bigint | null
  authority: string | null
} & DepositLeft

type Settlement = { creditItemId: bigint; amountMinor: bigint }
type Refund = RefundRequest & {
  refundId: bigint
  capture: Capture
  settles: Settlement[]
  deposit: DepositPart | null
}

/**
 * Refunds payments. A refund settles what the order's credit notes still owe the customer, oldest first; what it is beyond them goes back out of
 * the deposit, with its tax, as far as that holds anything. The other way round, tax that a credit note took back already would be taken
 * back twice until the rest of the order ships. Refuses `payment_unknown`, `amount_not_positive`, and `refund_exceeds_payment` for
 * more than was captured less what has gone back, however many refund at once. A retry does nothing more.
 */
export async function refundPayments(tx: Tx, requests: readonly RefundRequest[]): Promise<PaymentOutcome[]> {
  if (requests.length === 0) return []
  const captures = await lockCaptures(tx, requests)
  const payments = requests.map((request) => {
    const capture = captures.get(request.paymentId)
    if (capture === undefined) throw new Refusal('payment_unknown', { payment: request.paymentId })
    if (request.amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference: request.reference })
    return { ...request, capture }
  })
  const ids = await savePayments(tx, payments.map(newPayment))
  const credits = await lockCreditItems(tx, payments)
  const refunds = payments.flatMap((payment, index): Refund[] => {
    const refundId = ids[index]
    if (refundId === undefined) return []
    countRefund(payment, payment.capture)
    const settles = settleCredits(payment, credits)
    const settled = settles.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
    return [{ ...payment, refundId, settles, deposit: takeFromDeposit(payment.amountMinor - settled, payment.capture) }]
  })
  await saveRefunded(tx, refunds)
  const posted = await post(tx, refundPaid(refunds.map(factOf)))
  await settleOpenItems(
    tx,
    refunds.map((refund, index) => ({ ...refund, postedOn: (posted[index] as Posted).postedOn })),
  )
  return ids.map((id) => ({ paymentId: id ?? null, result: id === undefined ? 'existing' : 'created' }))
}

/** The captures with what is left of their deposits, under lock. */
async function lockCaptures(tx: Tx, requests: readonly RefundRequest[]): Promise<Map<bigint, Capture>> {
  const ids = column(requests, (r) => r.paymentId)
  await tx.query(
    'select id from payment where company_id = $1 and id in (select unnest($2::bigint[])) order by id for update',
    [tx.companyId, ids],
  )
  // An invoice may be using a deposit up just now: what is left of it is read once it is ours.
  await tx.query(
    'select id from deposit where company_id = $1 and payment_id in (select unnest($2::bigint[])) order by id for update',
    [tx.companyId, ids],
  )
  const rows = await tx.query<Capture>(
    `select p.id, p.method, p.party_id, p.document_id, p.order_reference, p.currency, p.amount_minor, p.refunded_minor, d.id as deposit_id,
        exists (select from journal_entry e where e.company_id = p.company_id and e.source_kind = 'payment' and e.source_id = p.id::text
          and e.rule = 'customer-paid') as received, d.tax_code_id, t.authority, coalesce(d.net_minor, 0) as "netMinor", coalesce(d.tax_minor, 0) as "taxMinor",
        coalesce(d.applied_net_minor, 0) as "appliedNetMinor", coalesce(d.applied_tax_minor, 0) as "appliedTaxMinor"
      from payment p
      left join deposit d on d.company_id = p.company_id and d.payment_id = p.id
      left join tax_code t on t.company_id = d.company_id and t.id = d.tax_code_id
      where p.company_id = $1 and p.kind = 'capture' and p.id in (select unnest($2::bigint[]))`,
    [tx.companyId, ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

const newPayment = ({
  source,
  reference,
  paymentId,
  on,
  amountMinor,
  capture,
}: RefundRequest & { capture: Capture }) => ({
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

/** Takes what no credit note covers out of the deposit, as far as it goes. */
function takeFromDeposit(amountMinor: bigint, capture: Capture): DepositPart | null {
  const share = shareOfDeposit(capture, amountMinor)
  if (share.netMinor + share.taxMinor === 0n) return null
  capture.appliedNetMinor += share.netMinor
  capture.appliedTaxMinor += share.taxMinor
  return { ...share, taxCodeId: capture.tax_code_id, taxAuthority: capture.authority }
}

async function saveRefunded(tx: Tx, refunds: readonly Refund[]): Promise<void> {
  const captures = [...new Set(refunds.map(({ capture }) => capture))]
  await tx.query(
    `update payment p set refunded_minor = r.refunded_minor from unnest($2::bigint[], $3::bigint[]) as r (id, refunded_minor)
       where p.company_id = $1 and p.id = r.id`,
    [tx.companyId, column(captures, (c) => c.id), column(captures, (c) => c.refunded_minor)],
  )
  await tx.query(
    `update deposit d set applied_net_minor = u.net_minor, applied_tax_minor = u.tax_minor
       from unnest($2::bigint[], $3::bigint[], $4::bigint[]) as u (id, net_minor, tax_minor) where d.company_id = $1 and d.id = u.id`,
    [
      tx.companyId,
      column(captures, (c) => c.deposit_id),
      column(captures, (c) => c.appliedNetMinor),
      column(captures, (c) => c.appliedTaxMinor),
    ],
  )
}

// A payment on account went into the bank or the till, which its method names; any other is with its processor.
const throughOf = ({ received, method }: Capture) =>
  received && (method === 'bank' || method === 'cash') ? method : 'payment_clearing'

const factOf = ({ refundId, capture, on, amountMinor, reference, deposit }: Refund): PaymentFact => ({
  id: refundId,
  kind: 'refund',
  date: on,
  partyId: capture.party_id,
  documentId: capture.document_id,
  method: capture.method,
  through: throughOf(capture),
  amountMinor,
  reference,
  deposit,
})

type CreditItem = { id: bigint; order_reference: string | null; document_id: bigint | null; left: bigint }

/** Takes the refund out of what credit notes of the same order or invoice still owe. */
function settleCredits(refund: RefundRequest & { capture: Capture }, credits: readonly CreditItem[]): Settlement[] {
  let wanted = refund.amountMinor
  return credits
    .filter((credit) => belongsTo(credit, refund))
    .flatMap((credit) => {
      const amountMinor = smaller(credit.left, wanted)
      if (amountMinor <= 0n) return []
      credit.left -= amountMinor
      wanted -= amountMinor
      return [{ creditItemId: credit.id, amountMinor }]
    })
}

const fromReceivable = ({ amountMinor, deposit }: Refund): bigint =>
  amountMinor - (deposit === null ? 0n : deposit.netMinor + deposit.taxMinor)

/** What a refund is beyond credit notes and deposit is owed to us until a credit note settles it. */
async function settleOpenItems(tx: Tx, refunds: readonly (Refund & { postedOn: AccountingDate })[]): Promise<void> {
  const owing = refunds.filter((refund) => fromReceivable(refund) > 0n)
  const opened = await openItems(
    tx,
    owing.map((refund) => ({
      partyId: refund.capture.party_id,
      sourceKind: 'payment',
      sourceId: String(refund.refundId),
      openedOn: refund.postedOn,
      dueOn: refund.on,
      currency: refund.capture.currency,
      amountMinor: fromReceivable(refund),
    })),
  )
  await applyItems(
    tx,
    owing.flatMap(({ settles, on }, index) =>
      settles.map(({ creditItemId, amountMinor }) => ({
        debitItemId: opened[index] as bigint,
        creditItemId,
        appliedOn: on,
        amountMinor,
      })),
    ),
  )
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)

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
      select i.id, d.order_reference, d.credits_document_id as document_id, i.applied_minor - i.amount_minor as left
        from credit d
        join open_item i on i.company_id = $1 and i.source_kind = 'sales_document' and i.source_id = d.id::text
        where i.applied_minor <> i.amount_minor
        order by i.id for update of i`,
    [tx.companyId, column(refunds, (r) => r.capture.order_reference), column(refunds, (r) => r.capture.document_id)],
  )
