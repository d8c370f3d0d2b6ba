import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { allocate } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { type DepositApplied, type DepositLeft, depositApplied, shareOfDeposit } from '../../posting/deposit-applied.ts'
import { abroad } from '../../posting/exchange.ts'
import { post } from '../../posting/post.ts'
import { findRates } from '../rates/index.ts'
import { ItemsLeft, lockItemsOf, type OpenItem, settleItems, sourceKey } from '../receivables/index.ts'
import { smaller } from './other-currencies.ts'
import { takeDepositBase } from './take-deposit.ts'

/**
 * An invoice that the deposits of an order shall settle, as far as they go; with a source, those of that source alone. Or what is left of one
 * payment shall.
 */
export type DepositUse = ({ orderReference: string; source?: string } | { paymentId: bigint }) & {
  documentId: bigint
  on: AccountingDate
}

type Deposit = DepositLeft & {
  id: bigint
  currency: string
  baseNetMinor: bigint
  baseTaxMinor: bigint
  appliedBaseNetMinor: bigint
  appliedBaseTaxMinor: bigint
  paymentId: bigint
  paidOn: AccountingDate
  partyId: bigint
  source: string
  orderReference: string | null
  taxCodeId: bigint | null
  taxAuthority: string | null
}
type Booked = { netMinor: bigint; taxMinor: bigint; receivableMinor: bigint }
type Application = { use: DepositUse; fact: DepositApplied & { booked: Booked }; depositId: bigint; item: OpenItem }

/**
 * Settles invoices with what their orders have paid beforehand: min(what is open, what is left of the deposit), oldest deposit first, at
 * the deposit's own tax. An order without a deposit is left as it is, so a retry does nothing more. Returns how much each use settled.
 * Refuses `document_unknown`, and `open_items_of_different_parties` for a deposit of another customer than the invoice's.
 */
export const applyDeposits = async (tx: Tx, uses: readonly DepositUse[]): Promise<bigint[]> =>
  (await settleWithDeposits(tx, uses)).map(({ amountMinor }) => amountMinor)

/** As `applyDeposits`, and says by how many entries each use was settled. */
export async function settleWithDeposits(
  tx: Tx,
  uses: readonly DepositUse[],
): Promise<{ amountMinor: bigint; entries: number }[]> {
  if (uses.length === 0) return []
  const deposits = await lockDeposits(tx, uses)
  const items = await lockItemsOf(tx, uses.map(invoiceOf))
  const applications = decide(uses, deposits, items)
  const { base } = await findRates(tx, [])
  const drafts = depositApplied(applications.map(({ fact }) => fact))
  const posted = await post(
    tx,
    drafts.map((entry, index) =>
      abroad(entry, { currency: applications[index]?.item.currency ?? base, base, rate: null }),
    ),
  )
  await saveApplied(tx, applications)
  await settle(tx, applications, posted)
  const byUse = Map.groupBy(applications, ({ use }) => use)
  return uses.map((use) => {
    const ofUse = byUse.get(use) ?? []
    return {
      amountMinor: ofUse.reduce((sum, { fact }) => sum + fact.netMinor + fact.taxMinor, 0n),
      entries: ofUse.length,
    }
  })
}

const invoiceOf = ({ documentId }: { documentId: bigint }) => ({
  sourceKind: 'sales_document',
  sourceId: String(documentId),
})

const lockDeposits = (tx: Tx, uses: readonly DepositUse[]): Promise<Deposit[]> =>
  tx.query<Deposit>(
    `select d.id, coalesce(d.party_id, p.party_id) as "partyId", p.source, p.order_reference as "orderReference", d.currency,
        d.base_net_minor as "baseNetMinor", d.base_tax_minor as "baseTaxMinor", d.applied_base_net_minor as "appliedBaseNetMinor",
        d.applied_base_tax_minor as "appliedBaseTaxMinor", d.payment_id as "paymentId", p.paid_on as "paidOn",
        d.tax_code_id as "taxCodeId", t.authority as "taxAuthority", d.net_minor as "netMinor", d.tax_minor as "taxMinor",
        d.applied_net_minor as "appliedNetMinor", d.applied_tax_minor as "appliedTaxMinor"
      from (
        select o.id from payment o where o.company_id = $1 and o.order_reference in (select unnest($2::text[]))
        union
        select unnest($3::bigint[])
      ) wanted
      join payment p on p.company_id = $1 and p.id = wanted.id
      join deposit d on d.company_id = $1 and d.payment_id = wanted.id
      left join tax_code t on t.company_id = d.company_id and t.id = d.tax_code_id
      order by d.id for update of d`,
    [
      tx.companyId,
      column(uses, (use) => ('orderReference' in use ? use.orderReference : null)),
      column(uses, (use) => ('paymentId' in use ? use.paymentId : null)),
    ],
  )

