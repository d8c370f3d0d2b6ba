import { bigintColumn, intColumn } from '../../kernel/binary-column.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type DocumentRequest, netOf, taxOf } from './document.ts'

/** The ids that a batch of documents needs, found or added before it is saved. */
export type DocumentIds = {
  parties: ReadonlyMap<string, { id: bigint }>
  items: ReadonlyMap<string, { id: bigint; itemGroupId: bigint | null }>
  giftCards: ReadonlyMap<string, bigint>
  channels: ReadonlyMap<string, bigint>
  unidentifiedId: bigint
}

/** A document that has been saved. */
export type SavedDocument = { id: bigint; request: DocumentRequest }

type KnownDocument = { id: bigint; number: string; source: string; content_hash: Buffer }

const keyOf = (document: { source: string; number: string }) => `${document.source} ${document.number}`

/** The documents that exist already, by source and number. */
export async function knownDocuments(
  tx: Tx,
  requests: readonly DocumentRequest[],
): Promise<(request: DocumentRequest) => KnownDocument | undefined> {
  const rows = await tx.query<KnownDocument>(
    `select d.id, d.source, d.number, d.content_hash from unnest($2::text[], $3::text[]) as wanted (source, number)
       join sales_document d on d.company_id = $1 and d.source = wanted.source and d.number = wanted.number`,
    [tx.companyId, column(requests, (d) => d.source), column(requests, (d) => d.number)],
  )
  const byKey = new Map(rows.map((row) => [keyOf(row), row]))
  return (request) => byKey.get(keyOf(request))
}

/** Saves documents with their lines and taxes; one that another transaction saved meanwhile is left out. */
export async function saveDocuments(
  tx: Tx,
  requests: readonly DocumentRequest[],
  ids: DocumentIds,
): Promise<SavedDocument[]> {
  const rows = await tx.query<{ id: bigint; source: string; number: string }>(
    `insert into sales_document (company_id, source, number, kind, issued_on, issued_at, due_on, party_id, channel_id, destination, country,
        settlement, currency, prices, rounding, net_minor, tax_minor, order_reference, import_run_id, credits_document_id, content_hash)
      select $1, d.source, d.number, d.kind, d.issued_on, d.issued_at, d.due_on, d.party_id, d.channel_id, coalesce(d.destination, ''),
          d.country, d.settlement, d.currency, d.prices, d.rounding, d.net_minor, d.tax_minor, d.order_reference, d.import_run_id,
          d.credits_document_id, decode(d.content_hash, 'hex')
        from unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::timestamp[], $7::date[], $8::bigint[], $9::bigint[], $10::text[],
          $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::bigint[], $17::bigint[], $18::text[], $19::bigint[], $20::bigint[],
          $21::text[])
          as d (source, number, kind, issued_on, issued_at, due_on, party_id, channel_id, destination, country, settlement, currency, prices,
            rounding, net_minor, tax_minor, order_reference, import_run_id, credits_document_id, content_hash)
      on conflict on constraint sales_document_number_once do nothing
      returning id, source, number`,
    [
      tx.companyId,
      column(requests, (d) => d.source),
      column(requests, (d) => d.number),
      column(requests, (d) => d.kind),
      column(requests, (d) => d.issuedOn),
      column(requests, (d) => d.issuedAt),
      column(requests, (d) => d.dueOn),
      column(requests, (d) => (d.customer === null ? null : ids.parties.get(d.customer.number)?.id)),
      column(requests, (d) => (d.channelCode ? ids.channels.get(d.channelCode) : null)),
      column(requests, (d) => d.destination),
      column(requests, (d) => d.country),
      column(requests, (d) => d.settlement),
      column(requests, (d) => d.currency),
      column(requests, (d) => d.prices),
      column(requests, (d) => d.rounding),
      column(requests, netOf),
      column(requests, taxOf),
      column(requests, (d) => d.orderReference),
      column(requests, (d) => d.importRunId),
      column(requests, (d) => d.creditsDocumentId),
      column(requests, (d) => d.contentHash.toString('hex')),
    ],
  )
  const idByKey = new Map(rows.map((row) => [keyOf(row), row.id]))
  const saved = requests.flatMap((request) => {
    const id = idByKey.get(keyOf(request))
    return id === undefined ? [] : [{ id, request }]
  })
  await saveLines(tx, saved, ids)
  await saveTaxes(tx, saved)
  return saved
}

async function saveLines(tx: Tx, saved: readonly SavedDocument[], ids: DocumentIds): Promise<void> {
  const lines = saved.flatMap(({ id, request }) =>
    request.lines.map((line, index) => ({ ...line, documentId: id, lineNo: index + 1 })),
  )
  if (lines.length === 0) return
  await tx.query(
    `insert into sales_document_line (company_id, document_id, line_no, item_id, code, description, quantity, unit_price, net_minor, role,
        tax_code_id, line_code_rule_id, occurred_at, import_file_id, import_line)
      select $1, l.* from unnest($2::bigint[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::numeric[], $8::numeric[], $9::bigint[],
        $10::text[], $11::bigint[], $12::bigint[], $13::timestamp[], $14::bigint[], $15::bigint[]) as l`,
    [
      tx.companyId,
      bigintColumn(lines, (l) => l.documentId),
      intColumn(lines, (l) => l.lineNo),
      bigintColumn(lines, (l) => (l.itemCode === null ? null : ids.items.get(l.itemCode)?.id)),
      column(lines, (l) => l.code),
      column(lines, (l) => l.description),
      column(lines, (l) => l.quantity),
      column(lines, (l) => l.unitPrice),
      bigintColumn(lines, (l) => l.netMinor),
      column(lines, (l) => l.role),
      bigintColumn(lines, (l) => l.taxCodeId),
      bigintColumn(lines, (l) => l.lineCodeRuleId),
      column(lines, (l) => l.occurredAt),
      bigintColumn(lines, (l) => l.importFileId),
      column(lines, (l) => l.importLine),
    ],
  )
}

async function saveTaxes(tx: Tx, saved: readonly SavedDocument[]): Promise<void> {
  const taxes = saved.flatMap(({ id, request }) => request.taxes.map((tax) => ({ ...tax, documentId: id })))
  if (taxes.length === 0) return
  await tx.query(
    `insert into sales_document_tax (company_id, document_id, tax_code_id, base_minor, tax_minor)
       select $1, t.* from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) as t`,
    [
      tx.companyId,
      column(taxes, (t) => t.documentId),
      column(taxes, (t) => t.taxCodeId),
      column(taxes, (t) => t.baseMinor),
      column(taxes, (t) => t.taxMinor),
    ],
  )
}
