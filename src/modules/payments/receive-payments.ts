import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { type CustomerPaid, customerPaid } from '../../posting/customer-paid.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { post } from '../../posting/post.ts'
import { findOrAddParties } from '../parties/index.ts'
import {
  applyItems,
  type ItemSource,
  leftOf,
  lockItemsOf,
  type OpenItem,
  openItems,
  sourceKey,
} from '../receivables/index.ts'
import type { PaymentOutcome } from './capture-payments.ts'
import { savePayments } from './save-payments.ts'

/** Money from a customer on account into the bank or the till, above zero, for invoices in the order in which they are named. */
export type ReceivedPayment = {
  source: string
  reference: string
  into: 'bank' | 'cash'
  customer: { number: string; name: string }
  documentIds: readonly bigint[]
  /** Open items of earlier books, settled before the invoices. */
  earlierItems?: readonly ItemSource[]
  on: AccountingDate
  amountMinor: bigint
}

type Received = ReceivedPayment & {
  paymentId: bigint
  partyId: bigint
  settles: { item: OpenItem; amountMinor: bigint }[]
  overpaidMinor: bigint
}

/**
 * Receives payments of customers on account. Each settles its invoices as far as it goes; a part payment leaves the rest open, and what is
 * paid beyond them is kept, untaxed, as the customer's deposit. Refuses `amount_not_positive`, `document_unknown` for an invoice that is not
 * the customer's. A retry does nothing more.
 */
export async function receivePayments(tx: Tx, requests: readonly ReceivedPayment[]): Promise<PaymentOutcome[]> {
  if (requests.length === 0) return []
  refuseRepeated(requests.map(({ source, reference }) => `${source} ${reference}`))
  for (const { amountMinor, reference } of requests)
    if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference, amountMinor })
  const { currency } = only(await tx.query<{ currency: string }>('select base_currency as currency from company'))
  const customers = requests.map(({ customer }) => ({ ...customer, kind: 'customer' as const }))
  const parties = await findOrAddParties(tx, 'customer', customers)
  const items = await lockItemsOf(tx, requests.flatMap(sourcesOf))
  const wanted = requests.map((request) => ({
    ...request,
    partyId: parties.get(request.customer.number)?.id as bigint,
  }))
  const ids = await savePayments(
    tx,
    wanted.map((w) => ({ ...w, kind: 'capture' as const, method: w.into, paidOn: w.on, currency })),
  )
  const left = new Map([...items.values()].map((item) => [item.id, leftOf(item)]))
  const received = wanted.flatMap((request, index): Received[] => {
    const paymentId = ids[index]
    return paymentId === undefined ? [] : [{ ...request, paymentId, ...settle(request, items, left) }]
  })
  const posted = await post(tx, customerPaid(received.map(factOf)))
  await settleItems(
    tx,
    received.map((one, index) => ({ ...one, postedOn: (posted[index] as Posted).postedOn })),
    currency,
  )
  await saveOverpaid(tx, received, currency)
  return ids.map((id) => ({ paymentId: id ?? null, result: id === undefined ? 'existing' : 'created' }))
}

const sourcesOf = ({ documentIds, earlierItems = [] }: ReceivedPayment): ItemSource[] => [
  ...earlierItems,
  ...documentIds.map((id) => ({ sourceKind: 'sales_document', sourceId: String(id) })),
]

function settle(
  request: ReceivedPayment & { partyId: bigint },
  items: ReadonlyMap<string, OpenItem>,
  left: Map<bigint, bigint>,
): Pick<Received, 'settles' | 'overpaidMinor'> {
  let overpaidMinor = request.amountMinor
  const settles = sourcesOf(request).flatMap((source) => {
    const item = items.get(sourceKey(source))
    if (item === undefined || item.ledger !== 'receivable' || item.partyId !== request.partyId)
      throw new Refusal('document_unknown', { document: source.sourceId, reference: request.reference })
    const open = left.get(item.id) ?? 0n
    const amountMinor = open < overpaidMinor ? open : overpaidMinor
    if (amountMinor <= 0n) return []
    left.set(item.id, open - amountMinor)
    overpaidMinor -= amountMinor
    return [{ item, amountMinor }]
  })
  return { settles, overpaidMinor }
}

const factOf = ({ paymentId, on, partyId, into, reference, amountMinor, overpaidMinor }: Received): CustomerPaid => ({
  id: String(paymentId),
  date: on,
  partyId,
  into,
  reference,
  amountMinor,
  overpaidMinor,
})

type PostedReceipt = Received & { postedOn: AccountingDate }

async function settleItems(tx: Tx, received: readonly PostedReceipt[], currency: string): Promise<void> {
  const settling = received.filter(({ settles }) => settles.length > 0)
  const opened = await openItems(
    tx,
    settling.map(({ partyId, paymentId, on, postedOn, amountMinor, overpaidMinor }) => ({
      partyId,
      sourceKind: 'payment',
      sourceId: String(paymentId),
      openedOn: postedOn,
      dueOn: on,
      currency,
      amountMinor: overpaidMinor - amountMinor,
    })),
  )
  await applyItems(
    tx,
    settling.flatMap(({ settles, on }, index) =>
      settles.map(({ item, amountMinor }) => ({
        debitItemId: item.id,
        creditItemId: opened[index] as bigint,
        appliedOn: on,
        amountMinor,
      })),
    ),
  )
}

async function saveOverpaid(tx: Tx, received: readonly Received[], currency: string): Promise<void> {
  const overpaid = received.filter(({ overpaidMinor }) => overpaidMinor > 0n)
  if (overpaid.length === 0) return
  await tx.query(
    `insert into deposit (company_id, payment_id, party_id, currency, net_minor, tax_minor)
       select $1, payment_id, party_id, $5, net_minor, 0
         from unnest($2::bigint[], $3::bigint[], $4::bigint[]) as d (payment_id, party_id, net_minor)`,
    [
      tx.companyId,
      column(overpaid, (r) => r.paymentId),
      column(overpaid, (r) => r.partyId),
      column(overpaid, (r) => r.overpaidMinor),
      currency,
    ],
  )
}
