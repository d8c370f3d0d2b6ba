import { type AccountingDate, nextDay } from '../kernel/accounting-date.ts'
import { decimal, formatDecimal, multiply, multiplyMinor, toMinor } from '../kernel/decimal.ts'
import { exponentOf } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { normaliseCode } from '../modules/catalog/index.ts'
import { redeemGiftCards } from '../modules/gift-cards/index.ts'
import {
  applyDeposits,
  capturePayments,
  forfeitDeposits,
  receiveEarlyPayments,
  receivePayments,
  refundPayments,
} from '../modules/payments/index.ts'
import { leftOf, lockItemsOf, writeOffBadDebts } from '../modules/receivables/index.ts'
import { issueCreditNotes, issueInvoices, linesOfOrders, offerEarlyPayment } from '../modules/sales/index.ts'
import { moveStoreCredit } from '../modules/store-credit/index.ts'
import { rateOn } from '../modules/tax/index.ts'
import type { StoryBooks } from './books.ts'
import { isShipped, minus, type Order, ship, smaller } from './order.ts'
import type { ItemPart, Verb } from './story.ts'

const source = 'story'

type Sale = Extract<Verb, { order: string }>
type Of<Name extends Verb['verb']> = Extract<Verb, { verb: Name }>

/** Runs the command that a verb about an order stands for. */
export async function performSale(books: StoryBooks, fact: Sale, on: AccountingDate, reference: string): Promise<void> {
  if (fact.verb === 'order') return placeOrder(books, fact)
  const order = books.orders.get(fact.order)
  if (order === undefined) throw new Error(`no order ${fact.order}`)
  if (fact.verb === 'capture') await capture(books, order, fact, on, reference)
  else if (fact.verb === 'ship') await shipAndInvoice(books, order, fact, on)
  else if (fact.verb === 'return') await creditReturned(books, order, fact.parts, on)
  else if (fact.verb === 'refund') await refund(books, order, fact, on, reference)
  else if (fact.verb === 'paid') await receivePaid(books, order, fact, on, reference)
  else if (fact.verb === 'redeem card') {
    const { card, amountMinor } = fact
    const documentId = (await openInvoices(books, order))[0] ?? order.documentIds[0] ?? 0n
    await redeemGiftCards(books.tx, [{ reference, code: card, documentId, on, amountMinor }])
  } else if (fact.verb === 'credit') {
    const documentId = order.creditNoteIds.at(-1)
    if (documentId === undefined) throw new Refusal('document_unknown', { order: order.name, creditNote: 'none' })
    await moveStoreCredit(books.tx, [{ kind: 'issued', reference, documentId, on }])
  } else if (fact.verb === 'redeem credit') {
    const documentId = (await openInvoices(books, order))[0] ?? order.documentIds[0] ?? 0n
    await moveStoreCredit(books.tx, [{ kind: 'redeemed', reference, documentId, on, amountMinor: fact.amountMinor }])
  } else if (fact.verb === 'offer') await offer(books, order, fact)
  else if (fact.verb === 'forfeit') await forfeit(books, order, fact, on)
  else if (fact.verb === 'apply') await applyLeftOver(books, order, fact, on)
  else await writeOff(books, order, fact, on, reference)
}

/** A commitment: nothing is posted. */
function placeOrder({ orders }: StoryBooks, fact: Of<'order'>): void {
  orders.set(fact.order, {
    name: fact.order,
    customer: fact.customer,
    currency: fact.currency,
    parts: fact.parts.map((part) => ({ ...part, shipped: '0' })),
    charges: {
      shippingMinor: { wholeMinor: fact.shippingMinor, recognisedMinor: 0n },
      discountMinor: { wholeMinor: fact.discountMinor, recognisedMinor: 0n },
    },
    documentIds: [],
    creditNotes: 0,
    creditNoteIds: [],
    captures: [],
  })
}

const customerOf = ({ customer }: Pick<Order, 'customer'>) => ({ number: customer, name: customer })

