import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExportFormat, exportJournal } from '../../src/reports/export/index.ts'
import { trialBalance } from '../../src/reports/trial-balance.ts'
import { type Books, day, entry, issue, openBooks, postEntries } from './support.ts'

let books: Books
const folder = mkdtempSync(join(tmpdir(), 'countinghouse-export-'))
beforeAll(async () => {
  books = await openBooks({ name: 'Potter & "Söhne"; Ltd' })
  await issue(
    books,
    {
      number: '536365',
      on: '2011-01-11',
      tax: 21_00n,
      lines: [
        { net: 100_00n, item: 'MUG' },
        { net: 5_00n, role: 'shipping_income' },
      ],
    },
    { number: 'C536379', kind: 'credit_note', on: '2011-01-12', tax: -2_00n, lines: [{ net: -10_00n, item: 'MUG' }] },
  )
  const inCurrency = (currency: string, currencyAmountMinor: bigint) => ({ currency, currencyAmountMinor })
  await postEntries(
    books,
    entry(books, '2011-02-01', [
      ['1200', 87_13n, inCurrency('EUR', 100_00n)],
      ['1250', -87_13n, inCurrency('EUR', -100_00n)],
      ['1250', 87_13n],
      ['4000', -87_13n],
    ]),
    // An amount that its total cost cannot be divided by without a remainder.
    entry(books, '2011-02-02', [
      ['1200', 100n, inCurrency('JPY', 3n)],
      ['4000', -100n, inCurrency('JPY', -3n)],
    ]),
    // An exchange difference moves base currency alone, and so small an amount has no value in it.
    entry(
      books,
      '2011-02-03',
      [
        ['8310', 1_50n, inCurrency('GBP', 0n)],
        ['1200', -1_50n, inCurrency('EUR', 0n)],
        ['1200', 0n, inCurrency('KWD', 1n)],
        ['1250', 0n, inCurrency('KWD', -1n)],
        ['1200', -1n, inCurrency('USD', 5n)],
        ['1250', 1n, inCurrency('USD', -5n)],
      ],
      { description: '(paid) *off*; "all"\nof | it', revision: 2 },
    ),
  )
  await books.owner((tx) =>
    tx.query(
      `insert into account (company_id, code, name, class) values ($1, 'a/b', 'übrig: 100%', 'asset'), ($1, 'a-b', 'übrig 100', 'asset')`,
      [tx.companyId],
    ),
  )
  await books.seal()
})
afterAll(async () => {
  await books.close()
  rmSync(folder, { recursive: true })
})

const exported = (format: ExportFormat): Promise<string> =>
  books.read(async (tx) => {
    let text = ''
    for await (const chunk of exportJournal[format](tx)) text += chunk
    return text
  })

