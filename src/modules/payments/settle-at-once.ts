import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { paymentCaptured } from '../../posting/payment-captured.ts'
import type { PaymentFact } from '../../posting/payment-fact.ts'
import { post } from '../../posting/post.ts'
import { refundPaid } from '../../posting/refund-paid.ts'
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
  const drafts = [
    ...paymentCaptured(payments.filter((p) => p.kind === 'capture').map(factOf)),
    ...refundPaid(payments.filter((p) => p.kind === 'refund').map(factOf)),
  ]
  const posted = await post(tx, drafts)
  await settleOpenItems(tx, payments, new Map(drafts.map(({ source }, index) => [source.id, posted[index]?.postedOn])))
}

const factOf = (payment: SettledPayment): PaymentFact => ({
  id: payment.id,
  kind: payment.kind,
  date: payment.paidOn,
  partyId: payment.partyId,
  documentId: payment.documentId,
  method: payment.method,
  amountMinor: payment.amountMinor > 0n ? payment.amountMinor : -payment.amountMinor,
  reference: payment.reference,
  channelId: payment.channelId,
})

async function settleOpenItems(
  tx: Tx,
  payments: readonly SettledPayment[],
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
    })),
  )
  const documents = await documentItems(tx, payments)
  await applyItems(
    tx,
    payments.map((payment, index) => {
      const [ofDocument, ofPayment] = [documents.get(String(payment.documentId)) as bigint, opened[index] as bigint]
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

async function documentItems(tx: Tx, payments: readonly SettledPayment[]): Promise<Map<string, bigint>> {
  const rows = await tx.query<{ id: bigint; source_id: string }>(
    `select i.id, i.source_id from unnest($2::text[]) as wanted (source_id)
       join open_item i on i.company_id = $1 and i.source_kind = 'sales_document' and i.source_id = wanted.source_id`,
    [tx.companyId, column(payments, (p) => String(p.documentId))],
  )
  return new Map(rows.map((row) => [row.source_id, row.id]))
}
