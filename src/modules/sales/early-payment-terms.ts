import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { parseDecimal } from '../../kernel/decimal.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** What a customer may keep of an invoice by paying it by a day: a percentage of its gross, an exact decimal between 0 and 100. */
export type EarlyPaymentTerms = { documentId: bigint; percent: string; until: AccountingDate }

/**
 * Offers a discount on invoices for paying early. It is offered once: the same again changes nothing. Refuses `document_unknown` for what is no
 * invoice, `input_invalid` for a percentage that is none or a day before the invoice, `discount_offered_differently`.
 */
export async function offerEarlyPayment(tx: Tx, offers: readonly EarlyPaymentTerms[]): Promise<void> {
  if (offers.length === 0) return
  for (const { percent } of offers) {
    const value = parseDecimal(percent)
    if (value === undefined || value.unscaled <= 0n || value.unscaled >= 100n * 10n ** BigInt(value.scale))
      throw new Refusal('input_invalid', { percent, expected: 'above 0 and below 100' })
  }
  const given = [
    tx.companyId,
    column(offers, (o) => o.documentId),
    column(offers, (o) => o.percent),
    column(offers, (o) => o.until),
  ]
  const documents = await tx.query<{ id: bigint; issuedOn: AccountingDate }>(
    `select d.id, d.issued_on as "issuedOn" from (select distinct unnest($2::bigint[]) as id) as wanted
       join sales_document d on d.company_id = $1 and d.id = wanted.id and d.kind = 'invoice'`,
    given.slice(0, 2),
  )
  const issuedOn = new Map(documents.map((document) => [document.id, document.issuedOn]))
  for (const { documentId, until } of offers) {
    const issued = issuedOn.get(documentId)
    if (issued === undefined) throw new Refusal('document_unknown', { document: documentId })
    if (until < issued) throw new Refusal('input_invalid', { until, expected: `a day not before ${issued}` })
  }
  await tx.query(
    `insert into early_payment_term (company_id, document_id, percent, until)
       select $1, o.* from unnest($2::bigint[], $3::numeric[], $4::date[]) as o on conflict do nothing`,
    given,
  )
  const [different] = await tx.query<{ documentId: bigint }>(
    `select o.document_id as "documentId" from unnest($2::bigint[], $3::numeric[], $4::date[]) as o (document_id, percent, until)
       join early_payment_term t on t.company_id = $1 and t.document_id = o.document_id
       where (t.percent, t.until) is distinct from (o.percent, o.until) limit 1`,
    given,
  )
  if (different !== undefined) throw new Refusal('discount_offered_differently', { document: different.documentId })
}
