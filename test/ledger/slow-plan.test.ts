import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompany, inCompanyAsOwner, type Tx } from '../../src/kernel/database.ts'
import { appendEntries } from '../../src/ledger/append-entries.ts'
import { sealEntries } from '../../src/ledger/seal.ts'
import { type Books, look, openBooks, sale, tamper } from '../support/books.ts'

/**
 * A plan is kept on a pooled connection. Made for a large batch, it must still suit a single entry: nothing may read the whole
 * journal. Counted by the rows that PostgreSQL says it read, never timed.
 */
let books: Books
const entries = 200_000

beforeAll(async () => {
  books = await openBooks({ connections: 1 })
  const { companyId, accounts } = books
  await tamper(
    books,
    `insert into journal_entry (company_id, id, posted_on, effective_on, rule, source_kind, source_id, line_count)
       select ${companyId}, n, '2024-01-01', '2024-01-01', 'filled', 'fill', n::text, 2 from generate_series(1, ${entries}) n`,
    `insert into journal_line (company_id, entry_id, line_no, account_id, posted_on, amount_minor, currency, currency_amount_minor)
       select ${companyId}, n, side, case side when 1 then ${accounts[0]} else ${accounts[3]} end, '2024-01-01', 3 - 2 * side, 'GBP', 3 - 2 * side
         from generate_series(1, ${entries}) n, generate_series(1, 2) side`,
    `select setval(pg_get_serial_sequence('journal_entry', 'id'), ${entries})`,
  )
  await look(books, 'analyze')
}, 120_000)
afterAll(() => books.close())

type Read = { table: string; sequential: bigint; rows: bigint }

/** What the connection has read of the tables that grow with the journal. */
const readsSoFar = (tx: Tx) =>
  tx.query<Read>(
    `select relname as "table", seq_scan as sequential, seq_tup_read + coalesce(idx_tup_fetch, 0) as rows
       from pg_stat_xact_user_tables where relname in ('journal_entry', 'journal_line', 'journal_seal', 'account_balance_delta') order by 1`,
  )

async function readsOfOnePost(): Promise<{ sequential: number; rows: number }> {
  return await inCompany(books.database, books.companyId, async (tx) => {
    const before = totalOf(await readsSoFar(tx))
    await appendEntries(tx, [sale(books, `single ${Math.random()}`)])
    await tx.query('set constraints all immediate') // what would run at commit runs now
    const after = totalOf(await readsSoFar(tx))
    return { sequential: after.sequential - before.sequential, rows: after.rows - before.rows }
  })
}

const totalOf = (reads: Read[]) => ({
  sequential: reads.reduce((sum, read) => sum + Number(read.sequential), 0),
  rows: reads.reduce((sum, read) => sum + Number(read.rows), 0),
})

async function postBatch(size: number): Promise<void> {
  const facts = Array.from({ length: size }, (_, index) => sale(books, `batch ${Math.random()} ${index}`))
  await inCompany(books.database, books.companyId, (tx) => appendEntries(tx, facts))
}

test('a single post reads a handful of rows, also after large batches on the same connection', async () => {
  // The largest first, when plans are made; then more than five, after which one plan may serve for all parameters.
  await postBatch(20_000)
  for (let batch = 0; batch < 7; batch++) await postBatch(1_000)
  for (let post = 0; post < 8; post++) {
    const { sequential, rows } = await readsOfOnePost()
    expect(sequential).toBe(0)
    expect(rows).toBeLessThan(50)
  }
}, 120_000)

test('sealing reads what is new and not what is there', async () => {
  await inCompanyAsOwner(books.database, books.companyId, sealEntries)
  await postBatch(3)
  const { sequential, rows } = await inCompanyAsOwner(books.database, books.companyId, async (tx) => {
    const before = totalOf(await readsSoFar(tx))
    expect(await sealEntries(tx)).toMatchObject({ entries: 3 })
    const after = totalOf(await readsSoFar(tx))
    return { sequential: after.sequential - before.sequential, rows: after.rows - before.rows }
  })
  expect(sequential).toBe(0)
  expect(rows).toBeLessThan(100)
}, 120_000)

test('a guard that joins before it aggregates would be seen', async () => {
  await look(
    books,
    `create or replace function journal_line_guard() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
     begin
       perform from (select e.id, e.line_count, sum(l.amount_minor) as sum, count(*) as lines from new_line l
         join journal_entry e on e.company_id = l.company_id and e.id = l.entry_id group by e.id, e.line_count) s
         where s.sum <> 0 or s.lines <> s.line_count;
       if found then raise exception 'not whole'; end if;
       return null;
     end $$`,
  )
  await postBatch(20_000)
  const { sequential, rows } = await readsOfOnePost()
  expect(sequential).toBeGreaterThan(0)
  expect(rows).toBeGreaterThan(entries)
}, 120_000)
