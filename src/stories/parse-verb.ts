import { type TaxScheme, taxSchemeNames } from '../kernel/tax-schemes.ts'
import { isRole } from '../ledger/charts/index.ts'
import type { LineReader } from './line-reader.ts'
import { readFill, readRecur, readReverse } from './parse-journal.ts'
import type { Header, ItemPart, JournalPart, OrderPart, Verb } from './story.ts'

/** What a line can refer to: the header, and the orders placed above it with the currencies of their prices. */
export type Known = { header: Header; orders: Map<string, string> }

type Reading = (line: LineReader, known: Known) => Verb

/** `40.00 by Anna` */
function readSale(line: LineReader, known: Known): { amountMinor: bigint; customer: string } {
  const amountMinor = line.amount(known.header.company.currency)
  line.must('by')
  return { amountMinor, customer: readCustomer(line, known) }
}

const readings: Record<string, Reading> = {
  journal: (line, known) => ({ verb: 'journal', ...readJournal(line, known) }),
  fill: readFill,
  recur: readRecur,
  due: () => ({ verb: 'due' }),
  opening: (line, known) => ({ verb: 'opening', ...readEntry(line, known) }),
  reverse: (line) => ({ verb: 'reverse', reference: line.take('expected the name of a journal') }),
  close: (line) =>
    line.maybe('year') ? { verb: 'close year', year: line.year() } : { verb: 'close', month: line.month() },
  reopen: (line) => {
    const month = line.month()
    line.must(':')
    return { verb: 'reopen', month, reason: line.words('expected a reason') }
  },
  revalue: (line) => ({ verb: 'revalue', month: line.month() }),
  fee: (line, known) => {
    const money = line.moneyAboveZero(processorCurrency(line, known, 'through'))
    return { verb: 'fee', ...money, processor: readProcessor(line, known, 'through') }
  },
  payout: (line, known) => {
    const money = line.money(processorCurrency(line, known, 'from'))
    const processor = readProcessor(line, known, 'from')
    line.must('to', 'bank')
    const arrived = line.maybe('as') ? line.money(known.header.company.currency) : null
    return { verb: 'payout', ...money, processor, arrived }
  },
  order: readOrder,
  capture: (line, known) => ({ verb: 'capture', ...readMoney(line, known) }),
  refund: (line, known) => {
    if (!line.maybe('card')) return { verb: 'refund', ...readMoney(line, known) }
    const card = line.take('expected the code of a gift card')
    const amountMinor = line.maybe('by') ? readAmount(line, known) : null
    return { verb: 'refund card', card, amountMinor, processor: readProcessor(line, known, 'through') }
  },
  lapse: (line, known) => {
    line.must('card')
    const card = line.take('expected the code of a gift card')
    const amountMinor = line.maybe('by') ? readAmount(line, known) : null
    return { verb: 'lapse card', card, amountMinor, processor: null }
  },
  credit: (line, known) => ({ verb: 'credit', order: readOrderName(line, known) }),
  cash: (line, known) => {
    line.must('credit')
    const amountMinor = readAmount(line, known)
    line.must('of')
    const customer = readCustomer(line, known)
    line.must('from')
    return { verb: 'cash credit', amountMinor, customer, from: line.oneOf(['bank', 'cash'], 'an account for money') }
  },
  apply: (line, known) => {
    if (line.maybe('mapping')) return { verb: 'apply mapping' }
    line.must('deposits', 'of')
    const customer = readCustomer(line, known)
    line.must('to')
    return { verb: 'apply', customer, order: readOrderName(line, known) }
  },
  ship: (line, known) => {
    const order = readOrderName(line, known)
    const parts = readParts(line, known)
    if (line.peek() === 'uninvoiced') line.fail('expected an invoice with the shipment, since others do not exist yet')
    return { verb: 'ship', order, parts }
  },
  return: (line, known) => {
    const order = readOrderName(line, known)
    const parts = readParts(line, known)
    if (!line.maybe('damaged')) line.must('to', 'stock')
    return { verb: 'return', order, parts }
  },
  paid: (line, known) => {
    const money = line.moneyAboveZero(known.header.company.currency)
    line.must('by')
    const customer = readCustomer(line, known)
    line.must('for')
    const order = readOrderName(line, known)
    const settlesMinor = readSettling(line, known, order)
    const lessDiscount = line.maybe('less', 'discount')
    line.must('into')
    const into = line.oneOf(['bank', 'cash'], 'an account for money')
    return { verb: 'paid', ...money, customer, order, into, settlesMinor, lessDiscount }
  },
  offer: (line, known) => {
    const order = readOrderName(line, known)
    line.must(':')
    const percent = line.decimal('a percentage such as 5')
    line.must('percent', 'until')
    return { verb: 'offer', order, percent, until: line.date() }
  },
  legal: (line) => {
    line.must('name')
    return { verb: 'legal name', name: line.words('expected the name in the register') }
  },
  register: (line) => ({ verb: 'register', ...readTaxNumber(line) }),
  deregister: (line) => ({ verb: 'deregister', ...readTaxNumber(line) }),
  forfeit: (line, known) => {
    line.must('deposits', 'of')
    const order = readOrderName(line, known)
    line.must(':')
    return { verb: 'forfeit', order, reason: line.words('expected a reason') }
  },
  sell: (line, known) => {
    line.must('card')
    const card = line.take('expected the code of a gift card')
    const purpose = line.maybe('single') ? 'single' : 'multi'
    line.must('for')
    const amountMinor = readAmount(line, known)
    return { verb: 'sell card', card, purpose, amountMinor, processor: readProcessor(line, known, 'through') }
  },
  redeem: (line, known) => {
    if (line.maybe('credit')) {
      const amountMinor = readAmount(line, known)
      line.must('of')
      return { verb: 'redeem credit', amountMinor, order: readOrderName(line, known) }
    }
    line.must('card')
    const card = line.take('expected the code of a gift card')
    line.must('for')
    const amountMinor = readAmount(line, known)
    line.must('of')
    return { verb: 'redeem card', card, amountMinor, order: readOrderName(line, known) }
  },
  unknown: (line, known) => {
    const code = line.take('expected a code that no rule knows')
    line.must('for')
    const amountMinor = line.amount(known.header.company.currency)
    line.must('by')
    return { verb: 'unknown', code, amountMinor, customer: readCustomer(line, known) }
  },
  place: (line) => {
    const code = line.take('expected a code that is in suspense')
    line.must('as')
    return { verb: 'place', code, role: readRole(line) }
  },
  unnamed: (line, known) => {
    line.must('tax')
    const tax = line.take('expected the name of a tax')
    line.must('of')
    const taxMinor = line.amount(known.header.company.currency)
    line.must('on')
    return { verb: 'unnamed', tax, taxMinor, ...readSale(line, known) }
  },
  name: (line) => {
    line.must('tax')
    const tax = line.take('expected the name of a tax')
    line.must('as')
    return { verb: 'name', tax, code: line.take('expected a tax code') }
  },
  differs: (line, known) => {
    line.must('by')
    const byMinor = line.amount(known.header.company.currency)
    line.must('on')
    return { verb: 'differs', byMinor, ...readSale(line, known) }
  },
  accept: (line) => {
    line.must('differences', 'up', 'to')
    return { verb: 'accept', upTo: line.take('expected an amount') }
  },
  map: (line) => {
    const role = readRole(line)
    line.must('to')
    const account = line.take('expected the code of an account')
    return { verb: 'map', role, account, from: line.maybe('from') ? line.date() : null }
  },
  write: (line, known) => {
    line.must('off')
    const order = readOrderName(line, known)
    const amountMinor = line.maybe('by') ? readAmount(line, known) : null
    line.must(':')
    return { verb: 'write off', order, amountMinor, reason: line.words('expected a reason') }
  },
}

