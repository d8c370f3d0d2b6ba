import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { findOrAddChannels } from '../catalog/index.ts'
import { findOrAddGiftCards, redeemGiftCards, unidentifiedCard } from '../gift-cards/index.ts'
import { findOrAddParties, unidentifiedCustomer } from '../parties/index.ts'
import {
  type DepositTax,
  type DepositUse,
  type ImportedPayment,
  importPayments,
  settleWithDeposits,
} from '../payments/index.ts'
import { type DocumentOutcome, type DocumentRequest, grossOf } from './document.ts'
import { issueDocuments } from './issue-documents.ts'
import { listPostingDayRules, type PostingDayRule, postingDayOf } from './posting-days.ts'

/** A payment of an imported order; `settles` is the place of its document among the order's, or null for a deposit. */
export type OrderPayment = {
  kind: 'capture' | 'refund'
  reference: string
  method: string
  through: ImportedPayment['through'] | 'gift_card'
  on: AccountingDate
  amountMinor: bigint
  settles: number | null
  giftCardCode?: string | null
  depositTaxes?: readonly DepositTax[]
}

/** An order as another system recorded it: what was invoiced and credited of it, and how it was paid. The first document is the order's own. */
export type ImportedOrder = { documents: readonly DocumentRequest[]; payments: readonly OrderPayment[] }

/** What became of the documents and payments, in their order. What hangs on a document that is there with other content is skipped. */
export type ImportedOrderOutcome = {
  documents: (DocumentOutcome | 'skipped')[]
  payments: ('created' | 'existing' | 'skipped')[]
  entries: number
}

/**
 * Imports orders: issues their documents, takes deposits, applies them to the invoices, and books what was paid afterwards and what went back.
 * An order that is there already is left alone, and gains what is new about it. Refuses as `issueDocuments`, `importPayments`,
 * `applyDeposits` and `redeemGiftCards` do. A constant number of statements, whatever the number of orders.
 */
export async function importOrders(tx: Tx, orders: readonly ImportedOrder[]): Promise<ImportedOrderOutcome[]> {
  const working = orders.map((order) => new WorkingOrder(order))
  await issue(tx, working, (order) => order.documents.slice(0, 1))
  await issue(tx, working, (order) => (order.isChanged() ? [] : order.documents.slice(1)))
  await pay(tx, working)
  return working.map((order) => order.outcome())
}

type Settled = { order: WorkingOrder; payment: OrderPayment; place: number }

class WorkingOrder {
  readonly documents: readonly DocumentRequest[]
  readonly payments: readonly OrderPayment[]
  readonly issued: DocumentOutcome[] = []
  readonly paid: ('created' | 'existing')[] = []
  entries = 0

  constructor({ documents, payments }: ImportedOrder) {
    this.documents = documents
    this.payments = payments
  }

  get first(): DocumentRequest {
    return this.documents[0] as DocumentRequest
  }

  isChanged(): boolean {
    return this.issued[0]?.result === 'refused'
  }

  /** The id of a document that stands in the books as it was given. */
  documentId(place: number | null): bigint | null {
    const issued = place === null ? undefined : this.issued[place]
    return issued === undefined || issued.result === 'refused' ? null : issued.documentId
  }

  /** The payments whose documents stand, with their places. */
  settled(): Settled[] {
    if (this.isChanged()) return []
    return this.payments.flatMap((payment, place) =>
      payment.settles !== null && this.documentId(payment.settles) === null ? [] : [{ order: this, payment, place }],
    )
  }

  /** The invoices that the order's deposits settle on the days of their entries: new ones, and all of them where a deposit is new. */
  depositUses(rules: readonly PostingDayRule[]): DepositUse[] {
    const { source, orderReference } = this.first
    if (!orderReference) return []
    const newDeposit = this.payments.some(({ settles }, place) => settles === null && this.paid[place] === 'created')
    return this.documents.flatMap((document, place): DepositUse[] => {
      const documentId = this.documentId(place)
      const isNew = newDeposit || this.issued[place]?.result === 'created'
      if (document.kind !== 'invoice' || document.settlement !== 'on_account' || documentId === null || !isNew)
        return []
      const on = postingDayOf(document, rules)
      return grossOf(document) > 0n ? [{ orderReference, source, documentId, on }] : []
    })
  }

  outcome(): ImportedOrderOutcome {
    return {
      documents: this.documents.map((_, place) => this.issued[place] ?? 'skipped'),
      payments: this.payments.map((_, place) => this.paid[place] ?? 'skipped'),
      entries: this.entries,
    }
  }
}

