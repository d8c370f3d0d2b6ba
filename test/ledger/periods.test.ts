import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccountingDate, accountingDate } from '../../src/kernel/accounting-date.ts'
import { appendEntries } from '../../src/ledger/append-entries.ts'
import { closePeriod, listPeriods, reopenPeriod, verifyClosedPeriods } from '../../src/ledger/periods.ts'
import { append, type Books, createCompany, look, openBooks, sale, tamper, work } from '../support/books.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.close())

const refusal = (code: string) => expect.objectContaining({ code })
const month = (text: string) => accountingDate(`${text}-01`)
const close = (of: Books, text: string) => work(of, (tx) => closePeriod(tx, { month: month(text), decidedBy: 'test' }))
const reopen = (of: Books, text: string, reason: string) =>
  work(of, (tx) => reopenPeriod(tx, { month: month(text), reason, decidedBy: 'test' }))
const company = async (): Promise<Books> => ({ ...books, ...(await createCompany(books.database)) })

describe('a closed period', () => {
  test('refuses entries, or passes them on to the first open day', async () => {
    const own = await company()
    await append(own, [sale(own, 'in-time', '2024-03-31')])
    await close(own, '2024-03')
    await close(own, '2024-04')
    const late = append(own, [sale(own, 'late', '2024-03-31')], { closedPeriod: 'refuse' })
    await expect(late).rejects.toEqual(refusal('period_closed'))
    const [passed] = await append(own, [sale(own, 'late', '2024-03-31')])
    expect(passed?.postedOn).toBe('2024-05-01')
    const stored = await look(own, 'select posted_on, effective_on from journal_entry where id = $1', [passed?.entryId])
    expect(stored).toEqual([{ posted_on: '2024-05-01', effective_on: '2024-03-31' }])
    // The day before and the day after are open.
    expect((await append(own, [sale(own, 'before', '2024-02-29')]))[0]?.postedOn).toBe('2024-02-29')
    expect((await append(own, [sale(own, 'after', '2024-05-01')]))[0]?.postedOn).toBe('2024-05-01')
  })

  test('refuses entries that go round the ledger, whatever the isolation', async () => {
    const own = await company()
    await close(own, '2024-03')
    const insert = `insert into journal_entry (company_id, posted_on, effective_on, rule, source_kind, source_id, line_count)
      values (${own.companyId}, '2024-03-10', '2024-03-10', 'raw', 'raw', 'raw', 2)`
    await expect(work(own, (tx) => tx.query(insert))).rejects.toEqual(refusal('period_closed'))
    await expect(look(own, insert)).rejects.toMatchObject({ constraint: 'period_closed' })
  })

  test('is not entered on the strength of an old snapshot', async () => {
    const own = await company()
    for (const isolation of ['repeatable read', 'serializable']) {
      const posting = work(own, async (tx) => {
        await tx.query(`set transaction isolation level ${isolation}`)
        await tx.query('select from accounting_period')
        await close(own, isolation === 'serializable' ? '2024-04' : '2024-03').catch(() => {})
        await appendEntries(tx, [sale(own, isolation, isolation === 'serializable' ? '2024-04-10' : '2024-03-10')])
      })
      await expect(posting).rejects.toThrow('read committed')
    }
    expect(await look(own, 'select from journal_entry where company_id = $1', [own.companyId])).toEqual([])
  })

  test('closes once and reopens with a reason', async () => {
    const own = await company()
    await close(own, '2024-03')
    await expect(close(own, '2024-03')).rejects.toEqual(refusal('period_already_closed'))
    await expect(reopen(own, '2024-03', ' ')).rejects.toEqual(refusal('reason_missing'))
    await expect(reopen(own, '2024-04', 'why not')).rejects.toEqual(refusal('period_not_closed'))
    await reopen(own, '2024-03', 'an invoice was forgotten')
    expect((await append(own, [sale(own, 'forgotten', '2024-03-31')]))[0]?.postedOn).toBe('2024-03-31')
    await close(own, '2024-03')
    expect(await work(own, listPeriods)).toEqual([{ startsOn: '2024-03-01', endsOn: '2024-03-31', state: 'closed' }])
    const decisions = await look(
      own,
      'select decision, reason from period_decision where company_id = $1 order by id',
      [own.companyId],
    )
    expect(decisions).toEqual([
      { decision: 'close', reason: '' },
      { decision: 'reopen', reason: 'an invoice was forgotten' },
      { decision: 'close', reason: '' },
    ])
    expect(await work(own, verifyClosedPeriods)).toEqual({ compared: 1, broken: [] })
  })

  test('a fact posted in time is found by its retry after the close', async () => {
    const own = await company()
    const [first] = await append(own, [sale(own, 'retried', '2024-03-31')])
    await close(own, '2024-03')
    expect(await append(own, [sale(own, 'retried', '2024-03-31')])).toEqual([{ ...first, existing: true }])
  })

  test('betrays a row that was changed, added or removed in it', async () => {
    const damages = [
      `update journal_line set amount_minor = amount_minor + 1 where company_id = $company and line_no = 1`,
      `delete from journal_entry where company_id = $company`,
      `insert into journal_entry (company_id, posted_on, effective_on, rule, source_kind, source_id, line_count)
         values ($company, '2024-03-10', '2024-03-10', 'raw', 'raw', 'raw', 2);
       insert into journal_line (company_id, entry_id, line_no, account_id, posted_on, amount_minor, currency, currency_amount_minor)
         select company_id, id, 1, 1, posted_on, 1, 'GBP', 1 from journal_entry where company_id = $company and rule = 'raw'`,
    ]
    for (const damage of damages) {
      const own = await company()
      await append(own, [sale(own, 'kept', '2024-03-10')])
      await close(own, '2024-03')
      expect((await work(own, verifyClosedPeriods)).broken).toEqual([])
      await tamper(own, damage.replaceAll('$company', String(own.companyId)))
      expect((await work(own, verifyClosedPeriods)).broken, damage).toEqual([{ period: '2024-03' }])
    }
  })
})

