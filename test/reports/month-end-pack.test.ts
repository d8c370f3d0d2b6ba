import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import readWorkbook from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { monthEndPackCommand } from '../../src/cli/month-end-pack.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { zipOf } from '../../src/kernel/zip.ts'
import { monthEndPack, parseMonth } from '../../src/reports/index.ts'
import { trialBalance } from '../../src/reports/trial-balance.ts'
import { type Books, day, entry, issue, openBooks, postEntries } from './support.ts'

let books: Books
const folder = mkdtempSync(join(tmpdir(), 'countinghouse-pack-test-'))
beforeAll(async () => {
  books = await openBooks({ name: 'Żółw & Ελιά Ltd' })
  await issue(
    books,
    { number: 'W1', on: '2011-01-31', tax: 20_00n, lines: [{ net: 100_00n, item: 'MUG' }] },
    { number: 'W2', on: '2011-02-01', tax: 2_00n, lines: [{ net: 10_00n, item: '=CUP' }] },
    { number: 'W3', on: '2011-02-28', settlement: 'paid', lines: [{ net: 7_00n }] },
    { number: 'W4', on: '2011-03-01', lines: [{ net: 1_00n }] },
  )
  await postEntries(
    books,
    entry(
      books,
      '2011-02-15',
      [
        ['7100', 25_00n],
        ['1200', -25_00n],
      ],
      { description: '@SUM(A1)' },
    ),
    entry(books, '2011-02-16', [
      ['1210', 1_00n, { currency: 'EUR', currencyAmountMinor: 1_20n }],
      ['1250', -1_00n, { currency: 'EUR', currencyAmountMinor: -1_20n }],
    ]),
  )
  await books.seal()
})
afterAll(async () => {
  await books.close()
  rmSync(folder, { recursive: true })
})

async function packed(): Promise<{ files: Record<string, Buffer>; ok: boolean }> {
  return await books.read(async (tx) => {
    const parts: Uint8Array[] = []
    const zip = zipOf(monthEndPack(tx, { month: day('2011-02-01'), atMs: 0 }))
    for (;;) {
      const next = await zip.next()
      if (next.done === true) {
        const files = unzipSync(Buffer.concat(parts))
        return {
          files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)])),
          ok: next.value.ok,
        }
      }
      parts.push(next.value)
    }
  })
}

const minorOf = (amount: string): bigint => BigInt(amount.replace('.', ''))
const rowsOf = (csv: Buffer | undefined) => parse(csv ?? '', { columns: true }) as Record<string, string>[]

test('the pack holds every line of the month, twice, and its files are those of its list', async () => {
  const { files, ok } = await packed()
  expect(ok).toBe(true)
  expect(Object.keys(files)).toEqual([
    'general-ledger-2011-02.csv',
    'journal-2011-02.csv',
    'month-end-pack-2011-02.pdf',
    'month-end-pack-2011-02.xlsx',
    'manifest.json',
  ])
  const manifest = JSON.parse(String(files['manifest.json']))
  for (const { name, bytes, sha256 } of manifest.files) {
    expect([
      name,
      files[name]?.length,
      createHash('sha256')
        .update(files[name] ?? '')
        .digest('hex'),
    ]).toEqual([name, bytes, sha256])
  }
  expect(manifest.files).toHaveLength(4)
  expect(manifest).toMatchObject({
    company: 'Żółw & Ελιά Ltd',
    currency: 'GBP',
    period: '2011-02',
    proof: { ok: true },
  })
  const lines = await books.read((tx) =>
    tx.query<{ code: string; amount: bigint }>(
      `select a.code, l.amount_minor as amount from journal_line l join account a on a.company_id = l.company_id and a.id = l.account_id
         where l.posted_on between '2011-02-01' and '2011-02-28'`,
    ),
  )
  const told = (rows: Record<string, string>[], account: string) =>
    rows.map((row) => `${row[account]} ${minorOf(row.amount ?? '')}`).sort()
  const expected = lines.map(({ code, amount }) => `${code} ${amount}`).sort()
  const ledger = rowsOf(files['general-ledger-2011-02.csv'])
  expect(told(ledger, 'account')).toEqual(expected)
  expect(told(rowsOf(files['journal-2011-02.csv']), 'code')).toEqual(expected)
  expect(ledger.find(({ account }) => account === '7100')?.description).toBe("'@SUM(A1)")
  expect(ledger.find(({ account }) => account === '1210')).toMatchObject({
    currencyAmount: '1.20',
    currencyAmountCurrency: 'EUR',
  })
})

