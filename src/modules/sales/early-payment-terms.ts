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

/** The discount of an invoice stands no more from a day on, and why. */
export type EarlyPaymentEnding = { documentId: bigint; on: AccountingDate; reason: string }

/**
 * Ends discounts for paying early before their last day. One that was ended stays as it was ended. Refuses `discount_not_offered` for an invoice that
 * offers none, `input_invalid` for a day before the invoice or after the last day of the discount, when it has ended by itself.
 */
export async function endEarlyPayment(tx: Tx, endings: readonly EarlyPaymentEnding[]): Promise<void> {
  if (endings.length === 0) return
  const offered = await tx.query<{ id: bigint; issuedOn: AccountingDate; until: AccountingDate; ended: boolean }>(
    `select t.document_id as id, d.issued_on as "issuedOn", t.until, e.document_id is not null as ended
      from (select distinct unnest($2::bigint[]) as id) as wanted
      join early_payment_term t on t.company_id = $1 and t.document_id = wanted.id
      join sales_document d on d.company_id = $1 and d.id = t.document_id
      left join early_payment_ending e on e.company_id = $1 and e.document_id = t.document_id`,
    [tx.companyId, column(endings, (e) => e.documentId)],
  )
  const terms = new Map(offered.map((one) => [one.id, one]))
  for (const { documentId, on } of endings) {
    const term = terms.get(documentId)
    if (term === undefined) throw new Refusal('discount_not_offered', { document: documentId })
    if (!term.ended && (on < term.issuedOn || on > term.until))
      throw new Refusal('input_invalid', { on, expected: `a day from ${term.issuedOn} to ${term.until}` })
  }
  await tx.query(
    `insert into early_payment_ending (company_id, document_id, ends_on, reason)
       select $1, e.* from unnest($2::bigint[], $3::date[], $4::text[]) as e on conflict do nothing`,
    [
      tx.companyId,
      column(endings, (e) => e.documentId),
      column(endings, (e) => e.on),
      column(endings, (e) => e.reason),
    ],
  )
}

/** Locks the discounts of invoices until the transaction ends, so that nobody else ends them between a look and a change. */
export async function lockEarlyPayment(tx: Tx, documentIds: readonly bigint[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended('early_payment_term ' || $1 || ' ' || id, 0))
       from unnest($2::bigint[]) as wanted (id) order by id`,
    [tx.companyId, column(documentIds, (id) => id)],
  )
}
