import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BadInput, type ImportResult, importFiles, rerunAll } from '../../src/imports/index.ts'
import { actingAs, inCompany } from '../../src/kernel/database.ts'
import { addAccounts, changeAccounts } from '../../src/ledger/accounts.ts'
import { listApprovals, saveApprovalRule } from '../../src/modules/approvals/index.ts'
import { aboutException, listExceptions } from '../../src/modules/inbox/index.ts'
import { decide } from '../../src/modules/second-person/index.ts'
import { agedReceivables } from '../../src/reports/aged.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { day, openShop, type Shop } from '../support/shop.ts'
import { generatedXero } from './generated-books.ts'

const folder = join(process.env.COUNTINGHOUSE_SHARED ?? '../shared', 'data/oracles/xero-org-dbt')

/** The sums of the export's lines by account, computed apart from this code: code and name, as Xero has them. */
const trialBalance: Record<string, string> = {
  ' Business American Express': '-37.42',
  '100 BMO Business': '99006.35',
  '1005 Dividends Declared/Paid': '30000.00',
  '110 Computer Hardware': '13162.30',
  '1100 Provision for Income Tax': '6733.00',
  '115 Computer Hardware -Accumulated': '-214.00',
  '120 Furniture & Fixtures': '280.98',
  '125 Furniture & Fixtures - Accumulated': '-28.00',
  '200 Sales': '-562848.43',
  '260 Other Revenue': '-4125.31',
  '310 Cost of Goods Sold': '7031.28',
  '404 Bank Fees': '442.20',
  '405 Subcontracting': '7000.00',
  '410 Accounting': '2700.00',
  '412 Consulting & Accounting': '5557.56',
  '420 Entertainment': '71.98',
  '422 Amortization': '242.00',
  '429 General Expenses': '3986.26',
  '430 Food - Canada': '6271.92',
  '433 Insurance': '1790.00',
  '440 Travel': '2398.10',
  '441 Legal expenses': '503.96',
  '453 Office Expenses': '138.10',
  '475 Occupancy': '1400.00',
  '485 Subscriptions': '8349.97',
  '489 Telephone & Internet': '12.49',
  '493 Travel - National': '1970.51',
  '499 Realised Currency Gains': '8222.52',
  '610 Accounts Receivable': '60596.16',
  '640 Wealthsimple Investments': '85000.00',
  '710 Office Equipment': '2225.58',
  '800 Accounts Payable': '-88.46',
  '802 Accrued Liabilites': '-2000.00',
  '820 Sales Tax': '2605.44',
  '830 Income Tax Payable': '45000.00',
  '860 Rounding': '0.75',
  '880 Owner A Drawings': '166652.21',
  '970 Owner A Share Capital': '-10.00',
}

const minor = (amount: string): bigint => BigInt(amount.replace('.', ''))

describe.skipIf(!existsSync(folder))('the ledger of a Canadian business', () => {
  let shop: Shop
  let result: ImportResult
  beforeAll(async () => {
    shop = await openShop({ country: 'CA', currency: 'CAD', chart: 'generic' })
    result = await importFiles(shop.database, shop.companyId, 'xero-journals', { files: [folder] })
  })
  afterAll(() => shop.close())

  const balances = async (): Promise<Record<string, bigint>> => {
    const rows = await shop.look<{ name: string; balance: bigint }>(
      `select case when a.code like 'xero-%-%' or length(a.code) > 10 then '' else replace(a.code, 'xero-', '') end || ' ' || a.name as name,
          sum(l.amount_minor)::bigint as balance
        from journal_line l join account a on a.company_id = l.company_id and a.id = l.account_id
        group by 1 having sum(l.amount_minor) <> 0`,
    )
    return Object.fromEntries(rows.map(({ name, balance }) => [name, balance]))
  }

  test('comes in whole: every journal, and the trial balance that its own lines have', async () => {
    expect(result.documents).toEqual({ created: 1685, existing: 0, refused: 0 })
    expect(result.lines).toBe(4033)
    expect(await balances()).toEqual(
      Object.fromEntries(Object.entries(trialBalance).map(([name, amount]) => [name, minor(amount)])),
    )
  })

  test('has 389 realised differences, of 8,222.52 together', async () => {
    const [row] = await shop.look<{ lines: number; total: bigint }>(
      `select count(*)::int as lines, sum(l.amount_minor)::bigint as total from journal_line l
         join account a on a.company_id = l.company_id and a.id = l.account_id where a.role = 'realised_fx' and a.code = '499'`,
    )
    expect(row).toEqual({ lines: 389, total: 822252n })
  })

  test('keeps its documents in their three currencies', async () => {
    const rows = await shop.look<{ kind: string; currency: string; documents: number }>(
      `select kind, currency, count(*)::int as documents from earlier_document group by 1, 2 order by 1, 2`,
    )
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
      'bill CAD 232',
      'bill GBP 35',
      'bill USD 217',
      'invoice GBP 30',
      'invoice USD 87',
    ])
  })

  test('is explained by open items, and every check holds', async () => {
    const aged = await shop.work((tx) => agedReceivables(tx, { asOf: day('2021-12-31') }))
    expect(aged.totals.map(({ total }) => total)).toEqual([{ amount: '60596.16', currency: 'CAD' }])
    const { checks } = await shop.work(runChecks)
    expect(checks.filter(({ result: outcome }) => outcome === 'broken')).toEqual([])
    expect(checks.find(({ name }) => name === 'payable-matches-suppliers')?.result).toBe('held')
  })

  test('adds nothing a second time', async () => {
    const again = await importFiles(shop.database, shop.companyId, 'xero-journals', { files: [folder] })
    expect(again.documents).toEqual({ created: 0, existing: 1685, refused: 0 })
    expect(await balances()).toHaveProperty('100 BMO Business', minor('99006.35'))
  })

  test('writes nothing in a dry run, and into a company of another currency', async () => {
    const other = await openShop({ country: 'CA', currency: 'CAD', chart: 'generic' })
    const tried = await importFiles(other.database, other.companyId, 'xero-journals', { files: [folder], dryRun: true })
    expect(tried.documents.created).toBe(1685)
    expect(tried.preview).toHaveLength(5)
    expect(await other.look('select id from journal_entry')).toEqual([])
    await other.close()
    const pounds = await openShop()
    await expect(
      importFiles(pounds.database, pounds.companyId, 'xero-journals', { files: [folder] }),
    ).rejects.toMatchObject({ code: 'currency_not_base' })
    await pounds.close()
  })

  test('says where an export is not as it should be', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'countinghouse-xero-'))
    cpSync(folder, broken, { recursive: true })
    const path = join(broken, 'xero_journal_line_data.csv')
    const text = readFileSync(path, 'utf8')
    const read = () => importFiles(shop.database, shop.companyId, 'xero-journals', { files: [broken] })
    writeFileSync(path, text.replace('-27.85,9a49e116', '-27.8x,9a49e116'))
    await expect(read()).resolves.toMatchObject({ documents: { created: 0 } }) // the gross amount is not read
    writeFileSync(path, text.replace(',3e2f5871-9eca-46a6-899a-4417043ab5ae,', ',nothing,'))
    await expect(read()).rejects.toThrow(/xero_journal_line_data.csv:2:3: account_id "nothing"; expected an account/)
    writeFileSync(path, text.replace('journal_line_id,', 'line_id,'))
    await expect(read()).rejects.toThrow(/:1:1: a header without journal_line_id/)
    rmSync(join(broken, 'xero_journal_data.csv'))
    await expect(read()).rejects.toBeInstanceOf(BadInput)
    rmSync(broken, { recursive: true })
  })
})

