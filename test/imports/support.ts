import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { type ImportOptions, type ImportResult, importFiles } from '../../src/imports/index.ts'
import {
  type Database,
  inCompany,
  inCompanyAsOwner,
  openDatabase,
  readCompany,
  type Tx,
} from '../../src/kernel/database.ts'
import { createCompany, type NewCompany } from '../../src/modules/company/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { testDatabase } from '../support/database.ts'

/** A row of an export as a test writes it; what it leaves out is the usual. */
export type TestRow = {
  number: string
  code?: string
  description?: string
  quantity?: number | string
  at?: string
  price?: number | string
  customer?: string
  country?: string
}

export const header = 'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country'

/** One line of a file, without its end. */
export const lineOf = ({ number, code = '85123A', description = 'A thing', ...row }: TestRow): string =>
  [
    number,
    code,
    description,
    row.quantity ?? 1,
    row.at ?? '2011-02-01 10:00:00',
    row.price ?? '1.00',
    row.customer ?? '17850',
    row.country ?? 'United Kingdom',
  ]
    .map(quoted)
    .join(',')

export const quoted = (field: string | number): string =>
  /[",\r\n]/.test(String(field)) ? `"${String(field).replaceAll('"', '""')}"` : String(field)

export const fileOf = (rows: readonly TestRow[]): string => `${[header, ...rows.map(lineOf)].join('\n')}\n`

/** A CSV file of rows whose fields have names; what a row leaves out is empty. */
export const namedCsv = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | undefined>>[],
): string =>
  [columns.join(','), ...rows.map((row) => columns.map((name) => row[name] ?? '').join(','))]
    .map((line) => `${line}\n`)
    .join('')

/** A folder for a test's files, removed with all of them. */
export class Files {
  readonly folder = mkdtempSync(join(tmpdir(), 'countinghouse-imports-test-'))
  private count = 0

  /** Writes rows, a text or bytes, and returns the path. */
  write(content: readonly TestRow[] | string | Buffer, name = `file-${this.count}.csv`): string {
    this.count += 1
    const path = join(this.folder, name)
    mkdirSync(dirname(path), { recursive: true })
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content)
    writeFileSync(path, isRaw ? content : fileOf(content as readonly TestRow[]))
    return path
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** A company of its own, and short ways to import into it and to look at what came of it. */
export class ImportingCompany {
  readonly database: Database
  readonly id: bigint
  private readonly files: Files

  constructor(database: Database, id: bigint, files: Files) {
    this.database = database
    this.id = id
    this.files = files
  }

  /** Imports rows as one file. */
  import(rows: readonly TestRow[], options: Partial<ImportOptions> = {}): Promise<ImportResult> {
    return this.importFiles([this.files.write(rows)], options)
  }

  importFiles(files: readonly string[], options: Partial<ImportOptions> = {}): Promise<ImportResult> {
    return this.importAs('online-retail', files, options)
  }

  importAs(format: string, files: readonly string[], options: Partial<ImportOptions> = {}): Promise<ImportResult> {
    return importFiles(this.database, this.id, format, { files, ...options })
  }

  work<T>(act: (tx: Tx) => Promise<T>): Promise<T> {
    return inCompany(this.database, this.id, act)
  }

  owner<T>(act: (tx: Tx) => Promise<T>): Promise<T> {
    return inCompanyAsOwner(this.database, this.id, act)
  }

  look<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.work((tx) => tx.query<Row>(text, values))
  }

  /** What each role that is not zero holds in pence: debit positive. */
  balances(): Promise<Record<string, bigint>> {
    return balancesOf(this)
  }

  /** `credit -> invoice: quantity`, of the lines' documents and places in them, in order. */
  async links(): Promise<string[]> {
    const rows = await this.look<{ text: string }>(linksText)
    return rows.map(({ text }) => text)
  }

  /** Entries without all of their lines, or that do not balance: there are none, whatever was killed or refused. */
  halfEntries(): Promise<object[]> {
    return this.look(
      `select e.id from journal_entry e left join journal_line l on l.company_id = e.company_id and l.entry_id = e.id
         group by e.id, e.line_count having count(l.entry_id) <> e.line_count or sum(l.amount_minor) <> 0`,
    )
  }

  /** How many rows each table holds of this company. */
  async rowCounts(): Promise<Record<string, number>> {
    return await rowCounts(this.database, this.id)
  }
}

/** No check of the books is broken. */
export async function expectSound(company: ImportingCompany, about?: string): Promise<void> {
  const { checks } = await readCompany(company.database, company.id, runChecks)
  expect(
    checks.filter(({ result }) => result === 'broken'),
    about,
  ).toEqual([])
}

export type ImportDesk = {
  database: Database
  url: string
  files: Files
  company(options?: Partial<NewCompany>): Promise<ImportingCompany>
  close(): Promise<void>
}

/** A database of the test's own, for as many companies as it needs. */
export async function openImportDesk(): Promise<ImportDesk> {
  const server = await testDatabase()
  const database = openDatabase({ url: server.url, connections: 6 })
  const files = new Files()
  return {
    database,
    url: server.url,
    files,
    company: async (options = {}) =>
      new ImportingCompany(
        database,
        await createCompany(database, { name: 'Shop', country: 'GB', currency: 'GBP', ...options }),
        files,
      ),
    close: async () => {
      files.remove()
      await database.close()
      await server.drop()
    },
  }
}

