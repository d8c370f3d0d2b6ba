import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAccounts, listAccounts } from '../../src/ledger/accounts.ts'
import { closePeriod } from '../../src/ledger/periods.ts'
import { postJournals, reclassify, reverseJournals } from '../../src/modules/journal/index.ts'
import { chargeFees } from '../../src/modules/payments/index.ts'
import { applyMapping } from '../../src/posting/apply-mapping.ts'
import { addMappingRulesByCode } from '../../src/posting/mapping-by-code.ts'
import { addMappingRules, type NewMappingRule } from '../../src/posting/mapping-rules.ts'
import { previewMapping } from '../../src/posting/preview-mapping.ts'
import { day, invoice, openShop, type Shop } from '../support/shop.ts'

let shop: Shop
let ids: Map<string, bigint>
beforeAll(async () => {
  shop = await openShop()
  await shop.work((tx) =>
    addAccounts(tx, [
      { code: '4001', name: 'Web sales', class: 'income' },
      { code: '4002', name: 'Other sales', class: 'income' },
      { code: '7501', name: 'Card fees', class: 'expense' },
    ]),
  )
  ids = new Map((await shop.work(listAccounts)).map(({ code, id }) => [code, id]))
})
afterAll(() => shop.close())

const account = (code: string) => ids.get(code) as bigint
const rule = (role: string, code: string, more: Partial<NewMappingRule> = {}): NewMappingRule => ({
  role,
  accountId: account(code),
  ...more,
})
const apply = (reason = 'a test') => shop.work((tx) => applyMapping(tx, { reason, author: 'test' }))
const add = (...rules: NewMappingRule[]) => shop.work((tx) => addMappingRules(tx, rules, 'test'))
const refused = (code: string) => expect.objectContaining({ code })

test('a preview says what would land elsewhere, and applying it moves that by entries, once', async () => {
  await invoice(shop, 'M1', 'Anna', 100_00n)
  await invoice(shop, 'M2', 'Ben', 50_00n)
  const before = await shop.balances()
  const preview = await shop.work((tx) => previewMapping(tx, [rule('sales', '4001')]))
  const sales = (await shop.work(listAccounts)).find(({ role }) => role === 'sales')
  expect(preview).toMatchObject({
    lines: 2,
    moves: [
      {
        from: { code: sales?.code },
        to: { code: '4001' },
        month: '2024-03-01',
        closed: false,
        lines: 2,
        amountMinor: -150_00n,
      },
    ],
    samples: [{ document: 'M1', amountMinor: -100_00n, from: sales?.code, to: '4001', lineNo: 2 }],
  })
  expect(await shop.balances()).toEqual(before)
  await add(rule('sales', '4001'))
  expect(await apply()).toMatchObject({ lines: 2, entries: 1, amountMinor: -150_00n })
  const { sales: _, ...rest } = before
  expect(await shop.balances()).toEqual({ ...rest, '4001': -150_00n })
  expect(await apply()).toEqual({ applicationId: null, lines: 0, entries: 0, amountMinor: 0n, debitsMinor: 0n })
  const [line] = await shop.look<object>(
    `select l.party_id is not null as party, d.number, r.role, e.effective_on, e.posted_on from journal_line l
       join journal_entry e on e.id = l.entry_id join sales_document d on d.id = l.document_id join mapping_rule r on r.id = l.mapping_rule_id
       where e.rule = 'reclassification' order by l.line_no limit 1`,
  )
  expect(line).toEqual({
    party: true,
    number: 'M1',
    role: 'sales',
    effective_on: '2024-03-01',
    posted_on: '2024-03-01',
  })
})

test('the next change moves lines from where they stand by now, and back again leaves nothing', async () => {
  await add(rule('sales', '4002'))
  expect(await apply()).toMatchObject({ lines: 2 })
  expect(await shop.balances()).toMatchObject({ '4002': -150_00n })
  expect(await shop.balances()).not.toHaveProperty('4001')
  await add(rule('sales', '4001', { effectiveFrom: day('2024-03-02') }))
  expect(await apply()).toMatchObject({ lines: 0 })
})

test('what a person moved stays, and a mapping that leaves a role without an account is refused', async () => {
  const [entry] = await shop.work((tx) =>
    postJournals(tx, [
      {
        reference: 'by hand',
        date: day('2024-03-05'),
        lines: [
          { role: 'bank', amountMinor: 900n },
          { role: 'other_income', amountMinor: -900n },
        ],
      },
    ]),
  )
  const move = { entryId: entry?.entryId as bigint, lineNo: 2, date: day('2024-03-06'), reason: 'mine' }
  await shop.work((tx) => reclassify(tx, [{ ...move, toAccount: '4906' }]))
  await add(rule('other_income', '4002'))
  expect(await apply()).toMatchObject({ lines: 0 })
  await expect(shop.work((tx) => previewMapping(tx, [{ role: 'bank', accountId: null }]))).rejects.toEqual(
    refused('mapping_missing'),
  )
  await expect(shop.work((tx) => previewMapping(tx, [rule('receivable', '4001')]))).rejects.toEqual(
    refused('mapping_leaves_sub_ledger'),
  )
  for (const one of [rule('output_tax', '4001'), { role: 'sales', accountId: await accountPlaying('input_tax') }])
    await expect(shop.work((tx) => previewMapping(tx, [one]))).rejects.toEqual(refused('mapping_leaves_sub_ledger'))
  await expect(apply(' ')).rejects.toEqual(refused('reason_missing'))
})

const accountPlaying = async (wanted: string) =>
  (await shop.work(listAccounts)).find(({ role }) => role === wanted)?.id as bigint

