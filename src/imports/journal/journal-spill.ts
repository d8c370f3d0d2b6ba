import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { DocumentSpill, type RowCodec } from '../document-spill.ts'
import type {
  Amount,
  JournalSink,
  ParsedBalance,
  ParsedEntry,
  ParsedPosting,
  ParsedPrice,
  ParsedTax,
  Place,
  PostingPrice,
} from './parsed.ts'

/** What texts hold, each thing on its day: prices before balances before entries, and otherwise as they stand. */
export type DatedItem =
  | { kind: 'price'; item: ParsedPrice }
  | { kind: 'balance'; item: ParsedBalance }
  | { kind: 'entry'; item: ParsedEntry }

// An item is about that many times as long in the spill as in its file.
const spilledPerByte = 3
const orderOfKind = { price: 0, balance: 1, entry: 2 } as const

/**
 * Puts what the texts of an import hold in order of day, in memory that does not grow with them. Entries of one reference come out together, so
 * that the second is seen; all else stands alone.
 */
export class JournalSpill {
  private readonly spill: DocumentSpill<DatedItem>
  private readonly files: readonly string[]
  /** How many postings have been added. */
  postings = 0
  entries = 0

  constructor(files: readonly { path: string; bytes: number }[]) {
    this.files = files.map(({ path }) => path)
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    this.spill = new DocumentSpill(bytes * spilledPerByte, codecOf(this.files))
  }

  sinkFor(file: number): JournalSink {
    const add = (item: DatedItem): void => this.spill.add(file, item.item.place.line, item)
    return {
      price: (item) => add({ kind: 'price', item }),
      balance: (item) => add({ kind: 'balance', item }),
      entry: (item) => {
        this.entries += 1
        this.postings += item.postings.length
        add({ kind: 'entry', item })
      },
    }
  }

  sort(): void {
    this.spill.sort()
  }

  /** The items in order of day, as often as they are asked for; those that share a reference in one list. */
  *read(): Generator<DatedItem[]> {
    for (const { rows } of this.spill.read()) yield rows.map(({ row }) => row)
  }

  remove(): void {
    this.spill.remove()
  }
}

const codecOf = (files: readonly string[]): RowCodec<DatedItem> => {
  const places = new Map(files.map((file, index) => [file, index]))
  return {
    keyOf: ({ kind, item }) => {
      const reference = kind === 'entry' ? item.reference : null
      const { file, line } = item.place
      return reference === null ? `${kind} ${places.get(file)} ${line}` : `named ${JSON.stringify(reference)}`
    },
    orderOf: ({ kind, item }) => `${item.date} ${orderOfKind[kind]}`,
    pack: (item) => [packed(item, places)],
    unpack: ([text]) => unpacked(JSON.parse(text as string), files),
  }
}

type PackedPlace = [file: number, line: number, column: number]
type PackedAmount = [unscaled: string, scale: number, commodity: string, of?: PostingPrice['of']]

const packAmount = (amount: (Amount & { of?: PostingPrice['of'] }) | null): PackedAmount | null =>
  amount === null
    ? null
    : ([
        String(amount.number.unscaled),
        amount.number.scale,
        amount.commodity,
        ...(amount.of ? [amount.of] : []),
      ] as PackedAmount)

const unpackAmount = ([unscaled, scale, commodity]: PackedAmount): Amount => ({
  number: { unscaled: BigInt(unscaled), scale },
  commodity,
})

type PackedPosting = [
  place: PackedPlace,
  account: string,
  amount: PackedAmount | null,
  price: PackedAmount | null,
  asserts: [amount: PackedAmount, below: boolean, alone: boolean] | null,
  party: string | null,
  document: string | null,
  tax: ParsedTax | null,
]
type Packed =
  | ['price', PackedPlace, AccountingDate, string, PackedAmount]
  | ['balance', PackedPlace, AccountingDate, string, PackedAmount]
  | ['entry', PackedPlace, AccountingDate, Omit<ParsedEntry, 'place' | 'date' | 'postings'>, PackedPosting[]]

function packed({ kind, item }: DatedItem, places: ReadonlyMap<string, number>): string {
  const place = ({ file, line, column }: Place): PackedPlace => [places.get(file) as number, line, column]
  if (kind === 'price')
    return JSON.stringify([kind, place(item.place), item.date, item.commodity, packAmount(item.price)])
  if (kind === 'balance')
    return JSON.stringify([kind, place(item.place), item.date, item.account, packAmount(item.amount)])
  const { place: at, date, postings, ...about } = item
  const lines = postings.map(
    (posting): PackedPosting => [
      place(posting.place),
      posting.account,
      packAmount(posting.amount),
      packAmount(posting.price),
      posting.asserts && [packAmount(posting.asserts) as PackedAmount, posting.asserts.below, posting.asserts.alone],
      posting.party,
      posting.document,
      posting.tax,
    ],
  )
  return JSON.stringify([kind, place(at), date, about, lines])
}

function unpacked(row: Packed, files: readonly string[]): DatedItem {
  const placeOf = ([file, line, column]: PackedPlace): Place => ({ file: files[file] as string, line, column })
  const [kind, at, date, ...rest] = row
  const place = placeOf(at)
  if (kind === 'entry') {
    const [about, postings] = rest as [Omit<ParsedEntry, 'place' | 'date' | 'postings'>, PackedPosting[]]
    return {
      kind,
      item: { ...about, place, date, postings: postings.map((posting) => unpackPosting(posting, placeOf)) },
    }
  }
  const [name, amount] = rest as [string, PackedAmount]
  return kind === 'price'
    ? { kind, item: { place, date, commodity: name, price: unpackAmount(amount) } }
    : { kind, item: { place, date, account: name, amount: unpackAmount(amount) } }
}

const unpackPosting = (
  [at, account, amount, price, asserts, party, document, tax]: PackedPosting,
  placeOf: (at: PackedPlace) => Place,
): ParsedPosting => ({
  place: placeOf(at),
  account,
  amount: amount && unpackAmount(amount),
  price: price && { ...unpackAmount(price), of: price[3] as PostingPrice['of'] },
  asserts: asserts && { ...unpackAmount(asserts[0]), below: asserts[1], alone: asserts[2] },
  party,
  document,
  tax,
})