test('each statement is a sheet and a page, and says what the report of its name says', async () => {
  const { files } = await packed()
  const sheets = await readWorkbook(files['month-end-pack-2011-02.xlsx'] as Buffer)
  expect(sheets.map(({ sheet }) => sheet)).toEqual([
    'Trial balance',
    'Profit and loss',
    'Profit and loss, year to date',
    'Balance sheet',
    'Cash flow, indirect',
    'Cash flow, direct',
    'Aged receivables',
    'Aged payables',
    'Tax summary',
    'General ledger',
    'Exceptions open',
    'Checks',
    'General ledger lines',
    'Journal',
  ])
  const { rows } = await books.read((tx) => trialBalance(tx, { asOf: day('2011-02-28') }))
  const sheet = sheets[0]?.data.slice(5, -1) ?? []
  expect(sheet.map(([code, , debit, credit]) => [code, Number(debit ?? 0) - Number(credit ?? 0)])).toEqual(
    rows.map(({ code, balance }) => [code, Number(balance.amount)]),
  )
  const document = await getDocumentProxy(new Uint8Array(files['month-end-pack-2011-02.pdf'] as Buffer))
  const { text, totalPages } = await extractText(document, { mergePages: true })
  expect(totalPages).toBe(13)
  for (const words of ['Żółw & Ελιά Ltd', 'Contents', 'The books were proved on 1970-01-01 00:00 UTC', 'Page 13 of 13'])
    expect(text).toContain(words)
  for (const { sheet: name } of sheets.slice(0, 12)) expect(text).toContain(name)
})

test('into a folder or an archive, with 1 at the end where a check is broken', async () => {
  const said: string[] = []
  const terminal = {
    line: (text: string) => Promise.resolve(void said.push(text)),
    note: (text: string) => void said.push(text),
  } as unknown as Terminal
  const run = (out: string) =>
    monthEndPackCommand(['--company', String(books.companyId), '--period', '2011-02', '--out', out])({
      database: books.database,
      terminal,
    })
  expect(await run(join(folder, 'pack'))).toBe(0)
  expect(await run(join(folder, 'pack.zip'))).toBe(0)
  const archived = unzipSync(readFileSync(join(folder, 'pack.zip')))
  expect(readdirSync(folder).sort()).toEqual(['pack', 'pack.zip'])
  expect(readdirSync(join(folder, 'pack')).sort()).toEqual(Object.keys(archived).sort())
  const name = 'journal-2011-02.csv'
  expect(readFileSync(join(folder, 'pack', name))).toEqual(Buffer.from(archived[name] as Uint8Array))
  await books.fold()
  await books.corrupt(
    `update account_balance set amount_minor = amount_minor + 1 where grain = 'month' and amount_minor > 0`,
  )
  expect(await run(join(folder, 'broken.zip'))).toBe(1)
  expect(said.at(-1)).toBe('A check is broken: the pack says which.')
})

test.each(['2011', '2011-13', '2011-1', '0000-01', 'x'])('%s is no month', (text) => {
  expect(parseMonth(text)).toBeUndefined()
  expect(() => monthEndPackCommand(['--company', '1', '--period', text, '--out', 'x'])).toThrow(/A period is a month/)
})
