import { basename } from 'node:path'
import { BadInput } from '../kernel/bad-input.ts'
import { openInput } from './input-files.ts'
import { journalFormat } from './journal/format.ts'
import { journalColumns } from './journal/read-csv-journal.ts'
import { northwind } from './northwind/format.ts'
import { olist } from './olist/format.ts'
import { olistTableOf } from './olist/rows.ts'
import { onlineRetail } from './online-retail/format.ts'
import { readHeader } from './online-retail/row.ts'
import { openingBalances } from './opening-balances/format.ts'
import { ownOrders } from './orders/format.ts'
import { readCsv } from './read-csv.ts'
import { shopifyOrders } from './shopify-orders/format.ts'
import { isShopifyHeader } from './shopify-orders/rows.ts'
import { xeroJournals } from './xero-journals/format.ts'
import { tableOf } from './xero-journals/read-export.ts'

/** A format, in the words of whoever chooses one. */
export type FormatWords = { format: string; label: string; description: string }

/** What a file is by itself, and in words. */
export type RecognisedFile = { formats: FormatWords[]; message: string }

export type Recognised = { files: RecognisedFile[]; formats: FormatWords[]; format: string | null; message: string }

/** The beginning of a file: the first rows of a CSV, the names of its columns in small letters, and of anything else its first characters. */
type Sample = {
  name: string
  kind: string
  header: readonly string[]
  rows: readonly (readonly string[])[]
  text: string
}

type Known = FormatWords & {
  fits(sample: Sample): boolean
  /** What lies beside files of the format and is passed over. */
  goesAlong?(sample: Sample): boolean
  /** What must be there besides; the words for what is not. */
  lacks?(samples: readonly Sample[]): string | undefined
}

const isCsv = ({ kind }: Sample): boolean => kind === 'csv'
const isJson = ({ kind }: Sample): boolean => kind === 'json' || kind === 'jsonl'
const has = ({ header }: Sample, ...names: readonly string[]): boolean => names.every((name) => header.includes(name))
const keyed = ({ text }: Sample, ...keys: readonly string[]): boolean =>
  keys.every((key) => new RegExp(`"${key}"\\s*:`).test(text))

const olistTables = ['orders', 'items', 'payments'] as const
const xeroTables = ['account', 'journal', 'journal_line'] as const

const missingOf = (names: readonly string[], found: readonly (string | undefined)[]): string | undefined => {
  const missing = names.filter((name) => !found.includes(name))
  return missing.length > 0 ? `the tables ${missing.join(', ')} are missing` : undefined
}

const known: readonly Known[] = [
  {
    format: onlineRetail.name,
    label: 'Order lines of an online retailer',
    description:
      'CSV with a row for each line: Invoice, StockCode, Quantity, InvoiceDate, Price, Customer ID, Country.',
    fits: (sample) => isCsv(sample) && isRetailHeader(sample.header),
  },
  {
    format: ownOrders.name,
    label: "Countinghouse's own format of orders",
    description: 'CSV with a row for each record of an order, or JSON with an object for each order.',
    fits: (sample) =>
      isCsv(sample) ? has(sample, 'order', 'record') : isJson(sample) && keyed(sample, 'order', 'ordered_on'),
  },
  {
    format: shopifyOrders.name,
    label: 'Shopify: export of orders',
    description: "The CSV that Shopify's admin exports: Name, Financial Status, Lineitem name and the rest.",
    fits: (sample) => isCsv(sample) && isShopifyHeader(sample.header),
  },
  {
    format: olist.name,
    label: 'Olist: tables of the marketplace',
    description: 'The CSV tables of orders, order items and payments, with or without that of customers.',
    fits: (sample) => isCsv(sample) && !['other', 'none'].includes(olistTableOf(sample.header)),
    goesAlong: (sample) => isCsv(sample) && olistTableOf(sample.header) === 'other',
    lacks: (samples) =>
      missingOf(
        olistTables,
        samples.map(({ header }) => olistTableOf(header)),
      ),
  },
  {
    format: northwind.name,
    label: "Northwind: Microsoft's sample database",
    description: 'The SQL script with its orders and order details.',
    fits: ({ kind }) => kind === 'sql',
  },
  {
    format: openingBalances.name,
    label: 'Opening balances of earlier books',
    description: 'The balances of one day: date, account and amount, with the open items of customers and suppliers.',
    fits: (sample) =>
      isCsv(sample)
        ? has(sample, ...journalColumns) && (!isOfEntries(sample) || isOfOneDay(sample))
        : isJson(sample) && keyed(sample, ...journalColumns),
  },
  {
    format: journalFormat.name,
    label: 'Journal of earlier books',
    description:
      'Entries with their lines: CSV, or the text of hledger, ledger or beancount; accounts.csv says which account is which.',
    fits: (sample) =>
      isCsv(sample)
        ? has(sample, ...journalColumns) && isOfEntries(sample)
        : ['journal', 'hledger', 'ledger', 'j', 'beancount'].includes(sample.kind),
    goesAlong: (sample) => isCsv(sample) && has(sample, 'legacy_account', 'account'),
  },
  {
    format: xeroJournals.name,
    label: 'Xero: journals and documents',
    description: 'The tables of a copy of Xero: accounts, journals and journal lines, and what else it holds.',
    fits: (sample) => isCsv(sample) && tableOf(sample.name) !== undefined,
    goesAlong: ({ name }) => /^xero_/i.test(name),
    lacks: (samples) =>
      missingOf(
        xeroTables,
        samples.map(({ name }) => tableOf(name)),
      ),
  },
]

