import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

/** An invoice or a bill of earlier books, in its own currency: minor units of that currency, and how much of it one unit of the base currency is. */
export type EarlierDocument = {
  externalId: string
  kind: 'invoice' | 'bill'
  number: string
  partyId: bigint | null
  issuedOn: AccountingDate
  dueOn: AccountingDate
  status: string
  currency: string
  rate: string
  totalMinor: bigint
  taxMinor: bigint
  openMinor: bigint
}

/** Keeps documents of earlier books beside the journals that they posted there. They post nothing here; one that is kept already stays. */
export async function saveEarlierDocuments(
  tx: Tx,
  source: string,
  documents: readonly EarlierDocument[],
): Promise<void> {
  if (documents.length === 0) return
  await tx.query(
    `insert into earlier_document (company_id, source, external_id, kind, number, party_id, issued_on, due_on, status, currency, rate,
        total_minor, tax_minor, open_minor)
      select $1, $2, d.* from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::date[], $8::date[], $9::text[], $10::text[],
          $11::numeric[], $12::bigint[], $13::bigint[], $14::bigint[]) as d
      on conflict (company_id, source, external_id) do nothing`,
    [
      tx.companyId,
      source,
      column(documents, (d) => d.externalId),
      column(documents, (d) => d.kind),
      column(documents, (d) => d.number),
      column(documents, (d) => d.partyId),
      column(documents, (d) => d.issuedOn),
      column(documents, (d) => d.dueOn),
      column(documents, (d) => d.status),
      column(documents, (d) => d.currency),
      column(documents, (d) => d.rate),
      column(documents, (d) => d.totalMinor),
      column(documents, (d) => d.taxMinor),
      column(documents, (d) => d.openMinor),
    ],
  )
}
