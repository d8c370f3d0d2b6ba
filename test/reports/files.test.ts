import readWorkbook from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RawParameters, readStanding, renderFile, reports } from '../../src/reports/index.ts'
import type { Report, Table } from '../../src/reports/report.ts'
import type { Standing } from '../../src/reports/standing.ts'
import { type Books, entry, issue, openBooks, postEntries } from './support.ts'

// A name in the scripts of our own customers: Polish, Greek, Czech, German, Cyrillic.
const name = 'Łódź Ζωγράφου Dvořák Größe Щука Ltd'

let books: Books
beforeAll(async () => {
  books = await openBooks({ name })
  await postEntries(
    books,
    entry(books, '2011-01-10', [
      ['1200', 1_234_567_89n],
      ['3000', -1_234_567_89n],
    ]),
    entry(books, '2011-01-11', [
      ['1210', 1_00n, { currency: 'EUR', currencyAmountMinor: 1_20n }],
      ['1250', -1_00n, { currency: 'EUR', currencyAmountMinor: -1_20n }],
    ]),
  )
  await issue(
    books,
    { number: 'W1', on: '2011-01-12', tax: 2_00n, lines: [{ net: 10_00n, item: '=1+1' }] },
    { number: 'W2', on: '2011-02-12', tax: 4_01n, lines: [{ net: 20_03n, item: 'ŻUR' }] },
  )
  await books.seal()
})
afterAll(() => books.close())

const definitionOf = (report: string) => {
  const found = reports[report]
  if (found === undefined) throw new Error(`no report ${report}`)
  return found
}

async function written(
  report: string,
  raw: RawParameters,
): Promise<{ found: Report; standing: Standing; table: Table }> {
  const [found, standing] = await books.read(
    async (tx) => [await definitionOf(report).run(tx, raw), await readStanding(tx)] as const,
  )
  const { table, printed = table } = definitionOf(report)
  return { found, standing, table: printed(found) }
}

const cases: [string, RawParameters][] = [
  ['trial-balance', { asOf: '2011-02-28' }],
  ['profit-and-loss', { from: '2011-02-01', to: '2011-02-28', compare: '2' }],
  ['profit-and-loss', { from: '2011-01-01', to: '2011-02-28', by: 'month' }],
  ['balance-sheet', { asOf: '2011-02-28', compare: 'previous-year' }],
  ['general-ledger', { account: '1210' }],
  ['journal', {}],
  ['sales', { by: 'item' }],
  ['aged-receivables', { asOf: '2011-03-31', items: 'true' }],
]

describe.each(cases)('%s %o', (report, raw) => {
  test('its workbook holds every cell: numbers as numbers, days as days', async () => {
    const { found, standing, table } = await written(report, raw)
    const [sheet] = await readWorkbook(Buffer.from(await renderFile(definitionOf(report), found, standing, 'xlsx')))
    const cells = sheet?.data ?? []
    expect(cells[0]?.[0]).toBe(name)
    expect(String(cells[3]?.[0])).toContain(standing.head)
    expect(cells[4]).toEqual(table.columns.map(({ title }) => title))
    for (const [index, row] of table.rows.entries()) {
      for (const [place, { key, kind }] of table.columns.entries()) {
        const cell = row[key] ?? null
        const text = typeof cell === 'object' ? (cell?.amount ?? null) : String(cell).trim()
        const read = cells[5 + index]?.[place] ?? null
        const seen = read instanceof Date ? read.toISOString().slice(0, 10) : read
        if (text === null || text === '') expect([key, seen === '' ? null : seen]).toEqual([key, null])
        else expect([key, seen]).toEqual([key, kind === 'money' || kind === 'number' ? Number(text) : text])
      }
    }
  })

  test('its printed document says whose books, what and when, shows every figure, and where the chain ends', async () => {
    const { found, standing, table } = await written(report, raw)
    const file = await renderFile(definitionOf(report), found, standing, 'pdf')
    const document = await getDocumentProxy(new Uint8Array(file))
    const { totalPages, text } = await extractText(document, { mergePages: true })
    // Without spaces, since what stands in a narrow column is broken into lines.
    const flat = text.replace(/\s+/g, '').replaceAll('−', '-')
    const shown = table.rows.flatMap((row) =>
      table.columns.flatMap(({ key, kind }) => {
        const cell = row[key] ?? null
        if (cell === null || kind === 'number') return []
        return typeof cell === 'object' ? cell.amount.replace(/\B(?=(\d{3})+\.)/g, ',') : String(cell)
      }),
    )
    const texts = [
      name,
      definitionOf(report).title,
      standing.producedAt,
      standing.head,
      `Page 1 of ${totalPages}`,
      ...shown,
    ]
    expect(texts.filter((one) => !flat.includes(one.replace(/\s+/g, '')))).toEqual([])
  })
})

test('below columns stands their sum, in a workbook too', async () => {
  const { found, standing } = await written('trial-balance', { asOf: '2011-02-28' })
  const [sheet] = await readWorkbook(
    Buffer.from(await renderFile(definitionOf('trial-balance'), found, standing, 'xlsx')),
  )
  const [label, , debit, credit] = sheet?.data.at(-1) ?? []
  expect([label, debit]).toEqual(['Total', credit])
  expect(debit).toBe(1_234_604.93)
})

test('a sum of more digits than a spreadsheet keeps is written out rather than rounded', async () => {
  const amount = { amount: '12345678901234567.89', currency: 'GBP' }
  const { standing } = await written('trial-balance', {})
  const definition = {
    ...definitionOf('trial-balance'),
    printed: undefined,
    table: () => ({ columns: [{ key: 'a', title: 'A', kind: 'money' as const }], rows: [{ a: amount }] }),
  }
  const found = { report: 'x', company: '1', currency: 'GBP', rows: [] }
  const [sheet] = await readWorkbook(Buffer.from(await renderFile(definition, found, standing, 'xlsx')))
  expect(sheet?.data[5]).toEqual([amount.amount])
})

test('a table that is too long for paper is refused, and says what takes it', async () => {
  const rows = Array.from({ length: 10_001 }, () => ({ a: 'x' }))
  const { standing } = await written('trial-balance', {})
  const definition = {
    ...definitionOf('trial-balance'),
    printed: undefined,
    table: () => ({ columns: [{ key: 'a', title: 'A', kind: 'text' as const }], rows }),
  }
  const found = { report: 'x', company: '1', currency: 'GBP', rows: [] }
  await expect(renderFile(definition, found, standing, 'pdf')).rejects.toMatchObject({
    code: 'input_invalid',
    detail: { expected: expect.stringContaining('csv takes any number') },
  })
})
