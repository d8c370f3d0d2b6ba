import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import type { JournalDraft } from '../../posting/draft.ts'
import { abroad } from '../../posting/exchange.ts'
import { paymentCaptured } from '../../posting/payment-captured.ts'
import type { PaymentFact } from '../../posting/payment-fact.ts'
import { post } from '../../posting/post.ts'
import { refundPaid } from '../../posting/refund-paid.ts'
import { findRates } from '../rates/index.ts'
import { applyItems, openItems } from '../receivables/index.ts'
import { savePayments } from './save-payments.ts'

/** A document that counts as paid, or refunded, on the day of issue. Its gross is signed: below zero the money went back. */
export type Settlement = {
  source: string
  reference: string
  method: string
  partyId: bigint
  documentId: bigint
  paidOn: AccountingDate
  currency: string
  amountMinor: bigint
  channelId: bigint | null
}

type SettledPayment = Settlement & { id: bigint; kind: 'capture' | 'refund' }

/**
 * Captures or refunds the gross of documents whose source says nothing of payments, through the clearing account, and settles their open
 * items with it. The payments are marked as imported: their refunds name no capture.
 */
export async function settleAtOnce(tx: Tx, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return
  const rows = settlements.map((s) => ({
    ...s,
    kind: s.amountMinor > 0n ? ('capture' as const) : ('refund' as const),
    imported: true,
  }))
  const ids = await savePayments(
    tx,
    rows.map((row) => ({ ...row, amountMinor: row.amountMinor > 0n ? row.amountMinor : -row.amountMinor })),
  )
  const payments = rows.map((row, index): SettledPayment => ({ ...row, id: ids[index] as bigint }))
  const documents = await documentItems(tx, payments)
  const drafts = [
    ...paymentCaptured(payments.filter((p) => p.kind === 'capture').map((p) => factOf(p, documents))),
    ...refundPaid(payments.filter((p) => p.kind === 'refund').map((p) => factOf(p, documents))),
  ]
  const { base, rateOn } = await findRates(
    tx,
    payments.map(({ currency, paidOn }) => ({ currency, on: paidOn })),
  )
  const foreign = new Map(payments.filter(({ currency }) => currency !== base).map((p) => [String(p.id), p]))
  const inItsCurrency = (entry: JournalDraft): JournalDraft => {
    const payment = foreign.get(entry.source.id)
    if (payment === undefined) return entry
    return abroad(entry, { currency: payment.currency, base, rate: rateOn(payment.currency, payment.paidOn) })
  }
  const posted = await post(tx, drafts.map(inItsCurrency))
  await settleOpenItems(
    tx,
    payments,
    documents,
    new Map(drafts.map(({ source }, index) => [source.id, posted[index]?.postedOn])),
  )
}

type DocumentItem = { id: bigint; baseMinor: bigint }

const baseOf = ({ documentId }: SettledPayment, documents: ReadonlyMap<string, DocumentItem>): bigint =>
  documents.get(String(documentId))?.baseMinor ?? 0n

const sizeOf = (minor: bigint): bigint => (minor < 0n ? -minor : minor)

const factOf = (payment: SettledPayment, documents: ReadonlyMap<string, DocumentItem>): PaymentFact => ({
  id: payment.id,
  kind: payment.kind,
  date: payment.paidOn,
  partyId: payment.partyId,
  documentId: payment.documentId,
  method: payment.method,
  amountMinor: sizeOf(payment.amountMinor),
  receivableBookedMinor: sizeOf(baseOf(payment, documents)),
  reference: payment.reference,
  channelId: payment.channelId,
})

async function settleOpenItems(
  tx: Tx,
  payments: readonly SettledPayment[],
  documents: ReadonlyMap<string, DocumentItem>,
  postedOn: ReadonlyMap<string, AccountingDate | undefined>,
): Promise<void> {
  const opened = await openItems(
    tx,
    payments.map((p) => ({
      partyId: p.partyId,
      sourceKind: 'payment',
      sourceId: String(p.id),
      openedOn: postedOn.get(String(p.id)) ?? p.paidOn,
      dueOn: p.paidOn,
      currency: p.currency,
      amountMinor: -p.amountMinor,
      baseMinor: -baseOf(p, documents),
    })),
  )
  await applyItems(
    tx,
    payments.map((payment, index) => {
      const [ofDocument, ofPayment] = [documents.get(String(payment.documentId))?.id as bigint, opened[index] as bigint]
      const captured = payment.kind === 'capture'
      return {
        debitItemId: captured ? ofDocument : ofPayment,
        creditItemId: captured ? ofPayment : ofDocument,
        appliedOn: payment.paidOn,
        amountMinor: captured ? payment.amountMinor : -payment.amountMinor,
      }
    }),
  )
}

/** Nothing of these documents has been settled before: they were issued just now. */
async function documentItems(tx: Tx, payments: readonly SettledPayment[]): Promise<Map<string, DocumentItem>> {
  const rows = await tx.query<DocumentItem & { source_id: string }>(
    `select i.id, i.source_id, i.base_minor as "baseMinor" from unnest($2::text[]) as wanted (source_id)
       join open_item i on i.company_id = $1 and i.source_kind = 'sales_document' and i.source_id = wanted.source_id`,
    [tx.companyId, column(payments, (p) => String(p.documentId))],
  )
  return new Map(rows.map((row) => [row.source_id, row]))
}
