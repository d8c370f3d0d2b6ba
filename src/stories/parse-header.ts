import { isCountryCode } from '../kernel/countries.ts'
import { isCurrencyCode } from '../kernel/currencies.ts'
import { formatDecimal } from '../kernel/decimal.ts'
import { charts } from '../ledger/charts/index.ts'
import type { LineReader } from './line-reader.ts'
import type {
  CompanyHeader,
  CustomerHeader,
  Header,
  ItemHeader,
  ProcessorHeader,
  RateHeader,
  TaxHeader,
} from './story.ts'

const headerWords = ['tax', 'item', 'customer', 'supplier', 'processor', 'rate'] as const

/** Reads the first line, which says whose books they are. */
export function readCompany(line: LineReader): CompanyHeader {
  if (!line.maybe('company')) line.fail("expected a company such as 'company GB GBP'")
  const country = line.peek() ?? ''
  if (!isCountryCode(country)) line.fail('expected a country of two letters such as GB')
  line.take('')
  const currency = line.peek() ?? ''
  if (!isCurrencyCode(currency)) line.fail('expected a currency of three letters such as GBP')
  line.take('')
  const company: CompanyHeader = { country, currency }
  for (;;) {
    if (line.maybe('chart')) company.chart = line.oneOf(Object.keys(charts), 'a chart of accounts')
    else if (line.maybe('zone')) company.timeZone = line.take('expected a time zone such as Europe/London')
    else break
  }
  line.end()
  return company
}

/** Reads a line of the header and adds what it says. */
export function readHeaderLine(line: LineReader, header: Header): void {
  const word = line.oneOf(headerWords, 'a day such as 2011-01-31, or a line of the header')
  if (word === 'tax') header.taxes.push(readTax(line))
  else if (word === 'item') header.items.push(readItem(line, header))
  else if (word === 'customer') header.customers.push(readCustomer(line, header))
  else if (word === 'supplier') header.suppliers.push(line.take('expected the name of a supplier'))
  else if (word === 'processor') header.processors.push(readProcessor(line, header))
  else header.rates.push(readRate(line, header))
  line.end()
}

function readTax(line: LineReader): TaxHeader {
  const code = line.take('expected the name of a tax code')
  const found = /^(\d+(?:\.\d+)?)%$/.exec(line.peek() ?? '')
  const [whole = '', fraction = ''] = (found?.[1] ?? '').split('.')
  const rate = { unscaled: BigInt(whole + fraction), scale: fraction.length + 2 }
  if (found === null || rate.unscaled > 10n ** BigInt(rate.scale)) line.fail('expected a rate such as 20%')
  line.take('')
  const tax: TaxHeader = { code, rate: formatDecimal(rate), from: null, authority: null }
  for (;;) {
    if (line.maybe('from')) tax.from = line.date()
    else if (line.maybe('authority')) tax.authority = line.take('expected the name of a tax authority')
    else return tax
  }
}

function readItem(line: LineReader, header: Header): ItemHeader {
  const name = newName(line, header.items, 'an item')
  const item: ItemHeader = { name, kind: 'goods', taxCode: null }
  for (;;) {
    if (line.peek() === 'fifo' || line.peek() === 'average')
      line.fail("expected an item without stock, since items with stock do not exist yet: 'service', or nothing")
    if (line.peek() === 'card') line.fail("expected an item that is no gift card, since those are sold by 'sell card'")
    if (line.maybe('service')) item.kind = 'service'
    else if (line.maybe('tax')) item.taxCode = line.take('expected the name of a tax code')
    else return item
  }
}

function readCustomer(line: LineReader, header: Header): CustomerHeader {
  const customer: CustomerHeader = {
    name: newName(line, header.customers, 'a customer'),
    paymentDays: 0,
    country: null,
  }
  for (;;) {
    if (line.maybe('on')) {
      line.must('account')
      customer.paymentDays = Number(line.decimal('a number of days'))
      if (!Number.isInteger(customer.paymentDays)) line.fail('expected a whole number of days')
      line.must('days')
    } else if (line.maybe('country')) {
      customer.country = line.peek() ?? ''
      if (!isCountryCode(customer.country)) line.fail('expected a country of two letters such as DE')
      line.take('')
    } else return customer
  }
}

function readProcessor(line: LineReader, { company, processors }: Header): ProcessorHeader {
  const name = newName(line, processors, 'a processor')
  if (line.peek() === undefined) return { name, currency: company.currency }
  return { name, currency: line.currency() }
}

/** A rate holds from its day until the next one of its currency. */
function readRate(line: LineReader, { company, rates }: Header): RateHeader {
  const day = line.date()
  const currency = line.peek() ?? ''
  if (currency === company.currency) line.fail('expected another currency such as EUR')
  if (rates.some((rate) => rate.day === day && rate.currency === currency)) line.fail('expected one rate a day')
  line.currency()
  const at = line.peek() ?? ''
  if (/^0+(\.0*)?$/.test(at)) line.fail('expected a rate above zero')
  return { day, currency, rate: line.decimal(`what one ${currency} is worth in ${company.currency}`) }
}

function newName(line: LineReader, known: readonly { name: string }[], what: string): string {
  const place = line.peek()
  if (known.some(({ name }) => name === place)) line.fail(`expected ${what} with a name of its own`)
  return line.take(`expected the name of ${what}`)
}
