import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { allocate, amountIn, toldAmount } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { abroad, toBase } from '../../posting/exchange.ts'
import { paymentCaptured } from '../../posting/payment-captured.ts'
import type { DepositPart, PaymentFact } from '../../posting/payment-fact.ts'
import { post } from '../../posting/post.ts'
import { findOrAddParties } from '../parties/index.ts'
import type { RateBook } from '../rates/index.ts'
import { ItemsLeft, lockItemsOf, type OpenItem, settleItems, sourceKey } from '../receivables/index.ts'
import { listTaxCodes, rateOn, type TaxCode, taxInGross } from '../tax/index.ts'
import { ratesOfPayments, settledAmount } from './other-currencies.ts'
import { savePayments } from './save-payments.ts'

/**
 * Money that a processor took from a customer, above zero: for an invoice (`documentId`), or before one, as a deposit of an order. A deposit
 * is taxed at the rate of that day of its tax code, or, where the order has several, of each by its share of the order's gross; without a
 * code not at all. `source` and `reference` make it one payment. In another currency than the invoice's it settles `settlesMinor` of the invoice,
 * or as much as the day's rates say.
 */
export type CaptureRequest = {
  source: string
  reference: string
  method: string
  customer: { number: string; name: string }
  on: AccountingDate
  amountMinor: bigint
  /** Without it the base currency. */
  currency?: string | undefined
  settlesMinor?: bigint | undefined
  documentId?: bigint | undefined
  orderReference?: string | undefined
  depositTaxCode?: string | null | undefined
  depositShares?: readonly { taxCode: string; grossMinor: bigint }[] | undefined
}

export type PaymentOutcome = { paymentId: bigint | null; result: 'created' | 'existing' }

type Settled = { item: OpenItem; amountMinor: bigint; baseMinor: bigint }
type Captured = CaptureRequest & {
  currency: string
  paymentId: bigint
  partyId: bigint
  deposits: DepositPart[]
  settled: Settled | null
}

/**
 * Captures payments. Refuses `amount_not_positive`, `document_unknown`, `open_item_exceeded` for more than the invoice owes,
 * `tax_code_unknown`, `rate_missing`, `input_invalid` where neither an invoice nor an order is named. A retry with the same reference does
 * nothing more.
 */
export async function capturePayments(tx: Tx, requests: readonly CaptureRequest[]): Promise<PaymentOutcome[]> {
  if (requests.length === 0) return []
  for (const request of requests) refuseInvalid(request)
  const parties = await findOrAddParties(
    tx,
    'customer',
    requests.map(({ customer }) => ({ ...customer, kind: 'customer' as const })),
  )
  const taxed = requests.some(({ depositTaxCode, depositShares }) => depositTaxCode || depositShares)
  const taxCodes = taxed ? await listTaxCodes(tx) : []
  const partyOf = ({ customer }: CaptureRequest): bigint => parties.get(customer.number)?.id as bigint
  const items = await lockItemsOf(tx, requests.flatMap(invoiceOf))
  const rates = await ratesOfPayments(tx, requests, (request) => invoiceOf(request).map((s) => items.get(sourceKey(s))))
  const wanted = requests.map((request) => ({ ...request, currency: request.currency ?? rates.base }))
  const ids = await savePayments(
    tx,
    wanted.map((r) => ({
      ...r,
      kind: 'capture' as const,
      partyId: partyOf(r),
      documentId: r.documentId ?? null,
      paidOn: r.on,
    })),
  )
  const left = new ItemsLeft(items.values())
  const captured = wanted.flatMap((request, index): Captured[] => {
    const paymentId = ids[index]
    if (paymentId === undefined) return []
    const settled = settledOf(request, partyOf(request), { items, left, rates })
    const deposits = settled === null ? depositsOf(request, taxCodes, rates) : []
    return [{ ...request, paymentId, partyId: partyOf(request), deposits, settled }]
  })
  const drafts = paymentCaptured(captured.map(factOf)).map((entry, index) =>
    inItsCurrency(entry, captured[index] as Captured, rates),
  )
  const posted = await post(tx, drafts)
  await saveDeposits(tx, captured)
  await settleInvoices(
    tx,
    captured.map((one, index) => ({ ...one, postedOn: (posted[index] as Posted).postedOn })),
  )
  return ids.map((id) => ({ paymentId: id ?? null, result: id === undefined ? 'existing' : 'created' }))
}

const invoiceOf = ({ documentId }: CaptureRequest) =>
  documentId === undefined ? [] : [{ sourceKind: 'sales_document', sourceId: String(documentId) }]

function refuseInvalid({ amountMinor, currency, documentId, orderReference, reference }: CaptureRequest): void {
  if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference, ...toldAmount(amountMinor, currency) })
  if (documentId === undefined && !orderReference)
    throw new Refusal('input_invalid', { reference, for: 'an invoice or an order is needed' })
}

type Open = { items: ReadonlyMap<string, OpenItem>; left: ItemsLeft; rates: RateBook }

