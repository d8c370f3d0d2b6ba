import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompanyAsOwner, readCompany } from '../../src/kernel/database.ts'
import { foldBalances } from '../../src/ledger/fold-balances.ts'
import { append, type Books, createCompany, look, openBooks, sale } from '../support/books.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.close())

const company = async (): Promise<Books> => ({ ...books, ...(await createCompany(books.database)) })
const fold = (of: Books) => inCompanyAsOwner(of.database, of.companyId, foldBalances)

/** Folded and pending together against the lines themselves: rows that differ. */
const differences = (of: Books) =>
  readCompany(of.database, of.companyId, (tx) =>
    tx.query(
      `with stored as (
          select account_id, starts_on as posted_on, currency, amount_minor, currency_amount_minor from account_balance where grain = 'day'
          union all select account_id, posted_on, currency, amount_minor, currency_amount_minor from account_balance_delta
        ), summed as (
          select account_id, posted_on, currency, sum(amount_minor) as base, sum(currency_amount_minor) as amount from stored group by 1, 2, 3
        ), lines as (
          select account_id, posted_on, currency, sum(amount_minor) as base, sum(currency_amount_minor) as amount from journal_line group by 1, 2, 3
        )
        select * from summed s full join lines l using (account_id, posted_on, currency)
          where s.base is distinct from l.base or s.amount is distinct from l.amount`,
    ),
  )

const months = (of: Books) =>
  look(
    of,
    `select 1 from (select account_id, currency, date_trunc('month', starts_on)::date as starts_on, sum(amount_minor) as base
         from account_balance where company_id = $1 and grain = 'day' group by 1, 2, 3) d
       full join (select account_id, currency, starts_on, amount_minor as base from account_balance where company_id = $1 and grain = 'month') m
         using (account_id, currency, starts_on)
       where d.base is distinct from m.base`,
    [of.companyId],
  )

test('a fold moves every delta into days and months, and changes no balance', async () => {
  const own = await company()
  await append(own, [sale(own, '1', '2024-01-31'), sale(own, '2', '2024-02-01'), sale(own, '3', '2024-01-31', 7n)])
  expect(await differences(own)).toEqual([])
  expect(await fold(own)).toBe(4)
  expect(await differences(own)).toEqual([])
  expect(await months(own)).toEqual([])
  expect(await fold(own)).toBe(0)
  const stored = await look(
    own,
    `select grain, starts_on, amount_minor from account_balance where company_id = $1 and account_id = $2 order by 1, 2`,
    [own.companyId, own.accounts[0]],
  )
  expect(stored).toEqual([
    { grain: 'day', starts_on: '2024-01-31', amount_minor: 107n },
    { grain: 'day', starts_on: '2024-02-01', amount_minor: 100n },
    { grain: 'month', starts_on: '2024-01-01', amount_minor: 107n },
    { grain: 'month', starts_on: '2024-02-01', amount_minor: 100n },
  ])
})

test('the comparison sees a balance that is wrong', async () => {
  const own = await company()
  await append(own, [sale(own, '1')])
  await fold(own)
  await look(
    own,
    `update account_balance set amount_minor = amount_minor + 1 where company_id = $1 and grain = 'day'`,
    [own.companyId],
  )
  expect(await differences(own)).toHaveLength(2)
  expect(await months(own)).toHaveLength(2)
})

test('posting, folding and reading at once show the same balances at every moment', async () => {
  const own = await company()
  let posting = true
  const until = async (act: () => Promise<void>) => {
    while (posting) await act()
  }
  const beside = [
    until(async () => void (await fold(own))),
    until(async () => void (await fold(own))),
    until(async () => expect(await differences(own)).toEqual([])),
  ]
  const posters = [0, 1, 2, 3].map(async (poster) => {
    for (let round = 0; round < 40; round++) {
      const day = `2024-0${(round % 9) + 1}-28`
      await append(own, [sale(own, `${poster}-${round}`, day), sale(own, `${poster}-${round}-b`, '2024-05-05', 3n)])
    }
  })
  await Promise.all(posters).finally(() => {
    posting = false
  })
  await Promise.all(beside)
  expect(await differences(own)).toEqual([])
  await fold(own)
  expect(await look(own, 'select from account_balance_delta where company_id = $1', [own.companyId])).toEqual([])
  expect(await differences(own)).toEqual([])
  expect(await months(own)).toEqual([])
})

test('a second fold beside an open one finds nothing to do and does not wait', async () => {
  const own = await company()
  await append(own, [sale(own, '1')])
  await inCompanyAsOwner(own.database, own.companyId, async (tx) => {
    expect(await foldBalances(tx)).toBe(2)
    await append(own, [sale(own, '2')])
    expect(await fold(own)).toBe(0)
  })
  expect(await fold(own)).toBe(2)
  expect(await differences(own)).toEqual([])
})
