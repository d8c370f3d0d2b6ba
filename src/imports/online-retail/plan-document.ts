import { createHash } from 'node:crypto'
import { type AccountingDate, accountingDate } from '../../kernel/accounting-date.ts'
import { type Decimal, decimal, multiply, multiplyMinor, toMinor } from '../../kernel/decimal.ts'
import type { DocumentKind } from '../../kernel/document-kinds.ts'
import { exponentOf } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type LineCodeRule, normaliseCode } from '../../modules/catalog/index.ts'
import { unidentifiedCard } from '../../modules/gift-cards/index.ts'
import type { NewException } from '../../modules/inbox/index.ts'
import { type DocumentLine, type DocumentRequest, grossOf } from '../../modules/sales/index.ts'
import type { DestinationReading } from '../../modules/tax/index.ts'
import type { RowGroup } from '../document-spill.ts'
import type { PlannedDocument } from '../import-format.ts'
import type { Row } from './row.ts'

export const source = 'online-retail'
export const currency = 'GBP'

/** What the company's data says of codes, destinations and rates. */
export type Rules = {
  lineCode: (code: string, day: AccountingDate) => LineCodeRule | undefined
  destination: (destination: string, day: AccountingDate) => DestinationReading
  rate: (taxCodeId: bigint, day: AccountingDate) => Decimal
  authority: (taxCodeId: bigint) => string | null
  outsideScopeId: bigint
  /** Ids of the files, by their place in the import. */
  fileIds: readonly bigint[]
  importRunId: bigint | null
}

type PricedLine = DocumentLine & { taxed: boolean; standsFor: LineCodeRule['standsFor'] }

const exponent = exponentOf(currency)

/**
 * Turns the rows of one number into the document that they are: pure, by the company's rules. Prices are net of tax and in GBP; the tax is the
 * sum of what is taxed times the rate of the day, rounded once. Its day is that of its earliest line. Refuses `mapping_missing` for a code and
 * `tax_code_unknown` for a destination that no rule covers.
 */
export function planDocument({ key: number, rows }: RowGroup<Row>, rules: Rules): PlannedDocument {
  const first = (rows[0] as (typeof rows)[number]).row
  const issuedAt = rows.map(({ row }) => row.at).sort()[0] as string
  const issuedOn = accountingDate(issuedAt.slice(0, 10))
  const { country, rule: destination } = rules.destination(first.country, issuedOn)
  const lines = rows.map(({ file, line, row }) =>
    planLine(row, { file, line, issuedOn, taxCodeId: destination.taxCodeId }, rules),
  )
  const priced = lines.filter((line) => line.role !== null)
  const baseMinor = priced.reduce((sum, line) => (line.taxed ? sum + line.netMinor : sum), 0n)
  const taxes = priced.some((line) => line.taxed)
    ? [
        {
          taxCodeId: destination.taxCodeId,
          authority: rules.authority(destination.taxCodeId),
          baseMinor,
          taxMinor: multiplyMinor(baseMinor, rules.rate(destination.taxCodeId, issuedOn)),
        },
      ]
    : []
  const kind = kindOf(number, priced.length > 0, first.customer !== '')
  const request: DocumentRequest = {
    source,
    number,
    kind,
    issuedOn,
    issuedAt,
    customer: first.customer === '' ? null : { number: first.customer, name: `Customer ${first.customer}` },
    channelCode: source,
    destination: first.country,
    country,
    settlement: priced.length === 0 ? 'none' : first.customer !== '' || kind === 'bad_debt' ? 'on_account' : 'paid',
    paymentMethod: source,
    currency,
    prices: 'net',
    rounding: 'per_document',
    taxes,
    lines,
    orderReference: number,
    importRunId: rules.importRunId,
    contentHash: hashOf(rows.map(({ row }) => row)),
  }
  const exceptions = exceptionsOf(request, lines, destination.raisesException)
  const differing = differingRows(rows.map(({ row }) => row))
  if (differing !== undefined) exceptions.push(rowsDiffer(request, differing))
  return { request, exceptions }
}

/** The customers, or else the countries, that the rows of one number name where there should be one. */
function differingRows(rows: readonly Row[]): string[] | undefined {
  const customers = [...new Set(rows.map(({ customer }) => customer))]
  if (customers.length > 1) return customers
  const countries = [...new Set(rows.map(({ country }) => country))]
  return countries.length > 1 ? countries : undefined
}

const rowsDiffer = (request: DocumentRequest, named: readonly string[]): NewException => ({
  kind: 'rows_differ',
  source,
  subject: request.number,
  message: `${request.number} names ${named.map((name) => `'${name}'`).join(' and ')}: it was booked as its first line says`,
  amountMinor: grossOf(request),
  currency,
})

function kindOf(number: string, isPriced: boolean, hasCustomer: boolean): DocumentKind {
  if (!isPriced) return hasCustomer ? 'free_items' : 'stock_adjustment'
  if (number.startsWith('C')) return 'credit_note'
  return number.startsWith('A') ? 'bad_debt' : 'invoice'
}

type Where = { file: number; line: number; issuedOn: AccountingDate; taxCodeId: bigint }

function planLine(row: Row, { file, line, issuedOn, taxCodeId }: Where, rules: Rules): PricedLine {
  const code = normaliseCode(row.code)
  const rule = rules.lineCode(code, issuedOn)
  if (rule === undefined) throw new Refusal('mapping_missing', { code, date: issuedOn })
  const price = decimal(row.price)
  const isPriced = price.unscaled !== 0n
  const isGiftCard = isPriced && rule.standsFor === 'gift_card'
  return {
    itemCode: rule.standsFor === 'item' ? code : null,
    code: row.code,
    description: row.description.trim(),
    quantity: row.quantity,
    unitPrice: row.price,
    netMinor: toMinor(multiply(decimal(row.quantity), price), exponent),
    role: isPriced ? rule.role : null,
    taxCodeId: isPriced ? (rule.taxed ? taxCodeId : rules.outsideScopeId) : null,
    giftCardCode: isGiftCard ? unidentifiedCard : null,
    lineCodeRuleId: rule.id,
    occurredAt: row.at,
    importFileId: rules.fileIds[file] ?? null,
    importLine: line,
    taxed: rule.taxed,
    standsFor: rule.standsFor,
  }
}

function exceptionsOf(
  request: DocumentRequest,
  lines: readonly PricedLine[],
  unclearDestination: boolean,
): NewException[] {
  const raised: NewException[] = []
  for (const line of lines) {
    if (line.standsFor !== 'unknown' || line.role === null) continue
    const code = normaliseCode(line.code)
    raised.push({
      kind: 'unknown_code',
      source,
      subject: code,
      message: `Nobody has said what the code ${code} stands for: its lines are in suspense`,
      amountMinor: line.netMinor,
      currency,
    })
  }
  if (unclearDestination && request.settlement !== 'none') {
    const amountMinor = request.taxes.reduce((sum, tax) => sum + tax.baseMinor + tax.taxMinor, 0n)
    raised.push({
      kind: 'unclear_destination',
      source,
      subject: request.number,
      message: `${request.number} went to '${request.destination}': taxed at the standard rate until somebody says where that is`,
      amountMinor,
      currency,
    })
  }
  return raised
}

/** Hashes what the rows say, whatever their order and their file's variant of the format. */
function hashOf(rows: readonly Row[]): Buffer {
  const texts = rows
    .map((r) => JSON.stringify([r.code, r.description, r.quantity, r.at, r.price, r.customer, r.country]))
    .sort()
  return createHash('sha256').update(texts.join('\n')).digest()
}
