import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { giveUpGiftCards, redeemGiftCards, sellGiftCards } from '../modules/gift-cards/index.ts'
import {
  applyDeposits,
  capturePayments,
  capturesByReference,
  forfeitDeposits,
  receiveEarlyPayments,
  receivePayments,
  refundPayments,
} from '../modules/payments/index.ts'
import { leftOf, lockItemsOf, writeOffBadDebts } from '../modules/receivables/index.ts'
import { documentsByNumber, issueCreditNotes, issueInvoices, offerEarlyPayment } from '../modules/sales/index.ts'
import { moveStoreCredit } from '../modules/store-credit/index.ts'
import {
  type PlannedCredit,
  type PlannedInvoice,
  type PlannedReceipt,
  rateOf,
  type ShopPlan,
  shopSource,
} from './shop-plan.ts'

/** What the shop did in one month: the part of the plan whose days lie in it, and the numbers that its documents bear. */
export type MonthOfShop = Omit<ShopPlan, 'calendar' | 'customers'> & { numbers: DocumentNumbers }

/** The numbers of all invoices, by their keys, and of all credit notes, by the keys of their invoices. */
export type DocumentNumbers = { invoices: ReadonlyMap<string, string>; credits: ReadonlyMap<string, string> }

/** Numbers run in the order of the days. Pure. */
export function numberDocuments({ invoices, credits }: Pick<ShopPlan, 'invoices' | 'credits'>): DocumentNumbers {
  return {
    invoices: new Map(invoices.map(({ key }, place) => [key, `INV-${10_001 + place}`])),
    credits: new Map(credits.map(({ invoice }, place) => [invoice, `CN-${1_001 + place}`])),
  }
}

/** The part of a plan that lies in a month. Pure. */
export function monthOfShop(plan: ShopPlan, numbers: DocumentNumbers, month: AccountingDate): MonthOfShop {
  const within = <Row extends { on: AccountingDate }>(rows: readonly Row[]): Row[] =>
    rows.filter(({ on }) => on.slice(0, 7) === month.slice(0, 7))
  return {
    numbers,
    rates: plan.rates,
    invoices: within(plan.invoices),
    credits: within(plan.credits),
    receipts: within(plan.receipts),
    cardSales: within(plan.cardSales),
    cardsGivenUp: within(plan.cardsGivenUp),
    deposits: within(plan.deposits),
    forfeits: within(plan.forfeits),
    depositRefunds: within(plan.depositRefunds),
    writeOffs: within(plan.writeOffs),
  }
}

/** Tells a month to the books, by the commands that a shop uses. A constant number of statements, whatever the number of orders. */
export async function writeMonth(tx: Tx, month: MonthOfShop): Promise<void> {
  if (month.cardSales.length > 0) await sellGiftCards(tx, month.cardSales)
  await capturePayments(tx, month.deposits)
  await sell(tx, month)
  await credit(tx, month)
  await receive(tx, month)
  await giveUp(tx, month)
}

const nameOf = ({ number, name }: { number: string; name: string }) => ({ number, name })

/** Issues the invoices and pays those that are paid at once: by deposit, card and credit as far as they go, and the rest by a processor. */
async function sell(tx: Tx, { invoices, numbers }: MonthOfShop): Promise<void> {
  if (invoices.length === 0) return
  const numberOf = ({ key }: PlannedInvoice) => numbers.invoices.get(key) as string
  const issued = await issueInvoices(
    tx,
    invoices.map(
      ({ key: _, method: _m, giftCard: _g, usesStoreCredit: _u, early: _e, customer, ...invoice }, place) => ({
        ...invoice,
        customer: nameOf(customer),
        number: numberOf(invoices[place] as PlannedInvoice),
      }),
    ),
  )
  const sold = invoices.map((invoice, place) => ({ invoice, documentId: issued[place]?.documentId as bigint }))
  await offerEarlyPayment(
    tx,
    sold.flatMap(({ invoice: { early }, documentId }) => (early === undefined ? [] : [{ ...early, documentId }])),
  )
  await applyDeposits(
    tx,
    sold.flatMap(({ invoice: { orderReference, on }, documentId }) =>
      orderReference === undefined ? [] : [{ orderReference, documentId, on }],
    ),
  )
  await redeemGiftCards(
    tx,
    sold.flatMap(({ invoice, documentId }) =>
      invoice.giftCard === undefined
        ? []
        : [{ ...invoice.giftCard, reference: `${numberOf(invoice)}-card`, documentId, on: invoice.on }],
    ),
  )
  await useStoreCredit(tx, sold)
  const open = await openOf(
    tx,
    sold.map(({ documentId }) => documentId),
  )
  await capturePayments(
    tx,
    sold.flatMap(({ invoice, documentId }) => {
      const amountMinor = open(documentId)
      if (invoice.method === null || amountMinor <= 0n) return []
      const { method, customer, on } = invoice
      const reference = referenceOf(numberOf(invoice))
      return [{ source: shopSource, reference, method, customer: nameOf(customer), on, amountMinor, documentId }]
    }),
  )
}

