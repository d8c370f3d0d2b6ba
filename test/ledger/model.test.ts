import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccountingDate, accountingDate, startOfMonth } from '../../src/kernel/accounting-date.ts'
import { inCompanyAsOwner } from '../../src/kernel/database.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { foldBalances } from '../../src/ledger/fold-balances.ts'
import type { Entry, Line, Posted } from '../../src/ledger/journal.ts'
import { closePeriod, reopenPeriod, verifyClosedPeriods } from '../../src/ledger/periods.ts'
import { reverseEntries } from '../../src/ledger/reverse-entries.ts'
import { sealEntries, verifySeals } from '../../src/ledger/seal.ts'
import { append, type Books, createCompany, look, openBooks, work } from '../support/books.ts'
import { ModelLedger, type Outcome } from '../support/model-ledger.ts'

/**
 * Random postings, retries, reversals, closes, reopenings, folds and seals against a ledger in memory. A failure prints its seed and path;
 * SEED=… plays it again, RUNS=… plays longer.
 */
let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.close())

// Few facts, days and months, so that operations meet.
const day = fc.constantFrom(
  ...['2023-12-31', '2024-01-01', '2024-01-31', '2024-02-29', '2024-03-01'].map(accountingDate),
)
const month = day.map(startOfMonth)
const amount = fc.bigInt({ min: -3n, max: 999_999_999_999n }).map((minor) => (minor === 0n ? 1n : minor))
type Side = { account: number; base: bigint; euros: bigint }
const side = fc.record({ account: fc.nat(4), base: amount, euros: fc.constantFrom(0n, 0n, 7n) })
const fact = fc.record({
  id: fc.nat(40),
  revision: fc.constantFrom(0, 0, 0, 1),
  day,
  sides: fc.array(side, { minLength: 1, maxLength: 4 }),
  fault: fc.constantFrom(...(Array(12).fill('none') as 'none'[]), 'unbalanced' as const, 'short' as const),
})
type Fact = typeof fact extends fc.Arbitrary<infer T> ? T : never

const operation = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      act: fc.constant('post' as const),
      facts: fc.array(fact, { minLength: 1, maxLength: 4 }),
      refuse: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('retry' as const), pick: fc.nat(), refuse: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('reverse' as const),
      pick: fc.nat(),
      date: fc.option(day, { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('close' as const), month }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('reopen' as const), month, reason: fc.constantFrom('late invoice', '') }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ act: 'fold' as const }, { act: 'seal' as const }) },
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** The real ledger and its model, which are told the same. */
class Pair {
  readonly model = new ModelLedger()
  readonly idOf: bigint[] = []
  readonly asked: Entry[] = []
  readonly own: Books

  constructor(own: Books) {
    this.own = own
    this.model.ended.set(own.accounts[4], accountingDate('2024-01-31'))
  }