async function fileOf(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const run = (command: string, ...args: string[]) => spawnSync(command, args, { encoding: 'utf8' })
const present = (command: string, ...args: string[]): boolean => run(command, ...args).status === 0

/** The first amount of a posting, a penny higher. */
const oneMinorUnitMore = (text: string): string =>
  text.replace(/^( +Assets:1100\S+ +GBP | {2}Assets:1100\S+ +)126\.00/m, '$1126.01')

/** Our trial balance as name of the export to amount. */
async function ourBalances(): Promise<Record<string, string>> {
  const { rows } = await books.read((tx) => trialBalance(tx, { asOf: day('2099-12-31') }))
  return Object.fromEntries(rows.map(({ code, balance }) => [code, balance.amount]))
}

const byCode = (rows: readonly (readonly [account: string, amount: string])[]): Record<string, string> =>
  Object.fromEntries(rows.map(([account, amount]) => [/:(\d+)-/.exec(account)?.[1] ?? account, amount]))

const hledger = present('hledger', '--version')
const ledger = present('ledger', '--version')
const beancount = present('bean-check', '--version')
const skipped = (tool: string, there: boolean) => (there ? '' : ` (skipped: ${tool} is not installed)`)

describe.skipIf(!hledger)(`hledger${skipped('hledger', hledger)}`, () => {
  test('accepts the export strictly and agrees to the penny', async () => {
    const file = await fileOf('a.journal', await exported('hledger'))
    expect(run('hledger', 'check', '-s', '-f', file)).toMatchObject({ status: 0, stderr: '' })
    const found = run('hledger', '-f', file, 'balance', '-B', '-N', '--flat', '-O', 'csv', '--layout', 'bare').stdout
    const rows = found
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => JSON.parse(`[${row}]`) as [string, string, string])
    expect(rows.filter(([, commodity]) => commodity !== 'GBP')).toEqual([])
    expect(byCode(rows.map(([account, , amount]) => [account, amount]))).toEqual(await ourBalances())
  })

  test('finds entries by number, rule and source', async () => {
    const file = await fileOf('a.journal', await exported('hledger'))
    const found = run(
      'hledger',
      '-f',
      file,
      'print',
      'tag:rule=invoice-issued',
      'tag:number=2011-1',
      'tag:source=sales_document',
    )
    expect(found.stdout).toContain('2011-01-11 * (2011-1) 536365')
    expect(found.stdout).not.toContain('C536379')
  })

  test('refuses a copy with one penny changed', async () => {
    const text = await exported('hledger')
    expect(oneMinorUnitMore(text)).not.toBe(text)
    const found = run('hledger', 'check', '-s', '-f', await fileOf('b.journal', oneMinorUnitMore(text)))
    expect(found.status).not.toBe(0)
    expect(found.stderr).toMatch(/balance/)
  })
})

describe.skipIf(!ledger)(`ledger${skipped('ledger', ledger)}`, () => {
  test('accepts the export pedantically and agrees to the penny', async () => {
    const file = await fileOf('c.journal', await exported('hledger'))
    const format = '%(account)|%(display_total)\n'
    const found = run('ledger', '--pedantic', '-f', file, 'balance', '-B', '--flat', '--no-total', '--format', format)
    expect(found.stderr).toBe('')
    const rows = found.stdout
      .trim()
      .split('\n')
      .map((row) => row.split('|') as [string, string])
    expect(byCode(rows.map(([account, amount]) => [account, amount.replace(/^GBP /, '')]))).toEqual(await ourBalances())
  })

  test('refuses a copy with one penny changed', async () => {
    const found = run('ledger', '-f', await fileOf('d.journal', oneMinorUnitMore(await exported('hledger'))), 'balance')
    expect(found.status).not.toBe(0)
    expect(found.stderr).toContain('Transaction does not balance')
  })
})

describe.skipIf(!beancount)(`beancount${skipped('beancount', beancount)}`, () => {
  test('accepts the export', async () => {
    const found = run('bean-check', await fileOf('a.beancount', await exported('beancount')))
    expect(found).toMatchObject({ status: 0, stderr: '' })
  })

  test('refuses a copy with one penny changed', async () => {
    const text = await exported('beancount')
    expect(oneMinorUnitMore(text)).not.toBe(text)
    const found = run('bean-check', await fileOf('b.beancount', oneMinorUnitMore(text)))
    expect(found.status).not.toBe(0)
    expect(found.stderr).toContain('Transaction does not balance')
  })
})

test('every account, commodity and tag is declared before the first entry', async () => {
  const text = await exported('hledger')
  const [head = ''] = text.split(/^(?=\d{4}-)/m)
  for (const currency of ['GBP', 'EUR', 'JPY', 'KWD', 'USD']) expect(head).toContain(`commodity ${currency}\n`)
  expect(head).toContain('account Assets:1100-Trade-debtors\n')
  expect(head).toContain('account Assets:A-b-übrig-100\n')
  expect(head.match(/^account Assets:A-b-übrig-100/gm)).toHaveLength(2)
  expect(text).toContain('    Assets:1200-Bank-current-account  EUR 100.00 @@ GBP 87.13\n')
})
