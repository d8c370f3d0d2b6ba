import { createHash } from 'node:crypto'
import { type AccountingDate, accountingDate } from '../../src/kernel/accounting-date.ts'
import {
  type Database,
  inCompany,
  inCompanyAsOwner,
  openDatabase,
  readCompany,
  type Tx,
} from '../../src/kernel/database.ts'
import { listAccounts } from '../../src/ledger/accounts.ts'
import { appendEntries } from '../../src/ledger/append-entries.ts'
import { foldBalances } from '../../src/ledger/fold-balances.ts'
import type { Entry, Line, Posted } from '../../src/ledger/journal.ts'
import { sealEntries } from '../../src/ledger/seal.ts'
import { createCompany, type NewCompany } from '../../src/modules/company/index.ts'
import { type DocumentRequest, issueDocuments } from '../../src/modules/sales/index.ts'
import { listTaxCodes } from '../../src/modules/tax/index.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

/** A company of its own in a database of its own, with short ways to post into it. */
export type Books = {
  database: Database
  companyId: bigint
  /** Ids of accounts by code. */
  accounts: ReadonlyMap<string, bigint>
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  owner<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  fold(): Promise<unknown>
  seal(): Promise<unknown>
  /** Runs statements as the owner with every trigger and key off, to break what the database would refuse to have broken. */
  corrupt(...statements: string[]): Promise<void>
  close(): Promise<void>
}

export async function openBooks(company: Partial<NewCompany> = {}): Promise<Books> {
  const copy: TestDatabase = await testDatabase()
  const database = openDatabase({ url: copy.url, connections: 3 })
  const companyId = await createCompany(database, { name: 'Potter Ltd', country: 'GB', currency: 'GBP', ...company })
  const owner = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inCompanyAsOwner(database, companyId, work)
  const accounts = await owner(listAccounts)
  return {
    database,
    companyId,
    accounts: new Map(accounts.map(({ code, id }) => [code, id])),
    write: (work) => inCompany(database, companyId, work),
    read: (work) => readCompany(database, companyId, work),
    owner,
    fold: () => owner(foldBalances),
    seal: () => owner(sealEntries),
    corrupt: (...statements) =>
      owner(async (tx) => {
        await tx.query('set local session_replication_role = replica')
        for (const statement of statements) await tx.query(statement)
      }),
    close: async () => {
      await database.close()
      await copy.drop()
    },
  }
}

let facts = 0

/** A line by account code: minor units, debit positive, and other fields of a line. */
export type TestLine = readonly [code: string, amountMinor: bigint, more?: Partial<Line>]

/** An entry in base currency, a fact of its own. */
export function entry(books: Books, day: string, lines: readonly TestLine[], more: Partial<Entry> = {}): Entry {
  facts += 1
  return {
    rule: 'manual-journal',
    source: { kind: 'manual', id: `m${facts}` },
    effectiveOn: accountingDate(day),
    description: `Fact ${facts}`,
    ...more,
    lines: lines.map(([code, amountMinor, rest]) => {
      const accountId = books.accounts.get(code)
      if (accountId === undefined) throw new Error(`no account ${code}`)
      return { accountId, amountMinor, currency: 'GBP', currencyAmountMinor: amountMinor, ...rest }
    }),
  }
}

export const postEntries = (books: Books, ...entries: Entry[]): Promise<Posted[]> =>
  books.write((tx) => appendEntries(tx, entries))

export const day = (text: string): AccountingDate => accountingDate(text)

type LineRequest = {
  net: bigint
  role?: DocumentRequest['lines'][number]['role']
  item?: string
  quantity?: string
  giftCard?: string
}

export type TestDocument = Partial<Omit<DocumentRequest, 'lines' | 'customer' | 'taxes'>> & {
  number: string
  on: string
  customer?: string | null
  tax?: bigint
  lines: readonly LineRequest[]
}

/** Issues documents with the product's own command: net lines, and tax at the standard rate's code. */
export async function issue(books: Books, ...documents: TestDocument[]): Promise<bigint[]> {
  return await books.write(async (tx) => {
    const standard = (await listTaxCodes(tx)).find(({ kind }) => kind === 'standard')
    if (standard === undefined) throw new Error('no standard rate')
    const requests = documents.map(
      ({ on, customer = 'Anna', tax = 0n, lines, ...more }): DocumentRequest => ({
        source: 'test',
        kind: 'invoice',
        issuedOn: accountingDate(on),
        customer: customer === null ? null : { number: customer, name: customer },
        destination: 'United Kingdom',
        country: 'GB',
        settlement: 'on_account',
        currency: 'GBP',
        prices: 'net',
        rounding: 'per_document',
        ...more,
        taxes:
          tax === 0n
            ? []
            : [{ taxCodeId: standard.id, authority: standard.authority, baseMinor: tax * 5n, taxMinor: tax }],
        lines: lines.map(({ net, role = 'sales', item, quantity = '1', giftCard }) => ({
          itemCode: item ?? null,
          code: item ?? 'CHARGE',
          description: item ?? 'Charge',
          quantity,
          unitPrice: '1',
          netMinor: net,
          role,
          taxCodeId: tax === 0n ? null : standard.id,
          giftCardCode: giftCard ?? null,
        })),
        contentHash: createHash('sha256')
          .update(JSON.stringify([more.number, on]))
          .digest(),
      }),
    )
    return (await issueDocuments(tx, requests)).map(({ documentId }) => documentId)
  })
}
