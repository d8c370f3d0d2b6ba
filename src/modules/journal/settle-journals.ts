import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type Application, applyItems } from '../receivables/index.ts'

type Item = {
  id: bigint
  place: number
  partyId: bigint
  ledger: string
  currency: string
  openedOn: AccountingDate
  leftMinor: bigint
}

/**
 * Settles what journals opened against each other: each list of references is of one document, with what changed and what paid it, oldest
 * first. What is settled already stays, so that it may be asked again.
 */
export async function settleJournals(tx: Tx, groups: readonly (readonly string[])[]): Promise<void> {
  const members = groups.flatMap((references, place) => references.map((reference) => ({ reference, place })))
  if (members.length === 0) return
  const items = await tx.query<Item>(
    `select i.id, wanted.place, i.party_id as "partyId", i.ledger, i.currency, i.opened_on as "openedOn",
        i.amount_minor - i.applied_minor as "leftMinor"
      from unnest($2::text[], $3::int[]) as wanted (reference, place)
      join journal_entry e on e.company_id = $1 and e.source_kind = 'manual_journal' and e.source_id = wanted.reference
      join journal_line l on l.company_id = $1 and l.entry_id = e.id
      join open_item i on i.company_id = $1 and i.source_kind = 'journal_line' and i.source_id = l.entry_id || '/' || l.line_no
      where i.amount_minor <> i.applied_minor order by i.opened_on, i.id`,
    [tx.companyId, column(members, (m) => m.reference), column(members, (m) => m.place)],
  )
  const sides = new Map<string, Item[]>()
  for (const item of items) {
    const key = `${item.place} ${item.ledger} ${item.partyId} ${item.currency}`
    sides.set(key, [...(sides.get(key) ?? []), item])
  }
  await applyItems(tx, [...sides.values()].flatMap(applicationsOf))
}

function applicationsOf(items: readonly Item[]): Application[] {
  const debits = items.filter(({ leftMinor }) => leftMinor > 0n).map((item) => ({ ...item }))
  const credits = items.filter(({ leftMinor }) => leftMinor < 0n).map((item) => ({ ...item }))
  const applications: Application[] = []
  for (const debit of debits) {
    for (const credit of credits) {
      let amountMinor = debit.leftMinor
      if (amountMinor > -credit.leftMinor) amountMinor = -credit.leftMinor
      if (amountMinor <= 0n) continue
      debit.leftMinor -= amountMinor
      credit.leftMinor += amountMinor
      // It counts from the later of both days, which applying them sees to.
      applications.push({ debitItemId: debit.id, creditItemId: credit.id, appliedOn: debit.openedOn, amountMinor })
    }
  }
  return applications
}
