import { afterAll, beforeAll, expect, test } from 'vitest'
import { countinghouse, type Said } from '../support/command-line.ts'
import {
  generatedBeancount,
  generatedCsvJournal,
  generatedHledger,
  generatedOpening,
  generatedRates,
  generatedXero,
  openingAsJson,
} from './generated-books.ts'
import { booksOf, type ImportDesk, openImportDesk } from './support.ts'

/* Every import of earlier books as a person runs it: what it says, how it ends, and what it leaves alone. */
let desk: ImportDesk
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())

type Change = readonly [file: string, from: string, to: string]
type Case = {
  name: string
  format: string
  files: Record<string, string>
  created: number
  /** Other content of something that is there already, and how the import ends then. */
  changed: Change
  ends: 'set aside' | 'refused'
  bad: Change
  says: string
}

const cases: Case[] = [
  {
    name: 'a journal as CSV',
    format: 'journal',
    files: { 'books.csv': generatedCsvJournal(6) },
    created: 6,
    changed: ['books.csv', 'Entry 2', 'Entry two'],
    ends: 'set aside',
    bad: ['books.csv', '1200,10.00', '1200,ten'],
    says: ':2:4: amount "ten"; expected an amount such as -12.50',
  },
  {
    name: 'a journal of hledger',
    format: 'journal',
    files: { 'books.journal': generatedHledger(3).replace('(0) Entry 0  ;', '(0) Entry 0  ; reference: r0,') },
    created: 3,
    changed: ['books.journal', 'Entry 0', 'Entry none'],
    ends: 'set aside',
    bad: ['books.journal', 'GBP 10.00', 'GBP ten'],
    says: ':6:5: amount "GBP ten"; expected an amount such as EUR 12.50',
  },
  {
    name: 'a journal of beancount',
    format: 'journal',
    files: { 'books.beancount': generatedBeancount(4) },
    created: 4,
    changed: ['books.beancount', 'Entry 2', 'Entry two'],
    ends: 'set aside',
    bad: ['books.beancount', ' 10.00 GBP', ' ten GBP'],
    says: ':6:3: amount "ten GBP"; expected an amount such as EUR 12.50',
  },
  {
    name: 'opening balances as CSV',
    format: 'opening-balances',
    files: { 'opening.csv': generatedOpening(3) },
    created: 1,
    changed: ['opening.csv', 'R-1', 'R-one'],
    ends: 'refused',
    bad: ['opening.csv', 'receivable,20.00', 'receivable,twenty'],
    says: ':2:3: amount "twenty"; expected an amount in GBP with digits and a decimal point, below 10,000,000,000,000,000 minor units',
  },
  {
    name: 'opening balances as JSON',
    format: 'opening-balances',
    files: { 'opening.json': openingAsJson(generatedOpening(3)) },
    created: 1,
    changed: ['opening.json', '"R-1"', '"R-one"'],
    ends: 'refused',
    bad: ['opening.json', '"20.00"', '20.00'],
    says: ':2:1: amount 20.00; expected a text in quotation marks',
  },
  {
    name: "Xero's journals",
    format: 'xero-journals',
    files: generatedXero(4),
    created: 7,
    changed: ['xero_journal_data.csv', 'Ref 1,', 'Ref one,'],
    ends: 'set aside',
    bad: ['xero_journal_line_data.csv', ',10.00', ',ten'],
    says: ':2:5: net_amount "ten"; expected an amount in GBP with digits and a decimal point, below 10,000,000,000,000,000 minor units',
  },
]

