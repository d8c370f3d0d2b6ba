import { readLines } from '../read-lines.ts'
import { readAmount, readPriced } from './amount-text.ts'
import {
  addPosting,
  commodityOf,
  dayOf,
  type JournalSink,
  labelOf,
  type ParsedEntry,
  type ParsedPosting,
  type Place,
  refuseAt,
} from './parsed.ts'

const dated = /^(\d{4}[-/]\d{2}[-/]\d{2})\s+(\S+)\s*(.*)$/s
const ignoredDirectives = new Set(['open', 'close', 'commodity', 'note', 'document', 'event', 'query', 'custom'])
const accountForm = /^(?:[*!]\s+)?([\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*(?::[\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*)+)(?:\s+(.*))?$/su

/**
 * Reads a journal text of beancount: transactions with amounts, prices (`@`, `@@`), one amount left out, balances, prices, and the metadata
 * party, document and reference. Throws `BadInput` for whatever is beyond that, such as lots held at cost.
 */
export async function readBeancount(file: string, sink: JournalSink): Promise<void> {
  let entry: ParsedEntry | undefined
  const end = (): void => {
    if (entry !== undefined) sink.entry(entry)
    entry = undefined
  }
  await readLines(file, (line, number) => {
    const place = { file, line: number, column: 1 }
    const plain = withoutComment(line)
    if (/^\s*$/.test(plain) || /^(?:\*|#|:)/.test(line)) return
    if (/^\s/.test(plain)) return readIndented(plain, place, entry)
    end()
    entry = readDirective(plain.trimEnd(), place, sink)
  })
  end()
}

// A string that is not closed is matched to the end of the line, and let go: otherwise each quote in it would be tried as a beginning.
const stringForm = /"((?:[^"\\]|\\.)*)("|\\?$)/gs

const stringsOf = (text: string): string[] =>
  [...text.matchAll(stringForm)].flatMap(([, inside = '', end]) =>
    end === '"' ? [inside.replace(/\\(.)/gs, '$1')] : [],
  )

function withoutComment(line: string): string {
  let quoted = false
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1
    else if (line[at] === '"') quoted = !quoted
    else if (line[at] === ';' && !quoted) return line.slice(0, at)
  }
  return line
}

/** The entry that a directive begins; whatever else it says is handed over at once. */
function readDirective(line: string, place: Place, sink: JournalSink): ParsedEntry | undefined {
  const match = dated.exec(line)
  if (match === null) {
    if (/^(?:option|plugin)\s/.test(line)) return undefined
    return refuseAt(place, JSON.stringify(line.slice(0, 60)), 'a dated directive, an option or a comment')
  }
  const [, day = '', word = '', rest = ''] = match
  const date = dayOf(day.replaceAll('/', '-'), place)
  if (ignoredDirectives.has(word)) return undefined
  const [, name = '', amount = ''] = /^(\S+)\s+(.*)$/s.exec(rest) ?? []
  if (word === 'price') {
    sink.price({ place, date, commodity: commodityOf(name), price: readAmount(amount, place) })
    return undefined
  }
  if (word === 'balance') {
    sink.balance({ place, date, account: name, amount: readAmount(amount, place) })
    return undefined
  }
  if (word !== '*' && word !== '!' && word !== 'txn')
    return refuseAt(
      { ...place, column: day.length + 2 },
      word.slice(0, 60),
      'a transaction, balance, price, open or close',
    )
  const [first = '', second] = stringsOf(rest)
  return {
    place,
    date,
    reference: null,
    description: second === undefined ? first : [first, second].filter((text) => text !== '').join(' · '),
    number: null,
    party: null,
    document: null,
    postings: [],
  }
}

function readIndented(line: string, place: Place, entry: ParsedEntry | undefined): void {
  const text = line.trim()
  const at = { ...place, column: line.length - line.trimStart().length + 1 }
  const metadata = /^([a-z][A-Za-z0-9_-]*):\s*(.*)$/s.exec(text)
  if (metadata !== null) {
    if (entry !== undefined) readMetadata(metadata[1] as string, metadata[2] as string, entry, at)
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
  addPosting(entry, postingOf(match[1] as string, (match[2] ?? '').trim(), at))
}

function postingOf(account: string, rest: string, place: Place): ParsedPosting {
  const shown = JSON.stringify(rest.slice(0, 60))
  if (/[{*/(]/.test(rest)) refuseAt(place, shown, 'an amount with a price at most: costs are not read')
  const [, amount = '', price = ''] = /^([^@]*)(@@?.*)?$/s.exec(rest) ?? []
  if (amount.trim() === '' && price !== '') refuseAt(place, shown, 'an amount before its price')
  return {
    place,
    account,
    ...readPriced({ amount, price }, (said) => readAmount(said, place)),
    asserts: null,
    party: null,
    document: null,
    tax: null,
  }
}

function readMetadata(name: string, value: string, entry: ParsedEntry, place: Place): void {
  const said = stringsOf(value)[0] ?? value.trim()
  const tagged = entry.postings.at(-1) ?? entry
  if (name === 'party') tagged.party = labelOf(said, 'party', place)
  else if (name === 'document') tagged.document = labelOf(said, 'document', place)
  else if (name === 'number') entry.number = labelOf(said, 'number', place)
  else if (['reference', 'source', 'rule', 'revision'].includes(name))
    entry.reference = labelOf([entry.reference, said].filter(Boolean).join(' '), 'reference', place) || null
}
