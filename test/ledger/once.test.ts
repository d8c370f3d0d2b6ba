import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { inCompany } from '../../src/kernel/database.ts'
import { closePeriod } from '../../src/ledger/periods.ts'
import { type Reversal, reverseEntries } from '../../src/ledger/reverse-entries.ts'
import { append, type Books, createCompany, line, look, openBooks, sale, work } from '../support/books.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks({ connections: 32 })
})
afterAll(() => books.close())

const refusal = (code: string) => expect.objectContaining({ code })
const entriesOf = (id: string) => look(books, 'select id from journal_entry where source_id = $1', [id])

describe('a fact posts once', () => {
  test('the same again finds its entry', async () => {
    const [first] = await append(books, [sale(books, 'again')])
    const [second] = await append(books, [sale(books, 'again')])
    expect(second).toEqual({ ...first, existing: true })
    expect(await entriesOf('again')).toHaveLength(1)
  })

  test('twice in one batch is once', async () => {
    const posted = await append(books, [sale(books, 'twice'), sale(books, 'other'), sale(books, 'twice')])
    expect(posted.map((one) => one.existing)).toEqual([false, false, true])
    expect(posted[2]?.entryId).toBe(posted[0]?.entryId)
  })

  test('a large batch finds what is there, posts what is new, and all of it once when repeated', async () => {
    const many = Array.from({ length: 150 }, (_, index) => sale(books, `many-${index}`))
    await append(books, [many[7], many[149]] as typeof many)
    const posted = await append(books, [...many, many[3] as (typeof many)[number]])
    expect(posted.map(({ existing }, index) => (existing ? index : -1)).filter((index) => index >= 0)).toEqual([
      7, 149, 150,
    ])
    expect((await append(books, many)).every(({ existing }) => existing)).toBe(true)
    expect(await look(books, `select from journal_entry where source_id like 'many-%'`)).toHaveLength(150)
  })

  test('posters of the same large batch wait for each other and post it once', async () => {
    const many = Array.from({ length: 120 }, (_, index) => sale(books, `race-${index}`))
    const posted = await Promise.all(Array.from({ length: 8 }, () => append(books, many)))
    expect(posted.flat().filter(({ existing }) => !existing)).toHaveLength(120)
    expect(new Set(posted.flat().map(({ entryId }) => entryId)).size).toBe(120)
  })

  test('with another amount, day, account, party, document, card or tax code it is refused', async () => {
    await append(books, [sale(books, 'differs')])
    const others = [
      sale(books, 'differs', '2024-03-15', 101n),
      sale(books, 'differs', '2024-03-16'),
      { ...sale(books, 'differs'), lines: [line(books.accounts[1], 100n), line(books.accounts[3], -100n)] },
      { ...sale(books, 'differs'), lines: [...sale(books, 'differs').lines].reverse() },
      ...[{ partyId: 1n }, { documentId: 1n }, { giftCardId: 1n }, { taxCodeId: 1n }].map((detail) => ({
        ...sale(books, 'differs'),
        lines: [line(books.accounts[0], 100n, detail), line(books.accounts[3], -100n)],
      })),
    ]
    for (const other of others) {
      await expect(append(books, [sale(books, 'fresh'), other])).rejects.toEqual(refusal('fact_posted_differently'))
    }
    expect(await entriesOf('fresh')).toEqual([]) // all or none
  })

  test('the same again finds its entry also when its period has been closed since, and nothing new is let in', async () => {
    const refuse = { closedPeriod: 'refuse' } as const
    const [first] = await append(books, [sale(books, 'before the close', '2019-05-15')], refuse)
    await work(books, (tx) => closePeriod(tx, { month: accountingDate('2019-05-01'), decidedBy: 'test' }))
    const again = sale(books, 'before the close', '2019-05-15')
    expect(await append(books, [again], refuse)).toEqual([{ ...first, existing: true }])
    const fresh = sale(books, 'after the close', '2019-05-15')
    await expect(append(books, [again, fresh], refuse)).rejects.toEqual(refusal('period_closed'))
    await expect(append(books, [sale(books, 'before the close', '2019-05-16')], refuse)).rejects.toEqual(
      refusal('fact_posted_differently'),
    )
  })

  test('its next revision is another entry', async () => {
    await append(books, [sale(books, 'revised')])
    const [revised] = await append(books, [{ ...sale(books, 'revised', '2024-03-15', 90n), revision: 1 }])
    expect(revised?.existing).toBe(false)
    expect(await entriesOf('revised')).toHaveLength(2)
  })

  test('another company has facts of its own', async () => {
    const other = { ...books, ...(await createCompany(books.database)) }
    await append(books, [sale(books, 'shared-name')])
    expect((await append(other, [sale(other, 'shared-name')]))[0]?.existing).toBe(false)
  })

  test('32 posters of one fact leave one entry, and all are told of it', async () => {
    const posted = await Promise.all(Array.from({ length: 32 }, () => append(books, [sale(books, 'raced')])))
    expect(new Set(posted.map((one) => one[0]?.entryId)).size).toBe(1)
    expect(posted.filter((one) => one[0]?.existing === false)).toHaveLength(1)
    expect(await entriesOf('raced')).toHaveLength(1)
  })

  test('batches of the same facts in opposite order neither deadlock nor double', async () => {
    for (let round = 0; round < 20; round++) {
      const facts = Array.from({ length: 40 }, (_, index) => sale(books, `opposed-${round}-${index}`))
      const [forward, backward] = await Promise.all([append(books, facts), append(books, [...facts].reverse())])
      expect(forward.map((one) => one.entryId)).toEqual(backward.map((one) => one.entryId).reverse())
    }
  })
})

