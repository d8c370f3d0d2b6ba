import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepPostingRecurring, postRecurringOf } from '../../src/jobs/post-recurring.ts'
import { closePeriod, reopenPeriod } from '../../src/ledger/periods.ts'
import { listExceptions } from '../../src/modules/inbox/index.ts'
import {
  changeRecurring,
  listRecurring,
  listSettledDays,
  type NewRecurring,
  retryDueDays,
  startRecurring,
  upcomingJournals,
} from '../../src/modules/journal/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { day, openShop, type Shop } from '../support/shop.ts'
import { runSql } from '../support/sql.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop({ chart: 'generic' })
})
afterEach(() => shop.close())

const rent: NewRecurring = {
  name: 'rent',
  template: 'prepayment-used',
  parameters: { amount: '900.00', expense: '6200', about: 'rent' },
  description: 'Rent {month}',
  every: 'month',
  dayOfMonth: null,
  startsOn: day('2024-01-15'),
  endsOn: null,
}
const start = (change: Partial<NewRecurring> = {}) =>
  shop.work((tx) => startRecurring(tx, [{ ...rent, ...change }], 'ann'))
const run = (until: string) => postRecurringOf(shop.database, shop.companyId, day(until))
const posted = async () =>
  (
    await shop.look<{ posted_on: string; description: string }>(
      `select posted_on, description from journal_entry where source_kind = 'manual_journal' order by posted_on, id`,
    )
  ).map(({ posted_on, description }) => `${posted_on} ${description}`)
const refused = (code: string) => expect.objectContaining({ code })
const checked = async (name: string) => (await shop.work(runChecks)).checks.find((check) => check.name === name)

test('what fell due while nothing ran is posted on its own day, once, however many servers run', async () => {
  await start()
  const done = await Promise.all([run('2024-04-29'), run('2024-04-29'), run('2024-04-29')])
  expect(done.reduce((sum, one) => sum + one.posted, 0)).toBe(3)
  expect(await run('2024-04-29')).toEqual({ posted: 0, refused: 0, waiting: 0 })
  expect(await posted()).toEqual(['2024-01-31 Rent 2024-01', '2024-02-29 Rent 2024-02', '2024-03-31 Rent 2024-03'])
  expect(await checked('recurring-posted-once')).toMatchObject({ result: 'held', compared: 3 })
})

test('a closed period makes an exception, and the days after it are posted; retried, it is posted once', async () => {
  await start()
  await shop.work((tx) => closePeriod(tx, { month: day('2024-02-01'), decidedBy: 'ann' }))
  expect(await run('2024-03-31')).toEqual({ posted: 2, refused: 1, waiting: 0 })
  const [exception] = await shop.work(listExceptions)
  expect(exception).toMatchObject({ kind: 'recurring_journal_refused' })
  expect(exception?.message).toContain('rent was due on 2024-02-29')
  expect(await checked('recurring-posted-once')).toMatchObject({ result: 'held', compared: 3 })
  const retry = (on?: string) =>
    shop.work((tx) =>
      retryDueDays(tx, [{ name: 'rent', dueOn: day('2024-02-29'), on: on ? day(on) : undefined }], 'ann'),
    )
  await expect(retry()).rejects.toEqual(refused('period_closed'))
  const [first] = await retry('2024-03-01')
  expect((await retry('2024-03-01'))[0]).toEqual({ ...first, existing: true })
  expect(await posted()).toContain('2024-03-01 Rent 2024-02')
  const days = await shop.work((tx) => listSettledDays(tx, 'rent'))
  expect(days.map(({ dueOn, state, settledBy }) => [dueOn, state, settledBy])).toEqual([
    ['2024-03-31', 'posted', 'recurring journals'],
    ['2024-02-29', 'posted', 'ann'],
    ['2024-01-31', 'posted', 'recurring journals'],
  ])
  const unknown = (name: string, dueOn: string) =>
    shop.work((tx) => retryDueDays(tx, [{ name, dueOn: day(dueOn) }], 'ann'))
  await expect(unknown('nothing', '2024-02-29')).rejects.toEqual(refused('recurring_journal_unknown'))
  await expect(unknown('rent', '2024-02-28')).rejects.toEqual(refused('due_day_not_refused'))
  await shop.work((tx) => reopenPeriod(tx, { month: day('2024-02-01'), reason: 'test', decidedBy: 'ann' }))
})

