import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closePeriod } from '../../../src/ledger/periods.ts'
import {
  discardDrafts,
  type FilledTemplate,
  fillTemplates,
  type Journal,
  journalsByReference,
  listJournals,
  listTemplates,
  postDrafts,
  postJournals,
  saveDrafts,
  saveTemplates,
  type TemplateDefinition,
} from '../../../src/modules/journal/index.ts'
import { findOrAddParties } from '../../../src/modules/parties/index.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop({ chart: 'generic' })
})
afterAll(() => shop.close())

const refused = (code: string) => expect.objectContaining({ code })
const fill = (request: Omit<FilledTemplate, 'date'> & { date?: string }) =>
  shop.work((tx) => fillTemplates(tx, [{ ...request, date: day(request.date ?? '2024-03-15') }]))
const rent: Journal['lines'] = [
  { account: '6200', amountMinor: 10000n },
  { role: 'bank', amountMinor: -10000n },
]
const amountsOf = (journal: Journal | undefined) =>
  journal?.lines.map(({ account, role, amountMinor }) => [account ?? role, amountMinor])

test('every template that the product brings along can be filled in, balances and posts', async () => {
  const brought = await shop.work(listTemplates)
  expect(brought.map(({ name }) => name)).toEqual([
    'accrual',
    'asset-bought',
    'corporation-tax',
    'depreciation',
    'interest',
    'loan-received',
    'loan-repaid',
    'owner-contribution',
    'owner-drawing',
    'payroll',
    'prepayment',
    'prepayment-used',
    'share-capital',
  ])
  const values = { amount: '100.00', text: 'x', account: '6400', percent: '1', customer: '', supplier: '' }
  for (const { name, definition } of brought) {
    const parameters = Object.fromEntries(definition.parameters.map((p) => [p.name, values[p.kind]]))
    const journals = await fill({ template: name, reference: name, parameters })
    const [posted] = await shop.work((tx) => postJournals(tx, journals))
    expect(posted?.existing, name).toBe(false)
  }
  const [accrual] = await shop.work((tx) => journalsByReference(tx, ['accrual']))
  expect(accrual).toMatchObject({ template: 'accrual 1', reversesOn: '2024-04-01', description: 'Accrual of x' })
})

const shared: TemplateDefinition = {
  description: 'Rent {month} {about}',
  parameters: [
    { name: 'amount', kind: 'amount', label: 'Rent' },
    { name: 'shop', kind: 'percent', label: 'Share of the shop', default: '60' },
    { name: 'about', kind: 'text', label: 'About', default: '' },
    { name: 'landlord', kind: 'supplier', label: 'Landlord' },
  ],
  lines: [
    { account: '6200', side: 'debit', amount: 'amount', percent: 'shop' },
    { account: '6210', side: 'debit', amount: 'amount', percent: '33.333' },
    { account: '6220', side: 'debit', rest: true },
    { role: 'payable', side: 'credit', amount: 'amount', party: 'landlord' },
  ],
}

test('a template splits amounts by percentages, the rest takes what rounding leaves, and keeps its versions', async () => {
  const suppliers = await shop.work((tx) =>
    findOrAddParties(tx, 'supplier', [{ kind: 'supplier', number: 'L1', name: 'Landlord' }]),
  )
  const save = (definition: TemplateDefinition) =>
    shop.work((tx) => saveTemplates(tx, [{ name: 'rent', title: 'Rent', definition }], 'someone'))
  expect((await save(shared))[0]).toMatchObject({ version: 1, author: 'someone' })
  expect((await save(shared))[0]).toMatchObject({ version: 1 })
  const filling = { template: 'rent', reference: 'r', parameters: { amount: '100.01', landlord: 'L1' } }
  const [journal] = await fill(filling)
  expect(journal?.description).toBe('Rent 2024-03')
  expect(amountsOf(journal)).toEqual([
    ['6200', 6001n],
    ['6210', 3334n],
    ['6220', 666n],
    ['payable', -10001n],
  ])
  expect(journal?.lines[3]?.partyId).toBe(suppliers.get('L1')?.id)
  expect((await save({ ...shared, description: 'Rent' }))[0]).toMatchObject({ version: 2 })
  expect((await fill(filling))[0]?.description).toBe('Rent')
})

