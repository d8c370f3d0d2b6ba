import { afterAll, beforeAll, expect, test } from 'vitest'
import { proveBooks, proveIfDue } from '../../src/jobs/prove-books.ts'
import { readCompany } from '../../src/kernel/database.ts'
import { latestProofRun } from '../../src/modules/proofs/index.ts'
import { append, type Books, openBooks, sale, tamper } from '../support/books.ts'
import { newCompany, openSite } from '../support/site.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.close())

const latest = () => readCompany(books.database, books.companyId, latestProofRun)

test('books are proven when they hold something, again when they have moved and a day is over, and never twice at once', async () => {
  const due = () => proveIfDue(books.database, books.companyId, 24)
  expect(await due()).toBe(false)
  await append(books, [sale(books, 'first')])
  // Two servers look at the same time: one of them is at it, or has done it.
  expect((await Promise.all([due(), due()])).filter(Boolean)).toEqual([true])
  expect((await latest())?.ok).toBe(true)
  await append(books, [sale(books, 'second')])
  expect(await due()).toBe(false)
  await tamper(books, `update proof_run set ran_at = now() - interval '25 hours'`)
  expect(await due()).toBe(true)
  await tamper(books, `update proof_run set ran_at = now() + interval '1 second' - interval '25 hours'`)
  await tamper(books, `update journal_entry set posted_at = now() - interval '30 hours'`)
  expect(await due()).toBe(false)
})

test('what is broken is kept as broken', async () => {
  await tamper(books, 'update account_balance_delta set amount_minor = amount_minor + 1')
  await tamper(books, 'update account_balance set amount_minor = amount_minor + 1')
  const run = await proveBooks(books.database, books.companyId)
  expect(run.ok).toBe(false)
  expect(await latest()).toEqual(run)
})

test('the latest proof outlives the server; reading it runs nothing, asking for one does', async () => {
  const site = await openSite()
  try {
    const company = await newCompany(site)
    const first = (await (await site.post(`${company}/checks`, {})).json()) as { ok: boolean; ranAt: string }
    expect(first.ok).toBe(true)
    await tamper({ database: site.database } as Books, `update proof_run set ran_at = '2011-01-31 10:00:00Z'`)
    const read = (await (await site.get(`${company}/checks`)).json()) as typeof first
    expect(read).toEqual({ ...first, ranAt: '2011-01-31T10:00:00Z' })
    const again = (await (await site.post(`${company}/checks`, {})).json()) as typeof first
    expect(again.ranAt > read.ranAt).toBe(true)
  } finally {
    await site.close()
  }
})
