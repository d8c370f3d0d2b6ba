import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import type { DepositLeft } from '../../posting/deposit-applied.ts'
import type { DepositBase } from './take-deposit.ts'

/** A part of a captured deposit, with what is left of it. */
export type DepositHeld = DepositLeft &
  DepositBase & {
    id: bigint
    paymentId: bigint
    currency: string
    taxCodeId: bigint | null
    taxAuthority: string | null
  }

/** A captured payment, with what has gone back of it. */
export type Capture = {
  id: bigint
  source: string
  reference: string
  method: string
  received: boolean
  /** Whether what was left of it has been kept. */
  forfeited: boolean
  paid_on: AccountingDate
  party_id: bigint
  document_id: bigint | null
  document_currency: string | null
  order_reference: string | null
  currency: string
  amount_minor: bigint
  refunded_minor: bigint
  deposits: DepositHeld[]
}

/** What is left of a part of a deposit, tax included. */
export const heldBy = (d: DepositLeft): bigint => d.netMinor + d.taxMinor - d.appliedNetMinor - d.appliedTaxMinor

/** The captures with what is left of their deposits, under lock. */
export async function lockCaptures(tx: Tx, paymentIds: readonly bigint[]): Promise<Map<bigint, Capture>> {
  const ids = column(paymentIds, (id) => id)
  await tx.query(
    'select id from payment where company_id = $1 and id in (select unnest($2::bigint[])) order by id for update',
    [tx.companyId, ids],
  )
  // An invoice may be using a deposit up just now: what is left of it is read once it is ours.
  await tx.query(
    'select id from deposit where company_id = $1 and payment_id in (select unnest($2::bigint[])) order by id for update',
    [tx.companyId, ids],
  )
  const rows = await tx.query<Omit<Capture, 'deposits'>>(
    `select p.id, p.source, p.reference, p.method, p.paid_on, p.party_id, p.document_id, p.order_reference, p.currency, p.amount_minor, p.refunded_minor,
        b.currency as document_currency,
        exists (select from journal_entry e where e.company_id = p.company_id and e.source_kind = 'payment' and e.source_id = p.id::text
          and e.rule in ('customer-paid', 'early-payment-discount-taken')) as received,
        exists (select from journal_entry e where e.company_id = p.company_id and e.source_kind = 'deposit_forfeited'
          and e.source_id = p.id::text) as forfeited
      from payment p
      left join sales_document b on b.company_id = p.company_id and b.id = p.document_id
      where p.company_id = $1 and p.kind = 'capture' and p.id in (select unnest($2::bigint[]))`,
    [tx.companyId, ids],
  )
  const deposits = Map.groupBy(await depositsOf(tx, ids), ({ paymentId }) => paymentId)
  return new Map(rows.map((row) => [row.id, { ...row, deposits: deposits.get(row.id) ?? [] }]))
}

const depositsOf = (tx: Tx, paymentIds: string | null): Promise<DepositHeld[]> =>
  tx.query<DepositHeld>(
    `select d.id, d.payment_id as "paymentId", d.currency, d.tax_code_id as "taxCodeId", t.authority as "taxAuthority", d.net_minor as "netMinor",
        d.tax_minor as "taxMinor", d.applied_net_minor as "appliedNetMinor", d.applied_tax_minor as "appliedTaxMinor",
        d.base_net_minor as "baseNetMinor", d.base_tax_minor as "baseTaxMinor", d.applied_base_net_minor as "appliedBaseNetMinor",
        d.applied_base_tax_minor as "appliedBaseTaxMinor"
      from deposit d
      left join tax_code t on t.company_id = d.company_id and t.id = d.tax_code_id
      where d.company_id = $1 and d.payment_id in (select unnest($2::bigint[])) order by d.id`,
    [tx.companyId, paymentIds],
  )
