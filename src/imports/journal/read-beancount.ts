import { type AccountingDate, parseAccountingDate } from '../../kernel/accounting-date.ts'
import { readAmount } from './amount-text.ts'
import { type ParsedEntry, type ParsedJournal, type ParsedPosting, type Place, refuseAt } from './parsed.ts'

const dated = /^(\d{4}[-/]\d{2}[-/]\d{2})\s+(\S+)\s*(.*)$/
const ignoredDirectives = new Set(['open', 'close', 'commodity', 'note', 'document', 'event', 'query', 'custom'])
const accountForm = /^(?:[*!]\s+)?([\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*(?::[\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*)+)(?:\s+(.*))?$/u

/**
 * Reads a journal text of beancount: transactions with amounts, prices (`@`, `@@`), one amount left out, balances, prices, and the metadata
 * party, document and reference. Throws `BadInput` for whatever is beyond that, such as lots held at cost.
 */
export function readBeancount(file: string, text: string): ParsedJournal {
  const journal: ParsedJournal = { lines: 0, entries: [], balances: [], prices: [] }
  let entry: ParsedEntry | undefined
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const place = { file, line: index + 1, column: 1 }
    const plain = withoutComment(line)
    if (/^\s*$/.test(plain) || /^(?:\*|#|:)/.test(line)) continue
    if (/^\s/.test(plain)) readIndented(plain, place, entry)
    else entry = readDirective(plain.trimEnd(), place, journal)
  }
  journal.lines = journal.entries.reduce((sum, { postings }) => sum + postings.length, 0)
  return journal
}

const stringsOf = (text: string): string[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inside = '']) => inside.replace(/\\(.)/g, '$1'))

function withoutComment(line: string): string {
  let quoted = false
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1
    else if (line[at] === '"') quoted = !quoted
    else if (line[at] === ';' && !quoted) return line.slice(0, at)
  }
  return line
}

function readDirective(line: string, place: Place, journal: ParsedJournal): ParsedEntry | undefined {
  const match = dated.exec(line)
  if (match === null) {
    if (/^(?:option|plugin)\s/.test(line)) return undefined
    return refuseAt(place, JSON.stringify(line.slice(0, 60)), 'a dated directive, an option or a comment')
  }
  const [, day = '', word = '', rest = ''] = match
  const date = dayIn(day, place)
  if (ignoredDirectives.has(word)) return undefined
  if (word === 'price') {
    const [, commodity = '', amount = ''] = /^(\S+)\s+(.*)$/.exec(rest) ?? []
    journal.prices.push({ date, commodity, price: readAmount(amount, place) })
    return undefined
  }
  if (word === 'balance') {
    const [, account = '', amount = ''] = /^(\S+)\s+(.*)$/.exec(rest) ?? []
    journal.balances.push({ place, date, account, amount: readAmount(amount, place) })
    return undefined
  }
  if (word !== '*' && word !== '!' && word !== 'txn')
    return refuseAt({ ...place, column: day.length + 2 }, word, 'a transaction, balance, price, open or close')
  const [first = '', second] = stringsOf(rest)
  const entry: ParsedEntry = {
    place,
    date,
    reference: null,
    description: second === undefined ? first : [first, second].filter((text) => text !== '').join(' · '),
    number: null,
    party: null,
    document: null,
    postings: [],
  }
  journal.entries.push(entry)
  return entry
}

const dayIn = (text: string, place: Place): AccountingDate =>
  parseAccountingDate(text.replaceAll('/', '-')) ?? refuseAt(place, `day ${text}`, 'a day such as 2011-01-31')

function readIndented(line: string, place: Place, entry: ParsedEntry | undefined): void {
  const text = line.trim()
  const at = { ...place, column: line.length - line.trimStart().length + 1 }
  const metadata = /^([a-z][A-Za-z0-9_-]*):\s*(.*)$/.exec(text)
  if (metadata !== null) {
    if (entry !== undefined) readMetadata(metadata[1] as string, metadata[2] as string, entry)
    return
  }
  if (entry === undefined) {
    refuseAt(at, JSON.stringify(text.slice(0, 60)), 'a posting below a transaction')
    return
  }
  if (/^[#^]/.test(text)) return // tags and links on lines of their own
  const match = accountForm.exec(text)
  if (match === null) {
    refuseAt(at, JSON.stringify(text.slice(0, 60)), 'a posting such as Assets:Bank  12.50 EUR')
    return
  }
  entry.postings.push(postingOf(match[1] as string, (match[2] ?? '').trim(), at))
}

function postingOf(account: string, rest: string, place: Place): ParsedPosting {
  if (/[{*/(]/.test(rest)) refuseAt(place, JSON.stringify(rest), 'an amount with a price at most: costs are not read')
  const [, amount = '', price = ''] = /^([^@]*)(@@?.*)?$/.exec(rest) ?? []
  return {
    place,
    account,
    amount: amount.trim() === '' ? null : readAmount(amount, place),
    price:
      price === ''
        ? null
        : { ...readAmount(price.replace(/^@@?/, ''), place), of: price.startsWith('@@') ? 'total' : 'unit' },
    asserts: null,
    party: null,
    document: null,
  }
}

function readMetadata(name: string, value: string, entry: ParsedEntry): void {
  const said = stringsOf(value)[0] ?? value.trim()
  const tagged = entry.postings.at(-1) ?? entry
  if (name === 'party') tagged.party = said
  else if (name === 'document') tagged.document = said
  else if (name === 'number') entry.number = said
  else if (['reference', 'source', 'rule', 'revision'].includes(name))
    entry.reference = [entry.reference, said].filter(Boolean).join(' ')
}