const suspense = async (reference: string) => {
  const [entry] = await shop.work((tx) =>
    postJournals(tx, [
      {
        reference,
        date: day('2024-04-01'),
        lines: [
          { role: 'bank', amountMinor: 700n },
          { role: 'sales_suspense', amountMinor: -700n },
        ],
      },
    ]),
  )
  return entry?.entryId as bigint
}

test('reversing an entry takes its lines back from where they stand', async () => {
  const before = await shop.balances()
  const entryId = await suspense('moved by hand')
  const move = { entryId, lineNo: 2, date: day('2024-05-02'), reason: 'placed' }
  const [first] = await shop.work((tx) => reclassify(tx, [{ ...move, toAccount: '4906' }]))
  expect(await shop.balances()).toMatchObject({ '4906': (before['4906'] ?? 0n) - 700n })
  const [back] = await shop.work((tx) => reverseJournals(tx, [{ entryId, date: day('2024-04-03') }]))
  expect(await shop.balances()).toEqual(before)
  // The way back lies on the day of the move, and so no day shows a balance that never was.
  expect(await shop.look(`select effective_on from journal_entry where source_id = '${back?.entryId}/2'`)).toEqual([
    { effective_on: '2024-05-02' },
  ])
  await shop.work((tx) => reverseJournals(tx, [{ entryId: back?.entryId as bigint }]))
  expect(await shop.balances()).toMatchObject({ '4906': (before['4906'] ?? 0n) - 700n })
  expect((await shop.work((tx) => reclassify(tx, [{ ...move, toAccount: '4906' }])))[0]).toEqual({
    ...first,
    existing: true,
  })
  await shop.work((tx) => reverseJournals(tx, [{ entryId: first?.entryId as bigint, date: day('2024-05-03') }]))
  expect(await shop.balances()).toMatchObject({ sales_suspense: -700n })
})

test('what moved further goes back in steps, and only the line that stands there moves on', async () => {
  const entryId = await suspense('in steps')
  const move = { date: day('2024-05-02'), reason: 'placed' }
  const [one] = await shop.work((tx) => reclassify(tx, [{ ...move, entryId, lineNo: 2, toAccount: '4906' }]))
  const first = one?.entryId as bigint
  const [two] = await shop.work((tx) => reclassify(tx, [{ ...move, entryId: first, lineNo: 2, toAccount: '4002' }]))
  const reverse = (id: bigint) => shop.work((tx) => reverseJournals(tx, [{ entryId: id }]))
  await expect(reverse(first)).rejects.toEqual(refused('line_moved_on'))
  const again = (id: bigint, lineNo: number, toAccount: string) =>
    shop.work((tx) => reclassify(tx, [{ ...move, entryId: id, lineNo, toAccount }]))
  await expect(again(first, 1, '4001')).rejects.toEqual(refused('line_moved_on'))
  await expect(again(two?.entryId as bigint, 2, '4002')).rejects.toEqual(refused('input_invalid'))
  const before = await shop.balances()
  await reverse(two?.entryId as bigint)
  await reverse(first)
  expect((await shop.balances()).sales_suspense).toBe((before.sales_suspense ?? 0n) - 700n)
  await expect(again(two?.entryId as bigint, 2, '4001')).rejects.toEqual(refused('line_moved_on'))
})

test('a retry finds its entry although its role is mapped elsewhere by now', async () => {
  const fee = { method: 'card', reference: 'F1', on: day('2024-04-10'), netMinor: 450n }
  const [first] = await shop.work((tx) => chargeFees(tx, [fee]))
  const rules = [{ role: 'payment_fees', account: '7501', paymentMethod: 'card' }]
  await shop.work((tx) => addMappingRulesByCode(tx, rules, 'test'))
  expect(await shop.work((tx) => chargeFees(tx, [fee]))).toEqual([{ ...first, existing: true }])
  await expect(shop.work((tx) => chargeFees(tx, [{ ...fee, netMinor: 451n }]))).rejects.toEqual(
    refused('fact_posted_differently'),
  )
  expect(await apply()).toMatchObject({ lines: 1, amountMinor: 450n })
  expect(await shop.balances()).toMatchObject({ '7501': 450n })
  expect(await shop.work((tx) => chargeFees(tx, [fee]))).toEqual([{ ...first, existing: true }])
})

test('lines of a closed month move on the first open day', async () => {
  await shop.work((tx) => closePeriod(tx, { month: day('2024-03-01'), decidedBy: 'test' }))
  const preview = await shop.work((tx) => previewMapping(tx, [rule('sales', '4001')]))
  expect(preview.moves).toMatchObject([{ month: '2024-03-01', closed: true, lines: 2 }])
  await add(rule('sales', '4001', { documentKind: 'invoice' }))
  await apply()
  const [entry] = await shop.look<object>(
    `select effective_on, posted_on from journal_entry where source_kind = 'mapping_application' order by id desc limit 1`,
  )
  expect(entry).toEqual({ effective_on: '2024-03-01', posted_on: '2024-04-01' })
})

test('two versions of a rule in one list come one after the other', async () => {
  const versions = [rule('tax_payable', '7501'), { ...rule('tax_payable', '7501'), accountId: null }]
  expect(await add(...versions, { ...versions[0], effectiveFrom: day('2024-06-01') } as NewMappingRule)).toHaveLength(3)
  const stored = await shop.look<{ version: number; effectiveFrom: string; ended: boolean }>(
    `select version, effective_from as "effectiveFrom", account_id is null as ended from mapping_rule where role = 'tax_payable' order by version`,
  )
  expect(stored.slice(-3).map(({ effectiveFrom, ended }) => [effectiveFrom, ended])).toEqual([
    ['0001-01-01', false],
    ['0001-01-01', true],
    ['2024-06-01', false],
  ])
  expect(stored.map(({ version }) => version)).toEqual(stored.map((_, index) => index + 1))
})