/** The order's invoices that are not settled yet, in the order in which they were issued. */
async function openInvoices({ tx }: StoryBooks, { documentIds }: Order): Promise<bigint[]> {
  const items = await lockItemsOf(
    tx,
    documentIds.map((id) => ({ sourceKind: 'sales_document', sourceId: String(id) })),
  )
  const open = new Set([...items.values()].filter((item) => leftOf(item) > 0n).map(({ sourceId }) => sourceId))
  return documentIds.filter((id) => open.has(String(id)))
}

/** Of an invoice that is open, or else a deposit: taxed by the order's rate while something is still to ship. */
async function capture(
  books: StoryBooks,
  order: Order,
  { amountMinor, currency, settlesMinor, processor }: Of<'capture'>,
  on: AccountingDate,
  reference: string,
): Promise<void> {
  const [documentId] = await openInvoices(books, order)
  const about = {
    source,
    reference,
    method: processor,
    customer: customerOf(order),
    on,
    amountMinor,
    currency,
    settlesMinor: settlesMinor ?? undefined,
    orderReference: order.name,
  }
  const [outcome] = await capturePayments(books.tx, [
    documentId === undefined
      ? { ...about, ...(isShipped(order) ? {} : { depositShares: sharesOf(books, order, on) }) }
      : { ...about, documentId },
  ])
  order.captures.push({ paymentId: outcome?.paymentId ?? 0n, processor, currency, leftMinor: amountMinor })
}

/** What an order comes to at each of its tax codes, tax included: a prepayment is taxed in these proportions. */
function sharesOf({ header, taxCodes }: StoryBooks, { currency, parts }: Order, on: AccountingDate) {
  const shares = new Map<string, bigint>()
  for (const part of parts) {
    const taxCode = header.items.find((item) => item.name === part.item)?.taxCode ?? 'standard'
    const code = taxCodes.get(taxCode)
    if (code === undefined) throw new Refusal('tax_code_unknown', { code: taxCode })
    const worth = toMinor(multiply(decimal(part.quantity), decimal(part.unitPrice)), exponentOf(currency))
    const grossMinor = part.gross ? worth : worth + multiplyMinor(worth, rateOn(code, on))
    shares.set(taxCode, (shares.get(taxCode) ?? 0n) + grossMinor)
  }
  return [...shares].map(([taxCode, grossMinor]) => ({ taxCode, grossMinor }))
}

async function shipAndInvoice(books: StoryBooks, order: Order, fact: Of<'ship'>, on: AccountingDate): Promise<void> {
  const { tx, header } = books
  const shipment = ship(order, fact.parts, exponentOf(order.currency))
  const customer = header.customers.find(({ name }) => name === order.customer)
  const [issued] = await issueInvoices(tx, [
    {
      number: `${order.name}/${order.documentIds.length + 1}`,
      on,
      dueOn: daysAfter(on, customer?.paymentDays ?? 0),
      customer: customerOf(order),
      country: customer?.country ?? header.company.country,
      orderReference: order.name,
      currency: order.currency,
      prices: order.parts[0]?.gross ? 'gross' : 'net',
      ...shipment,
    },
  ])
  const documentId = issued?.documentId ?? 0n
  await applyDeposits(tx, [{ orderReference: order.name, documentId, on }])
  order.documentIds.push(documentId)
}

function daysAfter(day: AccountingDate, days: number): AccountingDate {
  let after = day
  for (let passed = 0; passed < days; passed += 1) after = nextDay(after)
  return after
}

/** Credits the lines on which the goods were invoiced, the latest first. More than is left is asked for all the same, to be refused. */
async function creditReturned(
  { tx }: StoryBooks,
  order: Order,
  parts: readonly ItemPart[],
  on: AccountingDate,
): Promise<void> {
  const lines = (await linesOfOrders(tx, [order.name])).reverse()
  const credited = new Map<string, { lineNo: number; quantity: string }[]>()
  for (const { item, quantity } of parts) {
    let wanted = decimal(quantity)
    const ofItem = lines.filter(({ itemCode }) => itemCode === normaliseCode(item))
    for (const [index, line] of ofItem.entries()) {
      const isLast = index === ofItem.length - 1
      const taken = isLast ? wanted : smaller(wanted, decimal(line.left))
      wanted = minus(wanted, taken)
      if (taken.unscaled <= 0n) continue
      const already = credited.get(line.invoiceNumber) ?? []
      credited.set(line.invoiceNumber, [...already, { lineNo: line.lineNo, quantity: formatDecimal(taken) }])
    }
    if (ofItem.length === 0) throw new Refusal('document_unknown', { order: order.name, item })
  }
  const issued = await issueCreditNotes(
    tx,
    [...credited].map(([invoiceNumber, lines], index) => ({
      number: `${order.name}/C${order.creditNotes + index + 1}`,
      invoiceNumber,
      on,
      lines,
    })),
  )
  order.creditNotes += credited.size
  order.creditNoteIds.push(...issued.map(({ documentId }) => documentId))
}

