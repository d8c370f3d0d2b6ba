import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { DocumentKind } from '../../kernel/document-kinds.ts'
import type { Role } from '../../ledger/charts/index.ts'
import type { UsedRate } from '../../posting/exchange.ts'
import type { OtherDays } from './posting-days.ts'

/**
 * Whether a document of the kind can book anything. Stock adjustments are kept for stock, free items for the
 * customer's file, and an order until it is invoiced.
 */
export const bookingKinds: ReadonlySet<DocumentKind> = new Set(['invoice', 'credit_note', 'bad_debt'])

/** A line as it will be issued; amounts and quantities are signed as on the document. */
export type DocumentLine = {
  /** The item's normalised code, or null for a charge. */
  itemCode: string | null
  code: string
  description: string
  /** Exact decimals. */
  quantity: string
  unitPrice: string
  /** Quantity times price, rounded half away from zero to the currency's minor unit. */
  netMinor: bigint
  /** Null where the line books nothing. */
  role: Role | null
  taxCodeId: bigint | null
  giftCardCode?: string | null
  lineCodeRuleId?: bigint | null
  /** 'YYYY-MM-DD hh:mm:ss' in the company's own time. */
  occurredAt?: string | null
  importFileId?: bigint | null
  importLine?: number | null
}

export type DocumentTax = { taxCodeId: bigint; authority: string | null; baseMinor: bigint; taxMinor: bigint }

/** A document to issue. `source` and `number` make it one document. */
export type DocumentRequest = {
  source: string
  number: string
  kind: DocumentKind
  issuedOn: AccountingDate
  issuedAt?: string | null
  /** Days on which it was paid, shipped or paid out, where the source tells them: a rule may post it on one of these. */
  otherDays?: OtherDays
  dueOn?: AccountingDate
  /** The customer's number and name; null where the source names none. */
  customer: { number: string; name: string } | null
  channelCode?: string | null
  destination: string
  country: string | null
  settlement: 'on_account' | 'paid' | 'none'
  paymentMethod?: string
  currency: string
  /** The rate that its amounts are converted with, where it is not its day's: a credit note takes its invoice's. */
  rate?: UsedRate | null
  prices: 'net' | 'gross'
  rounding: 'per_document' | 'per_line'
  taxes: readonly DocumentTax[]
  lines: readonly DocumentLine[]
  orderReference?: string | null
  importRunId?: bigint | null
  /** The invoice that a credit note of our own credits. */
  creditsDocumentId?: bigint | null
  /** What the source said, hashed: the same number with another hash is another content. */
  contentHash: Buffer
}

/** What became of a document: `refused` has the same number as an earlier one and other content, and was set aside. */
export type DocumentOutcome = { result: 'created' | 'existing' | 'refused'; documentId: bigint; entries: number }

export const netOf = (document: Pick<DocumentRequest, 'lines'>): bigint =>
  document.lines.reduce((sum, line) => (line.role === null ? sum : sum + line.netMinor), 0n)

export const taxOf = (document: Pick<DocumentRequest, 'taxes'>): bigint =>
  document.taxes.reduce((sum, tax) => sum + tax.taxMinor, 0n)

export const grossOf = (document: DocumentRequest): bigint => netOf(document) + taxOf(document)
