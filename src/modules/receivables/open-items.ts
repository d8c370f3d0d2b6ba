import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { differenceRealised } from '../../posting/difference-realised.ts'
import { post } from '../../posting/post.ts'
import { ItemsLeft, lockItems, type OpenItem } from './find-items.ts'

/** The control accounts whose open items are kept: what customers owe us, and what we owe suppliers. */
export type Ledger = 'receivable' | 'payable'

/**
 * What a document, payment or journal line adds to what a party owes: debit positive, never zero. It is opened on the day on which its entry is
 * posted, so that on any day the open items are what the receivable account holds; from when it is overdue `dueOn` says.
 */
export type NewOpenItem = {
  /** Which control account it stands on; what customers owe, unless it says otherwise. */
  ledger?: Ledger
  partyId: bigint
  /** The number of a document of earlier books; documents of ours are known by their source. */
  documentNumber?: string | null
  sourceKind: string
  sourceId: string
  openedOn: AccountingDate
  dueOn: AccountingDate
  currency: string
  amountMinor: bigint
  /** What it stands at in base currency; without it the item is in base currency. */
  baseMinor?: bigint | undefined
}

/** Opens items and returns their ids in order. */
export async function openItems(tx: Tx, items: readonly NewOpenItem[]): Promise<bigint[]> {
  if (items.length === 0) return []
  const rows = await tx.query<{ id: bigint; source_kind: string; source_id: string }>(
    `insert into open_item (company_id, party_id, source_kind, source_id, opened_on, due_on, currency, amount_minor, base_minor, ledger,
        document_number, document_id, issued_on)
       select $1, i.party_id, source_kind, source_id, opened_on, i.due_on, i.currency, amount_minor, base_minor, coalesce(ledger, 'receivable'),
           document_number, d.id, d.issued_on
         from unnest($2::bigint[], $3::text[], $4::text[], $5::date[], $6::date[], $7::text[], $8::bigint[], $9::bigint[], $10::text[], $11::text[])
           as i (party_id, source_kind, source_id, opened_on, due_on, currency, amount_minor, base_minor, ledger, document_number)
         left join lateral (
           select id, issued_on from sales_document
             where company_id = $1 and id = case when i.source_kind = 'sales_document' then i.source_id::bigint end offset 0
         ) d on true
       returning id, source_kind, source_id`,
    [
      tx.companyId,
      column(items, (i) => i.partyId),
      column(items, (i) => i.sourceKind),
      column(items, (i) => i.sourceId),
      column(items, (i) => i.openedOn),
      column(items, (i) => i.dueOn),
      column(items, (i) => i.currency),
      column(items, (i) => i.amountMinor),
      column(items, (i) => i.baseMinor ?? i.amountMinor),
      column(items, (i) => i.ledger),
      column(items, (i) => i.documentNumber),
    ],
  )
  const ids = new Map(rows.map((row) => [`${row.source_kind} ${row.source_id}`, row.id]))
  return items.map((item) => ids.get(`${item.sourceKind} ${item.sourceId}`) as bigint)
}

/**
 * So much of a debit item is settled by so much of a credit item of the same party; above zero. It counts from `appliedOn`, or from the later
 * day on which both items were there: money that came before its invoice was owed back until then. `baseMinor` is the base value at which both
 * sides go, where a fact has booked the difference already; without it each goes at its own, and the difference is booked here.
 */
export type Application = {
  debitItemId: bigint
  creditItemId: bigint
  appliedOn: AccountingDate
  amountMinor: bigint
  baseMinor?: bigint | undefined
}

type Valued = Application & {
  debitBaseMinor: bigint
  creditBaseMinor: bigint
  debitOpenedOn: AccountingDate | undefined
  creditOpenedOn: AccountingDate | undefined
}

/**
 * Settles items against each other. The items are locked in order of their ids, and the database refuses more than what is open
 * (`open_item_exceeded`), however many do this at once. Items booked at different rates leave a realised exchange difference.
 */