const isOfEntries = (sample: Sample): boolean => has(sample, 'reference') || has(sample, 'entry')

/** A journal of one day looks like the balances of that day. */
function isOfOneDay({ header, rows }: Sample): boolean {
  const place = header.indexOf('date')
  return new Set(rows.map((row) => row[place])).size === 1
}

function isRetailHeader(header: readonly string[]): boolean {
  try {
    readHeader('', header)
    return true
  } catch {
    return false
  }
}

const wordsOf = ({ format, label, description }: Known): FormatWords => ({ format, label, description })

/** What can be imported, in the words of whoever chooses. */
export const formatsInWords: readonly FormatWords[] = known.map(wordsOf)

/**
 * Tells of which formats files can be: each by itself, by its name and its first rows, and all of them together. Reads no more than the beginning
 * of each.
 */
export async function recogniseFiles(paths: readonly string[]): Promise<Recognised> {
  const samples: (Sample | string)[] = []
  for (const path of paths) samples.push(await sampleOf(path))
  const files = samples.map(recognisedFile)
  const readable = samples.filter((sample) => typeof sample !== 'string')
  const lacking: string[] = []
  const formats = known.filter(({ fits, goesAlong = () => false, lacks, label }) => {
    if (readable.length < samples.length || !readable.some(fits)) return false
    if (!readable.every((sample) => fits(sample) || goesAlong(sample))) return false
    const missing = lacks?.(readable)
    if (missing !== undefined) lacking.push(`${label}: ${missing}`)
    return missing === undefined
  })
  const [only, another] = formats
  const format = another === undefined ? (only?.format ?? null) : null
  return { files, formats: formats.map(wordsOf), format, message: messageOf(formats, lacking, files.length) }
}

function messageOf(formats: readonly Known[], lacking: readonly string[], files: number): string {
  const [only, another] = formats
  if (only !== undefined && another === undefined) return `Recognised: ${only.label}`
  if (another !== undefined) return `They can be ${formats.map(({ label }) => `'${label}'`).join(' or ')}: choose one`
  if (lacking.length > 0) return lacking.join('; ')
  return files === 1 ? 'The file is of no format that is known' : 'The files are not all of one format that is known'
}

function recognisedFile(sample: Sample | string): RecognisedFile {
  if (typeof sample === 'string') return { formats: [], message: sample }
  const formats = known.filter(({ fits }) => fits(sample))
  const along = known.filter(({ goesAlong }) => goesAlong?.(sample) === true)
  if (formats.length > 0)
    return { formats: formats.map(wordsOf), message: formats.map(({ label }) => label).join(', or ') }
  if (along.length > 0)
    return { formats: [], message: `Goes along with: ${along.map(({ label }) => label).join(', or ')}` }
  const columns = sample.header.slice(0, 12).join(', ')
  return {
    formats: [],
    message: columns === '' ? 'No format begins like this' : `No format has these columns: ${columns.slice(0, 300)}`,
  }
}

const mostRows = 50
const mostCharacters = 65_536

/** The beginning of a file, or in words why it cannot be read. */
async function sampleOf(path: string): Promise<Sample | string> {
  const name = basename(path)
  const kind = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  try {
    if (kind !== 'csv') return { name, kind, header: [], rows: [], text: await beginningOf(path) }
    const [header = [], ...rows] = await firstRows(path)
    return { name, kind, header: header.map((column) => column.trim().toLowerCase()), rows, text: '' }
  } catch (error) {
    if (error instanceof BadInput) return `${error.found}; ${error.expected}`
    return 'It cannot be read'
  }
}

async function firstRows(path: string): Promise<string[][]> {
  const rows: string[][] = []
  const enough = new Error('enough is read')
  await readCsv(path, (record) => {
    rows.push([...record])
    if (rows.length >= mostRows) throw enough
  }).catch((error: unknown) => {
    if (error !== enough) throw error
  })
  return rows
}

async function beginningOf(path: string): Promise<string> {
  const input = openInput(path)
  let text = ''
  try {
    for await (const chunk of input as AsyncIterable<Buffer>) {
      text += chunk.toString('utf8')
      if (text.length >= mostCharacters) break
    }
  } finally {
    input.destroy()
  }
  return text.slice(0, mostCharacters)
}
