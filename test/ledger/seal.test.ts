import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inCompanyAsOwner } from '../../src/kernel/database.ts'
import { appendEntries } from '../../src/ledger/append-entries.ts'
import { sealEntries, verifySeals } from '../../src/ledger/seal.ts'
import { append, type Books, createCompany, look, openBooks, sale, tamper, work } from '../support/books.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.close())

const company = async (fiscalYearStartMonth = 1): Promise<Books> => ({
  ...books,
  ...(await createCompany(books.database, { fiscalYearStartMonth })),
})
const seal = (of: Books) => inCompanyAsOwner(of.database, of.companyId, sealEntries)
const verify = (of: Books) => work(of, verifySeals)

type Seal = { fiscal_year: number; number: bigint; source_id: string; position: bigint }
const seals = (of: Books) =>
  look<Seal>(
    of,
    `select s.position, s.fiscal_year, s.number, e.source_id from journal_seal s
       join journal_entry e on e.company_id = s.company_id and e.id = s.entry_id where s.company_id = $1 order by s.position`,
    [of.companyId],
  )

describe('the sealer', () => {
  test('numbers each fiscal year from one, in order of day, and knows its edge', async () => {
    const own = await company(4)
    const days = ['2024-04-01', '2024-03-31', '2025-03-31', '2023-04-01', '2024-03-31']
    await append(
      own,
      days.map((day, index) => sale(own, `edge-${index}`, day)),
    )
    expect(await seal(own)).toEqual({ entries: 5, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect((await seals(own)).map((s) => [s.source_id, s.fiscal_year, Number(s.number)])).toEqual([
      ['edge-3', 2024, 1],
      ['edge-1', 2024, 2],
      ['edge-4', 2024, 3],
      ['edge-0', 2025, 1],
      ['edge-2', 2025, 2],
    ])
    expect(await verify(own)).toEqual({ compared: 5, broken: [] })
  })

  test('is told on where an entry is out of its sight', async () => {
    const own = await company()
    await append(own, [sale(own, 'sealed')])
    const [second] = await append(own, [sale(own, 'forgotten')])
    expect((await verify(own)).broken).toEqual([])
    await tamper(
      own,
      `delete from journal_batch where company_id = ${own.companyId} and first_entry_id = ${second?.entryId}`,
    )
    expect(await seal(own)).toMatchObject({ entries: 1 })
    expect((await seals(own)).map((s) => s.source_id)).toEqual(['sealed'])
    expect((await verify(own)).broken).toEqual([
      { position: 0n, number: 0n, entryId: second?.entryId, what: 'its entry would never be sealed' },
    ])
  })

  test('continues both numbers and chain, and says so when there is nothing to seal', async () => {
    const own = await company()
    expect(await seal(own)).toEqual({ entries: 0, head: '' })
    await append(own, [sale(own, 'first', '2024-12-31')])
    const first = await seal(own)
    await append(own, [sale(own, 'earlier', '2024-01-01'), sale(own, 'next-year', '2025-01-01')])
    const second = await seal(own)
    expect(second.head).not.toBe(first.head)
    expect(await seal(own)).toEqual({ entries: 0, head: second.head })
    expect((await seals(own)).map((s) => [s.source_id, s.fiscal_year, Number(s.number)])).toEqual([
      ['first', 2024, 1],
      ['earlier', 2024, 2],
      ['next-year', 2025, 1],
    ])
    expect(await verify(own)).toEqual({ compared: 3, broken: [] })
  })

  test('leaves no gap beside posters, other sealers and rollbacks', async () => {
    const own = await company()
    const poster = async (name: number) => {
      for (let round = 0; round < 30; round++) {
        const day = round % 3 === 0 ? '2023-12-31' : '2024-01-01'
        const posting = work(own, async (tx) => {
          await appendEntries(tx, [sale(own, `gapless-${name}-${round}`, day)])
          if (round % 5 === 4) throw new Error('changed my mind')
        })
        await posting.catch((error: Error) => expect(error.message).toBe('changed my mind'))
      }
    }
    let posting = true
    const sealer = async () => {
      while (posting) await seal(own)
    }
    const sealing = [sealer(), sealer()]
    await Promise.all([poster(0), poster(1), poster(2)])
    posting = false
    await Promise.all(sealing)
    await seal(own)
    const all = await seals(own)
    expect(all).toHaveLength(3 * 24)
    for (const year of [2023, 2024]) {
      const numbers = all.filter((s) => s.fiscal_year === year).map((s) => Number(s.number))
      expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    }
    expect(all.map((s) => Number(s.position))).toEqual(all.map((_, index) => index + 1))
    expect(await verify(own)).toEqual({ compared: 72, broken: [] })
  })
})

type Column = { table: string; column: string; type: string }

/** Another value than whatever stands there, of the column's own type. */
function flipped({ column, type }: Column): string {
  if (type === 'bool') return `not coalesce(${column}, false)`
  if (column === 'effective_on') return `${column} - 1` // never after the day of posting
  if (type === 'date') return `coalesce(${column}, '2024-01-01') + 1`
  if (type === 'timestamptz') return `${column} + interval '1 microsecond'`
  if (type === 'text') return `coalesce(${column}, '') || ' '`
  if (type === 'int8' || type === 'int4') return `coalesce(${column}, 0) + 1000000`
  throw new Error(`no other value for a column of type ${type}: teach this test one`)
}

describe('the seal', () => {
  test('betrays a change of any column of an entry or a line, and names the entry', async () => {
    const own = await company()
    await append(
      own,
      [1, 2, 3].map((n) => sale(own, `flip-${n}`)),
    )
    await seal(own)
    const columns = await look<Column>(
      own,
      `select c.relname as "table", a.attname as "column", t.typname as "type" from pg_attribute a
         join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
         where c.oid in ('journal_entry'::regclass, 'journal_line'::regclass) and a.attnum > 0 and not a.attisdropped`,
    )
    expect(columns.length).toBeGreaterThan(30)
    const [, second] = await look<{ id: bigint }>(
      own,
      'select id from journal_entry where company_id = $1 order by id',
      [own.companyId],
    )
    const target = second?.id ?? 0n
    for (const column of columns) {
      const { table, column: name } = column
      const where =
        table === 'journal_entry'
          ? `company_id = ${own.companyId} and id = ${target}`
          : `company_id = ${own.companyId} and entry_id = ${target} and line_no = 2`
      await tamper(
        own,
        `create table kept as select * from ${table}`,
        `update ${table} set ${name} = ${flipped(column)} where ${where}`,
      )
      const { broken } = await verify(own)
      expect(broken[0], `${table}.${name}`).toMatchObject({ entryId: target, number: 2n })
      await tamper(own, `delete from ${table}`, `insert into ${table} select * from kept`, 'drop table kept')
      expect((await verify(own)).broken, `${table}.${name} put back`).toEqual([])
    }
  })

  const damages: [string, (company: bigint) => string, string][] = [
    [
      'an entry that is gone',
      (id) => `delete from journal_entry where company_id = ${id} and source_id = 'seal-2'`,
      'missing',
    ],
    [
      'a line that is gone',
      (id) =>
        `delete from journal_line where company_id = ${id} and line_no = 2
           and entry_id = (select id from journal_entry where company_id = ${id} and source_id = 'seal-2')`,
      'hash',
    ],
    [
      'a line more',
      (id) =>
        `insert into journal_line (company_id, entry_id, line_no, account_id, posted_on, amount_minor, currency, currency_amount_minor)
           select company_id, entry_id, 3, account_id, posted_on, 1, currency, 1 from journal_line
             where company_id = ${id} and line_no = 2 and entry_id = (select id from journal_entry where company_id = ${id} and source_id = 'seal-2')`,
      'hash',
    ],
    [
      'lines exchanged',
      (id) => `update journal_line set line_no = 5 - line_no where company_id = ${id} and line_no in (2, 3);
         update journal_line set amount_minor = -amount_minor where company_id = ${id}`,
      'hash',
    ],
    ['a seal that is gone', (id) => `delete from journal_seal where company_id = ${id} and position = 2`, ''],
    [
      'seals exchanged',
      (id) => `update journal_seal set position = -position where company_id = ${id};
         update journal_seal set position = case position when -2 then 3 when -3 then 2 else -position end where company_id = ${id}`,
      'hash',
    ],
    [
      'another number',
      (id) => `update journal_seal set number = 100 where company_id = ${id} and position = 2`,
      'number',
    ],
    [
      'another fiscal year',
      (id) => `update journal_seal set fiscal_year = 1999 where company_id = ${id} and position = 2`,
      '',
    ],
    [
      'another hash',
      (id) => `update journal_seal set hash = sha256('') where company_id = ${id} and position = 2`,
      'hash',
    ],
    [
      'the tail of the journal',
      (id) => `delete from journal_entry where company_id = ${id} and source_id = 'seal-4'`,
      'missing',
    ],
  ]

  test.each(damages)('betrays %s', async (_name, damage, what) => {
    const own = await company()
    await append(
      own,
      [1, 2, 3, 4].map((n) => sale(own, `seal-${n}`)),
    )
    await seal(own)
    await tamper(own, damage(own.companyId))
    const { broken } = await verify(own)
    expect(broken).not.toEqual([])
    expect(broken[0]?.what).toContain(what)
  })

  test('betrays a tail cut off together with its seals, to whoever kept the head', async () => {
    const own = await company()
    await append(
      own,
      [1, 2, 3].map((n) => sale(own, `cut-${n}`)),
    )
    const { head } = await seal(own)
    const { broken } = await work(own, (tx) => verifySeals(tx, { head }))
    expect(broken).toEqual([])
    const last = `(select id from journal_entry where company_id = ${own.companyId} and source_id = 'cut-3')`
    await tamper(
      own,
      `delete from journal_seal where entry_id = ${last}`,
      `delete from journal_line where entry_id = ${last}`,
      `delete from journal_entry where id = ${last}`,
    )
    expect((await verify(own)).broken).toEqual([])
    const kept = await work(own, (tx) => verifySeals(tx, { head }))
    expect(kept.broken).toMatchObject([{ what: 'the head that was kept is not in the chain' }])
  })
})
