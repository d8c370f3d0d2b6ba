import { type AccountingDate, parseAccountingDate } from '../../kernel/accounting-date.ts'
import { readAmount } from './amount-text.ts'
import { type ParsedEntry, type ParsedJournal, type ParsedPosting, type Place, refuseAt } from './parsed.ts'

const head = /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:=\S+)?(?:\s+([*!]))?(?:\s+\(([^)]*)\))?(?:\s+(.*))?$/
const ignored = /^(?:commodity|account|tag|payee|format|D|Y|decimal-mark)\b/
const tagForm = /(?:^|[\s,;])(party|document|source|reference|rule|revision|number):\s*([^,]*)/g

/**
 * Reads a journal text of hledger or ledger: transactions with amounts, prices (`@`, `@@`), one amount left out, balance assertions, market
 * prices (`P`), and the tags party, document and reference. Throws `BadInput` for whatever is beyond that.
 */
export function readHledger(file: string, text: string): ParsedJournal {
  const journal: ParsedJournal = { lines: 0, entries: [], balances: [], prices: [] }
  const lines = text.split(/\r\n|\n|\r/)
  let entry: ParsedEntry | undefined
  let commented = false
  for (const [index, line] of lines.entries()) {
    const place = { file, line: index + 1, column: 1 }
    if (commented || /^(?:comment|test)\s*$/.test(line)) {
      commented = !/^end (?:comment|test)\s*$/.test(line)
      continue
    }
    if (/^\s*$/.test(line)) entry = undefined
    else if (/^[;#*%|]/.test(line)) continue
    else if (/^\s/.test(line)) readIndented(line, place, entry)
    else entry = readDirective(line, place, journal)
  }
  journal.lines = journal.entries.reduce((sum, { postings }) => sum + postings.length, 0)
  return journal
}

function readDirective(line: string, place: Place, journal: ParsedJournal): ParsedEntry | undefined {
  const [plain, comment] = splitComment(line)
  const match = head.exec(plain.trimEnd())
  if (match !== null) {
    const entry: ParsedEntry = {
      place,
      date: dayIn(match[1] as string, place),
      reference: null,
      description: (match[4] ?? '').trim(),
      number: match[3]?.trim() || null,
      party: null,
      document: null,
      postings: [],
    }
    tagsOf(comment, entry)
    journal.entries.push(entry)
    return entry
  }
  const price = /^P\s+(\S+)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s+(\S+)\s+(.+)$/.exec(plain)
  if (price !== null) {
    const amount = readAmount(price[3] as string, place)
    journal.prices.push({
      date: dayIn(price[1] as string, place),
      commodity: codeOf(price[2] as string),
      price: amount,
    })
    return undefined
  }
  if (ignored.test(line)) return undefined
  return refuseAt(place, JSON.stringify(line.slice(0, 60)), 'a transaction, a price or a comment')
}

const codeOf = (commodity: string): string => ({ $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY' })[commodity] ?? commodity

function dayIn(text: string, place: Place): AccountingDate {
  const [year = '', month = '', day = ''] = text.split(/[-/.]/)
  const found = parseAccountingDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  return found ?? refuseAt(place, `day ${text}`, 'a day such as 2011-01-31')
}

function readIndented(line: string, place: Place, entry: ParsedEntry | undefined): void {
  const start = line.length - line.trimStart().length
  const at = { ...place, column: start + 1 }
  const [plain, comment] = splitComment(line.trimStart())
  if (plain.trim() === '') {
    if (entry !== undefined) tagsOf(comment, entry.postings.at(-1) ?? entry, entry)
    return
  }
  if (entry === undefined) {
    if (/^(?:format|note|alias|assert|check|default|eval|payee|type)\b/.test(plain)) return // of a directive above
    refuseAt(at, JSON.stringify(plain.slice(0, 60)), 'a posting below a transaction')
    return
  }
  const posting = readPosting(plain, at)
  entry.postings.push(posting)
  tagsOf(comment, posting, entry)
}

function readPosting(text: string, place: Place): ParsedPosting {
  const match = /^(?:[*!]\s+)?(.+?)(?:(?:\s{2,}|\t+)(.*))?$/.exec(text.trimEnd()) as RegExpExecArray
  const account = (match[1] as string).trim()
  if (/^[([]/.test(account)) refuseAt(place, account, 'a posting that balances, and no virtual one')
  const rest = (match[2] ?? '').trim()
  const [, amount = '', price = '', asserted] = /^([^@=]*)(@@?[^=]*)?(?:(?:={1,2}\*?)(.*))?$/.exec(rest) ?? []
  if (/[{(]/.test(rest)) refuseAt(place, JSON.stringify(rest), 'an amount with a price at most: lots are not read')
  if (amount.trim() === '' && asserted !== undefined)
    refuseAt(place, JSON.stringify(rest), 'an amount before its balance assertion')
  return {
    place,
    account,
    amount: amount.trim() === '' ? null : readAmount(amount, place),
    price:
      price === ''
        ? null
        : { ...readAmount(price.replace(/^@@?/, ''), place), of: price.startsWith('@@') ? 'total' : 'unit' },
    asserts: asserted === undefined ? null : readAmount(asserted.split('@')[0] as string, place),
    party: null,
    document: null,
  }
}

function splitComment(line: string): [text: string, comment: string] {
  const at = line.search(/(?:^|\s);/)
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(line.indexOf(';', at) + 1)]
}

type Tagged = { party: string | null; document: string | null }

/** An entry's own tags; those below a posting are the posting's. */
function tagsOf(comment: string, tagged: Tagged, entry?: ParsedEntry): void {
  const whole = (entry ?? tagged) as ParsedEntry
  for (const [, name, value = ''] of comment.matchAll(tagForm)) {
    const said = value.trim()
    if (name === 'party') tagged.party = said
    else if (name === 'document') tagged.document = said
    else if (name === 'source' || name === 'reference')
      whole.reference = [whole.reference, said].filter(Boolean).join(' ')
    else if (name === 'rule' || name === 'revision') whole.reference = [whole.reference, said].filter(Boolean).join(' ')
  }
}
