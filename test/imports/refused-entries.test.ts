import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { importFiles, rerunAll } from '../../src/imports/index.ts'
import { actingAs, inCompany } from '../../src/kernel/database.ts'
import { closePeriod, reopenPeriod } from '../../src/ledger/periods.ts'
import { listApprovals, saveApprovalRule } from '../../src/modules/approvals/index.ts'
import { aboutException, listExceptions, raiseExceptions } from '../../src/modules/inbox/index.ts'
import { decide } from '../../src/modules/second-person/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { day, openShop, type Shop } from '../support/shop.ts'
import { isInstalled } from './oracles.ts'

const folder = mkdtempSync(join(tmpdir(), 'countinghouse-journal-'))
const shops: Shop[] = []
afterAll(async () => {
  for (const shop of shops) await shop.close()
  rmSync(folder, { recursive: true })
})

async function freshShop(currency = 'GBP'): Promise<Shop> {
  const shop = await openShop({ chart: 'generic', currency })
  shops.push(shop)
  return shop
}

const write = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const read = (shop: { database: Shop['database']; companyId: bigint }, ...files: string[]) =>
  importFiles(shop.database, shop.companyId, 'journal', { files })

describe('what an assertion of hledger speaks of', () => {
  const text = (assertion: string, more = 'GBP 0.00') => `2024-01-05 opening
    Bank            GBP 100.00
    Bank:Savings    GBP 50.00
    Bank:Dollars    USD 20.00 @@ GBP 16.00
    Equity
2024-01-06 asserted
    Bank            ${more}
    Bank            GBP 10.00 ${assertion}
    Equity
`
  test.each([
    ['= GBP 110.00', true],
    ['= GBP 160.00', false],
    ['=* GBP 160.00', true],
    ['=* GBP 110.00', false],
    ['=* USD 20.00', true],
    ['== GBP 110.00', true],
    ['== GBP 160.00', false],
    ['==* GBP 160.00', true], // what others hold in dollars is no matter
    ['==* GBP 110.00', false],
    ['= GBP 110.00', true, 'USD 5.00 @@ GBP 4.00'],
    ['== GBP 110.00', false, 'USD 5.00 @@ GBP 4.00'],
    ['==* GBP 160.00', false, 'USD 5.00 @@ GBP 4.00'],
    ['==* GBP 160.00', true, 'USD -20.00 @@ GBP 16.00'],
  ])('%s is so: %s, here as there', async (assertion, holds, more?: string) => {
    const shop = shops[0] ?? (await freshShop())
    const path = write('asserted.journal', text(assertion, more))
    const map = write(
      'accounts.csv',
      'legacy_account,account\nBank,1300\nBank:Savings,1310\nBank:Dollars,1310\nEquity,3000\n',
    )
    const trying = importFiles(shop.database, shop.companyId, 'journal', { files: [path, map], dryRun: true })
    const outcome = await trying.then(() => null).catch((error: Error) => error.message)
    if (holds) expect(outcome).toBeNull()
    else expect(outcome).toMatch(/asserted\.journal:8:5: Bank holds .*; expected .* as asserted/)
    if (isInstalled('hledger'))
      expect(spawnSync('hledger', ['-f', path, 'check', 'assertions']).status === 0).toBe(holds)
  })
})

