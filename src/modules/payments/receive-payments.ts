import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { toldAmount } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { type CustomerPaid, customerPaid } from '../../posting/customer-paid.ts'
import type { JournalDraft } from '../../posting/draft.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { abroad, toBase } from '../../posting/exchange.ts'
import { post } from '../../posting/post.ts'
import { findOrAddParties } from '../parties/index.ts'
import type { RateBook } from '../rates/index.ts'
import {
  applyItems,
  type ItemSource,
  ItemsLeft,
  lockItemsOf,
  type OpenItem,
  openItems,
  sourceKey,
} from '../receivables/index.ts'
import { type PaymentOutcome, saveDepositParts } from './capture-payments.ts'
import { ratesOfPayments, settledAmount } from './other-currencies.ts'
import { savePayments } from './save-payments.ts'
import { shareReceipt } from './share-receipt.ts'

/**
 * Money from a customer on account into the bank or the till, above zero, for invoices in the order in which they are named. In another currency than
 * the invoices' it settles `settlesMinor` of them, or as much as the day's rates say.
 */
export type ReceivedPayment = {
  source: string
  reference: string
  into: 'bank' | 'cash'
  customer: { number: string; name: string }
  documentIds: readonly bigint[]
  /** Open items of earlier books, settled before the invoices. */
  earlierItems?: readonly ItemSource[]
  /** How much of some of them is settled, in their currency; the others get what is left, in order. By their source. */
  parts?: ReadonlyMap<string, bigint>
  on: AccountingDate
  amountMinor: bigint
  /** Without it the base currency. */
  currency?: string | undefined
  settlesMinor?: bigint | undefined
}

type Settled = { item: OpenItem; amountMinor: bigint; baseMinor: bigint }
type Received = ReceivedPayment & {
  currency: string
  paymentId: bigint
  partyId: bigint
  /** The currency of the invoices, and of what is left over. */
  settlesIn: string
  settles: Settled[]
  overpaidMinor: bigint
}

/**
 * Receives payments of customers on account. Each settles its invoices as far as it goes; a part payment leaves the rest open, and what is
 * paid beyond them is kept, untaxed, as the customer's deposit. Refuses `amount_not_positive`, `document_unknown` for an invoice that is not
 * the customer's, `open_items_of_different_parties` for invoices in several currencies, `rate_missing`, `open_item_exceeded` and
 * `parts_exceed_payment` for parts of more than is open or was paid. A retry does nothing more.
 */
export async function receivePayments(tx: Tx, requests: readonly ReceivedPayment[]): Promise<PaymentOutcome[]> {
  if (requests.length === 0) return []
  refuseRepeated(requests.map(({ source, reference }) => `${source} ${reference}`))
  for (const { amountMinor, currency, reference } of requests)
    if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference, ...toldAmount(amountMinor, currency) })
  const customers = requests.map(({ customer }) => ({ ...customer, kind: 'customer' as const }))
  const parties = await findOrAddParties(tx, 'customer', customers)
  const items = await lockItemsOf(tx, requests.flatMap(sourcesOf))
  const rates = await ratesOfPayments(tx, requests, (request) => sourcesOf(request).map((s) => items.get(sourceKey(s))))
  const wanted = requests.map((request) => ({
    ...request,
    currency: request.currency ?? rates.base,
    partyId: parties.get(request.customer.number)?.id as bigint,
  }))
  const ids = await savePayments(
    tx,
    wanted.map((w) => ({ ...w, kind: 'capture' as const, method: w.into, paidOn: w.on })),
  )
  const left = new ItemsLeft(items.values())
  const received = wanted.flatMap((request, index): Received[] => {
    const paymentId = ids[index]
    return paymentId === undefined ? [] : [{ ...request, paymentId, ...settle(request, items, left, rates) }]
  })
  const drafts = customerPaid(received.map(factOf))
  const posted = await post(
    tx,
    drafts.map((entry, index) => inItsCurrency(entry, received[index] as Received, rates)),
  )
  await settleItems(
    tx,
    received.map((one, index) => ({ ...one, postedOn: (posted[index] as Posted).postedOn })),
  )
  await saveOverpaid(tx, received, rates)
  return ids.map((id) => ({ paymentId: id ?? null, result: id === undefined ? 'existing' : 'created' }))
}

const sourcesOf = ({ documentIds, earlierItems = [] }: ReceivedPayment): ItemSource[] => [
  ...earlierItems,
  ...documentIds.map((id) => ({ sourceKind: 'sales_document', sourceId: String(id) })),
]

