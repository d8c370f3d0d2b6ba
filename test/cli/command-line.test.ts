import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countinghouse, type Said } from '../support/command-line.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { orderExport } from '../support/site.ts'

let server: TestDatabase
let folder: string
let company: string
beforeAll(async () => {
  server = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'countinghouse-cli-'))
  company = (await run('company', 'create', 'Shop', '--country', 'GB', '--currency', 'GBP')).stdout.trim()
})
afterAll(async () => {
  await server.drop()
  await rm(folder, { recursive: true, force: true })
})

const run = (...words: string[]): Promise<Said> => countinghouse(server.url, words)
const ofCompany = (...words: string[]): Promise<Said> => run(...words, '--company', company)
const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

test('a company is created: the id alone, or JSON', async () => {
  expect(company).toMatch(/^[1-9][0-9]*$/)
  const said = await run('company', 'create', 'Laden', '--country', 'DE', '--currency', 'EUR', '--json')
  expect(said.code).toBe(0)
  expect(JSON.parse(said.stdout)).toEqual({ id: expect.stringMatching(/^\d+$/), name: 'Laden' })
  expect((await run('company', 'list')).stdout).toMatch(/Shop +GB +GBP/)
})

test('a company says who it is, from which day, and under which numbers it declares tax', async () => {
  const json = async (...words: string[]) => {
    const said = await ofCompany(...words, '--json')
    expect([said.stderr, said.code]).toEqual(['', 0])
    return JSON.parse(said.stdout)
  }
  expect((await ofCompany('company', 'identity')).stdout).toContain('Nothing is recorded')
  expect(await ofCompany('company', 'identity', '--email', 'a@shop.example')).toMatchObject({ code: 2 })
  await json('company', 'identity', '--legal-name', 'Shop Ltd', '--line1', '1 High Street', '--country', 'GB')
  const moved = ['--line1', '2 Low Street', '--trading-name', 'Shop', '--from', '2024-01-01']
  expect(await json('company', 'identity', ...moved)).toMatchObject({
    identity: { legalName: 'Shop Ltd', registeredAddress: { line1: '2 Low Street', country: 'GB' } },
    versions: 2,
  })
  expect((await ofCompany('company', 'identity', '--on', '2023-12-31')).stdout).toMatch(
    /registered address +1 High Street, GB[\s\S]*until +2023-12-31/,
  )
  expect(await json('company', 'change', '--time-zone', 'Europe/Dublin')).toMatchObject({ timeZone: 'Europe/Dublin' })
  expect(await ofCompany('company', 'change')).toMatchObject({ code: 2 })

  await json('tax-number', 'set', 'gb', 'vat', 'GB 999 9999 73', '--from', '2020-01-01')
  const later = ['tax-number', 'set', 'GB', 'vat', 'GB999999918', '--from', '2024-01-01']
  const overlap = await ofCompany(...later)
  expect([overlap.code, overlap.stderr]).toEqual([2, expect.stringContaining('tax_numbers_overlap')])
  await json('tax-number', 'end', 'GB', 'vat', 'GB 999 9999 73', '--on', '2023-12-31')
  expect((await json(...later)).rows).toHaveLength(2)
  expect((await ofCompany('tax-number', 'list')).stdout).toMatch(/GB999999973 +2020-01-01 +2023-12-31 +yes/)
  expect((await json('tax-number', 'withdraw', 'GB', 'vat', 'GB999999918')).rows).toHaveLength(1)
  expect((await ofCompany('tax-number', 'withdraw', 'GB', 'vat', '1')).stderr).toContain('tax_number_unknown')
})

test.each([
  [[], 'Say what to do'],
  [['weigh'], "There is no command 'weigh'; did you mean 'seal'?"],
  [['reprot', 'trial-balance'], "did you mean 'report'?"],
  [['companie', 'creat', 'X'], "did you mean 'company create'?"],
  [['backup'], 'Give the file to write'],
  [['restore', '/nowhere/at-all.backup'], '/nowhere/at-all.backup:1:1: ENOENT'],
  [['company', 'create', 'X'], 'Say in which country it is'],
  [['company', 'create', 'X', '--country', 'XX', '--currency', 'GBP'], 'country_unknown'],
  [['report', 'trial-balance'], 'Say which company'],
  [['report', 'weather', '--company', '1'], "There is no report 'weather'"],
  [
    ['report', 'trial-balance', '--company', '1', '--as-of', '2011-02-30'],
    "--as-of: found '2011-02-30', expected a day",
  ],
  [['seal', '--company', '1', '--loudly'], "Unknown option '--loudly'"],
  [['seal', '--company', '999999'], 'company_unknown'],
  [['period', 'close', 'January', '--company', '1'], 'A period is a month such as 2011-01'],
  [['export', 'journal', '--company', '1', '--format', 'stone'], '--format is one of'],
  [['import', 'tea-leaves', 'x.csv', '--company', '1'], 'The format is one of'],
  [['serve', '--port', 'many'], 'A port is a number'],
])('bad usage ends with 2 and says so last: %j', async (words, expected) => {
  const said = await run(...words)
  expect(said.code).toBe(2)
  expect(said.stdout).toBe('')
  expect(said.lastLine).toContain(expected)
})

