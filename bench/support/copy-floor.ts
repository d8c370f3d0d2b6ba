import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

/** What one transaction of a job left in the tables, as COPY takes it. */
type Transaction = Map<string, Buffer[]>

type ForeignKey = { child: string; parent: string; join: string; definition: string; self: boolean }

/**
 * The COPY floor of a job: milliseconds in which PostgreSQL takes the rows that the job left in `tables`, transaction by transaction, into
 * empty tables with the same indexes and foreign keys, without triggers and policies. Each row goes with the transaction that wrote it, or an
 * earlier one where a row of that points to it.
 */
export async function copyFloor(url: string, tables: readonly string[]): Promise<{ ms: number; transactions: number }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const keys = await foreignKeys(client, tables)
    const order = parentsFirst(tables, keys)
    await groupByTransaction(client, order, keys)
    const transactions = await readTransactions(client, order)
    await createFloor(client, order, keys)
    await client.query('checkpoint')
    const began = performance.now()
    for (const transaction of transactions) await copyTransaction(client, order, transaction)
    const ms = performance.now() - began
    await client.query('drop schema floor cascade')
    return { ms, transactions: transactions.length }
  } finally {
    await client.end()
  }
}

async function foreignKeys(client: pg.Client, tables: readonly string[]): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select c.relname as child, p.relname as parent, pg_get_constraintdef(k.oid) as definition, k.conrelid = k.confrelid as self,
        (select string_agg(format('c.%I = p.%I', ca.attname, pa.attname), ' and ')
           from unnest(k.conkey, k.confkey) as pair (child_no, parent_no)
           join pg_attribute ca on ca.attrelid = k.conrelid and ca.attnum = pair.child_no
           join pg_attribute pa on pa.attrelid = k.confrelid and pa.attnum = pair.parent_no) as join
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
      where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and c.relname = any ($1)`,
    [tables],
  )
  return rows
}

function parentsFirst(tables: readonly string[], keys: readonly ForeignKey[]): string[] {
  const order: string[] = []
  const left = new Set(tables)
  while (left.size > 0) {
    const ready = [...left].filter((table) =>
      keys.every((key) => key.child !== table || key.self || !left.has(key.parent)),
    )
    if (ready.length === 0) throw new Error(`foreign keys go round in a circle: ${[...left].join(', ')}`)
    for (const table of ready) left.delete(table)
    order.push(...ready)
  }
  return order
}

/** Notes for each row the transaction that it goes with, children before their parents, so that a parent is never late. */
async function groupByTransaction(client: pg.Client, order: readonly string[], keys: readonly ForeignKey[]) {
  await client.query(`create schema floor; set search_path = public`)
  for (const table of [...order].reverse()) {
    await client.query(
      `create table floor.${table}_of as select ctid as place, xmin::text::bigint as transaction from ${table};
       alter table floor.${table}_of add primary key (place); analyze floor.${table}_of`,
    )
    for (const { child, parent, join, self } of keys) {
      if (parent !== table || self || !order.includes(child)) continue
      await client.query(
        `update floor.${table}_of o set transaction = f.first from (
           select p.ctid as place, min(co.transaction) as first
             from ${child} c join floor.${child}_of co on co.place = c.ctid join ${table} p on ${join} group by p.ctid
         ) f where o.place = f.place and f.first < o.transaction`,
      )
    }
  }
}

async function readTransactions(client: pg.Client, order: readonly string[]): Promise<Transaction[]> {
  const transactions = new Map<bigint, Transaction>()
  for (const table of order) {
    const text = `copy (select o.transaction, t.* from ${table} t join floor.${table}_of o on o.place = t.ctid order by t.ctid) to stdout`
    for await (const line of linesOf(client.query(copyTo(text)))) {
      const tab = line.indexOf(0x09)
      const id = BigInt(line.subarray(0, tab).toString())
      const transaction = transactions.get(id) ?? new Map<string, Buffer[]>()
      transactions.set(id, transaction)
      const rows = transaction.get(table)
      if (rows === undefined) transaction.set(table, [line.subarray(tab + 1)])
      else rows.push(line.subarray(tab + 1))
    }
  }
  const inOrder = [...transactions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, transaction]) => transaction)
  for (const transaction of inOrder)
    for (const [table, rows] of transaction) transaction.set(table, [Buffer.concat(rows)])
  return inOrder
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = buffer.indexOf(0x0a); end >= 0; end = buffer.indexOf(0x0a, start)) {
      yield buffer.subarray(start, end + 1)
      start = end + 1
    }
    rest = buffer.subarray(start)
  }
}

/** Keys within the job's tables point into the floor; keys out of them (to a company, a currency) to where they always do. */
async function createFloor(client: pg.Client, order: readonly string[], keys: readonly ForeignKey[]): Promise<void> {
  for (const table of order) {
    await client.query(`create table floor.${table} (like public.${table} including indexes)`)
    for (const { child, parent, definition } of keys) {
      if (child !== table) continue
      const into = order.includes(parent) ? 'floor' : 'public'
      await client.query(
        `alter table floor.${table} add ${definition.replace(`REFERENCES ${parent}(`, `references ${into}.${parent}(`)}`,
      )
    }
  }
}

async function copyTransaction(client: pg.Client, order: readonly string[], transaction: Transaction): Promise<void> {
  await client.query('begin')
  for (const table of order) {
    const rows = transaction.get(table)
    if (rows === undefined) continue
    const stream = client.query(copyFrom(`copy floor.${table} from stdin`))
    await pipeline(rows, stream)
  }
  await client.query('commit')
}