const later: Record<string, string> = {
  receive: 'stock and purchasing',
  bill: 'stock and purchasing',
  pay: 'stock and purchasing',
  count: 'stock and purchasing',
  invoice: 'invoices apart from the shipment; a shipment issues its own',
}

/** Reads a verb and what belongs to it; what follows is the caller's. */
export function readVerb(line: LineReader, known: Known): Verb {
  const word = line.peek() ?? ''
  if (Object.hasOwn(later, word)) line.fail(`expected a verb that exists; this one arrives with ${later[word]}`)
  const reading = Object.hasOwn(readings, word) ? readings[word] : undefined
  if (reading === undefined)
    line.fail(`expected a verb: ${Object.keys(readings).join(', ')}, trial balance, expect, refuse`)
  line.take('')
  return reading(line, known)
}

const readAmount = (line: LineReader, { header }: Known): bigint => line.amountAboveZero(header.company.currency)

function readMoney(line: LineReader, known: Known) {
  const money = line.moneyAboveZero(processorCurrency(line, known, 'through'))
  line.must('for')
  const order = readOrderName(line, known)
  const settlesMinor = readSettling(line, known, order)
  return { ...money, order, settlesMinor, processor: readProcessor(line, known, 'through') }
}

/** How much of an order's invoice money in another currency settles. */
const readSettling = (line: LineReader, { orders, header }: Known, order: string): bigint | null =>
  line.maybe('settling') ? line.amountAboveZero(orders.get(order) ?? header.company.currency) : null

/** The currency of the processor that the line names further on: amounts through it are in that, unless they say another. */
function processorCurrency(line: LineReader, { header }: Known, before: 'through' | 'from'): string {
  const name = line.wordAfter(before)
  return header.processors.find((processor) => processor.name === name)?.currency ?? header.company.currency
}

