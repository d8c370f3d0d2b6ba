import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Role } from '../ledger/charts/roles.ts'
import { credit, type DraftLine, debit, draft, type JournalDraft } from './draft.ts'

/** A line of a sales document: what its net amount is for. Signed as on the document. */
export type SalesFactLine = {
  lineNo: number
  role: Role
  netMinor: bigint
  itemId?: bigint | null
  itemGroupId?: bigint | null
  taxCodeId?: bigint | null
  giftCardId?: bigint | null
}

/** The document's tax of one code, and the net amount that it was computed from. */
export type SalesFactTax = { taxCodeId: bigint; authority: string | null; baseMinor: bigint; taxMinor: bigint }

/**
 * A sales document as its posting rule sees it: minor units of the base currency, signed as on the document, so that a credit note is
 * negative throughout and a discount on an invoice is a negative line.
 */
export type SalesFact = {
  id: bigint
  kind: 'invoice' | 'credit_note' | 'bad_debt'
  number: string
  date: AccountingDate
  /** The day that decides in which return its tax is declared, if it is not the day of the entry. */
  taxPoint?: AccountingDate
  partyId: bigint
  channelId?: bigint | null
  taxes: readonly SalesFactTax[]
  lines: readonly SalesFactLine[]
}

/** What the document adds to what its party owes. */
export const grossOf = (document: SalesFact): bigint =>
  document.lines.reduce((sum, line) => sum + line.netMinor, 0n) +
  document.taxes.reduce((sum, tax) => sum + tax.taxMinor, 0n)

/**
 * The entry of a sales document: Dr receivable with the gross · Cr each line's role with its net, output_tax with the tax. Signed amounts
 * turn the sides of a credit note by themselves. A document of nothing but zeros gives an entry without lines: see `books`.
 */
export function salesEntry(rule: string, document: SalesFact): JournalDraft {
  const { id, kind, number, date, partyId, channelId } = document
  const about = { documentId: id, partyId, channelId }
  return draft({
    rule,
    source: { kind: 'sales_document', id: String(id) },
    date,
    documentKind: kind,
    description: number,
    lines: [
      debit('receivable', grossOf(document), about),
      ...document.lines.map((line): DraftLine => salesLine(line, about)),
      ...document.taxes.map(({ taxCodeId, authority, baseMinor, taxMinor }) =>
        credit('output_tax', taxMinor, {
          ...about,
          taxCodeId,
          taxAuthority: authority,
          taxPoint: document.taxPoint ?? date,
          taxBaseMinor: baseMinor,
        }),
      ),
    ],
  })
}

const salesLine = (line: SalesFactLine, about: { documentId: bigint; partyId: bigint; channelId?: bigint | null }) =>
  credit(line.role, line.netMinor, {
    ...about,
    documentLineNo: line.lineNo,
    itemId: line.itemId,
    itemGroupId: line.itemGroupId,
    taxCodeId: line.taxCodeId,
    giftCardId: line.giftCardId,
  })