test('a database that cannot be reached ends with 3 and a sentence', async () => {
  const said = await countinghouse('postgres://nobody@127.0.0.1:1/none', ['company', 'list'])
  expect(said.code).toBe(3)
  expect(said.stdout).toBe('')
  expect(said.lastLine).toMatch(/^The database server at 127\.0\.0\.1:1 cannot be used: .*\.$/)
})

test('help goes to standard output', async () => {
  const said = await run('account', '--help')
  expect(said.code).toBe(0)
  expect(said.stdout).toContain('countinghouse account add CODE NAME')
  expect(said.stdout).not.toContain('countinghouse seal')
})

test('a sales history goes from files to sealed, proven, exported books', async () => {
  const orders = await file('orders.csv', orderExport)
  const looked = await ofCompany('import', 'online-retail', orders, '--dry-run', '--json')
  expect(looked.code).toBe(0)
  expect(JSON.parse(looked.stdout)).toMatchObject({
    format: 'online-retail',
    dryRun: true,
    lines: 4,
    documents: { created: 4, existing: 0, refused: 0 },
    byKind: { invoice: 3, credit_note: 1 },
    exceptions: { opened: 1, byKind: { unknown_code: 1 } },
    links: { linked: 1, partly: 0, unlinked: 0 },
  })
  const done = await ofCompany('import', 'online-retail', orders, '--json')
  expect(JSON.parse(done.stdout)).toMatchObject({ dryRun: false, documents: { created: 4 } })
  const again = await ofCompany('import', 'online-retail', orders)
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('these files add nothing') })

  const balance = await ofCompany('report', 'trial-balance', '--as-of', '2010-12-31', '--format', 'json')
  const { rows, ...head } = JSON.parse(balance.stdout) as { rows: { role: string; balance: { amount: string } }[] }
  expect(head).toMatchObject({ report: 'trial-balance', company, currency: 'GBP', asOf: '2010-12-31' })
  expect(Object.fromEntries(rows.map(({ role, balance }) => [role, balance.amount]))).toEqual({
    receivable: '18.89',
    payment_clearing: '7.97',
    output_tax: '-4.00',
    sales: '-22.08',
    sales_returns: '2.55',
    sales_suspense: '-3.33',
  })
  expect((await ofCompany('report', 'trial-balance', '--format', 'csv')).stdout).toMatch(/^code,name,role,balance/)

  const page = await ofCompany('report', 'general-ledger', '--account', '1100', '--limit', '1', '--format', 'json')
  const { next } = JSON.parse(page.stdout) as { next: string }
  const second = await ofCompany('report', 'general-ledger', '--account', '1100', '--after', next, '--format', 'json')
  expect((JSON.parse(second.stdout) as { rows: unknown[] }).rows).toHaveLength(4)

  const sealed = JSON.parse((await ofCompany('seal', '--json')).stdout) as { entries: number; head: string }
  expect(sealed).toEqual({ entries: 0, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const proof = await ofCompany('check', '--json')
  expect(proof.code).toBe(0)
  expect(JSON.parse(proof.stdout)).toMatchObject({ ok: true })
  const journal = await ofCompany('export', 'journal', '--format', 'hledger')
  expect(journal.stdout).toContain('536365')
  const exceptions = JSON.parse((await ofCompany('exceptions', '--json')).stdout) as { rows: object[] }
  expect(exceptions.rows).toEqual([
    expect.objectContaining({
      id: expect.any(String),
      kind: 'unknown_code',
      source: expect.any(String),
      message: expect.stringContaining('DCGSSBOY'),
      amount: { amount: expect.any(String), currency: 'GBP' },
      owner: 'order desk',
      due: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      state: 'open',
    }),
  ])
  const { id } = exceptions.rows[0] as { id: string }
  const doing = async (...words: string[]) => (await ofCompany(...words)).code
  expect(await doing('exceptions', 'rerun', '--kind', 'unknown_code')).toBe(1)
  expect(await doing('exceptions', 'note', id, '--text', 'Asked the shop')).toBe(0)
  expect(await doing('exceptions', 'due', id, '--on', '2999-01-31')).toBe(0)
  expect(await doing('exceptions', 'resolve', id, '--reason', 'seen')).toBe(2)
  expect(await doing('exceptions', 'resolve', id, '--as', 'item')).toBe(0)
  const shown = JSON.parse((await ofCompany('exceptions', 'show', id, '--json')).stdout) as {
    notes: { kind: string }[]
  }
  expect(shown).toMatchObject({ state: 'resolved', resolution: 'Placed as sales' })
  expect(shown.notes.map(({ kind }) => kind)).toEqual(['rerun', 'note', 'due_changed', 'resolved'])
})

