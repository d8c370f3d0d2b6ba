import { createHash } from 'node:crypto'
import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { parseDecimal } from '../../kernel/decimal.ts'
import { exponentOf } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import { findItems, type Item, normaliseCode } from '../catalog/index.ts'
import { listTaxCodes, rateOn, type TaxCode } from '../tax/index.ts'
import type { DocumentLine, DocumentOutcome, DocumentRequest } from './document.ts'
import { issueDocuments } from './issue-documents.ts'
import { type PricedDocument, priceDocument } from './price-lines.ts'

/** The source of documents that we number ourselves. */
export const ownSource = 'countinghouse'

export type InvoiceLineRequest = {
  itemCode: string
  description?: string
  quantity: string
  unitPrice: string
  taxCode?: string
}

/** An invoice of our own. Amounts of charges are above zero, net or gross as the prices are. */
export type InvoiceRequest = {
  number: string
  on: AccountingDate
  dueOn?: AccountingDate
  customer: { number: string; name: string }
  /** Of the prices; without it the base currency. */
  currency?: string | undefined
  country?: string
  channelCode?: string
  orderReference?: string
  prices?: 'net' | 'gross'
  lines: readonly InvoiceLineRequest[]
  shippingMinor?: bigint
  discountMinor?: bigint
}

/**
 * Issues invoices of our own, taxed by each item's tax code on the day of issue, or by `standard`. Refuses `item_unknown`,
 * `tax_code_unknown`, `input_invalid`, `document_exists_differently`; a retry finds its invoice.
 */
export async function issueInvoices(tx: Tx, requests: readonly InvoiceRequest[]): Promise<DocumentOutcome[]> {
  if (requests.length === 0) return []
  const { baseCurrency, country } = await companyFacts(tx)
  const taxCodes = await listTaxCodes(tx)
  const items = await findItems(
    tx,
    requests.flatMap((request) => request.lines.map((line) => normaliseCode(line.itemCode))),
  )
  const documents = requests.map((request) => documentOf(request, { baseCurrency, country, taxCodes, items }))
  return await issueDocuments(tx, documents)
}

type Known = { baseCurrency: string; country: string; taxCodes: readonly TaxCode[]; items: ReadonlyMap<string, Item> }

function documentOf(request: InvoiceRequest, known: Known): DocumentRequest {
  const { prices = 'net', shippingMinor = 0n, discountMinor = 0n, currency = known.baseCurrency } = request
  refuseInvalid(request)
  const lines = request.lines.map((line) => taxedLine(line, known))
  const charges = [
    { code: 'SHIPPING', description: 'Shipping', role: 'shipping_income' as const, amountMinor: shippingMinor },
    { code: 'DISCOUNT', description: 'Discount', role: 'sales_discounts' as const, amountMinor: -discountMinor },
  ].filter(({ amountMinor }) => amountMinor !== 0n)
  const byId = new Map(known.taxCodes.map((code) => [code.id, code]))
  const priced = priceDocument(lines, charges, {
    prices,
    exponent: exponentOf(currency),
    rate: (id) => rateOn(byId.get(id) as TaxCode, request.on),
  })
  refuseBelowZero(request, priced)
  const goods = lines.map(
    (line, index): DocumentLine => ({ ...line, netMinor: priced.lineNets[index] ?? 0n, role: 'sales' }),
  )
  const chargeLines = charges.flatMap(({ code, description, role }, index) =>
    [...(priced.chargeNets[index] ?? [])]
      .filter(([, netMinor]) => netMinor !== 0n)
      .map(
        ([taxCodeId, netMinor]): DocumentLine => ({
          itemCode: null,
          code,
          description,
          quantity: '1',
          unitPrice: '0',
          netMinor,
          role,
          taxCodeId,
        }),
      ),
  )
  return {
    source: ownSource,
    number: request.number,
    kind: 'invoice',
    issuedOn: request.on,
    dueOn: request.dueOn ?? request.on,
    customer: request.customer,
    channelCode: request.channelCode ?? null,
    destination: '',
    country: request.country ?? known.country,
    settlement: 'on_account',
    currency,
    prices,
    rounding: 'per_document',
    taxes: priced.taxes.map((tax) => ({ ...tax, authority: byId.get(tax.taxCodeId)?.authority ?? null })),
    lines: [...goods, ...chargeLines],
    orderReference: request.orderReference ?? null,
    contentHash: hashOf(request),
  }
}

function refuseInvalid({ number, lines, shippingMinor = 0n, discountMinor = 0n }: InvoiceRequest): void {
  if (number.trim() === '') throw new Refusal('input_invalid', { number: 'an invoice needs a number' })
  if (lines.length === 0) throw new Refusal('input_invalid', { lines: 'an invoice needs a line' })
  if (shippingMinor < 0n || discountMinor < 0n)
    throw new Refusal('input_invalid', { charges: 'must not be below zero' })
  for (const { quantity, unitPrice } of lines) {
    const [q, p] = [parseDecimal(quantity), parseDecimal(unitPrice)]
    if (q === undefined || q.unscaled <= 0n) throw new Refusal('input_invalid', { quantity })
    if (p === undefined || p.unscaled < 0n) throw new Refusal('input_invalid', { unitPrice })
  }
}

/** Where a discount takes more than there is, money would be owed the other way: that is a credit note. */
function refuseBelowZero({ number, discountMinor }: InvoiceRequest, { taxes }: PricedDocument): void {
  const gross = taxes.reduce((sum, tax) => sum + tax.baseMinor + tax.taxMinor, 0n)
  if (gross < 0n) throw new Refusal('input_invalid', { number, discount: discountMinor, gross })
}

function taxedLine(line: InvoiceLineRequest, known: Known) {
  const code = normaliseCode(line.itemCode)
  const item = known.items.get(code)
  if (item === undefined) throw new Refusal('item_unknown', { item: line.itemCode })
  const taxCode = line.taxCode
    ? known.taxCodes.find((known) => known.code === line.taxCode)
    : known.taxCodes.find((known) =>
        item.taxCodeId === null ? known.code === 'standard' : known.id === item.taxCodeId,
      )
  if (taxCode === undefined) throw new Refusal('tax_code_unknown', { code: line.taxCode ?? 'standard' })
  const { quantity, unitPrice } = line
  return {
    itemCode: code,
    code,
    description: line.description ?? item.name,
    quantity,
    unitPrice,
    taxCodeId: taxCode.id,
  }
}

const hashOf = (request: object): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(request, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
    .digest()
