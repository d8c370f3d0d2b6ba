import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { paymentCaptured } from '../../posting/payment-captured.ts'
import type { DepositPart, PaymentFact } from '../../posting/payment-fact.ts'
import { post } from '../../posting/post.ts'
import { findOrAddParties } from '../parties/index.ts'
import { applyItems, leftOf, lockItemsOf, type OpenItem, openItems } from '../receivables/index.ts'
import { listTaxCodes, rateOn, type TaxCode, taxInGross } from '../tax/index.ts'
import { savePayments } from './save-payments.ts'

/**
 * Money that a processor took from a customer, above zero: for an invoice (`documentId`), or before one, as a deposit of an order. A deposit
 * is taxed at the code's rate of that day, or not at all without a code. `source` and `reference` make it one payment.
 */
export type CaptureRequest = {
  source: string
  reference: string
  method: string
  customer: { number: string; name: string }
  on: AccountingDate
  amountMinor: bigint
  documentId?: bigint
  orderReference?: string
  depositTaxCode?: string | null
}

export type PaymentOutcome = { paymentId: bigint | null; result: 'created' | 'existing' }

type Captured = CaptureRequest & { paymentId: bigint; partyId: bigint; deposit: DepositPart | null }

/**
 * Captures payments. Refuses `amount_not_positive`, `document_unknown`, `open_item_exceeded` for more than the invoice owes,
 * `tax_code_unknown`, `input_invalid` where neither an invoice nor an order is named. A retry with the same reference does nothing more.
 */
export async function capturePayments(tx: Tx, requests: readonly CaptureRequest[]): Promise<PaymentOutcome[]> {
  if (requests.length === 0) return []
  const { currency } = only(await tx.query<{ currency: string }>('select base_currency as currency from company'))
  for (const request of requests) refuseInvalid(request)
  const parties = await findOrAddParties(
    tx,
    'customer',
    requests.map(({ customer }) => ({ ...customer, kind: 'customer' as const })),
  )
  const taxCodes = requests.some(({ depositTaxCode }) => depositTaxCode) ? await listTaxCodes(tx) : []
  const partyOf = ({ customer }: CaptureRequest): bigint => parties.get(customer.number)?.id as bigint
  const ids = await savePayments(
    tx,
    requests.map((r) => ({
      ...r,
      kind: 'capture' as const,
      partyId: partyOf(r),
      documentId: r.documentId ?? null,
      paidOn: r.on,
      currency,
    })),
  )
  const captured = requests.flatMap((request, index): Captured[] => {
    const paymentId = ids[index]
    return paymentId === undefined
      ? []
      : [{ ...request, paymentId, partyId: partyOf(request), deposit: depositOf(request, taxCodes) }]
  })
  const posted = await post(tx, paymentCaptured(captured.map(factOf)))
  await saveDeposits(tx, captured, currency)
  await settleInvoices(
    tx,
    captured.map((one, index) => ({ ...one, postedOn: (posted[index] as Posted).postedOn })),
    currency,
  )
  return ids.map((id) => ({ paymentId: id ?? null, result: id === undefined ? 'existing' : 'created' }))
}

function refuseInvalid({ amountMinor, documentId, orderReference, reference }: CaptureRequest): void {
  if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference, amountMinor })
  if (documentId === undefined && !orderReference)
    throw new Refusal('input_invalid', { reference, for: 'an invoice or an order is needed' })
}

function depositOf(
  { documentId, amountMinor, depositTaxCode, on }: CaptureRequest,
  taxCodes: readonly TaxCode[],
): DepositPart | null {
  if (documentId !== undefined) return null
  if (!depositTaxCode) return { netMinor: amountMinor, taxMinor: 0n, taxCodeId: null, taxAuthority: null }
  const code = taxCodes.find((known) => known.code === depositTaxCode)
  if (code === undefined) throw new Refusal('tax_code_unknown', { code: depositTaxCode })
  const taxMinor = taxInGross(amountMinor, rateOn(code, on))
  return { netMinor: amountMinor - taxMinor, taxMinor, taxCodeId: code.id, taxAuthority: code.authority }
}

const factOf = (captured: Captured): PaymentFact => ({
  id: captured.paymentId,
  kind: 'capture',
  date: captured.on,
  partyId: captured.partyId,
  documentId: captured.documentId ?? null,
  method: captured.method,
  amountMinor: captured.amountMinor,
  reference: captured.reference,
  deposit: captured.deposit,
})

async function saveDeposits(tx: Tx, captured: readonly Captured[], currency: string): Promise<void> {
  const deposits = captured.flatMap(({ deposit, paymentId, partyId }) =>
    deposit === null ? [] : [{ ...deposit, paymentId, partyId }],
  )
  if (deposits.length === 0) return
  await tx.query(
    `insert into deposit (company_id, payment_id, party_id, tax_code_id, currency, net_minor, tax_minor)
       select $1, payment_id, party_id, tax_code_id, $7, net_minor, tax_minor
         from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]) as d (payment_id, party_id, tax_code_id, net_minor, tax_minor)`,
    [
      tx.companyId,
      column(deposits, (d) => d.paymentId),
      column(deposits, (d) => d.partyId),
      column(deposits, (d) => d.taxCodeId),
      column(deposits, (d) => d.netMinor),
      column(deposits, (d) => d.taxMinor),
      currency,
    ],
  )
}

type PostedCapture = Captured & { postedOn: AccountingDate }

async function settleInvoices(tx: Tx, captured: readonly PostedCapture[], currency: string): Promise<void> {
  const settling = captured.filter(({ documentId }) => documentId !== undefined)
  if (settling.length === 0) return
  const sourceOf = ({ documentId }: Captured) => ({ sourceKind: 'sales_document', sourceId: String(documentId) })
  const items = await lockItemsOf(tx, settling.map(sourceOf))
  const opened = await openItems(
    tx,
    settling.map(({ partyId, paymentId, on, postedOn, amountMinor }) => ({
      partyId,
      sourceKind: 'payment',
      sourceId: String(paymentId),
      openedOn: postedOn,
      dueOn: on,
      currency,
      amountMinor: -amountMinor,
    })),
  )
  await applyItems(
    tx,
    settling.map((payment, index) => {
      const item = items.get(`sales_document ${payment.documentId}`)
      refuseUnsettleable(payment, item)
      return {
        debitItemId: item?.id as bigint,
        creditItemId: opened[index] as bigint,
        appliedOn: payment.on,
        amountMinor: payment.amountMinor,
      }
    }),
  )
}

function refuseUnsettleable(
  { documentId, partyId, amountMinor, reference }: Captured,
  item: OpenItem | undefined,
): void {
  if (item === undefined || item.partyId !== partyId)
    throw new Refusal('document_unknown', { document: documentId, reference })
  if (amountMinor > leftOf(item))
    throw new Refusal('open_item_exceeded', { document: documentId, open: leftOf(item), amountMinor })
}
