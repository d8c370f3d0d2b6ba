import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAccounts } from '../../../src/ledger/accounts.ts'
import { postJournals, postOpeningBalances, reclassify, reverseJournals } from '../../../src/modules/journal/index.ts'
import { listLegacyAccounts, mergeAccounts, setLegacyAccounts } from '../../../src/modules/structures/index.ts'
import { applyMapping } from '../../../src/posting/apply-mapping.ts'
import { addMappingRules } from '../../../src/posting/mapping-rules.ts'
import { runChecks } from '../../../src/reports/checks/index.ts'
import { structureBalance } from '../../../src/reports/structure-balance.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.work((tx) =>
    addAccounts(tx, [
      { code: '7801', name: 'Paper', class: 'expense' },
      { code: '7802', name: 'Pens', class: 'expense' },
      { code: '7803', name: 'Stationery', class: 'expense' },
    ]),
  )
})
afterAll(() => shop.close())

const read = async (structure: string, asOf = '2024-12-31') => {
  const rows = await shop.work((tx) => structureBalance(tx, { structure, asOf: day(asOf) }))
  expect(rows.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n)).toBe(0n)
  return Object.fromEntries(rows.map(({ code, balanceMinor }) => [code, balanceMinor]))
}
const refused = (code: string) => expect.objectContaining({ code })
const post = (reference: string, lines: [account: string, amountMinor: bigint][], date = '2024-02-01') =>
  shop.work((tx) =>
    postJournals(tx, [
      { reference, date: day(date), lines: lines.map(([account, amountMinor]) => ({ account, amountMinor })) },
    ]),
  )