function readJournal(line: LineReader, known: Known) {
  const reference = line.take('expected a name for the journal')
  const reverse = readReverse(line)
  return { reference, reverse, parts: readJournalParts(line, known) }
}

function readEntry(line: LineReader, known: Known): { reference: string; parts: JournalPart[] } {
  const reference = line.take('expected a name for the journal')
  return { reference, parts: readJournalParts(line, known) }
}

function readJournalParts(line: LineReader, known: Known): JournalPart[] {
  line.must(':')
  const parts = [readJournalPart(line, known)]
  while (line.maybe(',')) parts.push(readJournalPart(line, known))
  return parts
}

function readJournalPart(line: LineReader, known: Known): JournalPart {
  const account = readAccount(line)
  const amountMinor = line.amount(known.header.company.currency)
  const party = line.maybe('of') ? readParty(line, known) : null
  const tax = readPartTax(line, known)
  return { ...(isRole(account) ? { role: account } : { account }), amountMinor, party, tax }
}

/** `taxed standard on 100.00`: the code of a line, and on a tax account what was taxed. */
function readPartTax(line: LineReader, known: Known): JournalPart['tax'] {
  if (!line.maybe('taxed')) return null
  const code = line.take('expected a tax code')
  return { code, baseMinor: line.maybe('on') ? line.amount(known.header.company.currency) : null }
}

/** A role, or an account by its code. */
export function readAccount(line: LineReader): string {
  const word = line.peek() ?? ''
  if (!isRole(word) && !/^\d[\w.-]*$/.test(word)) line.fail('expected a role such as bank, or the code of an account')
  return line.take('')
}

function readRole(line: LineReader): string {
  if (!isRole(line.peek() ?? '')) line.fail('expected a role such as sales')
  return line.take('')
}

function readOrder(line: LineReader, known: Known): Verb {
  const order = line.peek() ?? ''
  if (known.orders.has(order)) line.fail('expected an order with a name of its own')
  line.take('expected a name for the order')
  line.must('by')
  const customer = readCustomer(line, known)
  const currency = line.maybe('in') ? line.currency() : known.header.company.currency
  line.must(':')
  const verb = {
    verb: 'order' as const,
    order,
    customer,
    currency,
    parts: [] as OrderPart[],
    shippingMinor: 0n,
    discountMinor: 0n,
  }
  do {
    if (line.maybe('shipping')) verb.shippingMinor = line.amount(currency)
    else if (line.maybe('discount')) verb.discountMinor = line.amount(currency)
    else verb.parts.push(readOrderPart(line, known))
    if (new Set(verb.parts.map(({ gross }) => gross)).size > 1)
      line.fail('expected prices that are all net or all gross')
  } while (line.maybe(','))
  if (verb.parts.length === 0) line.fail('expected an item')
  known.orders.set(order, currency)
  return verb
}

function readOrderPart(line: LineReader, known: Known): OrderPart {
  const part = readItemPart(line, known)
  line.must('at')
  const unitPrice = line.decimal('a price such as 10.00')
  return { ...part, unitPrice, gross: line.maybe('gross') }
}

function readParts(line: LineReader, known: Known): ItemPart[] {
  line.must(':')
  const parts = [readItemPart(line, known)]
  while (line.maybe(',')) parts.push(readItemPart(line, known))
  return parts
}

function readItemPart(line: LineReader, { header }: Known): ItemPart {
  const quantity = line.decimal('a quantity such as 12')
  if (!header.items.some(({ name }) => name === line.peek())) line.fail('expected an item of the header')
  return { quantity, item: line.take('') }
}

function readTaxNumber(line: LineReader): { country: string; scheme: TaxScheme; number: string } {
  const country = line.take('expected the country of a tax number')
  const scheme = line.oneOf(taxSchemeNames, 'a kind of tax number')
  return { country, scheme, number: line.take('expected a tax number without spaces') }
}

function readCustomer(line: LineReader, { header }: Known): string {
  if (!header.customers.some(({ name }) => name === line.peek())) line.fail('expected a customer of the header')
  return line.take('')
}

function readParty(line: LineReader, known: Known): string {
  return known.header.suppliers.includes(line.peek() ?? '') ? line.take('') : readCustomer(line, known)
}

function readOrderName(line: LineReader, { orders }: Known): string {
  if (!orders.has(line.peek() ?? '')) line.fail('expected an order placed above')
  return line.take('')
}

function readProcessor(line: LineReader, { header }: Known, before: 'through' | 'from'): string {
  line.must(before)
  if (!header.processors.some(({ name }) => name === line.peek())) line.fail('expected a processor of the header')
  return line.take('')
}
