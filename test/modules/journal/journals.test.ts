import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccountingDate } from '../../../src/kernel/accounting-date.ts'
import { changeAccounts } from '../../../src/ledger/accounts.ts'
import { closePeriod } from '../../../src/ledger/periods.ts'
import {
  closeYears,
  type JournalLine,
  postJournals,
  postOpeningBalances,
  reclassify,
  reverseJournals,
} from '../../../src/modules/journal/index.ts'
import { findOrAddParties } from '../../../src/modules/parties/index.ts'
import { applyOpenItems } from '../../../src/modules/receivables/index.ts'
import { runChecks } from '../../../src/reports/checks/index.ts'
import { addCustomer, day, invoice, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await shop.close()
})

const journal = (reference: string, lines: JournalLine[], date: AccountingDate = day('2024-03-15')) =>
  shop.work((tx) => postJournals(tx, [{ reference, date, lines }]))

const rent = (amountMinor = 10000n): JournalLine[] => [
  { account: '7100', amountMinor },
  { role: 'bank', amountMinor: -amountMinor },
]
const refused = (code: string) => expect.objectContaining({ code })
const entries = async () => (await shop.look<{ count: bigint }>('select count(*) from journal_entry'))[0]?.count

test('a journal names accounts by code or by role, and the same again finds it', async () => {
  const [first] = await journal('rent', rent())
  expect(first?.existing).toBe(false)
  expect(await shop.balances()).toEqual({ '7100': 10000n, bank: -10000n })
  expect(await journal('rent', rent())).toEqual([{ ...first, existing: true }])
  await expect(journal('rent', rent(1n))).rejects.toEqual(refused('fact_posted_differently'))
  expect(await shop.balances()).toEqual({ '7100': 10000n, bank: -10000n })
})

test('what a person got wrong is refused, and nothing of it stays', async () => {
  const before = await entries()
  const bank = (amountMinor: bigint): JournalLine => ({ role: 'bank', amountMinor })
  const wrong: [JournalLine[], string][] = [
    [[{ account: '7100', amountMinor: 1n }, bank(-2n)], 'entry_not_balanced'],
    [[{ account: 'nowhere', amountMinor: 1n }, bank(-1n)], 'account_unknown'],
    [[{ role: 'pocket' as 'bank', amountMinor: 1n }, bank(-1n)], 'role_unknown'],
    [[{ account: '7100', amountMinor: 0n }, bank(1n), bank(-1n)], 'line_is_zero'],
    [[{ amountMinor: 1n }, bank(-1n)], 'input_invalid'],
    [[{ role: 'receivable', amountMinor: 1n }, bank(-1n)], 'control_account_needs_party'],
    [[{ account: '1100', amountMinor: 1n }, bank(-1n)], 'control_account_needs_party'],
    [[{ role: 'receivable', partyId: 999n, amountMinor: 1n }, bank(-1n)], 'customer_unknown'],
    [[{ role: 'customer_deposits', partyId: 1n, amountMinor: 1n }, bank(-1n)], 'control_account_needs_document'],
  ]
  for (const [lines, code] of wrong) await expect(journal('wrong', lines), code).rejects.toEqual(refused(code))
  const good = { date: day('2024-03-15'), lines: rent() }
  const bad = { reference: 'bad', date: day('2024-03-15'), lines: [bank(1n)] }
  await expect(shop.work((tx) => postJournals(tx, [{ reference: 'good', ...good }, bad]))).rejects.toEqual(
    refused('entry_too_short'),
  )
  expect(await entries()).toBe(before)
})

test('a journal on what a customer owes opens an item, and its reversal settles it', async () => {
  const partyId = await addCustomer(shop, 'Anna')
  await journal('loan to Anna', [
    { role: 'receivable', partyId, amountMinor: 5000n, dueOn: day('2024-04-30') },
    { role: 'bank', amountMinor: -5000n },
  ])
  const items = () =>
    shop.look<object>(
      `select opened_on, due_on, amount_minor, applied_minor from open_item where party_id = ${partyId} order by id`,
    )
  const loan = { opened_on: '2024-03-15', due_on: '2024-04-30', amount_minor: 5000n }
  expect(await items()).toEqual([{ ...loan, applied_minor: 0n }])
  const reverse = () => shop.work((tx) => reverseJournals(tx, [{ reference: 'loan to Anna', date: day('2024-03-20') }]))
  const [first] = await reverse()
  const opposite = { opened_on: '2024-03-20', due_on: '2024-03-20', amount_minor: -5000n, applied_minor: -5000n }
  expect(await items()).toEqual([{ ...loan, applied_minor: 5000n }, opposite])
  expect(await reverse()).toEqual([{ ...first, existing: true }])
  await expect(shop.work((tx) => reverseJournals(tx, [{ reference: 'loan to Anna' }]))).rejects.toEqual(
    refused('already_reversed'),
  )
  expect(await shop.balances()).toEqual({ '7100': 10000n, bank: -10000n })
})