  async run(operation: Operation): Promise<void> {
    switch (operation.act) {
      case 'post':
        return this.#append(
          operation.facts.map((one) => this.#entry(one)),
          operation.refuse,
        )
      case 'retry': {
        const entry = this.asked[operation.pick % this.asked.length]
        return entry === undefined ? undefined : this.#append([entry], operation.refuse)
      }
      case 'reverse': {
        const place = operation.pick % this.idOf.length
        const entryId = this.idOf[place]
        if (entryId === undefined) return
        const { date } = operation
        const reversal = date === undefined ? { entryId } : { entryId, date }
        return this.#compare(this.model.reverse(place, date), () =>
          work(this.own, (tx) => reverseEntries(tx, [reversal])),
        )
      }
      case 'close':
        return this.#compare(this.model.close(operation.month), () => this.#decide(closePeriod, operation.month, ''))
      case 'reopen':
        return this.#compare(this.model.reopen(operation.month, operation.reason), () =>
          this.#decide(reopenPeriod, operation.month, operation.reason),
        )
      case 'fold':
        return void (await inCompanyAsOwner(this.own.database, this.own.companyId, foldBalances))
      case 'seal':
        return void (await inCompanyAsOwner(this.own.database, this.own.companyId, sealEntries))
    }
  }

  async #append(entries: Entry[], refuse: boolean): Promise<void> {
    this.asked.push(...entries)
    const closedPeriod = refuse ? 'refuse' : 'next-open-day'
    await this.#compare(this.model.append(entries, refuse), () => append(this.own, entries, { closedPeriod }))
  }

  async #decide(command: typeof closePeriod, of: AccountingDate, reason: string): Promise<Posted[]> {
    await work(this.own, (tx) => command(tx, { month: of, reason, decidedBy: 'model' }))
    return []
  }

  async #compare(expected: Outcome, act: () => Promise<Posted[]>): Promise<void> {
    const actual = await act().catch((error: unknown) => {
      if (error instanceof Refusal) return { refused: error.code }
      throw error
    })
    if ('refused' in expected || 'refused' in actual) {
      expect(actual).toEqual(expected)
      return
    }
    expect(actual.map((one) => one.postedOn)).toEqual(
      expected.entries.map((place) => this.model.entries[place]?.postedOn),
    )
    for (const [index, place] of expected.entries.entries()) {
      const id = actual[index]?.entryId as bigint
      expect(this.idOf[place] ?? id).toBe(id)
      this.idOf[place] = id
    }
  }

  /** The last line takes what the others leave, in each currency, so that most entries balance. */
  #entry({ id, revision, day: effectiveOn, sides, fault }: Fact): Entry {
    const lines = sides.map((one) => this.#line(one))
    const rest = { account: 0, base: -sumOf(sides, 'base'), euros: 0n }
    const euros = sumOf(sides, 'euros')
    if (fault !== 'short') lines.push(this.#line({ ...rest, base: rest.base + (fault === 'unbalanced' ? 1n : 0n) }))
    if (euros !== 0n) lines.push({ ...this.#line({ account: 1, base: 0n, euros: -euros }), currency: 'EUR' })
    const source = { kind: 'model', id: String(id) }
    return { rule: 'model', source, revision, effectiveOn, lines }
  }

  #line({ account, base, euros }: Side): Line {
    const foreign = { currency: 'EUR', currencyAmountMinor: euros }
    const own = { currency: 'GBP', currencyAmountMinor: base }
    return { accountId: this.own.accounts[account] as bigint, amountMinor: base, ...(euros === 0n ? own : foreign) }
  }

  async agree(): Promise<void> {
    expect(await stored(this.own, 'journal_line')).toEqual(this.model.balances())
    expect(await stored(this.own, balances)).toEqual(this.model.balances())
    const count = await look(this.own, 'select from journal_entry where company_id = $1', [this.own.companyId])
    expect(count).toHaveLength(this.model.entries.length)
    expect((await work(this.own, verifyClosedPeriods)).broken).toEqual([])
    expect((await work(this.own, verifySeals)).broken).toEqual([])
  }
}

// A line in euros keeps its base amount, whose counterpart is in pounds: the currencies then balance apart.
const sumOf = (sides: Side[], name: 'base' | 'euros') => sides.reduce((sum, one) => sum + one[name], 0n)

const balances = `(select company_id, account_id, starts_on as posted_on, currency, amount_minor, currency_amount_minor from account_balance where grain = 'day'
  union all select company_id, account_id, posted_on, currency, amount_minor, currency_amount_minor from account_balance_delta) b`

const stored = async (own: Books, from: string) =>
  (
    await look<{ text: string }>(
      own,
      `select concat_ws(' ', account_id, posted_on, currency, sum(amount_minor), sum(currency_amount_minor)) as text
         from ${from} where company_id = $1 group by account_id, posted_on, currency`,
      [own.companyId],
    )
  )
    .map((row) => row.text)
    .sort()

const { SEED, RUNS = '20' } = process.env
// Shortening a hundred operations takes minutes: it is done only for a seed that is being looked into.
const options = { numRuns: Number(RUNS), ...(SEED === undefined ? { endOnFailure: true } : { seed: Number(SEED) }) }

test('any operations leave what the model says', async () => {
  let accepted = 0
  const operations = fc.array(operation, { minLength: 100, maxLength: 140, size: 'max' })
  const runs = fc.asyncProperty(operations, async (list) => {
    const own = { ...books, ...(await createCompany(books.database)) }
    await look(own, `update account set ended_on = '2024-01-31' where company_id = $1 and code = '5000'`, [
      own.companyId,
    ])
    const pair = new Pair(own)
    for (const one of list) await pair.run(one)
    await pair.agree()
    accepted += pair.model.entries.length
  })
  await fc.assert(runs, options)
  expect(accepted).toBeGreaterThan(100) // or hardly anything was posted, and little was compared
}, 240_000)