test.each(cases)(
  '$name: refused, tried, imported, imported again and changed',
  async (one) => {
    const { format, created, changed, bad, says, ends } = one
    const shop = await desk.company({ chart: 'generic' })
    const company = String(shop.id)
    const write = (name: string, [file, from, to]: Change): string[] =>
      Object.entries(one.files).map(([path, text]) =>
        desk.files.write(path === file ? text.replace(from, to) : text, `${format}-${company}-${name}/${path}`),
      )
    const run = (paths: readonly string[], ...words: string[]): Promise<Said> =>
      countinghouse(desk.url, ['import', format, ...paths, '--company', company, ...words])
    const json = async (paths: readonly string[], ...words: string[]) => {
      const { code, stdout } = await run(paths, '--json', ...words)
      return { code, result: JSON.parse(stdout) }
    }
    const books = () => booksOf(shop)
    const good = write('good', ['', '', ''])
    const nothing = await books()

    const wrong = write('bad', bad)
    expect(await run(wrong)).toMatchObject({
      code: 2,
      stdout: '',
      lastLine: `${wrong.find((path) => path.endsWith(bad[0]))}${says}`,
    })
    expect(await books()).toEqual(nothing)

    const tried = await json(good, '--dry-run')
    expect(tried).toMatchObject({ code: 0, result: { dryRun: true, documents: { created, existing: 0, refused: 0 } } })
    expect(tried.result.preview.length).toBe(Math.min(created, 5))
    const inWords = await run(good, '--dry-run')
    expect(inWords.stdout).toContain('Nothing was written; this is what the import would do.')
    expect(inWords.stdout).toContain('The first documents, as they post:')
    expect(await books()).toEqual(nothing)

    const done = await json(good)
    expect(done).toEqual({ code: 0, result: { ...tried.result, dryRun: false, preview: [] } })
    const full = await books()
    expect(full).not.toEqual(nothing)

    expect(await json(good, '--dry-run')).toMatchObject({
      code: 0,
      result: { documents: { created: 0, existing: created, refused: 0 }, entries: 0, exceptions: { opened: 0 } },
    })
    const again = await run(good)
    expect(again.code).toBe(0)
    expect(again.stdout).toContain(`0 documents created, ${created} there already, 0 set aside.`)
    expect(again.stdout).toContain('Nothing was new: these files add nothing.')
    expect(await books()).toEqual(full)

    const other = write('changed', changed)
    if (ends === 'refused') expect(await run(other)).toMatchObject({ code: 2, stdout: '' })
    else {
      const setAside = { created: 0, existing: created - 1, refused: 1 }
      expect(await json(other)).toMatchObject({
        code: 1,
        result: { documents: setAside, exceptions: { opened: 1, byKind: { document_changed: 1 } } },
      })
      // The exception is there already: it is not opened a second time.
      expect(await json(other)).toMatchObject({ code: 1, result: { documents: setAside, exceptions: { opened: 0 } } })
    }
    const { exceptions: opened, ...rest } = await books()
    expect({ ...rest, exceptions: [] }).toEqual(full)
    expect(opened).toHaveLength(ends === 'refused' ? 0 : 1)
  },
  120_000,
)

test('reference rates: refused, tried, imported, imported again and corrected', async () => {
  const text = generatedRates(5)
  const run = async (content: string, ...words: string[]) => {
    const path = desk.files.write(content, 'rates.csv')
    return { path, ...(await countinghouse(desk.url, ['rates', 'import', path, ...words])) }
  }
  const bad = await run(text.replace('1.1000', 'one'))
  expect(bad).toMatchObject({
    code: 2,
    stdout: '',
    lastLine: `${bad.path}:2:2: 'one'; expected a rate above zero, or N/A`,
  })
  const about = '10 rates of 2 currencies, 2024-01-01 to 2024-01-05'
  expect((await run(text, '--dry-run')).stdout).toBe(
    `Nothing was written; this is what the import would do.\n${about}: 10 new, 0 there already, 0 corrected.\n`,
  )
  expect(JSON.parse((await run(text, '--dry-run', '--json')).stdout)).toMatchObject({ dryRun: true, created: 10 })
  expect((await run(text)).stdout).toBe(`${about}: 10 new, 0 there already, 0 corrected.\n`)
  expect((await run(text)).stdout).toBe(`${about}: 0 new, 10 there already, 0 corrected.\n`)
  const corrected = text.replace('1.1002', '1.2002')
  expect((await run(corrected, '--dry-run')).stdout).toContain('0 new, 9 there already, 1 corrected.')
  expect((await run(corrected)).stdout).toBe(`${about}: 0 new, 9 there already, 1 corrected.\n`)
  expect((await run(corrected)).stdout).toBe(`${about}: 0 new, 10 there already, 0 corrected.\n`)
}, 60_000)