test('input that cannot be read ends with 2, its place last, and nothing stored', async () => {
  const other = (await run('company', 'create', 'Other', '--country', 'GB', '--currency', 'GBP')).stdout.trim()
  const bad = await file('bad.csv', orderExport.replace('2010-12-01 08:28:00', 'yesterday'))
  const said = await run('import', 'online-retail', bad, '--company', other, '--json')
  expect(said).toMatchObject({ code: 2, stdout: '' })
  expect(said.lastLine).toMatch(/^.*bad\.csv:3:\d+: .*yesterday.*; .+/)
  const balance = await run('report', 'trial-balance', '--company', other, '--format', 'json')
  expect(JSON.parse(balance.stdout)).toMatchObject({ rows: [] })
})

test('a document with other content is set aside, and the import ends with 1', async () => {
  const changed = await file('changed.csv', orderExport.replace('6,2010-12-01 08:26:00', '7,2010-12-01 08:26:00'))
  const said = await ofCompany('import', 'online-retail', changed, '--json')
  expect(said.code).toBe(1)
  expect(JSON.parse(said.stdout)).toMatchObject({ documents: { created: 0, existing: 3, refused: 1 } })
})

test('a check that is broken ends with 1 and says what breaks it', async () => {
  const { runSql } = await import('../support/sql.ts')
  const balance = 'update account_balance set amount_minor = amount_minor'
  const where = `where company_id = ${company} and grain = 'day' and account_id = (select min(account_id) from account_balance where company_id = ${company})`
  await runSql(server.url, `${balance} + 1 ${where}`)
  const said = await ofCompany('check')
  expect(said.code).toBe(1)
  expect(said.stdout).toMatch(/balances-match-lines +broken/)
  await runSql(server.url, `${balance} - 1 ${where}`)
  expect((await ofCompany('check')).code).toBe(0)
})

test('a period is closed and, with a reason, reopened', async () => {
  expect((await ofCompany('period', 'close', '2010-01')).code).toBe(0)
  expect((await ofCompany('period', 'close', '2010-01')).lastLine).toContain('period_already_closed')
  expect((await ofCompany('period', 'reopen', '2010-01')).lastLine).toContain('reason_missing')
  const opened = await ofCompany('period', 'reopen', '2010-01', '--reason', 'late', '--json')
  expect(JSON.parse(opened.stdout)).toEqual({ startsOn: '2010-01-01', endsOn: '2010-01-31', state: 'open' })
})

test('accounts and mapping are kept from the command line', async () => {
  expect((await ofCompany('account', 'add', '6999', 'Party bags', '--class', 'expense')).code).toBe(0)
  expect((await ofCompany('account', 'rename', '6999', 'Bags')).stdout).toContain('6999  Bags')
  expect((await ofCompany('account', 'group', '6999', 'overheads', '--json')).code).toBe(0)
  const mapped = await ofCompany(
    'mapping',
    'add',
    'expense',
    '--account',
    '6999',
    '--document-kind',
    'invoice',
    '--json',
  )
  expect(JSON.parse(mapped.stdout)).toMatchObject({ role: 'expense', account: '6999', version: 1 })
  expect((await ofCompany('mapping', 'list', '--role', 'expense')).stdout).toContain('document kind invoice')
  expect((await ofCompany('mapping', 'add', 'expense', '--account', '0', '--item', 'x')).lastLine).toContain('_unknown')
  const placed = JSON.parse((await ofCompany('account', 'cash-flow', '6999', 'financing', '--json')).stdout)
  expect(placed).toMatchObject({ code: '6999', cashFlow: 'financing' })
  const back = JSON.parse((await ofCompany('account', 'cash-flow', '6999', 'default', '--json')).stdout)
  expect(back).toMatchObject({ code: '6999', cashFlow: null })
  expect((await ofCompany('account', 'end', '6999', '--on', '2011-12-31')).stdout).toContain('ended on 2011-12-31')
  expect((await ofCompany('account', 'list')).stdout).toMatch(/6999 +Bags +expense/)
})

const told = `company GB GBP
2011-01-01 journal rent: expense 5.00, bank -5.00
2011-01-31 expect bank -5.00
`

test('stories are played: 0 where the books agree, 1 where they differ, 2 where a word is not understood', async () => {
  const agrees = await file('agrees.txt', told)
  const differs = await file('differs.txt', told.replace('expect bank -5.00', 'expect bank -6.00'))
  const unread = await file('unread.txt', told.replace('journal', 'jurnal'))
  expect(await run('story', agrees)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^ok .*agrees\.txt: 1 fact\n$/),
  })
  const both = await run('story', agrees, differs)
  expect(both.code).toBe(1)
  expect(both.stdout).toContain('differs.txt:3:19: 2011-01-31 expect bank -6.00: expected bank -6.00; found bank -5.00')
  const said = await run('story', agrees, unread)
  expect(said).toMatchObject({ code: 2, stdout: '' })
  expect(said.lastLine).toMatch(/unread\.txt:2:12: 'jurnal'; expected/)
  expect((await run('story', join(folder, 'none.txt'))).lastLine).toContain('none.txt:1:1: no such file')
})