describe('a journal that the books refuse', () => {
  const account = { code: '200', name: 'Sales', class: 'income' as const }
  let files: string
  let whole: Shop
  let parted: Shop
  const read = (shop: Shop) => importFiles(shop.database, shop.companyId, 'xero-journals', { files: [files] })
  const refused = () => parted.work((tx) => listExceptions(tx, { kind: 'document_refused', states: ['open'] }))
  const rerun = async () => {
    const ids = (await refused()).map(({ id }) => id)
    return (await parted.work((tx) => rerunAll(tx, ids))).map(({ state }) => state)
  }

  beforeEach(async () => {
    files = mkdtempSync(join(tmpdir(), 'countinghouse-xero-kept-'))
    for (const [name, text] of Object.entries(generatedXero(4))) writeFileSync(join(files, name), text)
    whole = await openShop({ chart: 'generic' })
    parted = await openShop({ chart: 'generic' })
    for (const shop of [whole, parted]) await shop.work((tx) => addAccounts(tx, [account]))
    expect((await read(whole)).documents.refused).toBe(0)
  })
  afterEach(async () => {
    rmSync(files, { recursive: true })
    await whole.close()
    await parted.close()
  })

  const expectTheSame = async () => {
    const items = (shop: Shop) =>
      shop.look('select amount_minor, applied_minor, opened_on from open_item order by opened_on, amount_minor')
    expect(await parted.balances()).toEqual(await whole.balances())
    expect(await items(parted)).toEqual(await items(whole))
    const { checks } = await parted.work(runChecks)
    expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
    expect(await refused()).toEqual([])
  }

  test('is kept, and settles what it belongs to once it is posted again', async () => {
    await parted.work((tx) => changeAccounts(tx, [{ code: '200', endedOn: day('2001-01-01') }]))
    // The invoices are refused, their payments are not.
    expect((await read(parted)).documents).toMatchObject({ created: 3, refused: 4 })
    const [first] = await refused()
    const about = await parted.work((tx) => aboutException(tx, first as NonNullable<typeof first>))
    expect(about.rows[0]).toMatchObject({ file: 'xero_journal_data.csv', words: expect.stringContaining('ACCREC') })
    await parted.work((tx) => changeAccounts(tx, [{ code: '200', endedOn: null }]))
    expect(await rerun()).toEqual(['resolved', 'resolved', 'resolved', 'resolved'])
    await expectTheSame()
  })

  test('for want of a second person settles what it belongs to once that person approves', async () => {
    await parted.work((tx) => saveApprovalRule(tx, { kind: 'journal', aboveMinor: null, active: true }))
    expect((await read(parted)).documents).toMatchObject({ created: 0, refused: 7 })
    expect(new Set(await rerun())).toEqual(new Set(['open']))
    for (const { id } of await parted.work((tx) => listApprovals(tx, 'pending')))
      await inCompany(actingAs(parted.database, 'user:2'), parted.companyId, (tx) =>
        decide(tx, { id, decision: 'approved', reason: '' }),
      )
    await expectTheSame()
  })
})