test('an account that has ended makes an exception too', async () => {
  await start()
  await runSql(shop.url, `update account set ended_on = '2024-01-31' where code = '6200'`)
  expect(await run('2024-02-29')).toEqual({ posted: 1, refused: 1, waiting: 0 })
  expect((await shop.work(listExceptions))[0]?.message).toContain('has ended')
})

test('days of a pause are passed over, and none is posted after the end', async () => {
  await start({ dayOfMonth: 1 })
  await run('2024-02-01')
  const change = (what: 'pause' | 'resume' | 'end', on: string) =>
    shop.work((tx) => changeRecurring(tx, [{ name: 'rent', change: what, on: day(on) }], 'ann'))
  await change('pause', '2024-02-10')
  expect(await run('2024-04-30')).toEqual({ posted: 0, refused: 0, waiting: 0 })
  expect((await change('resume', '2024-04-30'))[0]).toMatchObject({ state: 'active', nextDueOn: '2024-05-01' })
  expect(await run('2024-05-31')).toEqual({ posted: 1, refused: 0, waiting: 0 })
  expect((await shop.work((tx) => listSettledDays(tx, null))).map(({ state }) => state)).toEqual([
    'posted',
    'passed',
    'passed',
    'posted',
  ])
  expect((await change('end', '2024-06-01'))[0]).toMatchObject({ state: 'ended', nextDueOn: null })
  expect(await run('2025-01-31')).toEqual({ posted: 0, refused: 0, waiting: 0 })
  expect(await checked('recurring-posted-once')).toMatchObject({ result: 'held', compared: 4 })
  await expect(change('resume', '2024-07-01')).rejects.toEqual(refused('recurring_journal_ended'))
  await expect(
    shop.work((tx) => changeRecurring(tx, [{ name: 'nothing', change: 'end', on: day('2024-07-01') }], 'ann')),
  ).rejects.toEqual(refused('recurring_journal_unknown'))
})

test('it ends by itself with its last day, and what is to come can be seen beforehand', async () => {
  await start({ every: 'quarter', dayOfMonth: 31, endsOn: day('2024-07-31'), reverse: 'next_day' })
  const upcoming = await shop.work((tx) => upcomingJournals(tx, day('2024-12-31')))
  expect(upcoming.map(({ dueOn, description }) => `${dueOn} ${description}`)).toEqual([
    '2024-01-31 Rent 2024-01',
    '2024-04-30 Rent 2024-04',
    '2024-07-31 Rent 2024-07',
  ])
  expect(upcoming[0]?.lines.map(({ amountMinor }) => amountMinor)).toEqual([90000n, -90000n])
  await run('2024-12-31')
  expect((await shop.work(listRecurring))[0]).toMatchObject({ state: 'ended', nextDueOn: null })
  expect(await shop.balances()).toEqual({})
  expect(await checked('reversals-net-to-zero')).toMatchObject({ result: 'held' })
})

test('what was asked for twice is one, another under its name is refused, and one that is never due', async () => {
  const [first] = await start()
  expect((await start())[0]).toEqual(first)
  await expect(start({ dayOfMonth: 3 })).rejects.toEqual(refused('recurring_journal_exists'))
  await expect(start({ name: 'never', endsOn: day('2024-01-20') })).rejects.toEqual(
    refused('recurring_journal_never_due'),
  )
  await expect(start({ name: 'bare', parameters: {} })).rejects.toEqual(refused('template_parameter_invalid'))
  await expect(start({ name: 'odd', template: 'nothing' })).rejects.toEqual(refused('template_unknown'))
})

test('the server posts what is due beside its work, and tries again what failed', async () => {
  await start({ endsOn: day('2024-03-31') })
  const logged: string[] = []
  await runSql(shop.url, 'alter table recurring_journal_day rename to elsewhere')
  const poster = keepPostingRecurring(shop.database, { log: (line) => logged.push(line), everyMs: 1 })
  while (logged.length === 0) await new Promise((done) => setTimeout(done, 5))
  expect(logged[0]).toContain('is tried again')
  await runSql(shop.url, 'alter table elsewhere rename to recurring_journal_day')
  while ((await posted()).length < 3) await new Promise((done) => setTimeout(done, 5))
  await poster.stop()
  expect(await posted()).toHaveLength(3)
})
