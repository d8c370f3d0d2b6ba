import type { AccountingDate } from '../../kernel/accounting-date.ts'
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

const head = /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:=\S+)?(?:\s+([*!]))?(?:\s+\(([^)]*)\))?(?:\s+(.*))?$/s
const ignored = /^(?:commodity|account|tag|payee|format|D|Y|decimal-mark)\b/
const tagForm = /(?:^|[\s,;])(party|document|source|reference|rule|revision|number):\s*([^,]*)/g

/**
 * Reads a journal text of hledger or ledger: transactions with amounts, prices (`@`, `@@`), one amount left out, balance assertions, market
 * prices (`P`), and the tags party, document and reference. Throws `BadInput` for whatever is beyond that.
 */
export async function readHledger(file: string, sink: JournalSink): Promise<void> {
  const reader = new HledgerReader(file, sink)
  await readLines(file, (line, number) => reader.read(line, number))
  reader.end()
}

class HledgerReader {
  private readonly file: string
  private readonly sink: JournalSink
  private entry: ParsedEntry | undefined
  private commented = false
  /** Until a format says that the point is the decimal mark, one comma alone may be it. */
  private commaMayBeDecimal = true

  constructor(file: string, sink: JournalSink) {
    this.file = file
    this.sink = sink
  }

  read(line: string, number: number): void {
    const place = { file: this.file, line: number, column: 1 }
    if (this.commented || /^(?:comment|test)\s*$/.test(line)) {
      this.end()
      this.commented = !/^end (?:comment|test)\s*$/.test(line)
    } else if (/^\s*$/.test(line)) this.end()
    else if (/^[;#*%|]/.test(line)) return
    else if (/^\s/.test(line)) this.indented(line, place)
    else this.directive(line, place)
  }

  /** Hands over the entry that has ended. */
  end(): void {
    if (this.entry !== undefined) this.sink.entry(this.entry)
    this.entry = undefined
  }

  private directive(line: string, place: Place): void {
    this.end()
    const [plain, comment] = splitComment(line)
    const match = head.exec(plain.trimEnd())
    if (match !== null) {
      this.entry = {
        place,
        date: dayIn(match[1] as string, place),
        reference: null,
        description: (match[4] ?? '').trim(),
        number: labelOf(match[3] ?? '', 'number', place) || null,
        party: null,
        document: null,
        postings: [],
      }
      tagsOf(comment, this.entry, this.entry, place)
      return
    }
    const price = /^P\s+(\S+)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s+(\S+)\s+(.+)$/s.exec(plain)
    if (price !== null) {
      const date = dayIn(price[1] as string, place)
      const commodity = commodityOf(price[2] as string)
      this.sink.price({ place, date, commodity, price: this.amount(price[3] as string, place) })
    } else if (ignored.test(line)) this.declaration(plain, place)
    else refuseAt(place, JSON.stringify(line.slice(0, 60)), 'a transaction, a price or a comment')
  }

  /** A format with a decimal comma would have every amount of the file misread. */
  private declaration(line: string, place: Place): void {
    const [, word = '', said = ''] = /^(commodity|format|D|decimal-mark)\b(.*)$/s.exec(line) ?? []
    if (word === '') return
    if (word === 'decimal-mark' ? said.includes(',') : /\d,(?!\d{3})|,\d{3}\D.*,|\.\d{3}[.,]/s.test(said))
      refuseAt(place, JSON.stringify(line.slice(0, 60)), 'amounts with a decimal point')
    if (said.includes('.')) this.commaMayBeDecimal = false
  }

  private indented(line: string, place: Place): void {
    const start = line.length - line.trimStart().length
    const at = { ...place, column: start + 1 }
    const [plain, comment] = splitComment(line.trimStart())
    if (plain.trim() === '') {
      if (this.entry !== undefined) tagsOf(comment, this.entry.postings.at(-1) ?? this.entry, this.entry, at)
      return
    }
    if (this.entry === undefined) {
      if (/^(?:format|note|alias|assert|check|default|eval|payee|type)\b/.test(plain)) this.declaration(plain, at)
      else refuseAt(at, JSON.stringify(plain.slice(0, 60)), 'a posting below a transaction')
      return
    }
    const posting = this.posting(plain, at)
    addPosting(this.entry, posting)
    tagsOf(comment, posting, this.entry, at)
  }

  private posting(text: string, place: Place): ParsedPosting {
    const match = /^(?:[*!]\s+)?(.+?)(?:(?:\s{2,}|\t+)(.*))?$/s.exec(text.trimEnd()) as RegExpExecArray
    const account = (match[1] as string).trim()
    if (/^[([]/.test(account)) refuseAt(place, account.slice(0, 80), 'a posting that balances, and no virtual one')
    const rest = (match[2] ?? '').trim()
    const [, amount = '', price = '', sign = '', asserted] =
      /^([^@=]*)(@@?[^=]*)?(?:(={1,2}\*?)(.*))?$/s.exec(rest) ??
      refuseAt(place, JSON.stringify(rest.slice(0, 60)), 'an amount')
    const shown = JSON.stringify(rest.slice(0, 60))
    if (/[{(]/.test(rest)) refuseAt(place, shown, 'an amount with a price at most: lots are not read')
    if (amount.trim() === '' && (asserted !== undefined || price !== ''))
      refuseAt(place, shown, `an amount before its ${asserted === undefined ? 'price' : 'balance assertion'}`)
    return {
      place,
      account,
      ...readPriced({ amount, price }, (said) => this.amount(said, place)),
      asserts:
        asserted === undefined
          ? null
          : {
              ...this.amount(asserted.split('@')[0] as string, place),
              below: sign.endsWith('*'),
              alone: sign.startsWith('=='),
            },
      party: null,
      document: null,
      tax: null,
    }
  }

  private amount(text: string, place: Place) {
    return readAmount(text, place, { commaMayBeDecimal: this.commaMayBeDecimal })
  }
}

function dayIn(text: string, place: Place): AccountingDate {
  const [year = '', month = '', day = ''] = text.split(/[-/.]/)
  return dayOf(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, place)
}

function splitComment(line: string): [text: string, comment: string] {
  const at = line.search(/(?:^|\s);/)
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(line.indexOf(';', at) + 1)]
}

type Tagged = { party: string | null; document: string | null }

/** An entry's own tags; those below a posting are the posting's, save what makes the entry one. */
function tagsOf(comment: string, tagged: Tagged, entry: ParsedEntry, place: Place): void {
  for (const [, name, value = ''] of comment.matchAll(tagForm)) {
    const said = value.trim()
    if (name === 'party') tagged.party = labelOf(said, 'party', place)
    else if (name === 'document') tagged.document = labelOf(said, 'document', place)
    else if (name !== 'number')
      entry.reference = labelOf([entry.reference, said].filter(Boolean).join(' '), 'reference', place) || null
  }
}