/** The reference of the payment of an invoice. */
const referenceOf = (number: string): string => `pay-${number}`

type Sold = { invoice: PlannedInvoice; documentId: bigint }

/** What customers have of store credit goes before their money. */
async function useStoreCredit(tx: Tx, sold: readonly Sold[]): Promise<void> {
  const using = sold.filter(({ invoice }) => invoice.usesStoreCredit)
  if (using.length === 0) return
  const credits = await tx.query<{ number: string; left: bigint }>(
    `select p.number, s.balance_minor as left from store_credit s join party p on p.company_id = $1 and p.id = s.party_id
      where s.company_id = $1 and s.balance_minor > 0`,
    [tx.companyId],
  )
  const left = new Map(credits.map((row) => [row.number, row.left]))
  const open = await openOf(
    tx,
    using.map(({ documentId }) => documentId),
  )
  const requests = using.flatMap(({ invoice: { customer, on, key }, documentId }) => {
    const [held, owed] = [left.get(customer.number) ?? 0n, open(documentId)]
    const amountMinor = held < owed ? held : owed
    left.set(customer.number, held - amountMinor)
    return amountMinor > 0n
      ? [{ kind: 'redeemed' as const, reference: `credit-${key}`, on, documentId, amountMinor }]
      : []
  })
  await moveStoreCredit(tx, requests)
}

/** What is open of documents, above zero where somebody owes us. */
async function openOf(tx: Tx, documentIds: readonly bigint[]): Promise<(documentId: bigint) => bigint> {
  const items = await lockItemsOf(
    tx,
    documentIds.map((id) => ({ sourceKind: 'sales_document', sourceId: String(id) })),
  )
  return (documentId) => {
    const item = items.get(`sales_document ${documentId}`)
    return item === undefined ? 0n : leftOf(item)
  }
}

/** Issues the credit notes, and gives back what they owe: as money, or as store credit. */
async function credit(tx: Tx, { credits, numbers }: MonthOfShop): Promise<void> {
  if (credits.length === 0) return
  const numberOf = ({ invoice }: PlannedCredit) => numbers.invoices.get(invoice) as string
  const issued = await issueCreditNotes(
    tx,
    credits.map((planned) => ({
      number: numbers.credits.get(planned.invoice) as string,
      invoiceNumber: numberOf(planned),
      on: planned.on,
      lines: planned.lines,
    })),
  )
  const owed = credits.map((planned, place) => ({ planned, documentId: issued[place]?.documentId as bigint }))
  const open = await openOf(
    tx,
    owed.map(({ documentId }) => documentId),
  )
  const kept = owed.filter(({ planned }) => planned.settle === 'store-credit')
  await moveStoreCredit(
    tx,
    kept.map(({ planned: { invoice, on }, documentId }) => ({
      kind: 'issued',
      reference: `credit-for-${invoice}`,
      on,
      documentId,
    })),
  )
  const back = owed.filter(({ planned, documentId }) => planned.settle === 'refund' && open(documentId) < 0n)
  const captures = await capturesByReference(
    tx,
    back.map(({ planned }) => ({ source: shopSource, reference: referenceOf(numberOf(planned)) })),
  )
  await refundPayments(
    tx,
    back.map(({ planned, documentId }, place) => ({
      source: shopSource,
      reference: `refund-${numbers.credits.get(planned.invoice)}`,
      paymentId: captures[place]?.id as bigint,
      on: planned.on,
      amountMinor: -open(documentId),
    })),
  )
}