const balancesText = `select coalesce(a.role, a.code) as role, sum(l.amount_minor)::bigint as balance from journal_line l
  join account a on a.company_id = l.company_id and a.id = l.account_id group by 1 having sum(l.amount_minor) <> 0 order by 1`

const linksText = `select c.number || ' ' || k.credit_line_no || ' -> ' || i.number || ' ' || k.invoice_line_no || ': ' || k.quantity as text
  from sales_line_link k
  join sales_document c on c.company_id = k.company_id and c.id = k.credit_document_id
  join sales_document i on i.company_id = k.company_id and i.id = k.invoice_document_id
  order by c.number, k.credit_line_no, i.number, k.invoice_line_no`

async function balancesOf(books: { look: ImportingCompany['look'] }): Promise<Record<string, bigint>> {
  const rows = await books.look<{ role: string; balance: bigint }>(balancesText)
  return Object.fromEntries(rows.map(({ role, balance }) => [role, balance]))
}

/** How many rows each table holds of a company, by the catalog's list of tables. */
export async function rowCounts(database: Database, companyId: bigint): Promise<Record<string, number>> {
  const { rows: tables } = await database.owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not a.attisdropped order by 1`,
  )
  const counts = tables.map(
    ({ name }) => `select '${name}' as name, count(*)::int as rows from ${name} where company_id = $1`,
  )
  const { rows } = await database.owner.query<{ name: string; rows: number }>(counts.join(' union all '), [companyId])
  return Object.fromEntries(rows.filter((row) => row.rows > 0).map((row) => [row.name, row.rows]))
}

const fingerprints = {
  documents: `select d.number, d.kind, d.issued_on, d.issued_at, p.number as customer, d.destination, d.country, d.settlement,
      d.net_minor, d.tax_minor from sales_document d left join party p on p.company_id = d.company_id and p.id = d.party_id`,
  lines: `select d.number, l.line_no, i.code as item, l.code, l.description, l.quantity, l.unit_price, l.net_minor, l.role, l.occurred_at,
      l.credited_quantity from sales_document_line l join sales_document d on d.company_id = l.company_id and d.id = l.document_id
      left join item i on i.company_id = l.company_id and i.id = l.item_id`,
  links: linksText,
  entries: `select e.description, e.rule, e.posted_on, a.role, l.amount_minor, p.number as party from journal_line l
      join journal_entry e on e.company_id = l.company_id and e.id = l.entry_id
      join account a on a.company_id = l.company_id and a.id = l.account_id
      left join party p on p.company_id = l.company_id and p.id = l.party_id`,
  balances: balancesText,
  stored: `select a.role, b.grain, b.starts_on, b.amount_minor from account_balance b
      join account a on a.company_id = b.company_id and a.id = b.account_id`,
  open: `select p.number, o.opened_on, o.amount_minor, o.applied_minor from open_item o
      join party p on p.company_id = o.company_id and p.id = o.party_id`,
  payments: 'select kind, reference, method, paid_on, amount_minor, refunded_minor, order_reference from payment',
  deposits: `select p.reference, d.net_minor, d.tax_minor, d.applied_net_minor, d.applied_tax_minor from deposit d
      join payment p on p.company_id = d.company_id and p.id = d.payment_id`,
  cards: 'select moved_on, kind, amount_minor from gift_card_movement',
  exceptions: 'select kind, subject, amount_minor from exception',
} as const

/**
 * All that the books say, by the names that people know instead of ids: equal where two ways to import led to the same books. Each part is a
 * list of lines in order.
 */
export async function booksOf(company: { look: ImportingCompany['look'] }): Promise<Record<string, string[]>> {
  const parts: Record<string, string[]> = {}
  for (const [name, text] of Object.entries(fingerprints)) {
    const rows = await company.look<Record<string, unknown>>(text)
    parts[name] = rows.map((row) => Object.values(row).join(' | ')).sort()
  }
  return parts
}

/** The folder of the shop history that tests share, or undefined where it is not here. */
export function sharedHistory(): string | undefined {
  const folder = join(process.env.COUNTINGHOUSE_SHARED || '../shared', 'data/orders/online-retail-2010-12_2011-08')
  return existsSync(folder) ? folder : undefined
}

/** A folder or file of the data that tests share, or undefined where it is not here. */
export function sharedData(path: string): string | undefined {
  const found = join(process.env.COUNTINGHOUSE_SHARED || '../shared', 'data', path)
  return existsSync(found) ? found : undefined
}

export const noSharedHistory = 'the shared order history is not here: set COUNTINGHOUSE_SHARED'

/** The files of some days of the shared history, in order. */
export const sharedDays = (folder: string, from: number, to: number): string[] =>
  readdirSync(folder)
    .filter((name) => /^\d{4}-\d{2}-\d{2}\.csv$/.test(name))
    .sort()
    .slice(from, to)
    .map((name) => join(folder, name))
