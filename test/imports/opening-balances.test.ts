import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFiles } from '../../src/imports/index.ts'
import { addAccounts, addMappingRulesByCode } from '../../src/modules/journal/index.ts'
import { receivePayments } from '../../src/modules/payments/index.ts'
import { itemsOfEarlierDocuments } from '../../src/modules/receivables/index.ts'
import { agedReceivables } from '../../src/reports/aged.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { day, openShop, type Shop } from '../support/shop.ts'

const folder = mkdtempSync(join(tmpdir(), 'countinghouse-opening-'))
let shop: Shop
beforeAll(async () => {
  shop = await openShop({ chart: 'generic' })
})
afterAll(async () => {
  await shop.close()
  rmSync(folder, { recursive: true })
})

const read = (name: string, text: string, dryRun = false) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return importFiles(shop.database, shop.companyId, 'opening-balances', { files: [path], dryRun })
}

const head = 'date,account,amount,party,party_name,document,document_date,due_date,currency,currency_amount'
const rows = [
  '2010-12-31,bank,3200.00,,,,,,,',
  '2010-12-31,1200,200.00,,,,,,,',
  '2010-12-31,1200,120.00,C1,Anna,R-7,2010-11-02,2010-12-02,,',
  '2010-12-31,receivable,80.00,C2,Ben,R-9,2010-12-20,2011-01-19,,',
  '2010-12-31,payable,-400.00,S1,Potter,B-3,2010-12-01,2010-12-31,,',
  '2010-12-31,payable,-85.00,S2,Maker,B-4,2010-12-01,2010-12-31,USD,-130.00',
  '2010-12-31,3200,-2915.00,,,,,,,',
  '2010-12-31,6200,0.00,,,,,,,',
]
const csv = (lines: readonly string[]) => [head, ...lines, ''].join('\n')
const without = (part: string) => csv(rows.filter((row) => !row.includes(part)))

test('what does not tie out is refused, and says by how much and where', async () => {
  const refused = async (text: string) => {
    const error = (await read('wrong.csv', text).catch((reason: Error) => reason)) as Error & { code?: string }
    expect(error.code).toBe('opening_balances_incomplete')
    return error.message
  }
  expect(await refused(without('R-9'))).toContain('80.00 of account 1200 has no open items')
  expect(await refused(without('3200,-2915'))).toContain('the balances sum to 2915.00 and not to zero')
  expect(await refused(without('R-9'))).not.toContain('not to zero')
  expect(await shop.look('select id from journal_entry')).toEqual([])
})

test('a field that is not as it should be is named with its line and column', async () => {
  await expect(read('bad.csv', csv(['2010-12-31,nowhere,1.00,,,,,,,']))).rejects.toThrow(
    /bad.csv:2:2: account "nowhere"/,
  )
  await expect(read('bad.csv', csv(['2010-12-31,bank,1.001,,,,,,,']))).rejects.toThrow(/bad.csv:2:3: amount "1.001"/)
  await expect(read('bad.csv', csv(['2010-12-31,bank,1.00,C1,,,,,,']))).rejects.toThrow(
    /:2:4: party "C1"; expected nothing/,
  )
  await expect(read('bad.csv', csv([rows[0] as string, '2010-12-30,bank,1.00,,,,,,,']))).rejects.toThrow(/:3:1: date/)
  await expect(read('bad.csv', 'date,account\n')).rejects.toThrow(/a header without amount/)
  await expect(read('bad.csv', `${head}\n`)).rejects.toThrow(/no rows/)
  await expect(read('bad.json', '12')).rejects.toThrow(
    /bad.json:1:1: '1' between objects; expected an array of objects/,
  )
  await expect(read('bad.json', '[\n{"account":1}]')).rejects.toThrow(
    /bad.json:2:1: account 1; expected a text in quotation marks/,
  )
  await expect(read('bad.json', '[{"total":"1"}]')).rejects.toThrow(/:1:1: "total"; expected none but date, account,/)
})

test('they tie out, are posted once, and their items are paid as any invoice', async () => {
  expect((await read('books.csv', csv(rows), true)).preview[0]?.rule).toBe('opening-balance')
  expect(await shop.look('select id from journal_entry')).toEqual([])
  expect((await read('books.csv', csv(rows))).documents).toEqual({ created: 1, existing: 0, refused: 0 })
  expect((await read('again.csv', csv(rows))).documents).toEqual({ created: 0, existing: 1, refused: 0 })
  expect(await shop.balances()).toEqual({
    bank: 320000n,
    receivable: 20000n,
    payable: -48500n,
    retained_earnings: -291500n,
  })
  const aged = await shop.work((tx) => agedReceivables(tx, { asOf: day('2010-12-31'), withItems: true }))
  expect(aged.items?.map(({ documentNumber, daysOverdue }) => [documentNumber, daysOverdue])).toEqual([
    ['R-7', 29],
    ['R-9', 0],
  ])
  await shop.work(async (tx) => {
    const found = await itemsOfEarlierDocuments(tx, 'receivable', [{ number: 'R-7', partyNumber: 'C1' }])
    const payment = { source: 'bank', reference: 'p1', into: 'bank', documentIds: [], on: day('2011-01-05') } as const
    const customer = { number: 'C1', name: 'Anna' }
    await receivePayments(tx, [{ ...payment, customer, earlierItems: [...found.values()], amountMinor: 12000n }])
  })
  const later = await shop.work((tx) => agedReceivables(tx, { asOf: day('2011-01-31') }))
  expect(later.totals[0]?.total).toEqual({ amount: '80.00', currency: 'GBP' })
  const { checks } = await shop.work(runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  await expect(
    read('other.csv', csv(rows.map((row) => row.replace('3200.00', '3201.00').replace('-2915', '-2916')))),
  ).rejects.toMatchObject({
    code: 'fact_posted_differently',
  })
})

test('JSON says the same, and a role means the account to which the company maps it', async () => {
  const other = await openShop({ chart: 'generic' })
  await other.work(async (tx) => {
    await addAccounts(tx, [{ code: '1291', name: 'Bank in Lyon', class: 'asset' }])
    await addMappingRulesByCode(tx, [{ role: 'bank', account: '1291', reason: 'ours' }], 'test')
  })
  const path = join(folder, 'books.json')
  const names = head.split(',')
  const objects = rows.map((row) =>
    Object.fromEntries(
      row.split(',').flatMap((value, index) => (value === '' ? [] : [[names[index] as string, value]])),
    ),
  )
  writeFileSync(path, JSON.stringify(objects))
  await importFiles(other.database, other.companyId, 'opening-balances', { files: [path] })
  expect(await other.balances()).toMatchObject({ '1291': 320000n, payable: -48500n })
  await other.close()
})
