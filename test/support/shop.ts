import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { type Database, inCompany, openDatabase, type Tx } from '../../src/kernel/database.ts'
import { createCompany, type NewCompany } from '../../src/modules/company/index.ts'
import { findOrAddParties } from '../../src/modules/parties/index.ts'
import { issueDocuments } from '../../src/modules/sales/index.ts'
import { listTaxCodes } from '../../src/modules/tax/index.ts'
import { testDatabase } from './database.ts'

/** A company with its whole chart and mapping, in a database of the test's own. */
export type Shop = {
  database: Database
  companyId: bigint
  url: string
  work<T>(act: (tx: Tx) => Promise<T>): Promise<T>
  /** What each role that is not zero holds: debit positive. */
  balances(): Promise<Record<string, bigint>>
  look<Row>(text: string): Promise<Row[]>
  close(): Promise<void>
}

export const day = accountingDate

export async function openShop(options: Partial<NewCompany> = {}): Promise<Shop> {
  const server = await testDatabase()
  const database = openDatabase({ url: server.url, connections: 4 })
  const companyId = await createCompany(database, { name: 'Shop', country: 'GB', currency: 'GBP', ...options })
  const work = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => inCompany(database, companyId, act)
  return {
    database,
    companyId,
    url: server.url,
    work,
    balances: async () => {
      const rows = await work((tx) =>
        tx.query<{ role: string; balance: bigint }>(
          `select coalesce(a.role, a.code) as role, sum(l.amount_minor)::bigint as balance from journal_line l
             join account a on a.company_id = l.company_id and a.id = l.account_id
             group by 1 having sum(l.amount_minor) <> 0 order by 1`,
        ),
      )
      return Object.fromEntries(rows.map(({ role, balance }) => [role, balance]))
    },
    look: (text) => work((tx) => tx.query(text)),
    close: async () => {
      await database.close()
      await server.drop()
    },
  }
}

/**
 * Does the first thing and, before it commits, begins the second in a transaction of its own; the first commits once the second waits for
 * it. Returns what became of the second.
 */
export async function whileHeld<First, Second>(
  shop: Shop,
  first: (tx: Tx) => Promise<First>,
  second: (tx: Tx) => Promise<Second>,
): Promise<Second> {
  let begun: Promise<Second> | undefined
  await shop.work(async (tx) => {
    await first(tx)
    begun = shop.work(second)
    begun.catch(() => {}) // awaited below
    await oneWaits(tx)
  })
  return await (begun as Promise<Second>)
}

async function oneWaits(tx: Tx): Promise<void> {
  for (;;) {
    const waiting = await tx.query(
      'select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid)) limit 1',
    )
    if (waiting.length > 0) return
  }
}

export async function addCustomer(shop: Shop, number: string): Promise<bigint> {
  const parties = await shop.work((tx) =>
    findOrAddParties(tx, 'customer', [{ kind: 'customer', number, name: number }]),
  )
  return parties.get(number)?.id as bigint
}

/** Issues an invoice on account for one line of sales, with UK tax of 20%, and returns its id. */
export async function invoice(shop: Shop, number: string, customer: string, netMinor: bigint): Promise<bigint> {
  const [outcome] = await shop.work(async (tx) => {
    const standard = (await listTaxCodes(tx)).find(({ code }) => code === 'standard')
    if (standard === undefined) throw new Error('no standard rate')
    const { id: taxCodeId, authority } = standard
    const about = { itemCode: null, code: 'WORK', description: 'Work', quantity: '1', unitPrice: '1' }
    return await issueDocuments(tx, [
      {
        source: 'test',
        number,
        kind: 'invoice',
        issuedOn: day('2024-03-01'),
        customer: { number: customer, name: customer },
        destination: 'United Kingdom',
        country: 'GB',
        settlement: 'on_account',
        currency: 'GBP',
        prices: 'net',
        rounding: 'per_document',
        taxes: [{ taxCodeId, authority, baseMinor: netMinor, taxMinor: netMinor / 5n }],
        lines: [{ ...about, netMinor, role: 'sales', taxCodeId }],
        contentHash: Buffer.from(`${number} ${netMinor}`),
      },
    ])
  })
  return outcome?.documentId as bigint
}