test('what a document posted is corrected by a document, not by a reversal', async () => {
  const documentId = await invoice(shop, 'I1', 'Anna', 10000n)
  const [entry] = await shop.look<{ id: bigint }>(
    `select id from journal_entry where source_kind = 'sales_document' and source_id = '${documentId}'`,
  )
  await expect(shop.work((tx) => reverseJournals(tx, [{ entryId: entry?.id as bigint }]))).rejects.toEqual(
    refused('entry_belongs_to_document'),
  )
  await expect(shop.work((tx) => reverseJournals(tx, [{ reference: 'nothing' }]))).rejects.toEqual(
    refused('entry_unknown'),
  )
})

test('a line moves to another account with what it is about, once', async () => {
  const [entry] = await journal('unknown', [
    { role: 'bank', amountMinor: 700n },
    { role: 'sales_suspense', amountMinor: -700n, processorReference: 'ch_1' },
  ])
  const entryId = entry?.entryId as bigint
  const about = { entryId, lineNo: 2, date: day('2024-03-16'), reason: 'mapped now' }
  const move = (toAccount: string, lineNo = 2) => shop.work((tx) => reclassify(tx, [{ ...about, lineNo, toAccount }]))
  const { '7100': _, ...before } = await shop.balances()
  const [moved] = await move('4906')
  const after = await shop.balances()
  expect(after.sales_suspense).toBeUndefined()
  const [line] = await shop.look<object>(
    `select amount_minor, processor_reference from journal_line where entry_id = ${moved?.entryId} and line_no = 2`,
  )
  expect(line).toEqual({ amount_minor: -700n, processor_reference: 'ch_1' })
  expect(before.sales_suspense).toBe(-700n)
  expect((await move('4906'))[0]?.existing).toBe(true)
  await expect(move('7100')).rejects.toEqual(refused('fact_posted_differently'))
  await expect(move('4906', 9)).rejects.toEqual(refused('line_unknown'))
  await expect(move('1100', 1)).rejects.toEqual(refused('reclassification_leaves_sub_ledger'))
})

test('opening balances come in parts, with each open item of a customer, and end at zero', async () => {
  const books = await openShop()
  const partyId = await addCustomer(books, 'Ben')
  const date = day('2023-12-31')
  const receivable: JournalLine[] = [
    { role: 'receivable', partyId, amountMinor: 300n, openedOn: day('2023-11-02'), dueOn: day('2023-12-02') },
    { role: 'receivable', partyId, amountMinor: -50n },
  ]
  const rest: JournalLine[] = [
    { role: 'bank', amountMinor: 1000n },
    { role: 'share_capital', amountMinor: -1250n },
  ]
  const open = (reference: string, lines: JournalLine[]) =>
    books.work((tx) => postOpeningBalances(tx, [{ reference, date, lines }]))
  await open('customers', receivable)
  expect(await books.balances()).toEqual({ receivable: 250n, opening_balances: -250n })
  await open('the rest', rest)
  await open('customers', receivable)
  expect(await books.balances()).toEqual({ receivable: 250n, bank: 1000n, share_capital: -1250n })
  expect(await books.look('select opened_on, due_on, amount_minor from open_item order by id')).toEqual([
    { opened_on: '2023-11-02', due_on: '2023-12-02', amount_minor: 300n },
    { opened_on: '2023-12-31', due_on: '2023-12-31', amount_minor: -50n },
  ])
  await books.close()
})

test('what we owe a supplier opens an item, in its own currency, and its payment settles it', async () => {
  const books = await openShop()
  const supplier = await books.work((tx) =>
    findOrAddParties(tx, 'supplier', [{ kind: 'supplier', number: 'Potter', name: 'Potter' }]),
  )
  const partyId = supplier.get('Potter')?.id as bigint
  const bill = { openedOn: day('2023-11-02'), dueOn: day('2023-12-02'), documentNumber: 'B-7' }
  const usd = (base: bigint, amount: bigint) => ({
    amountMinor: base,
    currency: 'USD',
    currencyAmountMinor: amount,
  })
  await books.work((tx) =>
    postOpeningBalances(tx, [
      {
        reference: 'old',
        date: day('2023-12-31'),
        lines: [{ role: 'payable', partyId, ...bill, ...usd(-80n, -100n) }],
      },
    ]),
  )
  const payment = { reference: 'paid', date: day('2024-01-05') }
  await books.work((tx) =>
    postJournals(tx, [
      {
        ...payment,
        lines: [
          { role: 'payable', partyId, ...usd(80n, 100n) },
          { role: 'bank', ...usd(-80n, -100n) },
        ],
      },
    ]),
  )
  const items = () =>
    books.look<{ id: bigint }>(
      'select id, ledger, document_number, due_on, currency, amount_minor, applied_minor from open_item order by id',
    )
  const [owed, paid] = await items()
  expect(owed).toMatchObject({ ledger: 'payable', document_number: 'B-7', due_on: '2023-12-02', amount_minor: -100n })
  expect(paid).toMatchObject({ ledger: 'payable', document_number: null, currency: 'USD', amount_minor: 100n })
  await books.work((tx) =>
    applyOpenItems(tx, [
      {
        debitItemId: paid?.id as bigint,
        creditItemId: owed?.id as bigint,
        appliedOn: day('2024-01-05'),
        amountMinor: 100n,
      },
    ]),
  )
  expect((await items()).map((item) => ('applied_minor' in item ? item.applied_minor : null))).toEqual([-100n, 100n])
  const { checks } = await books.work(runChecks)
  expect(checks.find(({ name }) => name === 'payable-matches-suppliers')).toMatchObject({ result: 'held', compared: 1 })
  await books.close()
})

