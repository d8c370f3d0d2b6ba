import { createHash } from 'node:crypto'
import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { parseDecimal } from '../../kernel/decimal.ts'
import { exponentOf } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import { findItems, type Item, normaliseCode } from '../catalog/index.ts'
import {
  type DestinationReading,
  destinationNames,
  destinationReader,
  listDestinationRules,
  listTaxCodes,
  rateOn,
  type TaxCode,
} from '../tax/index.ts'
import type { DocumentLine, DocumentOutcome, DocumentRequest } from './document.ts'
import { issueDocuments } from './issue-documents.ts'
import { type PricedDocument, priceDocument } from './price-lines.ts'

/** The source of documents that we number ourselves. */
export const ownSource = 'countinghouse'

export type InvoiceLineRequest = {
  /** Without an item the line is of its description alone. */
  itemCode?: string | undefined
  description?: string | undefined
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
  /**
   * The country that it goes to, where its tax follows from that: what a line does not name is taxed as the company's rule for the destination
   * says, and where that is as at home by the item's own code.
   */
  destination?: string | undefined
  channelCode?: string
  orderReference?: string
  prices?: 'net' | 'gross'
  lines: readonly InvoiceLineRequest[]
  shippingMinor?: bigint
  discountMinor?: bigint
}

/**
 * Issues invoices of our own, taxed by each item's tax code on the day of issue, or by `standard`; or as their destination is. Refuses `item_unknown`,
 * `tax_code_unknown`, `input_invalid`, `document_exists_differently`; a retry finds its invoice.
 */
export async function issueInvoices(tx: Tx, requests: readonly InvoiceRequest[]): Promise<DocumentOutcome[]> {
  if (requests.length === 0) return []
  const { baseCurrency, country } = await companyFacts(tx)
  const taxCodes = await listTaxCodes(tx)
  const items = await findItems(
    tx,
    requests.flatMap(({ lines }) => lines.flatMap(({ itemCode }) => (itemCode ? [normaliseCode(itemCode)] : []))),
  )
  const goesSomewhere = requests.some(({ destination }) => destination !== undefined)
  const destinations = goesSomewhere
    ? destinationReader(await listDestinationRules(tx), await destinationNames(tx))
    : undefined
  const known = { baseCurrency, country, taxCodes, items, destinations }
  const documents = requests.map((request) => documentOf(request, known))
  return await issueDocuments(tx, documents)
}

type Known = {
  baseCurrency: string
  country: string
  taxCodes: readonly TaxCode[]
  items: ReadonlyMap<string, Item>
  destinations: ((destination: string, day: AccountingDate) => DestinationReading) | undefined
}

function documentOf(request: InvoiceRequest, known: Known): DocumentRequest {
  const { prices = 'net', shippingMinor = 0n, discountMinor = 0n, currency = known.baseCurrency } = request
  refuseInvalid(request)
  const { destination } = request
  const goesTo = destination === undefined ? undefined : known.destinations?.(destination, request.on).rule.taxCodeId
  const lines = request.lines.map((line) => taxedLine(line, known, goesTo))
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
    country: request.country ?? destination ?? known.country,
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

function taxedLine(line: InvoiceLineRequest, known: Known, goesTo: bigint | undefined) {
  const { quantity, unitPrice, description, itemCode } = line
  const code = itemCode === undefined ? null : normaliseCode(itemCode)
  const item = code === null ? undefined : known.items.get(code)
  if (code !== null && item === undefined) throw new Refusal('item_unknown', { item: itemCode as string })
  if (item === undefined && description === undefined)
    throw new Refusal('input_invalid', { lines: 'a line needs an item or a description' })
  return {
    itemCode: code,
    code: code ?? '',
    description: description ?? (item as Item).name,
    quantity,
    unitPrice,
    taxCodeId: taxCodeOf(line, item, { ...known, goesTo }).id,
  }
}

/** The code that a line names; of another destination its own; at home the item's, or the usual one. */
function taxCodeOf(
  { taxCode }: InvoiceLineRequest,
  item: Item | undefined,
  { taxCodes, goesTo }: Pick<Known, 'taxCodes'> & { goesTo: bigint | undefined },
): TaxCode {
  const usual = taxCodes.find(({ code }) => code === 'standard')
  const id = goesTo !== undefined && goesTo !== usual?.id ? goesTo : (item?.taxCodeId ?? goesTo ?? usual?.id)
  const found = taxCodes.find((known) => (taxCode === undefined ? known.id === id : known.code === taxCode))
  if (found === undefined) throw new Refusal('tax_code_unknown', { code: taxCode ?? 'standard' })
  return found
}

const hashOf = (request: object): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(request, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
    .digest()
