import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

export type PaymentName = { source: string; reference: string }

/** A captured payment, and the currency of the invoice that it paid, if it paid one. */
export type CapturedPayment = { id: bigint; currency: string; documentCurrency: string | null }

/** Captured payments by source and reference, in order. Refuses `payment_unknown`. */
export async function capturesByReference(tx: Tx, names: readonly PaymentName[]): Promise<CapturedPayment[]> {
  const rows = await tx.query<PaymentName & CapturedPayment>(
    `select p.id, p.source, p.reference, p.currency, d.currency as "documentCurrency" from unnest($2::text[], $3::text[]) as wanted (source, reference)
       join payment p on p.company_id = $1 and p.kind = 'capture' and p.source = wanted.source and p.reference = wanted.reference
       left join sales_document d on d.company_id = $1 and d.id = p.document_id`,
    [tx.companyId, column(names, (name) => name.source), column(names, (name) => name.reference)],
  )
  const found = new Map(rows.map(({ source, reference, ...payment }) => [`${source} ${reference}`, payment]))
  return names.map(({ source, reference }) => {
    const payment = found.get(`${source} ${reference}`)
    if (payment === undefined) throw new Refusal('payment_unknown', { source, reference })
    return payment
  })
}
