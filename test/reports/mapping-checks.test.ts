import { afterAll, beforeAll, expect, test } from 'vitest'
import { raiseExceptions } from '../../src/modules/inbox/index.ts'
import { reclassify } from '../../src/modules/journal/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { brokenBy as breakBooks, gbp, said } from './checked-books.ts'
import { type Books, day, issue, openBooks } from './support.ts'

let books: Books
let entryId: bigint
beforeAll(async () => {
  books = await openBooks()
  const lines = [{ net: 30_00n, role: 'sales_suspense' as const }, { net: 5_00n }]
  const [document] = await issue(books, { number: 'W1', on: '2011-01-05', lines })
  await books.write((tx) =>
    raiseExceptions(tx, [
      {
        kind: 'unknown_code',
        source: 'test',
        subject: 'CHARGE',
        message: 'unknown',
        amountMinor: 30_00n,
        currency: 'GBP',
      },
    ]),
  )
  const [entry] = await books.read((tx) =>
    tx.query<{ id: bigint }>(`select id from journal_entry where source_kind = 'sales_document' and source_id = $1`, [
      String(document),
    ]),
  )
  entryId = entry?.id as bigint
  const move = { entryId, lineNo: 3, date: day('2011-01-06'), reason: 'elsewhere' }
  const [first] = await books.write((tx) => reclassify(tx, [{ ...move, toAccount: '4906' }]))
  await books.write((tx) =>
    reclassify(tx, [{ ...move, entryId: first?.entryId as bigint, lineNo: 2, toAccount: '7100' }]),
  )
  await books.fold()
  await books.seal()
})
afterAll(() => books.close())

const brokenBy = (...statements: string[]) => breakBooks(books, ...statements)

test('suspense and moves hold, and say what they compared', async () => {
  const { checks } = await books.read(runChecks)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  const found = Object.fromEntries(checks.map(({ name, result, compared }) => [name, [result, compared]]))
  expect(found).toMatchObject({ 'suspense-has-exceptions': ['held', 1], 'moves-match-lines': ['held', 4] })
})

test('suspense-has-exceptions names the code that nobody is asked about, and the exception that has nothing behind it', async () => {
  const name = 'suspense-has-exceptions'
  const what = 'what is in suspense is not what its exception says'
  const closed = `state = 'resolved', closed_by = 'x', closed_at = now()`
  expect(await brokenBy(`update exception set ${closed}`)).toEqual({
    [name]: [{ source: 'test', code: 'CHARGE', what, ledger: gbp('30.00'), exceptions: gbp('0.00') }],
  })
  const nameless = await brokenBy(`delete from exception`)
  expect(nameless).toEqual({ [name]: said(what, { code: '', ledger: gbp('30.00'), exceptions: gbp('0.00') }) })
  expect(await brokenBy(`update exception set kind = 'unknown_tax'`)).toEqual({})
  expect(await brokenBy(`update exception set amount_minor = 2999`)).toEqual({
    [name]: said(what, { exceptions: gbp('29.99') }),
  })
  expect(
    await brokenBy(
      `update exception set state = 'dismissed', resolution = 'never', closed_by = 'x', closed_at = now()`,
    ),
  ).toEqual({})
})

test('moves-match-lines names the line that does not stand where its moves say', async () => {
  const name = 'moves-match-lines'
  const line = { line: `${entryId}/3` }
  const begun = await brokenBy(`delete from line_move where move_no = 1`)
  expect(begun[name]).toContainEqual(
    expect.objectContaining({ ...line, what: 'it does not begin where the line stood' }),
  )
  expect(begun[name]).toContainEqual(expect.objectContaining({ what: 'it has lines that move nothing' }))
  const bank = books.accounts.get('1200')
  const other = await brokenBy(`update line_move set to_account_id = ${bank} where move_no = 2`)
  expect(other[name]).toEqual(said('the entry moves it between other accounts', line))
  const amount = await brokenBy(
    `update journal_line l set amount_minor = amount_minor * 2 from line_move m where m.move_no = 2 and l.entry_id = m.moved_by_id`,
  )
  expect(amount[name]).toEqual(said('the entry moves another amount', line))
})
