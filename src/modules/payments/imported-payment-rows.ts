import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { allocate } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type DepositLeft, shareOfDeposit } from '../../posting/deposit-applied.ts'
import type { DepositPart } from '../../posting/payment-fact.ts'
import { type DepositBase, takeDepositBase } from './take-deposit.ts'

type PaymentName = { kind: string; source: string; reference: string }
type SaidPayment = PaymentName & {
  on: AccountingDate
  amountMinor: bigint
  currency: string
  method: string
  orderReference: string
}
type OrderName = { source: string; orderReference: string }

/**
 * Which of the payments are here, as 'kind source reference'. What a payment settled is not compared: between two exports an order may have been
 * invoiced. Refuses `payment_exists_differently` for another amount, day, method or order.
 */
export async function knownImportedPayments(tx: Tx, payments: readonly SaidPayment[]): Promise<Set<string>> {
  const rows = await tx.query<PaymentName & { different: boolean }>(
    `select p.kind, p.source, p.reference,
        (p.paid_on, p.amount_minor, p.currency, p.method, p.order_reference) is distinct from
          (said.paid_on, said.amount_minor, said.currency, said.method, said.order_reference) as different
      from unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::bigint[], $7::text[], $8::text[], $9::text[])
        as said (kind, source, reference, paid_on, amount_minor, method, order_reference, currency)
      join payment p on p.company_id = $1 and p.kind = said.kind and p.source = said.source and p.reference = said.reference`,
    [
      tx.companyId,
      column(payments, (p) => p.kind),
      column(payments, (p) => p.source),
      column(payments, (p) => p.reference),
      column(payments, (p) => p.on),
      column(payments, (p) => p.amountMinor),
      column(payments, (p) => p.method),
      column(payments, (p) => p.orderReference),
      column(payments, (p) => p.currency),
    ],
  )
  const different = rows.find((row) => row.different)
  if (different !== undefined) throw new Refusal('payment_exists_differently', { reference: different.reference })
  return new Set(rows.map(({ kind, source, reference }) => `${kind} ${source} ${reference}`))
}

/** A capture of an order, locked, and how much of it has gone back. */
export type OrderCapture = OrderName & {
  id: bigint
  method: string
  amountMinor: bigint
  refundedMinor: bigint
}

export async function lockCapturesOf(tx: Tx, refunds: readonly OrderName[]): Promise<OrderCapture[]> {
  if (refunds.length === 0) return []
  return await tx.query<OrderCapture>(
    `select p.id, p.source, p.order_reference as "orderReference", p.method, p.amount_minor as "amountMinor",
        p.refunded_minor as "refundedMinor"
      from payment p
      where p.company_id = $1 and p.kind = 'capture' and p.order_reference in (select unnest($2::text[])) and p.source in (select unnest($3::text[]))
      order by p.id for update`,
    [tx.companyId, column(refunds, (r) => r.orderReference), column(refunds, (r) => r.source)],
  )
}

/** Writes down how much has gone back of captures. */
export async function saveUsedCaptures(tx: Tx, captures: readonly OrderCapture[]): Promise<void> {
  if (captures.length === 0) return
  await tx.query(
    `update payment p set refunded_minor = u.refunded_minor from unnest($2::bigint[], $3::bigint[]) as u (id, refunded_minor)
       where p.company_id = $1 and p.id = u.id and p.refunded_minor <> u.refunded_minor`,
    [tx.companyId, column(captures, (c) => c.id), column(captures, (c) => c.refundedMinor)],
  )
}

/** A deposit of an order, or a part of one, locked, of which refunds can take. */
export type OrderDeposit = OrderName &
  DepositLeft &
  DepositBase & { id: bigint; paymentId: bigint; taxCodeId: bigint | null; taxAuthority: string | null }

export async function lockDepositsOf(tx: Tx, refunds: readonly OrderName[]): Promise<OrderDeposit[]> {
  if (refunds.length === 0) return []
  return await tx.query<OrderDeposit>(
    `select d.id, d.payment_id as "paymentId", p.source, p.order_reference as "orderReference", d.tax_code_id as "taxCodeId",
        t.authority as "taxAuthority", d.net_minor as "netMinor", d.tax_minor as "taxMinor", d.applied_net_minor as "appliedNetMinor",
        d.applied_tax_minor as "appliedTaxMinor", d.base_net_minor as "baseNetMinor", d.base_tax_minor as "baseTaxMinor",
        d.applied_base_net_minor as "appliedBaseNetMinor", d.applied_base_tax_minor as "appliedBaseTaxMinor"
      from payment p
      join deposit d on d.company_id = p.company_id and d.payment_id = p.id
      left join tax_code t on t.company_id = d.company_id and t.id = d.tax_code_id
      where p.company_id = $1 and p.order_reference in (select unnest($2::text[])) and p.source in (select unnest($3::text[]))
      order by d.id for update of d`,
    [tx.companyId, column(refunds, (r) => r.orderReference), column(refunds, (r) => r.source)],
  )
}

const leftOf = (d: DepositLeft): bigint => d.netMinor + d.taxMinor - d.appliedNetMinor - d.appliedTaxMinor

/**
 * Takes an amount out of the first payment whose deposit holds all of it, from its parts in proportion, net and tax as each is split. Empty where
 * none does.
 */
export function takeFromDeposits(amountMinor: bigint, deposits: readonly OrderDeposit[]): DepositPart[] {
  if (amountMinor === 0n) return []
  for (const parts of Map.groupBy(deposits, ({ paymentId }) => paymentId).values()) {
    const lefts = parts.map(leftOf)
    if (lefts.reduce((sum, left) => sum + left, 0n) < amountMinor) continue
    return allocate(amountMinor, lefts).flatMap((partMinor, place): DepositPart[] => {
      const deposit = parts[place] as OrderDeposit
      const share = shareOfDeposit(deposit, partMinor)
      if (share.netMinor + share.taxMinor === 0n) return []
      const booked = takeDepositBase(deposit, share)
      const { taxCodeId, taxAuthority } = deposit
      return [{ ...share, taxCodeId, taxAuthority, bookedNetMinor: booked.netMinor, bookedTaxMinor: booked.taxMinor }]
    })
  }
  return []
}

/** Writes down what has been taken of deposits. */
export async function saveUsedDeposits(tx: Tx, deposits: readonly OrderDeposit[]): Promise<void> {
  if (deposits.length === 0) return
  await tx.query(
    `update deposit d set applied_net_minor = u.net_minor, applied_tax_minor = u.tax_minor, applied_base_net_minor = u.base_net_minor,
        applied_base_tax_minor = u.base_tax_minor
       from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
         as u (id, net_minor, tax_minor, base_net_minor, base_tax_minor)
       where d.company_id = $1 and d.id = u.id`,
    [
      tx.companyId,
      column(deposits, (d) => d.id),
      column(deposits, (d) => d.appliedNetMinor),
      column(deposits, (d) => d.appliedTaxMinor),
      column(deposits, (d) => d.appliedBaseNetMinor),
      column(deposits, (d) => d.appliedBaseTaxMinor),
    ],
  )
}