test('a customer does not stand on what we owe, nor a supplier on what customers owe, by role or by code', async () => {
  const parties = await shop.work((tx) =>
    findOrAddParties(tx, 'supplier', [{ kind: 'supplier', number: 'Potter', name: 'Potter' }]),
  )
  const potter = parties.get('Potter')?.id as bigint
  const carl = await addCustomer(shop, 'Carl')
  const wrong: JournalLine[] = [
    { role: 'payable', partyId: carl, amountMinor: 1n },
    { role: 'receivable', partyId: potter, amountMinor: 1n },
    { account: '1100', partyId: potter, amountMinor: 1n },
  ]
  for (const line of wrong)
    await expect(journal('other', [line, { role: 'bank', amountMinor: -1n }])).rejects.toEqual(
      refused('party_of_other_kind'),
    )
})

test('an account does not end before its last entry', async () => {
  const books = await openShop()
  const move = (reference: string, date: string, amountMinor: bigint) =>
    books.work((tx) => postJournals(tx, [{ reference, date: day(date), lines: rent(amountMinor) }]))
  await move('rent', '2024-03-15', 100n)
  await move('back', '2024-05-01', -100n)
  const end = (on: string) => books.work((tx) => changeAccounts(tx, [{ code: '7100', endedOn: day(on) }]))
  await expect(end('2024-04-30')).rejects.toEqual(refused('account_posted_later'))
  await end('2024-05-01')
  await books.close()
})

test('journals on tax accounts are listed by the check, and break nothing', async () => {
  const books = await openShop()
  const lines: JournalLine[] = [
    { role: 'output_tax', amountMinor: -500n },
    { role: 'bank', amountMinor: 500n },
  ]
  await books.work((tx) => postJournals(tx, [{ reference: 'tax', date: day('2024-03-15'), lines }]))
  const { checks } = await books.work(runChecks)
  expect(checks.find(({ name }) => name === 'tax-matches-returns')?.rows).toEqual([
    expect.objectContaining({ rule: 'manual-journal', lines: 1, amount: { amount: '-5.00', currency: 'GBP' } }),
  ])
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  await books.close()
})

test('a year is closed once, and again only after its closing is taken back', async () => {
  const books = await openShop({ fiscalYearStartMonth: 4 })
  const post = (reference: string, date: string, amountMinor: bigint) =>
    books.work((tx) => postJournals(tx, [{ reference, date: day(date), lines: rent(amountMinor) }]))
  const close = (year: number) => books.work((tx) => closeYears(tx, [year]))
  await post('before', '2023-03-31', 1n)
  await post('first day', '2023-04-01', 10n)
  await post('last day', '2024-03-31', 100n)
  await post('after', '2024-04-01', 1000n)
  await expect(close(2022)).rejects.toEqual(refused('nothing_to_close'))
  const [closing] = await close(2024)
  expect(closing?.postedOn).toBe('2024-03-31')
  expect(await books.balances()).toEqual({ '7100': 1001n, bank: -1111n, retained_earnings: 110n })
  await expect(close(2024)).rejects.toEqual(refused('fiscal_year_already_closed'))

  await books.work((tx) => reverseJournals(tx, [{ entryId: closing?.entryId as bigint }]))
  expect(await books.balances()).toEqual({ '7100': 1111n, bank: -1111n })
  await post('late', '2024-03-30', 5n)
  await close(2024)
  expect(await books.balances()).toEqual({ '7100': 1001n, bank: -1116n, retained_earnings: 115n })
  const flags = await books.look<{ closes_year: boolean }>(
    `select closes_year from journal_entry where rule in ('year-closed', 'reversal')`,
  )
  expect(flags.map(({ closes_year }) => closes_year)).toEqual([true, true, true])
  await books.close()
})

test('a closed period takes no journal, no reversal and no closing of its year', async () => {
  const books = await openShop()
  const date = day('2024-12-15')
  const [entry] = await books.work((tx) => postJournals(tx, [{ reference: 'rent', date, lines: rent() }]))
  await books.work((tx) => closePeriod(tx, { month: date, decidedBy: 'test' }))
  const attempts = [
    () => books.work((tx) => postJournals(tx, [{ reference: 'late', date, lines: rent() }])),
    () => books.work((tx) => reverseJournals(tx, [{ entryId: entry?.entryId as bigint }])),
    () => books.work((tx) => closeYears(tx, [2024])),
  ]
  for (const attempt of attempts) await expect(attempt()).rejects.toEqual(refused('period_closed'))
  await books.work((tx) => reverseJournals(tx, [{ reference: 'rent', date: day('2025-01-01') }]))
  expect(await books.balances()).toEqual({})
  await books.close()
})