type Wanted = ReceivedPayment & { partyId: bigint; currency: string }

function settle(
  request: Wanted,
  items: ReadonlyMap<string, OpenItem>,
  left: ItemsLeft,
  rates: RateBook,
): Pick<Received, 'settles' | 'settlesIn' | 'overpaidMinor'> {
  const owed = sourcesOf(request).map((source) => {
    const item = items.get(sourceKey(source))
    if (item === undefined || item.ledger !== 'receivable' || item.partyId !== request.partyId)
      throw new Refusal('document_unknown', { document: source.sourceId, reference: request.reference })
    return item
  })
  const settlesIn = owed[0]?.currency ?? request.currency
  if (owed.some(({ currency }) => currency !== settlesIn))
    throw new Refusal('open_items_of_different_parties', { reference: request.reference })
  const paidMinor = settledAmount(request, settlesIn, rates)
  const named = sourcesOf(request).map((source, index) => {
    const item = owed[index] as OpenItem
    const isAgain = owed.indexOf(item) < index
    const openMinor = isAgain ? 0n : left.of(item.id)
    return { openMinor, partMinor: isAgain ? undefined : request.parts?.get(sourceKey(source)), name: source.sourceId }
  })
  const { settledMinor, leftMinor } = shareReceipt(paidMinor, named, settlesIn)
  const settles = owed.flatMap((item, index): Settled[] => {
    const amountMinor = settledMinor[index] as bigint
    return amountMinor === 0n ? [] : [{ item, amountMinor, baseMinor: left.take(item.id, amountMinor) }]
  })
  return { settles, settlesIn, overpaidMinor: leftMinor }
}

const settledSum = ({ settles }: Received, pick: 'amountMinor' | 'baseMinor'): bigint =>
  settles.reduce((sum, settled) => sum + settled[pick], 0n)

const factOf = (received: Received): CustomerPaid => ({
  id: String(received.paymentId),
  date: received.on,
  partyId: received.partyId,
  into: received.into,
  reference: received.reference,
  amountMinor: settledSum(received, 'amountMinor') + received.overpaidMinor,
  overpaidMinor: received.overpaidMinor,
  receivableBookedMinor: settledSum(received, 'baseMinor'),
})

function inItsCurrency(entry: JournalDraft, received: Received, { base, rateOn }: RateBook): JournalDraft {
  const { currency, settlesIn, amountMinor, overpaidMinor, on } = received
  const rate = currency === base ? null : rateOn(currency, on)
  if (settlesIn === currency) return abroad(entry, { currency, base, rate })
  const money = { currency, amountMinor, rate }
  return abroad(entry, { currency: settlesIn, base, rate: overpaidMinor > 0n ? rateOn(settlesIn, on) : null, money })
}

type PostedReceipt = Received & { postedOn: AccountingDate }

async function settleItems(tx: Tx, received: readonly PostedReceipt[]): Promise<void> {
  const settling = received.filter(({ settles }) => settles.length > 0)
  const opened = await openItems(
    tx,
    settling.map((one) => ({
      partyId: one.partyId,
      sourceKind: 'payment',
      sourceId: String(one.paymentId),
      openedOn: one.postedOn,
      dueOn: one.on,
      currency: one.settlesIn,
      amountMinor: -settledSum(one, 'amountMinor'),
      baseMinor: -settledSum(one, 'baseMinor'),
    })),
  )
  await applyItems(
    tx,
    settling.flatMap(({ settles, on }, index) =>
      settles.map(({ item, amountMinor, baseMinor }) => ({
        debitItemId: item.id,
        creditItemId: opened[index] as bigint,
        appliedOn: on,
        amountMinor,
        baseMinor,
      })),
    ),
  )
}

async function saveOverpaid(tx: Tx, received: readonly Received[], { base, rateOn }: RateBook): Promise<void> {
  const overpaid = received.filter(({ overpaidMinor }) => overpaidMinor > 0n)
  await saveDepositParts(
    tx,
    overpaid.map(({ paymentId, partyId, overpaidMinor, settlesIn, on }) => {
      const rate = settlesIn === base ? null : rateOn(settlesIn, on)
      return {
        paymentId,
        partyId,
        currency: settlesIn,
        netMinor: overpaidMinor,
        taxMinor: 0n,
        taxCodeId: null,
        bookedNetMinor: rate === null ? overpaidMinor : toBase(overpaidMinor, rate),
      }
    }),
  )
}
