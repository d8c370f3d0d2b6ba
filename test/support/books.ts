import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { type Database, inCompany, only, openDatabase, type Tx } from '../../src/kernel/database.ts'
import { type AppendOptions, appendEntries } from '../../src/ledger/append-entries.ts'
import type { Entry, Line, Posted } from '../../src/ledger/journal.ts'
import { type TestDatabase, testDatabase } from './database.ts'

/** A company with five accounts, in a database of the test's own, whose owner is its superuser. */
export type Books = {
  readonly database: Database
  readonly companyId: bigint
  /** Ids of the accounts 1000, 2000, 3000, 4000 and 5000: an asset, a liability, equity, income, an expense. */
  readonly accounts: readonly [bigint, bigint, bigint, bigint, bigint]
  readonly server: TestDatabase
  close(): Promise<void>
}

export type CompanyOptions = { currency?: string; fiscalYearStartMonth?: number; connections?: number }

const classes = ['asset', 'liability', 'equity', 'income', 'expense'] as const

/** Opens books that nothing has been posted to. */
export async function openBooks(options: CompanyOptions = {}): Promise<Books> {
  const server = await testDatabase()
  const database = openDatabase({ url: server.url, connections: options.connections ?? 10 })
  const company = await createCompany(database, options)
  return {
    database,
    ...company,
    server,
    close: async () => {
      await database.close()
      await server.drop()
    },
  }
}

/** Another company in the same database. */
export async function createCompany(
  database: Database,
  { currency = 'GBP', fiscalYearStartMonth = 1 }: CompanyOptions = {},
): Promise<Pick<Books, 'companyId' | 'accounts'>> {
  const company = await database.owner.query<{ id: bigint }>(
    `insert into company (name, country, base_currency, time_zone, fiscal_year_start_month, chart)
       values ('Books', 'GB', $1, 'Europe/London', $2, 'generic') returning id`,
    [currency, fiscalYearStartMonth],
  )
  const { id } = only(company.rows)
  const accounts = await database.owner.query<{ id: bigint }>(
    `insert into account (company_id, code, name, class)
       select $1, (place * 1000)::text, 'Account ' || place, class from unnest($2::text[]) with ordinality as c (class, place)
       returning id`,
    [id, classes],
  )
  return { companyId: id, accounts: accounts.rows.map((row) => row.id) as unknown as Books['accounts'] }
}

/** Runs in a transaction of the application's role for the books' company. */
export const work = <T>(books: Books, act: (tx: Tx) => Promise<T>): Promise<T> =>
  inCompany(books.database, books.companyId, act)

/** Posts in a transaction of its own. */
export const append = (books: Books, entries: readonly Entry[], options?: AppendOptions): Promise<Posted[]> =>
  work(books, (tx) => appendEntries(tx, entries, options))

/** A line in the base currency. */
export const line = (accountId: bigint, amountMinor: bigint, detail: Partial<Line> = {}): Line => ({
  accountId,
  amountMinor,
  currency: 'GBP',
  currencyAmountMinor: amountMinor,
  ...detail,
})

/** An entry of a fact named `id`: the first account gains what the fourth loses. */
export function sale(books: Books, id: string, day = '2024-03-15', amountMinor = 100n): Entry {
  const [asset, , , income] = books.accounts
  return {
    rule: 'test-sale',
    source: { kind: 'test', id },
    effectiveOn: accountingDate(day),
    lines: [line(asset, amountMinor), line(income, -amountMinor)],
  }
}

/** Runs SQL as the superuser with triggers and foreign keys asleep: what an intruder with every right could do. */
export async function tamper(books: Books, ...statements: string[]): Promise<void> {
  const client = await books.database.owner.connect()
  try {
    await client.query('begin; set local session_replication_role = replica')
    for (const statement of statements) await client.query(statement)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** Rows of a query that the superuser makes, whatever the company. */
export const look = async <Row extends object>(books: Books, text: string, values: unknown[] = []): Promise<Row[]> =>
  (await books.database.owner.query<Row>(text, values)).rows