/** What a customer has paid too much settles what is open of an order. */
async function applyLeftOver(
  books: StoryBooks,
  order: Order,
  { customer }: Of<'apply'>,
  on: AccountingDate,
): Promise<void> {
  const open = await openInvoices(books, order)
  const payments = books.payments.get(customer) ?? []
  await applyDeposits(
    books.tx,
    open.flatMap((documentId) => payments.map((paymentId) => ({ paymentId, documentId, on }))),
  )
}

/** Out of the order's payments through the processor, the latest first. More than is left is asked for all the same, to be refused. */
async function refund(
  { tx }: StoryBooks,
  order: Order,
  { amountMinor, currency, settlesMinor, processor }: Of<'refund'>,
  on: AccountingDate,
  reference: string,
): Promise<void> {
  const captures = order.captures
    .filter((captured) => captured.processor === processor && captured.currency === currency)
    .reverse()
  if (captures.length === 0) throw new Refusal('payment_unknown', { order: order.name, processor })
  let wanted = amountMinor
  const requests = captures.flatMap((captured, index) => {
    const isLast = index === captures.length - 1
    const taken = isLast || captured.leftMinor > wanted ? wanted : captured.leftMinor
    if (taken === 0n) return []
    wanted -= taken
    captured.leftMinor -= taken
    return [
      {
        source,
        reference: `${reference}/${index + 1}`,
        paymentId: captured.paymentId,
        on,
        amountMinor: taken,
        settlesMinor: settlesMinor ?? undefined,
      },
    ]
  })
  await refundPayments(tx, requests)
}

async function receivePaid(
  books: StoryBooks,
  order: Order,
  { amountMinor, currency, settlesMinor, customer, into, lessDiscount }: Of<'paid'>,
  on: AccountingDate,
  reference: string,
): Promise<void> {
  const open = await openInvoices(books, order)
  const documentIds = open.length > 0 ? open : order.documentIds
  const about = { source, reference, into, customer: customerOf({ customer }), documentIds, on, amountMinor, currency }
  const receive = lessDiscount ? receiveEarlyPayments : receivePayments
  const [outcome] = await receive(books.tx, [{ ...about, settlesMinor: settlesMinor ?? undefined }])
  const paid = books.payments.get(customer) ?? []
  books.payments.set(customer, [...paid, outcome?.paymentId ?? 0n])
}

const offer = ({ tx }: StoryBooks, { documentIds }: Order, { percent, until }: Of<'offer'>): Promise<void> =>
  offerEarlyPayment(
    tx,
    documentIds.map((documentId) => ({ documentId, percent, until })),
  )

async function forfeit(
  { tx }: StoryBooks,
  { name, captures }: Order,
  { reason }: Of<'forfeit'>,
  on: AccountingDate,
): Promise<void> {
  if (captures.length === 0) throw new Refusal('payment_unknown', { order: name })
  await forfeitDeposits(
    tx,
    captures.map(({ paymentId }) => ({ paymentId, on, reason })),
  )
}

async function writeOff(
  books: StoryBooks,
  order: Order,
  { amountMinor, reason }: Of<'write off'>,
  on: AccountingDate,
  reference: string,
): Promise<void> {
  const open = await openInvoices(books, order)
  const documents = amountMinor === null ? open : open.slice(0, 1)
  if (documents.length === 0) throw new Refusal('document_unknown', { order: order.name, open: 'nothing' })
  await writeOffBadDebts(
    books.tx,
    documents.map((documentId, index) => ({
      reference: `${reference}/${index + 1}`,
      documentId,
      on,
      reason,
      ...(amountMinor === null ? {} : { amountMinor }),
    })),
  )
}
