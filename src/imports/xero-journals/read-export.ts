import { basename } from 'node:path'
import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { BadInput } from '../../kernel/bad-input.ts'
import { readDecimal } from '../field-forms.ts'
import { type CsvRow, readRows } from '../journals/csv-rows.ts'

export type XeroAccount = { id: string; code: string; name: string; type: string; row: CsvRow }
export type XeroLine = { accountId: string; description: string; row: CsvRow }
export type XeroJournal = {
  id: string
  number: string
  date: AccountingDate
  reference: string
  sourceId: string
  sourceType: string
  lines: XeroLine[]
  row: CsvRow
}

/** An invoice or a bill; a credit note, of which the export tells no more than the contact, has neither number nor amounts. */
export type XeroDocument = {
  id: string
  kind: 'invoice' | 'bill'
  contactId: string
  number: string
  status: string
  issuedOn: AccountingDate
  dueOn: AccountingDate
  paidOn: AccountingDate | undefined
  currency: string
  rate: string
  row: CsvRow
}

export type XeroExport = {
  accounts: XeroAccount[]
  journals: XeroJournal[]
  documents: XeroDocument[]
  /** The contact of every document and bank transaction, by its id. */
  contactOf: ReadonlyMap<string, string>
  contactNames: ReadonlyMap<string, string>
}

/** The tables of the export, by the ends of their files' names; what follows is optional. */
const tables = {
  account: ['account_id', 'name', 'code', 'type', 'class'],
  journal: ['journal_id', 'journal_date', 'journal_number', 'reference', 'source_id', 'source_type'],
  journal_line: ['journal_line_id', 'account_id', 'description', 'journal_id', 'net_amount'],
  invoice: [
    'invoice_id',
    'contact_id',
    'date',
    'due_date',
    'fully_paid_on_date',
    'total',
    'total_tax',
    'amount_due',
    'currency_code',
    'currency_rate',
    'invoice_number',
    'status',
    'type',
  ],
  contact: ['contact_id', 'name'],
  bank_transaction: ['bank_transaction_id', 'contact_id'],
  credit_note: ['credit_note_id', 'contact_id'],
} as const

type TableName = keyof typeof tables
const needed: readonly TableName[] = ['account', 'journal', 'journal_line']

/** The table that a file is, by its name. */
export const tableOf = (path: string): TableName | undefined => {
  const name = /^(?:xero_)?(.+?)(?:_data)?\.csv(?:\.gz)?$/i.exec(basename(path))?.[1]?.toLowerCase()
  return name !== undefined && Object.hasOwn(tables, name) ? (name as TableName) : undefined
}

/** The files of an export that are read, by their tables. Throws `BadInput` where one that is needed is not there. */
export function tablesOf(paths: readonly string[]): Map<TableName, string> {
  const found = new Map<TableName, string>()
  for (const path of paths) {
    const table = tableOf(path)
    if (table === undefined) continue
    if (found.has(table))
      throw new BadInput({ file: path, line: 1, column: 1 }, `a second table ${table}`, 'expected each table once')
    found.set(table, path)
  }
  const missing = needed.find((table) => !found.has(table))
  if (missing !== undefined)
    throw new BadInput(
      { file: paths[0] ?? '', line: 1, column: 1 },
      `an export without xero_${missing}_data.csv`,
      `expected the tables ${needed.join(', ')}`,
    )
  return found
}

/** Reads the tables of an export and checks that what they refer to is there. Throws `BadInput`. */
export async function readExport(files: ReadonlyMap<TableName, string>): Promise<XeroExport> {
  const rows = async (table: TableName): Promise<CsvRow[]> => {
    const path = files.get(table)
    return path === undefined ? [] : await readRows(path, tables[table], { alone: true })
  }
  const accounts = uniqueBy(await rows('account'), 'account_id').map(accountOf)
  const documents = uniqueBy(await rows('invoice'), 'invoice_id').map(documentOf)
  const contactOf = new Map(documents.map(({ id, contactId }) => [id, contactId]))
  for (const [table, id] of [
    ['bank_transaction', 'bank_transaction_id'],
    ['credit_note', 'credit_note_id'],
  ] as const)
    for (const row of await rows(table)) contactOf.set(row.text(id), row.label('contact_id'))
  const contacts = await rows('contact')
  return {
    accounts,
    documents,
    contactOf,
    contactNames: new Map(contacts.map((row) => [row.label('contact_id'), row.label('name')])),
    journals: journalsOf(await rows('journal'), await rows('journal_line'), new Set(accounts.map(({ id }) => id))),
  }
}

/** By what a column says; a second row that says the same is refused. */
function uniqueBy(rows: readonly CsvRow[], column: string): readonly CsvRow[] {
  const seen = new Set<string>()
  for (const row of rows) {
    const text = row.label(column)
    if (seen.has(text)) row.fail(column, 'each once')
    seen.add(text)
  }
  return rows
}

const accountOf = (row: CsvRow): XeroAccount => ({
  id: row.neededLabel('account_id', 'the id of an account'),
  code: row.label('code'),
  name: row.neededLabel('name', 'the name of an account'),
  type: row.text('type').toUpperCase(),
  row,
})

function documentOf(row: CsvRow): XeroDocument {
  const type = row.text('type')
  const issuedOn = row.day('date')
  return {
    id: row.neededLabel('invoice_id', 'the id of an invoice'),
    kind: type === 'ACCREC' ? 'invoice' : type === 'ACCPAY' ? 'bill' : row.fail('type', 'ACCREC or ACCPAY'),
    contactId: row.label('contact_id'),
    number: row.label('invoice_number'),
    status: row.label('status'),
    issuedOn,
    dueOn: row.optionalDay('due_date') ?? issuedOn,
    paidOn: row.optionalDay('fully_paid_on_date'),
    currency: row.currency('currency_code') || row.fail('currency_code', 'a currency'),
    rate: rateOf(row),
    row,
  }
}

function rateOf(row: CsvRow): string {
  const rate = readDecimal(row.text('currency_rate'))
  return rate === undefined || rate.startsWith('-') || rate === '0'
    ? row.fail('currency_rate', 'a rate above zero')
    : rate
}

function journalsOf(rows: readonly CsvRow[], lines: readonly CsvRow[], accounts: ReadonlySet<string>): XeroJournal[] {
  const once = uniqueBy(uniqueBy(rows, 'journal_id'), 'journal_number')
  const journals = new Map(once.map((row) => [row.needed('journal_id', 'the id of a journal'), journalOf(row)]))
  for (const row of lines) {
    const accountId = row.text('account_id')
    if (!accounts.has(accountId)) row.fail('account_id', 'an account of xero_account_data.csv')
    const journal = journals.get(row.text('journal_id')) ?? row.fail('journal_id', 'a journal of xero_journal_data.csv')
    journal.lines.push({ accountId, description: row.text('description'), row })
  }
  const empty = [...journals.values()].find((journal) => journal.lines.length < 2)
  if (empty !== undefined)
    empty.row.fail('journal_id', 'a journal with two lines or more in xero_journal_line_data.csv')
  return [...journals.values()].sort((a, b) => Number(a.number) - Number(b.number))
}

const journalOf = (row: CsvRow): XeroJournal => ({
  id: row.text('journal_id'),
  number: /^\d{1,12}$/.test(row.text('journal_number'))
    ? row.text('journal_number')
    : row.fail('journal_number', 'the number of a journal'),
  date: row.day('journal_date'),
  reference: row.text('reference'),
  sourceId: row.label('source_id'),
  sourceType: row.label('source_type'),
  lines: [],
  row,
})
