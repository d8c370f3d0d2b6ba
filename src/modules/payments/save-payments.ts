import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** A payment to save; its amount is above zero whichever way the money went. */
export type NewPayment = {
  kind: 'capture' | 'refund'
  source: string
  reference: string
  method: string
  partyId: bigint
  documentId?: bigint | null
  orderReference?: string | null
  paidOn: AccountingDate
  currency: string
  amountMinor: bigint
  /** The capture that a refund gives back; an imported refund may have none. */
  refundsPaymentId?: bigint | null
  imported?: boolean
}

/**
 * Saves payments and returns their ids in order; undefined where the same payment has been saved before. Refuses
 * `payment_exists_differently` where the reference was used for another amount, currency, day, method, customer, invoice, order or capture.
 */
export async function savePayments(tx: Tx, payments: readonly NewPayment[]): Promise<(bigint | undefined)[]> {
  if (payments.length === 0) return []
  const rows = await tx.query<{ id: bigint; kind: string; source: string; reference: string }>(
    `insert into payment (company_id, kind, source, reference, method, party_id, document_id, order_reference, paid_on, currency,
        amount_minor, refunds_payment_id, imported)
      select $1, p.kind, p.source, p.reference, p.method, p.party_id, p.document_id, p.order_reference, p.paid_on, p.currency, p.amount_minor,
          p.refunds_payment_id, coalesce(p.imported, false)
        from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[], $9::date[], $10::text[],
          $11::bigint[], $12::bigint[], $13::bool[]) as p (kind, source, reference, method, party_id, document_id, order_reference, paid_on,
          currency, amount_minor, refunds_payment_id, imported)
      on conflict on constraint payment_reference_once do nothing
      returning id, kind, source, reference`,
    [
      tx.companyId,
      column(payments, (p) => p.kind),
      column(payments, (p) => p.source),
      column(payments, (p) => p.reference),
      column(payments, (p) => p.method),
      column(payments, (p) => p.partyId),
      column(payments, (p) => p.documentId),
      column(payments, (p) => p.orderReference),
      column(payments, (p) => p.paidOn),
      column(payments, (p) => p.currency),
      column(payments, (p) => p.amountMinor),
      column(payments, (p) => p.refundsPaymentId),
      column(payments, (p) => p.imported),
    ],
  )
  const ids = new Map(rows.map((row) => [keyOf(row), row.id]))
  await refuseDifferent(
    tx,
    payments.filter((payment) => !ids.has(keyOf(payment))),
  )
  return payments.map((payment) => {
    const id = ids.get(keyOf(payment))
    ids.delete(keyOf(payment)) // the second of two equal payments in one batch is a repetition
    return id
  })
}

const keyOf = ({ kind, source, reference }: { kind: string; source: string; reference: string }): string =>
  `${kind} ${source} ${reference}`

async function refuseDifferent(tx: Tx, repeated: readonly NewPayment[]): Promise<void> {
  if (repeated.length === 0) return
  const [different] = await tx.query<{ reference: string }>(
    `select p.reference
       from unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::bigint[], $7::bigint[], $8::text[], $9::bigint[], $10::text[], $11::bigint[], $12::text[])
         as said (kind, source, reference, paid_on, amount_minor, document_id, method, party_id, order_reference, refunds_payment_id, currency)
       join payment p on p.company_id = $1 and p.kind = said.kind and p.source = said.source and p.reference = said.reference
       where (p.paid_on, p.amount_minor, p.document_id, p.method, p.party_id, p.order_reference, p.refunds_payment_id, p.currency) is distinct from
         (said.paid_on, said.amount_minor, said.document_id, said.method, said.party_id, said.order_reference, said.refunds_payment_id, said.currency) limit 1`,
    [
      tx.companyId,
      column(repeated, (p) => p.kind),
      column(repeated, (p) => p.source),
      column(repeated, (p) => p.reference),
      column(repeated, (p) => p.paidOn),
      column(repeated, (p) => p.amountMinor),
      column(repeated, (p) => p.documentId),
      column(repeated, (p) => p.method),
      column(repeated, (p) => p.partyId),
      column(repeated, (p) => p.orderReference),
      column(repeated, (p) => p.refundsPaymentId),
      column(repeated, (p) => p.currency),
    ],
  )
  if (different !== undefined) throw new Refusal('payment_exists_differently', { reference: different.reference })
}
