import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

export type PaymentName = { source: string; reference: string }

/** The ids of captured payments by source and reference, in order. Refuses `payment_unknown`. */
export async function capturesByReference(tx: Tx, names: readonly PaymentName[]): Promise<bigint[]> {
  const rows = await tx.query<PaymentName & { id: bigint }>(
    `select p.id, p.source, p.reference from unnest($2::text[], $3::text[]) as wanted (source, reference)
       join payment p on p.company_id = $1 and p.kind = 'capture' and p.source = wanted.source and p.reference = wanted.reference`,
    [tx.companyId, column(names, (name) => name.source), column(names, (name) => name.reference)],
  )
  const found = new Map(rows.map(({ id, source, reference }) => [`${source} ${reference}`, id]))
  return names.map(({ source, reference }) => {
    const id = found.get(`${source} ${reference}`)
    if (id === undefined) throw new Refusal('payment_unknown', { source, reference })
    return id
  })
}