describe('a reversal', () => {
  const reverse = (...reversals: Reversal[]) => work(books, (tx) => reverseEntries(tx, reversals))
  const balances = () =>
    look(
      books,
      `select account_id, currency, sum(amount_minor) as base, sum(currency_amount_minor) as amount from journal_line
         where company_id = $1 group by account_id, currency having sum(amount_minor) <> 0 or sum(currency_amount_minor) <> 0 order by 1, 2`,
      [books.companyId],
    )

  test('takes every line back, with its currency and dimensions', async () => {
    const before = await balances()
    const [asset, liability] = books.accounts
    const euros = { currency: 'EUR', currencyAmountMinor: 120n, partyId: 7n, taxBaseMinor: 600n }
    const lines = [
      line(asset, 100n, euros),
      line(asset, -90n, { ...euros, currencyAmountMinor: -120n }),
      line(liability, -10n, { currency: 'EUR', currencyAmountMinor: 0n }),
    ]
    const [posted] = await append(books, [{ ...sale(books, 'multi-currency'), lines }])
    const [reversal] = await reverse({ entryId: posted?.entryId ?? 0n })
    expect(await balances()).toEqual(before)
    const stored = await look(
      books,
      `select account_id, amount_minor, currency, currency_amount_minor, party_id, tax_base_minor from journal_line
         where entry_id = $1 order by line_no`,
      [reversal?.entryId],
    )
    expect(stored).toEqual([
      row(asset, -100n, -120n, 7n, -600n),
      row(asset, 90n, 120n, 7n, -600n),
      row(liability, 10n, 0n, null, null),
    ])
  })

  const row = (account: bigint, base: bigint, amount: bigint, party: bigint | null, taxBase: bigint | null) => ({
    account_id: account,
    amount_minor: base,
    currency: 'EUR',
    currency_amount_minor: amount,
    party_id: party,
    tax_base_minor: taxBase,
  })

  test('happens once: asked again it finds itself, asked for another day it is refused', async () => {
    const [posted] = await append(books, [sale(books, 'reversed')])
    const entryId = posted?.entryId ?? 0n
    const [first] = await reverse({ entryId })
    expect(await reverse({ entryId })).toEqual([{ ...first, existing: true }])
    const otherDay = reverse({ entryId, date: accountingDate('2024-04-01') })
    await expect(otherDay).rejects.toEqual(refusal('already_reversed'))
  })

  test('32 at once are one', async () => {
    const [posted] = await append(books, [sale(books, 'reversed-by-many')])
    const all = await Promise.all(Array.from({ length: 32 }, () => reverse({ entryId: posted?.entryId ?? 0n })))
    expect(new Set(all.map((one) => one[0]?.entryId)).size).toBe(1)
    const reversing = await look(books, 'select from journal_entry where reverses_id = $1', [posted?.entryId])
    expect(reversing).toHaveLength(1)
  })

  test('of many entries at once, by several, posts each once', async () => {
    const sales = Array.from({ length: 110 }, (_, index) => sale(books, `reversed-together-${index}`))
    const posted = await append(books, sales)
    const all = await Promise.all(
      Array.from({ length: 6 }, () => reverse(...posted.map(({ entryId }) => ({ entryId })))),
    )
    expect(all.flat().filter(({ existing }) => !existing)).toHaveLength(110)
    expect(new Set(all.flat().map(({ entryId }) => entryId)).size).toBe(110)
  })

  test('of one that something else has reversed is refused, also among many', async () => {
    const [posted, ...others] = await append(
      books,
      Array.from({ length: 105 }, (_, index) => sale(books, `reversed-elsewhere-${index}`)),
    )
    await append(books, [{ ...sale(books, 'took-it-back'), reversesId: posted?.entryId ?? 0n }])
    for (const reversals of [[posted], [posted, ...others]])
      await expect(reverse(...reversals.map((one) => ({ entryId: one?.entryId ?? 0n })))).rejects.toEqual(
        refusal('already_reversed'),
      )
    expect((await reverse(...others.map(({ entryId }) => ({ entryId })))).every(({ existing }) => !existing)).toBe(true)
  })

  test('under any other name is refused by the database', async () => {
    const [posted] = await append(books, [sale(books, 'reversed-otherwise')])
    await reverse({ entryId: posted?.entryId ?? 0n })
    const again = append(books, [{ ...sale(books, 'second-reversal'), reversesId: posted?.entryId ?? 0n }])
    await expect(again).rejects.toEqual(refusal('already_reversed'))
  })

  test('needs an entry of the company', async () => {
    const other = await createCompany(books.database)
    const [posted] = await append(books, [sale(books, 'not-theirs')])
    const crossing = inCompany(books.database, other.companyId, (tx) =>
      reverseEntries(tx, [{ entryId: posted?.entryId ?? 0n }]),
    )
    await expect(crossing).rejects.toEqual(refusal('entry_unknown'))
  })
})