export async function applyItems(tx: Tx, applications: readonly Application[]): Promise<void> {
  if (applications.length === 0) return
  const items = await lockItems(
    tx,
    applications.flatMap(({ debitItemId, creditItemId }) => [debitItemId, creditItemId]),
  )
  const left = new ItemsLeft(items.values())
  const valued = applications.map((application): Valued => {
    const { debitItemId, creditItemId, amountMinor, baseMinor } = application
    return {
      ...application,
      appliedOn: dayOfApplication(application, items),
      debitBaseMinor: baseMinor ?? left.take(debitItemId, amountMinor),
      creditBaseMinor: baseMinor ?? left.take(creditItemId, amountMinor),
      debitOpenedOn: items.get(debitItemId)?.openedOn,
      creditOpenedOn: items.get(creditItemId)?.openedOn,
    }
  })
  const ids = await saveApplications(tx, valued)
  await bookDifferences(tx, valued, ids, items)
}

async function saveApplications(tx: Tx, applications: readonly Valued[]): Promise<bigint[]> {
  const rows = await tx.query<{ id: bigint; debit: bigint; credit: bigint }>(
    `with given as (
        select * from unnest($2::bigint[], $3::bigint[], $4::date[], $5::bigint[], $6::bigint[], $7::bigint[], $8::date[], $9::date[])
          as a (debit_item_id, credit_item_id, applied_on, amount_minor, debit_base_minor, credit_base_minor, debit_opened_on, credit_opened_on)
      ), applied as (
        select id, sum(amount_minor) as amount_minor, sum(base_minor) as base_minor
          from (
            select debit_item_id as id, amount_minor, debit_base_minor as base_minor from given
            union all
            select credit_item_id, -amount_minor, -credit_base_minor from given
          ) sides group by id
      ), saved as (
        insert into open_item_application (company_id, debit_item_id, credit_item_id, applied_on, amount_minor, debit_base_minor, credit_base_minor,
            debit_opened_on, credit_opened_on)
          select $1, given.* from given returning id, debit_item_id as debit, credit_item_id as credit
      ), settled as (
        update open_item i set applied_minor = i.applied_minor + applied.amount_minor,
            applied_base_minor = i.applied_base_minor + applied.base_minor
          from applied where i.company_id = $1 and i.id = applied.id
      )
      select * from saved order by id`,
    [
      tx.companyId,
      column(applications, (a) => a.debitItemId),
      column(applications, (a) => a.creditItemId),
      column(applications, (a) => a.appliedOn),
      column(applications, (a) => a.amountMinor),
      column(applications, (a) => a.debitBaseMinor),
      column(applications, (a) => a.creditBaseMinor),
      column(applications, (a) => a.debitOpenedOn),
      column(applications, (a) => a.creditOpenedOn),
    ],
  )
  const idsOf = Map.groupBy(rows, ({ debit, credit }) => `${debit} ${credit}`)
  return applications.map(
    ({ debitItemId, creditItemId }) => idsOf.get(`${debitItemId} ${creditItemId}`)?.shift()?.id as bigint,
  )
}

/** Items that were booked at different rates: what they differ by leaves the account and is realised. */
async function bookDifferences(
  tx: Tx,
  applications: readonly Valued[],
  ids: readonly bigint[],
  items: ReadonlyMap<bigint, OpenItem>,
): Promise<void> {
  const differences = applications.flatMap((application, index) => {
    const { debitBaseMinor, creditBaseMinor, debitItemId, appliedOn } = application
    const { partyId, currency, ledger } = items.get(debitItemId) as OpenItem
    const lostMinor = debitBaseMinor - creditBaseMinor
    return lostMinor === 0n ? [] : [{ id: String(ids[index]), date: appliedOn, ledger, partyId, currency, lostMinor }]
  })
  await post(tx, differenceRealised(differences))
}

const dayOfApplication = (
  { debitItemId, creditItemId, appliedOn }: Application,
  items: ReadonlyMap<bigint, OpenItem>,
): AccountingDate =>
  [debitItemId, creditItemId].reduce((latest, id) => {
    const openedOn = items.get(id)?.openedOn ?? latest
    return openedOn > latest ? openedOn : latest
  }, appliedOn)