/** What businesses pay on account. */
async function receive(tx: Tx, { receipts, numbers, rates }: MonthOfShop): Promise<void> {
  if (receipts.length === 0) return
  const numberOf = (key: string): string => numbers.invoices.get(key) as string
  const idOf = await documentsByNumber(
    tx,
    receipts.flatMap(({ invoices }) => invoices.map(numberOf)),
  )
  const idsOf = ({ invoices }: PlannedReceipt): bigint[] => invoices.map((key) => idOf(numberOf(key)))
  // A late instalment of the same month finds what the first one left.
  const first = receipts.filter(({ way }) => way === 'half')
  for (const batch of [first, receipts.filter(({ way }) => way !== 'half')]) {
    const open = await openOf(tx, batch.flatMap(idsOf))
    const paid = batch.flatMap((receipt) => {
      const owed = idsOf(receipt).reduce((sum, id) => sum + open(id), 0n)
      if (owed <= 0n) return []
      const { reference, customer, on, way } = receipt
      const shared = {
        source: 'bank',
        reference,
        into: 'bank' as const,
        customer: nameOf(customer),
        on,
        documentIds: idsOf(receipt),
      }
      return [{ way, ...shared, ...amountOf(way, owed, rateOf(rates, on)) }]
    })
    await receivePayments(
      tx,
      paid.filter(({ way }) => way !== 'early').map(({ way: _, ...payment }) => payment),
    )
    await receiveEarlyPayments(
      tx,
      paid.filter(({ way }) => way === 'early').map(({ way: _, ...payment }) => payment),
    )
  }
}

function amountOf(way: PlannedReceipt['way'], owed: bigint, rate: bigint) {
  if (way === 'half') return { amountMinor: owed / 2n }
  if (way === 'rounded-up') return { amountMinor: (owed / 10_00n + 1n) * 10_00n }
  if (way === 'early') return { amountMinor: owed - owed / 50n }
  // The customer's bank pays in pounds, at the rate of its own that day, a little below the market's.
  if (way === 'in-pounds') return { amountMinor: (owed * (rate - 40n)) / 10_000n, currency: 'GBP', settlesMinor: owed }
  return { amountMinor: owed }
}

/** What nobody will pay, use or collect any more. */
async function giveUp(tx: Tx, month: MonthOfShop): Promise<void> {
  for (const kind of ['refunded', 'lapsed'] as const)
    await giveUpGiftCards(
      tx,
      month.cardsGivenUp.filter((card) => card.kind === kind),
    )
  const deposits = [...month.forfeits, ...month.depositRefunds]
  const captures = await capturesByReference(
    tx,
    deposits.map(({ reference }) => ({ source: shopSource, reference })),
  )
  const paymentOf = (reference: string): bigint =>
    captures[deposits.findIndex((deposit) => deposit.reference === reference)]?.id as bigint
  await forfeitDeposits(
    tx,
    month.forfeits.map(({ reference, on, reason }) => ({ paymentId: paymentOf(reference), on, reason })),
  )
  await refundPayments(
    tx,
    month.depositRefunds.map(({ reference, on, amountMinor }) => ({
      source: shopSource,
      reference: `${reference}-back`,
      paymentId: paymentOf(reference),
      on,
      amountMinor,
    })),
  )
  const idOf = await documentsByNumber(
    tx,
    month.writeOffs.map(({ invoice }) => month.numbers.invoices.get(invoice) as string),
  )
  await writeOffBadDebts(
    tx,
    month.writeOffs.map(({ reference, invoice, on, reason }) => ({
      reference,
      on,
      reason,
      documentId: idOf(month.numbers.invoices.get(invoice) as string),
    })),
  )
}
