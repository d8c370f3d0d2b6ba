import { afterAll, beforeAll, expect, test } from 'vitest'
import { attach } from '../../src/modules/attachments/index.ts'
import { type NewRecurring, postDueDay, postJournals, startRecurring } from '../../src/modules/journal/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { brokenBy as breakBooks, said } from './checked-books.ts'
import { type Books, day, openBooks } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
  await books.write(async (tx) => {
    const lines = [
      { role: 'bank' as const, amountMinor: 100n },
      { role: 'share_capital' as const, amountMinor: -100n },
    ]
    await postJournals(tx, [{ reference: 'accrued', date: day('2011-01-31'), reverse: 'next_day', lines }])
    await attach(tx, {
      subject: 'journal',
      of: 'accrued',
      name: 'bill.txt',
      mediaType: null,
      content: Buffer.from('x'),
    })
    const recurring: NewRecurring = {
      name: 'interest',
      template: 'interest',
      parameters: { amount: '1.00' },
      every: 'month',
      dayOfMonth: 1,
      startsOn: day('2011-01-01'),
      endsOn: null,
    }
    const [started] = await startRecurring(tx, [recurring], 'ann')
    const recurringId = started?.id as bigint
    for (const dueOn of [day('2011-01-01'), day('2011-02-01')]) await postDueDay(tx, { recurringId, dueOn }, 'ann')
  })
  await books.fold()
  await books.seal()
})
afterAll(() => books.close())

const broken = async (name: string, ...statements: string[]) => (await breakBooks(books, ...statements))[name]

test('sound journals hold', async () => {
  const { checks } = await books.read(runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  const compared = Object.fromEntries(checks.map(({ name, compared }) => [name, compared]))
  expect(compared).toMatchObject({
    'reversals-net-to-zero': 3,
    'recurring-posted-once': 2,
    'attachments-match-hashes': 1,
  })
})

test('reversals-net-to-zero names the entry whose reversal is another, on another day, or gone', async () => {
  const name = 'reversals-net-to-zero'
  const reversal = '(select id from journal_entry where reverses_id is not null)'
  const left = 'the entry and its reversal leave something on the account'
  expect(
    await broken(
      name,
      `update journal_line set amount_minor = -99, currency_amount_minor = -99 where entry_id = ${reversal} and line_no = 1`,
    ),
  ).toEqual(said(left, { difference: { amount: '0.01', currency: 'GBP' } }))
  expect(
    await broken(name, `update manual_journal set reverses_on = '2011-02-02' where reverses_on is not null`),
  ).toEqual(said('it is taken back on another day than it says'))
  expect(await broken(name, 'update journal_entry set reverses_id = null where reverses_id is not null')).toEqual(
    said('it reverses by itself, and nothing takes it back'),
  )
})

test('recurring-posted-once names a day that is missing, not due, or settled by another entry', async () => {
  const name = 'recurring-posted-once'
  const first = `due_on = '2011-01-01'`
  expect(await broken(name, `delete from recurring_journal_day where ${first}`)).toEqual(
    said('the day fell due, and nothing became of it', { recurring: 'interest', dueOn: '2011-01-01' }),
  )
  expect(await broken(name, `update recurring_journal_day set due_on = '2011-01-02' where ${first}`)).toEqual([
    ...said('the day fell due, and nothing became of it', { dueOn: '2011-01-01' }),
    ...said('the day was settled, and it was not due', { dueOn: '2011-01-02' }),
  ])
  const other = `(select min(entry_id) from manual_journal where reference = 'accrued')`
  expect(await broken(name, `update recurring_journal_day set entry_id = ${other} where ${first}`)).toEqual(
    said('its entry is not the one of that day', { dueOn: '2011-01-01' }),
  )
  expect(
    await broken(
      name,
      `update recurring_journal_day set state = 'refused', entry_id = null, message = 'x' where ${first}`,
    ),
  ).toEqual(said('an entry was posted for a day that is not settled so'))
  expect(
    await broken(
      name,
      `insert into journal_entry (company_id, posted_on, effective_on, rule, source_kind, source_id, revision, line_count)
         select company_id, posted_on, effective_on, rule, source_kind, source_id, 1, 2 from journal_entry
           where source_id = 'recurring interest 2011-01-01'`,
    ),
  ).toEqual(said('more than one entry was posted for the day'))
})

test('attachments-match-hashes names a file that was changed, or whose journal is gone', async () => {
  const name = 'attachments-match-hashes'
  const dropped = 'alter table attachment drop constraint attachment_hash_is_its_own'
  expect(await broken(name, dropped, `update attachment set content = 'y'`)).toEqual(
    said('its content is not what was attached', { name: 'bill.txt' }),
  )
  expect(await broken(name, 'update attachment set subject_id = 999')).toEqual(said('what it stands beside is gone'))
})