describe('an entry that the books refuse', () => {
  const month = { month: day('2024-01-01'), reason: 'a test', decidedBy: 'test' }
  const open = (shop: Shop) =>
    shop.work((tx) => listExceptions(tx, { kind: 'document_refused', states: ['open', 'in_progress'] }))
  const rerun = async (shop: Shop) => {
    const ids = (await open(shop)).map(({ id }) => id)
    return (await shop.work((tx) => rerunAll(tx, ids))).map(({ state, message }) => [state, message])
  }
  const contents = (shop: Shop) => shop.look('select content from refused_content where content is not null')

  test.each([
    [
      'kept.csv',
      'reference,date,account,amount,party,document\nR1,2024-01-05,1200,10.00,Anna,\nR1,2024-01-05,4000,-10.00,,\nR2,2024-02-05,1310,1.00,,\nR2,2024-02-05,4000,-1.00,,\n',
      2,
    ],
    [
      'kept.journal',
      '2024-01-05 Work  ; reference: R1, party: Anna\n    1200  GBP 10.00\n    4000\n\n2024-02-05 Coffee  ; reference: R2\n    1310  GBP 1.00\n    4000\n',
      2,
    ],
    [
      'kept.beancount',
      '2024-01-05 * "Work"\n  reference: "R1"\n  party: "Anna"\n  Assets:1200-Accounts-receivable  10.00 GBP\n  Income:4000-Sales\n\n2024-02-05 * "Coffee"\n  reference: "R2"\n  Assets:1310-Cash  1.00 GBP\n  Income:4000-Sales\n',
      4,
    ],
  ])('of %s is kept with its lines, and posted from them once they may be', async (name, text, line) => {
    const shop = await freshShop()
    await shop.work((tx) => closePeriod(tx, month))
    const path = write(name, text)
    const result = await read(shop, path)
    expect(result.documents).toEqual({ created: 1, existing: 0, refused: 1 })
    expect(result.exceptions.rows[0]?.message).toContain(`R1 (${name}:${line}) was set aside: `)
    const [exception] = await open(shop)
    const { rows } = await shop.work((tx) => aboutException(tx, exception as NonNullable<typeof exception>))
    expect(rows).toMatchObject([
      { file: name, line: BigInt(line), words: expect.stringContaining('2024-01-05 · 1200 · 10.00 GBP · Anna') },
      { file: name, line: BigInt(line + 1), words: expect.stringContaining('2024-01-05 · 4000 · -10.00 GBP') },
    ])
    rmSync(path)
    expect(await rerun(shop)).toEqual([['open', expect.stringContaining('closed')]])
    await shop.work((tx) => reopenPeriod(tx, month))
    expect(await rerun(shop)).toEqual([['resolved', 'The document is in the books']])
    expect(await shop.balances()).toEqual({ receivable: 1000n, cash: 100n, sales: -1100n })
    expect(await contents(shop)).toEqual([])
    // The file, imported again, finds it.
    expect((await read(shop, write(name, text))).documents).toEqual({ created: 0, existing: 2, refused: 0 })
    const { checks } = await shop.work(runChecks)
    expect(checks.filter(({ result: found }) => found === 'broken')).toEqual([])
  })

  test('for want of a second person waits for one when it is tried again, and is closed by the approval', async () => {
    const shop = await freshShop()
    await shop.work((tx) => saveApprovalRule(tx, { kind: 'journal', aboveMinor: 500n, active: true }))
    const path = write(
      'large.csv',
      'reference,date,account,amount\nL1,2024-01-05,1310,9.00\nL1,2024-01-05,4000,-9.00\n',
    )
    expect((await read(shop, path)).documents.refused).toBe(1)
    expect(await rerun(shop)).toEqual([['open', expect.stringMatching(/^It waits for approval as request \d+$/)]])
    expect(await rerun(shop)).toEqual([['open', expect.stringMatching(/^It waits for approval as request \d+$/)]])
    expect(await shop.balances()).toEqual({})
    const [request] = await shop.work((tx) => listApprovals(tx, 'pending'))
    const { id } = request as NonNullable<typeof request>
    const deciding = { id, decision: 'approved' as const, reason: '' }
    await expect(shop.work((tx) => decide(tx, deciding))).rejects.toMatchObject({ code: 'approval_by_same_person' })
    await inCompany(actingAs(shop.database, 'user:2'), shop.companyId, (tx) => decide(tx, deciding))
    expect(await shop.balances()).toEqual({ cash: 900n, sales: -900n })
    expect(await open(shop)).toEqual([])
  })

  test('is closed by the approval of its own source alone, where another source refused one of the same reference', async () => {
    const shop = await freshShop()
    await shop.work((tx) => saveApprovalRule(tx, { kind: 'journal', aboveMinor: 500n, active: true }))
    const path = write('same.csv', 'reference,date,account,amount\nX1,2024-01-05,1310,9.00\nX1,2024-01-05,4000,-9.00\n')
    await read(shop, path)
    const other = { kind: 'document_refused' as const, source: 'xero-journals', subject: 'X1', message: 'set aside' }
    await shop.work((tx) => raiseExceptions(tx, [{ ...other, amountMinor: 0n, currency: 'GBP' }]))
    const [own] = (await open(shop)).filter(({ source }) => source === 'journal')
    await shop.work((tx) => rerunAll(tx, [own?.id as bigint]))
    const [request] = await shop.work((tx) => listApprovals(tx, 'pending'))
    const { id } = request as NonNullable<typeof request>
    const waits = (await open(shop)).map(({ source, approvalId }) => [source, approvalId])
    expect(waits.sort()).toEqual([
      ['journal', id],
      ['xero-journals', null],
    ])
    await inCompany(actingAs(shop.database, 'user:2'), shop.companyId, (tx) =>
      decide(tx, { id, decision: 'approved', reason: '' }),
    )
    expect((await open(shop)).map(({ source }) => source)).toEqual(['xero-journals'])
  })
})