function decide(
  uses: readonly DepositUse[],
  deposits: readonly Deposit[],
  items: ReadonlyMap<string, OpenItem>,
): Application[] {
  const held = deposits.map((deposit) => ({ ...deposit }))
  const left = Map.groupBy(held, ({ orderReference }) => orderReference)
  const ofPayments = Map.groupBy(held, ({ paymentId }) => paymentId)
  const open = new ItemsLeft(items.values())
  return uses.flatMap((use) => {
    const item = items.get(sourceKey(invoiceOf(use)))
    if (item === undefined) throw new Refusal('document_unknown', { document: use.documentId })
    const ofOrder =
      'paymentId' in use
        ? (ofPayments.get(use.paymentId) ?? [])
        : (left.get(use.orderReference) ?? []).filter(({ source }) => (use.source ?? source) === source)
    return [...Map.groupBy(ofOrder, ({ paymentId }) => paymentId).values()].flatMap((parts) =>
      takeParts(use, parts, item, open),
    )
  })
}

/** Takes what is owed out of the parts of one payment, in proportion to what is left of each. */
function takeParts(use: DepositUse, parts: readonly Deposit[], item: OpenItem, open: ItemsLeft): Application[] {
  const lefts = parts.map(grossLeft)
  const held = lefts.reduce((sum, each) => sum + each, 0n)
  const owed = open.of(item.id)
  const taken = smaller(owed, held)
  if (taken <= 0n) return []
  return allocate(taken, lefts).flatMap((part, index): Application[] => {
    const deposit = parts[index] as Deposit
    const share = shareOfDeposit(deposit, part)
    const grossMinor = share.netMinor + share.taxMinor
    if (grossMinor === 0n) return []
    if (deposit.partyId !== item.partyId || deposit.currency !== item.currency)
      throw new Refusal('open_items_of_different_parties', { deposit: deposit.id, document: use.documentId })
    const booked = { ...takeDepositBase(deposit, share), receivableMinor: open.take(item.id, grossMinor) }
    return [{ use, fact: { ...factOf(use, deposit, share), booked }, depositId: deposit.id, item }]
  })
}

const grossLeft = (d: DepositLeft): bigint => d.netMinor + d.taxMinor - d.appliedNetMinor - d.appliedTaxMinor

const factOf = (
  { documentId, on }: DepositUse,
  { id, paidOn, partyId, taxCodeId, taxAuthority }: Deposit,
  share: { netMinor: bigint; taxMinor: bigint },
): DepositApplied => {
  const date = paidOn > on ? paidOn : on // a deposit is not used up before it was paid
  return { id: `${id}/${documentId}`, date, partyId, documentId, taxCodeId, taxAuthority, ...share }
}

const saveApplied = (tx: Tx, applications: readonly Application[]): Promise<unknown> =>
  tx.query(
    `update deposit d set applied_net_minor = d.applied_net_minor + used.net_minor, applied_tax_minor = d.applied_tax_minor + used.tax_minor,
         applied_base_net_minor = d.applied_base_net_minor + used.base_net_minor,
         applied_base_tax_minor = d.applied_base_tax_minor + used.base_tax_minor
       from (
         select id, sum(net_minor) as net_minor, sum(tax_minor) as tax_minor, sum(base_net_minor) as base_net_minor,
             sum(base_tax_minor) as base_tax_minor
           from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
             as a (id, net_minor, tax_minor, base_net_minor, base_tax_minor) group by id
       ) used
       where d.company_id = $1 and d.id = used.id`,
    [
      tx.companyId,
      column(applications, (a) => a.depositId),
      column(applications, (a) => a.fact.netMinor),
      column(applications, (a) => a.fact.taxMinor),
      column(applications, (a) => a.fact.booked.netMinor),
      column(applications, (a) => a.fact.booked.taxMinor),
    ],
  )

const settle = (tx: Tx, applications: readonly Application[], posted: readonly Posted[]): Promise<void> =>
  settleItems(
    tx,
    applications.map(({ fact, item }, index) => ({
      item,
      sourceKind: 'deposit_application',
      sourceId: fact.id,
      on: fact.date,
      postedOn: (posted[index] as Posted).postedOn,
      amountMinor: fact.netMinor + fact.taxMinor,
      baseMinor: fact.booked.receivableMinor,
    })),
  )