describe('closing against posting', () => {
  test('of 300 races none leaves an entry in a period that was closed without it', async () => {
    const own = await company()
    const outcomes = { inTime: 0, late: 0 }
    for (let round = 0; round < 300; round++) {
      const day = dayOfRound(round)
      const closing = close(own, day.slice(0, 7))
      const posting = [0, 1].map((poster) => append(own, [sale(own, `race-${round}-${poster}`, day)]))
      for (const [posted] of await Promise.all(posting)) {
        if (posted?.postedOn === day) outcomes.inTime += 1
        else outcomes.late += 1
      }
      await closing
    }
    const { compared, broken } = await work(own, verifyClosedPeriods)
    expect({ compared, broken }).toEqual({ compared: 300, broken: [] })
    // Both must have happened, or nothing raced.
    expect(outcomes.inTime).toBeGreaterThan(0)
    expect(outcomes.late).toBeGreaterThan(0)
  })

  const dayOfRound = (round: number): AccountingDate =>
    accountingDate(`${2000 + Math.floor(round / 12)}-${String((round % 12) + 1).padStart(2, '0')}-15`)

  test('a close that waits for an open poster goes before a later poster', async () => {
    const own = await company()
    let finish = () => {}
    const held = new Promise<void>((resolve) => {
      finish = resolve
    })
    const order: string[] = []
    const opened = Promise.withResolvers<void>()
    const early = work(own, async (tx) => {
      await appendEntries(tx, [sale(own, 'early')])
      opened.resolve()
      await held
    }).then(() => order.push('early'))
    await opened.promise
    const closing = close(own, '2024-03').then(() => order.push('close'))
    await until(
      () => waitingLocks(),
      (locks) => locks.length === 1,
    )
    const later = append(own, [sale(own, 'later')]).then(([posted]) => order.push(`later on ${posted?.postedOn}`))
    const locks = await until(
      () => waitingLocks(),
      (waiting) => waiting.length === 2,
    )
    expect(locks.map((lock) => lock.mode).sort()).toEqual(['ExclusiveLock', 'ShareLock'])
    const shared = locks.find((lock) => lock.mode === 'ShareLock')
    const exclusive = locks.find((lock) => lock.mode === 'ExclusiveLock')
    expect(shared?.blocked_by).toContain(exclusive?.pid)
    finish()
    await Promise.all([early, closing, later])
    expect(order).toEqual(['early', 'close', 'later on 2024-04-01'])
  })

  test('a period that is changed past the ledger waits for open posters too', async () => {
    const own = await company()
    await work(own, async (tx) => {
      await tx.query(
        `insert into accounting_period (company_id, starts_on, ends_on, state) values ($1, '2024-01-01', '2024-01-31', 'closed')`,
        [own.companyId],
      )
      const held = await tx.query(`select mode from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`)
      expect(held).toEqual([{ mode: 'ExclusiveLock' }])
    })
  })

  test('posters of one company share their lock and hold no row of a period', async () => {
    const own = await company()
    await close(own, '2024-01')
    await work(own, async (tx) => {
      await appendEntries(tx, [sale(own, 'holding')])
      // The second poster comes through while the first is open.
      await append(own, [sale(own, 'beside')])
      const locks = await look<{ locktype: string; mode: string }>(
        own,
        `select distinct locktype, mode from pg_locks l left join pg_class c on c.oid = l.relation
           where l.granted and l.pid <> pg_backend_pid() and l.database = (select oid from pg_database where datname = current_database())
             and (l.locktype = 'advisory' or c.relname = 'accounting_period')
           order by 1`,
      )
      expect(locks).toEqual([
        { locktype: 'advisory', mode: 'ShareLock' },
        { locktype: 'relation', mode: 'AccessShareLock' },
      ])
      const [period] = await look<{ locked: boolean }>(
        own,
        `select xmax <> '0' and xmax::text::bigint in (select transactionid::text::bigint from pg_locks where transactionid is not null) as locked
           from accounting_period where company_id = $1`,
        [own.companyId],
      )
      expect(period?.locked).toBe(false)
    })
  })
})

type Waiting = { pid: number; mode: string; blocked_by: number[] }
const waitingLocks = () =>
  look<Waiting>(
    books,
    `select pid, mode, pg_blocking_pids(pid) as blocked_by from pg_locks
       where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
  )

/** Asks until the answer is the one that must come; the test's own time limit ends a wait for one that never does. */
async function until<T>(ask: () => Promise<T>, enough: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (enough(answer)) return answer
  }
}