test('whatever the amounts and percentages are, a filled template sums to zero', async () => {
  const amounts = fc.bigInt({ min: 1n, max: 10n ** 12n })
  const percents = fc
    .integer({ min: 0, max: 100_000_000 })
    .map((n) => `${Math.floor(n / 1e6)}.${String(n % 1e6).padStart(6, '0')}`)
  await fc.assert(
    fc.asyncProperty(amounts, percents, async (minor, percent) => {
      const amount = `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
      const parameters = { amount, shop: percent, landlord: 'L1' }
      const [journal] = await fill({ template: 'rent', reference: 'r', parameters })
      expect(journal?.lines.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(0n)
      expect(journal?.lines.every((line) => line.amountMinor !== 0n)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('a template that could not be filled in is refused, and so is what a person got wrong', async () => {
  const [first] = shared.lines
  const wrong: Partial<TemplateDefinition>[] = [
    { lines: [] },
    { description: '{nothing}' },
    { parameters: [...shared.parameters, ...shared.parameters] },
    { lines: [...shared.lines, { account: '6200', side: 'debit', rest: true }] },
    { lines: [...shared.lines, { account: '6200', role: 'bank', side: 'debit', amount: 'amount' }] },
    { lines: [...shared.lines, { role: 'pocket', side: 'debit', amount: 'amount' }] },
    { lines: [...shared.lines, { accountOf: 'amount', side: 'debit', amount: 'amount' }] },
    { lines: [...shared.lines, { account: '6200', side: 'debit', amount: 'about' }] },
    { lines: [...shared.lines, { ...first, side: 'debit', amount: 'amount', percent: '100.1' }] },
    { lines: [...shared.lines, { ...first, side: 'debit', amount: 'amount', party: 'amount' }] },
    { reverse: 'tomorrow' as 'next_day' },
  ]
  for (const change of wrong) {
    const definition = { ...shared, ...change }
    const saving = shop.work((tx) => saveTemplates(tx, [{ name: 'wrong', title: 'Wrong', definition }], 'someone'))
    await expect(saving, JSON.stringify(change)).rejects.toEqual(refused('template_invalid'))
  }
  const parameters = { amount: '1.00', landlord: 'L1' }
  await expect(fill({ template: 'nothing', reference: 'r', parameters })).rejects.toEqual(refused('template_unknown'))
  const filled = { template: 'rent', reference: 'r' }
  const changes: Record<string, string>[] = [
    { amount: '-1' },
    { amount: '1.001' },
    { landlord: 'L2' },
    { shop: '101' },
    { other: '1' },
  ]
  for (const change of changes)
    await expect(fill({ ...filled, parameters: { ...parameters, ...change } }), JSON.stringify(change)).rejects.toEqual(
      refused('template_parameter_invalid'),
    )
  await expect(fill({ ...filled, parameters: { amount: '1.00' } })).rejects.toEqual(
    refused('template_parameter_invalid'),
  )
})

test('a journal that reverses posts both entries, once, linked to each other', async () => {
  const before = await shop.balances()
  const journal: Journal = {
    reference: 'accrued',
    date: day('2024-02-29'),
    lines: rent,
    reverse: 'next_day',
    reason: 'late bill',
  }
  const post = (change: Partial<Journal> = {}) => shop.work((tx) => postJournals(tx, [{ ...journal, ...change }]))
  const [first] = await post()
  expect((await post())[0]).toEqual({ ...first, existing: true })
  const entries = await shop.look<object>(
    `select posted_on, reverses_id from journal_entry where id = ${first?.entryId} or reverses_id = ${first?.entryId} order by id`,
  )
  expect(entries).toEqual([
    { posted_on: '2024-02-29', reverses_id: null },
    { posted_on: '2024-03-01', reverses_id: first?.entryId },
  ])
  expect(await shop.balances()).toEqual(before)
  const [record] = await shop.work((tx) => journalsByReference(tx, ['accrued']))
  expect(record).toMatchObject({ state: 'posted', reversesOn: '2024-03-01', reason: 'late bill' })
  expect(record?.reversalId).not.toBeNull()
  await expect(post({ reverse: null })).rejects.toEqual(refused('fact_posted_differently'))
  await post({ reference: 'month end', date: day('2024-12-10'), reverse: 'next_period' })
  const [later] = await shop.work((tx) => journalsByReference(tx, ['month end']))
  expect(later?.reversesOn).toBe('2025-01-01')
})

test('a draft posts nothing, may be changed, and is posted once', async () => {
  const draft: Journal = { reference: 'd1', date: day('2024-05-01'), lines: rent, documentReference: 'B-1' }
  const save = (change: Partial<Journal> = {}) => shop.work((tx) => saveDrafts(tx, [{ ...draft, ...change }], 'bob'))
  const before = await shop.balances()
  await save({ lines: [{ account: '6200', amountMinor: 1n }] })
  await save({ lines: [{ account: '6200', amountMinor: 1n }] })
  await expect(save({ reverse: 'next_day' })).rejects.toEqual(refused('journal_draft_exists'))
  const [kept] = await shop.work((tx) => journalsByReference(tx, ['d1']))
  expect(kept?.reversesOn).toBeNull()
  await shop.work((tx) => saveDrafts(tx, [{ ...draft, reverse: 'next_day' }], 'bob', { replaces: true }))
  expect(await shop.balances()).toEqual(before)
  const post = () => shop.work((tx) => postDrafts(tx, ['d1'], 'ann'))
  const [[first], [second]] = await Promise.all([post(), post()])
  expect(first?.entryId).toBe(second?.entryId)
  expect([first?.existing, second?.existing].sort()).toEqual([false, true])
  const [record] = await shop.work((tx) => journalsByReference(tx, ['d1']))
  expect(record).toMatchObject({ state: 'posted', writtenBy: 'bob', postedBy: 'ann', documentReference: 'B-1' })
  await expect(save()).rejects.toEqual(refused('journal_not_a_draft'))
  await expect(shop.work((tx) => discardDrafts(tx, ['d1']))).rejects.toEqual(refused('journal_not_a_draft'))
  await expect(shop.work((tx) => postDrafts(tx, ['nothing'], 'ann'))).rejects.toEqual(refused('journal_unknown'))
  await save({ reference: 'd2' })
  await shop.work((tx) => discardDrafts(tx, ['d2']))
  await expect(shop.work((tx) => postDrafts(tx, ['d2'], 'ann'))).rejects.toEqual(refused('journal_unknown'))
  expect((await shop.work((tx) => listJournals(tx, { state: 'discarded' }))).map((j) => j.reference)).toEqual(['d2'])
})

test('a draft whose day was closed meanwhile is refused and stays a draft', async () => {
  await shop.work((tx) => saveDrafts(tx, [{ reference: 'late', date: day('2023-01-10'), lines: rent }], 'bob'))
  await shop.work((tx) => closePeriod(tx, { month: day('2023-01-01'), decidedBy: 'ann' }))
  await expect(shop.work((tx) => postDrafts(tx, ['late'], 'ann'))).rejects.toEqual(refused('period_closed'))
  const [record] = await shop.work((tx) => journalsByReference(tx, ['late']))
  expect(record?.state).toBe('draft')
})

test('lines in two currencies meet in currency_exchange where they balance in the base currency', async () => {
  const usd = { currency: 'USD', currencyAmountMinor: 12500n }
  const [posted] = await shop.work((tx) =>
    postJournals(tx, [
      {
        reference: 'dollars',
        date: day('2024-06-01'),
        lines: [
          { role: 'cash', amountMinor: 10000n, ...usd },
          { role: 'bank', amountMinor: -10000n },
        ],
      },
    ]),
  )
  const lines = await shop.look<object>(
    `select a.role, l.amount_minor, l.currency, l.currency_amount_minor from journal_line l
       join account a on a.company_id = l.company_id and a.id = l.account_id where l.entry_id = ${posted?.entryId} order by l.line_no`,
  )
  expect(lines.map((line) => Object.values(line))).toEqual([
    ['cash', 10000n, 'USD', 12500n],
    ['bank', -10000n, 'GBP', -10000n],
    ['currency_exchange', -10000n, 'USD', -12500n],
    ['currency_exchange', 10000n, 'GBP', 10000n],
  ])
})