/** What a capture settles of its invoice, and the base value at which that was booked. */
function settledOf(
  request: CaptureRequest & { currency: string },
  partyId: bigint,
  { items, left, rates }: Open,
): Settled | null {
  const [source] = invoiceOf(request)
  if (source === undefined) return null
  const { documentId, reference } = request
  const item = items.get(sourceKey(source))
  if (item === undefined || item.partyId !== partyId)
    throw new Refusal('document_unknown', { document: documentId, reference })
  const amountMinor = settledAmount(request, item.currency, rates)
  const open = left.of(item.id)
  if (amountMinor > open) {
    const [isOpen, amount] = [open, amountMinor].map((minor) => amountIn(minor, item.currency))
    throw new Refusal('open_item_exceeded', { document: documentId, open: isOpen, amount })
  }
  return { item, amountMinor, baseMinor: left.take(item.id, amountMinor) }
}

/** The parts of a deposit: one for each tax code, by the shares of the order, and together exactly what was paid. */
function depositsOf(
  request: CaptureRequest & { currency: string },
  taxCodes: readonly TaxCode[],
  { base, rateOn: exchangeRateOn }: RateBook,
): DepositPart[] {
  const { amountMinor, on, currency, depositTaxCode, depositShares } = request
  const shares = depositShares ?? [{ taxCode: depositTaxCode || null, grossMinor: 1n }]
  const grosses = allocate(
    amountMinor,
    shares.map(({ grossMinor }) => grossMinor),
  )
  const parts = shares.map(({ taxCode }, index): DepositPart => {
    const grossMinor = grosses[index] ?? 0n
    if (taxCode === null) return { netMinor: grossMinor, taxMinor: 0n, taxCodeId: null, taxAuthority: null }
    const code = taxCodes.find((known) => known.code === taxCode)
    if (code === undefined) throw new Refusal('tax_code_unknown', { code: taxCode })
    const taxMinor = taxInGross(grossMinor, rateOn(code, on))
    return { netMinor: grossMinor - taxMinor, taxMinor, taxCodeId: code.id, taxAuthority: code.authority }
  })
  const exchange = currency === base ? null : exchangeRateOn(currency, on)
  const paid = parts.filter(({ netMinor, taxMinor }) => netMinor + taxMinor !== 0n)
  if (exchange === null) return paid
  const wholeMinor = toBase(amountMinor, exchange)
  const valued = allocate(
    wholeMinor,
    paid.map(({ netMinor, taxMinor }) => netMinor + taxMinor),
  )
  return paid.map((part, index) => {
    const bookedTaxMinor = toBase(part.taxMinor, exchange)
    return { ...part, bookedTaxMinor, bookedNetMinor: (valued[index] ?? 0n) - bookedTaxMinor }
  })
}

const factOf = (captured: Captured): PaymentFact => ({
  id: captured.paymentId,
  kind: 'capture',
  date: captured.on,
  partyId: captured.partyId,
  documentId: captured.documentId ?? null,
  method: captured.method,
  amountMinor: captured.settled?.amountMinor ?? captured.amountMinor,
  reference: captured.reference,
  deposits: captured.deposits,
  receivableBookedMinor: captured.settled?.baseMinor,
})

/** The entry of a capture in the currency of what it settles, with the money in its own. */
function inItsCurrency(
  entry: ReturnType<typeof paymentCaptured>[number],
  { settled, currency, amountMinor, on }: Captured,
  { base, rateOn: exchangeRateOn }: RateBook,
) {
  const ofItem = settled?.item.currency ?? currency
  const rate = currency === base ? null : exchangeRateOn(currency, on)
  return ofItem === currency
    ? abroad(entry, { currency, base, rate })
    : abroad(entry, { currency: ofItem, base, rate: null, money: { currency, amountMinor, rate } })
}

async function saveDeposits(tx: Tx, captured: readonly Captured[]): Promise<void> {
  const parts = captured.flatMap(({ deposits, paymentId, partyId, currency }) =>
    deposits.map((deposit) => ({ ...deposit, paymentId, partyId, currency })),
  )
  await saveDepositParts(tx, parts)
}

/** A deposit to save, or a part of one: at the value that it was booked at. */
export type NewDeposit = Pick<
  DepositPart,
  'netMinor' | 'taxMinor' | 'taxCodeId' | 'bookedNetMinor' | 'bookedTaxMinor'
> & {
  paymentId: bigint
  partyId: bigint
  currency: string
}

export async function saveDepositParts(tx: Tx, parts: readonly NewDeposit[]): Promise<void> {
  if (parts.length === 0) return
  await tx.query(
    `insert into deposit (company_id, payment_id, party_id, tax_code_id, currency, net_minor, tax_minor, base_net_minor, base_tax_minor)
       select $1, d.* from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[]) as d`,
    [
      tx.companyId,
      column(parts, (d) => d.paymentId),
      column(parts, (d) => d.partyId),
      column(parts, (d) => d.taxCodeId),
      column(parts, (d) => d.currency),
      column(parts, (d) => d.netMinor),
      column(parts, (d) => d.taxMinor),
      column(parts, (d) => d.bookedNetMinor ?? d.netMinor),
      column(parts, (d) => d.bookedTaxMinor ?? d.taxMinor),
    ],
  )
}

type PostedCapture = Captured & { postedOn: AccountingDate }

const settleInvoices = (tx: Tx, captured: readonly PostedCapture[]): Promise<void> =>
  settleItems(
    tx,
    captured.flatMap(({ settled, paymentId, on, postedOn }) =>
      settled === null ? [] : [{ ...settled, sourceKind: 'payment', sourceId: String(paymentId), on, postedOn }],
    ),
  )
