import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { type DepositApplied, type DepositLeft, depositApplied, shareOfDeposit } from '../../posting/deposit-applied.ts'
import { post } from '../../posting/post.ts'
import { applyItems, leftOf, lockItemsOf, type OpenItem, openItems, sourceKey } from '../receivables/index.ts'

/** An invoice that the deposits of an order shall settle, as far as they go. */
export type DepositUse = { orderReference: string; documentId: bigint; on: AccountingDate }

type Deposit = DepositLeft & {
  id: bigint
  partyId: bigint
  orderReference: string
  taxCodeId: bigint | null
  taxAuthority: string | null
}
type Application = { use: DepositUse; fact: DepositApplied; depositId: bigint; item: OpenItem }

/**
 * Settles invoices with what their orders have paid beforehand: min(what is open, what is left of the deposit), oldest deposit first, at
 * the deposit's own tax. An order without a deposit is left as it is, so a retry does nothing more. Returns how much each use settled.
 * Refuses `document_unknown`, and `open_items_of_different_parties` for a deposit of another customer than the invoice's.
 */
export async function applyDeposits(tx: Tx, uses: readonly DepositUse[]): Promise<bigint[]> {
  if (uses.length === 0) return []
  const deposits = await lockDeposits(tx, uses)
  const items = await lockItemsOf(tx, uses.map(invoiceOf))
  const applications = decide(uses, deposits, items)
  const posted = await post(tx, depositApplied(applications.map(({ fact }) => fact)))
  await saveApplied(tx, applications)
  await settle(tx, applications, posted)
  return uses.map((wanted) =>
    applications.filter(({ use }) => use === wanted).reduce((sum, { fact }) => sum + fact.netMinor + fact.taxMinor, 0n),
  )
}

const invoiceOf = ({ documentId }: { documentId: bigint }) => ({
  sourceKind: 'sales_document',
  sourceId: String(documentId),
})

const lockDeposits = (tx: Tx, uses: readonly DepositUse[]): Promise<Deposit[]> =>
  tx.query<Deposit>(
    `select d.id, coalesce(d.party_id, p.party_id) as "partyId", p.order_reference as "orderReference", d.tax_code_id as "taxCodeId",
        t.authority as "taxAuthority", d.net_minor as "netMinor", d.tax_minor as "taxMinor",
        d.applied_net_minor as "appliedNetMinor", d.applied_tax_minor as "appliedTaxMinor"
      from payment p
      join deposit d on d.company_id = p.company_id and d.payment_id = p.id
      left join tax_code t on t.company_id = d.company_id and t.id = d.tax_code_id
      where p.company_id = $1 and p.order_reference in (select unnest($2::text[]))
      order by d.id for update of d`,
    [tx.companyId, column(uses, (use) => use.orderReference)],
  )

function decide(
  uses: readonly DepositUse[],
  deposits: readonly Deposit[],
  items: ReadonlyMap<string, OpenItem>,
): Application[] {
  const left = deposits.map((deposit) => ({ ...deposit }))
  const open = new Map([...items.values()].map((item) => [item.id, leftOf(item)]))
  return uses.flatMap((use) => {
    const item = items.get(sourceKey(invoiceOf(use)))
    if (item === undefined) throw new Refusal('document_unknown', { document: use.documentId })
    return left
      .filter(({ orderReference }) => orderReference === use.orderReference)
      .flatMap((deposit) => {
        const owed = open.get(item.id) ?? 0n
        const share = shareOfDeposit(deposit, owed)
        if (share.netMinor + share.taxMinor === 0n) return []
        if (deposit.partyId !== item.partyId)
          throw new Refusal('open_items_of_different_parties', { order: use.orderReference, document: use.documentId })
        open.set(item.id, owed - share.netMinor - share.taxMinor)
        deposit.appliedNetMinor += share.netMinor
        deposit.appliedTaxMinor += share.taxMinor
        return [{ use, fact: factOf(use, deposit, share), depositId: deposit.id, item }]
      })
  })
}

const factOf = (
  { documentId, on }: DepositUse,
  { id, partyId, taxCodeId, taxAuthority }: Deposit,
  share: { netMinor: bigint; taxMinor: bigint },
): DepositApplied => ({ id: `${id}/${documentId}`, date: on, partyId, documentId, taxCodeId, taxAuthority, ...share })

const saveApplied = (tx: Tx, applications: readonly Application[]): Promise<unknown> =>
  tx.query(
    `update deposit d set applied_net_minor = d.applied_net_minor + used.net_minor, applied_tax_minor = d.applied_tax_minor + used.tax_minor
       from (
         select id, sum(net_minor) as net_minor, sum(tax_minor) as tax_minor
           from unnest($2::bigint[], $3::bigint[], $4::bigint[]) as a (id, net_minor, tax_minor) group by id
       ) used
       where d.company_id = $1 and d.id = used.id`,
    [
      tx.companyId,
      column(applications, (a) => a.depositId),
      column(applications, (a) => a.fact.netMinor),
      column(applications, (a) => a.fact.taxMinor),
    ],
  )

async function settle(tx: Tx, applications: readonly Application[], posted: readonly Posted[]): Promise<void> {
  const opened = await openItems(
    tx,
    applications.map(({ fact, item }, index) => ({
      partyId: item.partyId,
      sourceKind: 'deposit_application',
      sourceId: fact.id,
      openedOn: (posted[index] as Posted).postedOn,
      dueOn: fact.date,
      currency: item.currency,
      amountMinor: -(fact.netMinor + fact.taxMinor),
    })),
  )
  await applyItems(
    tx,
    applications.map(({ fact, item }, index) => ({
      debitItemId: item.id,
      creditItemId: opened[index] as bigint,
      appliedOn: fact.date,
      amountMinor: fact.netMinor + fact.taxMinor,
    })),
  )
}