async function issue(
  tx: Tx,
  orders: readonly WorkingOrder[],
  choose: (order: WorkingOrder) => readonly DocumentRequest[],
): Promise<void> {
  const chosen = orders.flatMap((order) => choose(order).map((request) => ({ order, request })))
  if (chosen.length === 0) return
  const outcomes = await issueDocuments(
    tx,
    chosen.map(({ request }) => request),
    'each',
  )
  for (const [index, { order }] of chosen.entries()) {
    const outcome = outcomes[index] as DocumentOutcome
    order.issued.push(outcome)
    order.entries += outcome.entries
  }
}

async function pay(tx: Tx, orders: readonly WorkingOrder[]): Promise<void> {
  const settled = orders.flatMap((order) => order.settled())
  const money = settled.filter(({ payment }) => payment.through !== 'gift_card')
  const names = await findNames(tx, settled)
  const isDeposit = ({ payment }: Settled) => payment.kind === 'capture' && payment.settles === null
  await book(tx, money.filter(isDeposit), names)
  const told = orders.some(({ documents }) => documents.some(({ otherDays }) => otherDays !== undefined))
  const rules = told ? await listPostingDayRules(tx) : []
  const uses = orders.flatMap((order) => order.depositUses(rules).map((use) => ({ order, use })))
  const applied = await settleWithDeposits(
    tx,
    uses.map(({ use }) => use),
  )
  for (const [index, { order }] of uses.entries()) order.entries += applied[index]?.entries ?? 0
  await redeem(
    tx,
    settled.filter(({ payment }) => payment.through === 'gift_card'),
  )
  await book(
    tx,
    money.filter((one) => !isDeposit(one) && one.payment.kind === 'capture'),
    names,
  )
  await book(
    tx,
    money.filter(({ payment }) => payment.kind === 'refund'),
    names,
  )
}

type Names = { parties: ReadonlyMap<string, { id: bigint }>; channels: ReadonlyMap<string, bigint> }

async function findNames(tx: Tx, settled: readonly Settled[]): Promise<Names> {
  if (settled.length === 0) return { parties: new Map(), channels: new Map() }
  const parties = settled.map(({ order }) => ({
    ...(order.first.customer ?? unidentifiedCustomer),
    kind: 'customer' as const,
  }))
  return {
    parties: await findOrAddParties(tx, 'customer', parties),
    channels: await findOrAddChannels(
      tx,
      settled.flatMap(({ order }) => order.first.channelCode ?? []),
    ),
  }
}

async function book(tx: Tx, settled: readonly Settled[], { parties, channels }: Names): Promise<void> {
  const outcomes = await importPayments(
    tx,
    settled.map(({ order, payment }): ImportedPayment => {
      const { source, customer, channelCode, orderReference, number, currency } = order.first
      const { settles: _, giftCardCode: _code, through, ...rest } = payment
      return {
        ...rest,
        through: through as ImportedPayment['through'],
        source,
        currency,
        partyId: parties.get((customer ?? unidentifiedCustomer).number)?.id as bigint,
        channelId: channelCode ? (channels.get(channelCode) ?? null) : null,
        orderReference: orderReference ?? number,
        documentId: order.documentId(payment.settles),
      }
    }),
  )
  for (const [index, { order, place }] of settled.entries()) {
    const { result } = outcomes[index] as { result: 'created' | 'existing' }
    order.paid[place] = result
    order.entries += result === 'created' ? 1 : 0
  }
}

/** A card that the source does not name is the unidentified one. A gift card pays an invoice and nothing else. */
async function redeem(tx: Tx, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return
  const codeOf = ({ payment }: Settled): string => payment.giftCardCode ?? unidentifiedCard
  await findOrAddGiftCards(tx, settled.map(codeOf), settled[0]?.order.first.currency ?? '')
  const posted = await redeemGiftCards(
    tx,
    settled.map((one) => ({
      reference: `${one.order.first.source}/${one.payment.reference}`,
      code: codeOf(one),
      documentId: one.order.documentId(one.payment.settles) as bigint,
      on: one.payment.on,
      amountMinor: one.payment.amountMinor,
    })),
    { imported: true },
  )
  for (const [index, { order, place }] of settled.entries()) {
    const existing = posted[index]?.existing === true
    order.paid[place] = existing ? 'existing' : 'created'
    order.entries += existing ? 0 : 1
  }
}