test('accounts become one by entries, and the books can be read as before', async () => {
  await post('paper', [
    ['7801', 100n],
    ['1200', -100n],
  ])
  await post(
    'pens',
    [
      ['7802', 30n],
      ['1200', -30n],
    ],
    '2024-03-01',
  )
  await post(
    'both',
    [
      ['7803', 5n],
      ['1200', -5n],
    ],
    '2024-03-02',
  )
  const merge = { from: ['7801', '7802'], into: '7803', reason: 'too fine' }
  const merged = await shop.work((tx) => mergeAccounts(tx, merge))
  expect(merged).toMatchObject({ lines: 2, entries: 2, amountMinor: 130n })
  expect(await shop.balances()).toEqual({ '7803': 135n, bank: -135n })
  expect(await read(`before:${merged.applicationId}`)).toEqual({ '7801': 100n, '7802': 30n, '7803': 5n, '1200': -135n })
  expect(await read(`before:${merged.applicationId}`, '2024-02-29')).toEqual({ '7801': 100n, '1200': -100n })
  expect(await shop.work((tx) => mergeAccounts(tx, merge))).toMatchObject({ lines: 0, entries: 0 })
  const { checks } = await shop.work(runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
})

test('rules that chose a merged account choose the other from then on', async () => {
  const other = await shop.look<{ code: string }>(`select code from account where role = 'other_income'`)
  await shop.work((tx) => mergeAccounts(tx, { from: [other[0]?.code as string], into: '4000', reason: 'one account' }))
  await shop.work((tx) =>
    postJournals(tx, [
      {
        reference: 'by role',
        date: day('2024-04-01'),
        lines: [
          { role: 'other_income', amountMinor: -7n },
          { role: 'bank', amountMinor: 7n },
        ],
      },
    ]),
  )
  expect(await shop.balances()).toMatchObject({ sales: -7n })
})

test('accounts of another class or another sub-ledger do not become one', async () => {
  const merge = (from: string, into: string, reason = 'x') =>
    shop.work((tx) => mergeAccounts(tx, { from: [from], into, reason }))
  await expect(merge('7801', '1200')).rejects.toEqual(refused('input_invalid'))
  await expect(merge('7801', '7801')).rejects.toEqual(refused('input_invalid'))
  await expect(merge('1100', '1200')).rejects.toEqual(refused('reclassification_leaves_sub_ledger'))
  await expect(merge('7801', 'none')).rejects.toEqual(refused('account_unknown'))
  await expect(merge('7801', '7803', ' ')).rejects.toEqual(refused('reason_missing'))
  await expect(read('before:999')).rejects.toEqual(refused('structure_unknown'))
})

test('an earlier chart brings balances in by its codes and reads them by its codes, wherever they have moved', async () => {
  const books = await openShop()
  const work = books.work
  const old = (code: string, account: string) => ({ structure: 'old', code, name: `Old ${code}`, account })
  await work((tx) =>
    setLegacyAccounts(tx, [old('K100', '1200'), old('K200', '1200'), old('K300', '3000'), old('K900', '7100')]),
  )
  expect(await work(listLegacyAccounts)).toHaveLength(4)
  const lines = [
    { account: 'K100', amountMinor: 70n },
    { account: 'K200', amountMinor: 30n },
    { account: 'K300', amountMinor: -100n },
  ]
  const [opening] = await work((tx) => postOpeningBalances(tx, [{ reference: 'all', date: day('2023-12-31'), lines }]))
  await work((tx) =>
    postJournals(tx, [
      {
        reference: 'rent',
        date: day('2024-01-31'),
        lines: [
          { account: '7100', amountMinor: 8n },
          { account: '1200', amountMinor: -8n },
        ],
      },
    ]),
  )
  const move = {
    entryId: opening?.entryId as bigint,
    lineNo: 2,
    toAccount: '1210',
    date: day('2024-02-01'),
    reason: 'till',
  }
  const accounts = await books.look<{ code: string }>(`select code from account where role = 'cash'`)
  await work((tx) => reclassify(tx, [{ ...move, toAccount: accounts[0]?.code as string }]))
  expect(await books.balances()).toMatchObject({ bank: 62n, cash: 30n })
  const rows = await work((tx) => structureBalance(tx, { structure: 'old', asOf: day('2024-12-31') }))
  // The rent left our bank account, which two earlier ones became: nobody can say which.
  expect(rows.map(({ code, balanceMinor }) => [code, balanceMinor])).toEqual([
    ['1200', -8n],
    ['K100', 70n],
    ['K200', 30n],
    ['K300', -100n],
    ['K900', 8n],
  ])
  await work((tx) => setLegacyAccounts(tx, [{ ...old('K100', '7100'), structure: 'older' }]))
  const twice = [
    { account: 'K100', amountMinor: 1n },
    { role: 'bank' as const, amountMinor: -1n },
  ]
  await expect(
    work((tx) => postJournals(tx, [{ reference: 'which', date: day('2024-02-02'), lines: twice }])),
  ).rejects.toEqual(refused('account_unknown'))
  await expect(work((tx) => setLegacyAccounts(tx, [old('K1', 'none')]))).rejects.toEqual(refused('account_unknown'))
  await expect(work((tx) => setLegacyAccounts(tx, [{ ...old('K1', '1200'), structure: 'a b' }]))).rejects.toEqual(
    refused('input_invalid'),
  )
  await books.close()
})

test('codes of an earlier chart follow a merge, and the one after it', async () => {
  const books = await openShop()
  const work = books.work
  const accounts = ['7801', '7802', '7803'].map((code) => ({ code, name: code, class: 'expense' as const }))
  await work((tx) => addAccounts(tx, accounts))
  const legacy = (code: string, account: string) => ({ structure: 'old', code, name: `Old ${code}`, account })
  await work((tx) => setLegacyAccounts(tx, [legacy('P1', '7801'), legacy('P2', '7802'), legacy('P3', '7803')]))
  let references = 0
  const paid = (account: string, amountMinor: bigint, on: string) =>
    work((tx) =>
      postJournals(tx, [
        {
          reference: `paid ${references++}`,
          date: day(on),
          lines: [
            { account, amountMinor },
            { role: 'bank', amountMinor: -amountMinor },
          ],
        },
      ]),
    )
  await paid('P1', 100n, '2024-02-01')
  const merge = (from: string, into: string) => work((tx) => mergeAccounts(tx, { from: [from], into, reason: 'x' }))
  await merge('7801', '7802')
  await paid('P1', 10n, '2024-03-01')
  expect(await books.balances()).toEqual({ '7802': 110n, bank: -110n })
  await merge('7802', '7803')
  await paid('P1', 1n, '2024-04-01')
  await paid('P2', 2n, '2024-04-01')
  expect(await books.balances()).toEqual({ '7803': 113n, bank: -113n })
  expect((await work(listLegacyAccounts)).map(({ code, account }) => [code, account])).toEqual([
    ['P1', '7803'],
    ['P2', '7803'],
    ['P3', '7803'],
  ])
  const rows = await work((tx) => structureBalance(tx, { structure: 'old', asOf: day('2024-12-31') }))
  expect(rows.filter(({ code }) => code.startsWith('P')).map(({ code, balanceMinor }) => [code, balanceMinor])).toEqual(
    [
      ['P1', 111n],
      ['P2', 2n],
    ],
  )
  expect(rows.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n)).toBe(0n)
  const { checks } = await work(runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  await books.close()
})

test('a merge turns every version of a rule that still counts on some day', async () => {
  const books = await openShop()
  const [fee] = await books.look<{ code: string }>(`select code from account where role = 'payment_fees'`)
  await books.work((tx) =>
    addAccounts(tx, [
      { code: '7901', name: 'New fees', class: 'expense' },
      { code: '7902', name: 'All fees', class: 'expense' },
    ]),
  )
  const account = async (code: string) =>
    (await books.look<{ id: bigint }>(`select id from account where code = '${code}'`))[0]?.id as bigint
  const later = { role: 'payment_fees', accountId: await account('7901'), effectiveFrom: day('2024-06-01') }
  await books.work((tx) => addMappingRules(tx, [later], 'test'))
  const feeOf = (reference: string, date: string) =>
    books.work((tx) =>
      postJournals(tx, [
        {
          reference,
          date: day(date),
          lines: [
            { role: 'payment_fees', amountMinor: 7n },
            { role: 'bank', amountMinor: -7n },
          ],
        },
      ]),
    )
  await feeOf('May', '2024-05-01')
  await feeOf('June', '2024-06-01')
  const merge = { from: [fee?.code as string], into: '7902', reason: 'one account' }
  await books.work((tx) => mergeAccounts(tx, merge))
  await feeOf('late', '2024-05-02')
  await feeOf('July', '2024-07-01')
  await books.work((tx) => applyMapping(tx, { reason: 'in order', author: 'test' }))
  expect(await standing(books)).toEqual({ '7901': 14n, '7902': 14n })
  await books.close()
})

const standing = async (books: Shop) =>
  Object.fromEntries(
    (
      await books.look<{ code: string; sum: bigint }>(
        `select a.code, sum(l.amount_minor)::bigint as sum from journal_line l join account a on a.company_id = l.company_id and a.id = l.account_id
           where a.class = 'expense' group by a.code having sum(l.amount_minor) <> 0 order by a.code`,
      )
    ).map(({ code, sum }) => [code, sum]),
  )

test('a line whose move was taken back, and that taken back too, is merged once', async () => {
  const books = await openShop()
  await books.work((tx) =>
    addAccounts(tx, [
      { code: '7801', name: 'Paper', class: 'expense' },
      { code: '7802', name: 'Pens', class: 'expense' },
      { code: '7803', name: 'Stationery', class: 'expense' },
    ]),
  )
  const [posted] = await books.work((tx) =>
    postJournals(tx, [
      {
        reference: 'paper',
        date: day('2024-02-01'),
        lines: [
          { account: '7801', amountMinor: 100n },
          { role: 'bank', amountMinor: -100n },
        ],
      },
    ]),
  )
  const move = {
    entryId: posted?.entryId as bigint,
    lineNo: 1,
    toAccount: '7802',
    date: day('2024-02-02'),
    reason: 'pens',
  }
  const [moved] = await books.work((tx) => reclassify(tx, [move]))
  const [back] = await books.work((tx) => reverseJournals(tx, [{ entryId: moved?.entryId as bigint }]))
  const [again] = await books.work((tx) => reverseJournals(tx, [{ entryId: back?.entryId as bigint }]))
  expect(await standing(books)).toEqual({ '7802': 100n })
  expect(again?.existing).toBe(false)
  const merged = await books.work((tx) => mergeAccounts(tx, { from: ['7802'], into: '7803', reason: 'too fine' }))
  expect(await standing(books)).toEqual({ '7803': 100n })
  expect(merged.lines).toBe(1)
  const { checks } = await books.work(runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  await books.close()
})

test('an account that nobody knows is told of, though another structure has its code', async () => {
  const books = await openShop()
  const legacy = (structure: string, account: string) => ({ structure, code: 'K1', name: '', account })
  await expect(books.work((tx) => setLegacyAccounts(tx, [legacy('a', '1200'), legacy('b', 'none')]))).rejects.toEqual(
    refused('account_unknown'),
  )
  await books.close()
})
