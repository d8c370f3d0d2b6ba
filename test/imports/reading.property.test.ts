import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { onlineRetail } from '../../src/imports/online-retail/format.ts'
import type { Row } from '../../src/imports/online-retail/row.ts'
import { Files, quoted } from './support.ts'

const files = new Files()
afterAll(() => files.remove())

type PlacedRow = Row & { file: number; line: number }

/** Reads files as an import does, and gives back the documents with their rows. */
async function read(...paths: string[]): Promise<{ key: string; rows: PlacedRow[] }[]> {
  const { spill } = await onlineRetail.read(paths, { log: () => {}, onLines: () => {} })
  try {
    return [...spill.read()].map(({ key, rows }) => ({
      key,
      rows: rows.map(({ row, ...place }) => ({ ...row, ...place })),
    }))
  } finally {
    spill.remove()
  }
}

const readRows = async (content: string | Buffer, name?: string): Promise<PlacedRow[]> =>
  (await read(files.write(content, name))).flatMap(({ rows }) => rows)

const columns = ['Invoice', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'Price', 'Customer ID', 'Country']
const otherNames: Record<string, string> = { Invoice: 'InvoiceNo', Price: 'UnitPrice', 'Customer ID': 'CustomerID' }

const plain = '536365,85123A,"WHITE, HANGING",6,2010-12-01 08:26:00,2.55,17850,United Kingdom'
const expected = {
  number: '536365',
  code: '85123A',
  description: 'WHITE, HANGING',
  quantity: '6',
  at: '2010-12-01 08:26:00',
  price: '2.55',
  customer: '17850',
  country: 'United Kingdom',
}

test.each([
  ['the plain form', columns.join(','), plain],
  ['the other names', columns.map((name) => otherNames[name] ?? name).join(','), plain],
  [
    'names in another case, with blanks',
    ' INVOICENO,stockcode , description,QUANTITY,invoicedate,UNITPRICE,customer id,COUNTRY',
    plain,
  ],
  [
    'another order',
    'Country,Customer ID,Price,InvoiceDate,Quantity,Description,StockCode,Invoice',
    'United Kingdom,17850,2.55,2010-12-01 08:26:00,6,"WHITE, HANGING",85123A,536365',
  ],
  ['columns of somebody else', `Index,${columns.join(',')},Note`, `7,${plain},"a, b"`],
  [
    'every field quoted',
    columns.map((name) => `"${name}"`).join(','),
    '"536365","85123A","WHITE, HANGING","6","2010-12-01 08:26:00","2.55","17850","United Kingdom"',
  ],
  ['a date without seconds', columns.join(','), plain.replace('08:26:00', '08:26')],
  ['a date with an hour of one digit', columns.join(','), plain.replace('08:26:00', '8:26')],
  ['a date with a T and fractions', columns.join(','), plain.replace(' 08:26:00', 'T08:26:00.000')],
  ['an American date', columns.join(','), plain.replace('2010-12-01 08:26:00', '12/1/2010 8:26')],
  ['an American date with seconds', columns.join(','), plain.replace('2010-12-01 08:26:00', '12/01/2010 08:26:00')],
  ['a customer as a decimal', columns.join(','), plain.replace('17850', '17850.0')],
  ['a quantity as a decimal', columns.join(','), plain.replace(',6,', ',6.0,')],
  ['a quantity with a sign and zeros', columns.join(','), plain.replace(',6,', ',+006,')],
  ['a price with zeros', columns.join(','), plain.replace('2.55', '02.5500')],
  [
    'blanks around fields',
    columns.join(','),
    plain
      .replace('536365,85123A', ' 536365 , 85123A ')
      .replace(',6,', ', 6 ,')
      .replace('2.55,17850,', ' 2.55 , 17850 , '),
  ],
])('%s says the same', async (_, header, row) => {
  expect(await readRows(`${header}\n${row}\n`)).toEqual([{ ...expected, file: 0, line: 2 }])
})

test.each([
  ['a byte-order mark', (text: string) => `\uFEFF${text}`],
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ['CR', (text: string) => text.replaceAll('\n', '\r')],
  ['no end of the last line', (text: string) => text.trimEnd()],
  ['a byte-order mark before a quotation mark', (text: string) => `\uFEFF"Invoice"${text.slice('Invoice'.length)}`],
])('%s makes no difference', async (_, change) => {
  expect(await readRows(change(`${columns.join(',')}\n${plain}\n`))).toEqual([{ ...expected, file: 0, line: 2 }])
})

test('a compressed file is read as what it holds, also where it was compressed in parts', async () => {
  const text = `${columns.join(',')}\n${plain}\n`
  const parts = Buffer.concat([gzipSync(text.slice(0, 100)), gzipSync(text.slice(100))])
  for (const [name, content] of [
    ['a.csv.gz', gzipSync(text)],
    ['B.CSV.GZ', parts],
  ] as const)
    expect(await readRows(content, name)).toEqual([{ ...expected, file: 0, line: 2 }])
})

test('a credit note may be written in small letters', async () => {
  const [row] = await readRows(`${columns.join(',')}\n${plain.replace('536365', 'c536365')}\n`)
  expect(row?.number).toBe('C536365')
})

test('lines are counted as they stand in the file, whatever fields hold and whatever ends the lines', async () => {
  const row = (number: number, description: string) =>
    plain.replace('536365', String(number)).replace('"WHITE, HANGING"', `"${description}"`)
  const rows = [
    row(1, 'a'),
    row(2, 'two\nlines'),
    row(3, 'b'),
    '',
    row(4, 'three\n\nlines'),
    row(5, '""quoted""'),
    row(6, 'end'),
  ]
  for (const end of ['\n', '\r\n']) {
    const text = [columns.join(','), ...rows].join('\n').replaceAll('\n', end)
    expect((await readRows(text)).map(({ number, line }) => [number, line])).toEqual([
      ['1', 2],
      ['2', 3],
      ['3', 5],
      ['4', 7],
      ['5', 10],
      ['6', 11],
    ])
  }
  const mixed = [columns.join(','), row(1, 'a'), row(2, 'b'), row(3, 'c')]
  expect((await readRows(`${mixed[0]}\n${mixed[1]}\r\n${mixed[2]}\n${mixed[3]}\r\n`)).map(({ line }) => line)).toEqual([
    2, 3, 4,
  ])
})

test('the lines of a document come together from wherever they stand, in the order of the files', async () => {
  const line = (number: number, code: string) => plain.replace('536365', String(number)).replace('85123A', code)
  const one = files.write([columns.join(','), line(2, '10001'), line(1, '10002'), line(2, '10003')].join('\n'))
  const two = files.write([columns.join(','), line(1, '10004'), line(2, '10005')].join('\n'))
  const documents = await read(one, two)
  expect(documents.map(({ key, rows }) => [key, ...rows.map(({ code }) => code)])).toEqual([
    ['2', '10001', '10003', '10005'],
    ['1', '10002', '10004'],
  ])
})

// Characters that some program somewhere takes for the end of a line, or that CSV and JSON give a meaning.
const awkward = fc.constantFrom(
  '"',
  ',',
  '\n',
  '\r',
  '\t',
  '\u2028',
  '\u2029',
  '\u0085',
  '\\',
  '\uFEFF',
  '’',
  'é',
  '😀',
  ' ',
  'a',
)
const descriptions = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })), { maxLength: 12 })
  .map((parts) => parts.join('').replaceAll('\0', ''))

const anyRow = fc.record({
  number: fc.nat({ max: 20 }).map(String),
  code: fc.constantFrom('85123A', 'POST', 'gift_0001_20', 'm'),
  description: descriptions,
  quantity: fc.integer({ min: -99_999, max: 99_999 }).map(String),
  at: fc.constantFrom('2010-12-01 08:26:00', '2010-12-01 08:27:00', '2011-01-04 00:00:00'),
  price: fc.integer({ min: 1, max: 99_998 }).map((price) => `${price}.25`),
  customer: fc.constantFrom('', '17850', '12345'),
  country: fc.constantFrom('United Kingdom', 'EIRE', 'RSA'),
})

const layouts = fc.record({
  order: fc.shuffledSubarray([...columns.keys()], { minLength: columns.length }),
  others: fc.boolean(),
  end: fc.constantFrom('\n', '\r\n'),
  mark: fc.boolean(),
  compressed: fc.boolean(),
})

test('any rows come back as they were written, from any layout', async () => {
  let count = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, { maxLength: 30 }),
      layouts,
      async (rows, { order, others, end, mark, compressed }) => {
        count += 1
        const header = order.map((index) =>
          others ? (otherNames[columns[index] as string] ?? columns[index]) : columns[index],
        )
        const lines = rows.map((row) => order.map((index) => quoted(Object.values(row)[index] as string)).join(','))
        const text = `${mark ? '\uFEFF' : ''}${[header.join(','), ...lines].join(end)}${end}`
        const path = files.write(compressed ? gzipSync(text) : text, `any-${count}.csv${compressed ? '.gz' : ''}`)
        const documents = await read(path)
        const found = documents.flatMap(({ rows: own }) => own).sort((a, b) => a.line - b.line)
        expect(found.map(({ file: _file, line: _line, ...row }) => row)).toEqual(rows)
        expect(new Set(documents.map(({ key }) => key)).size).toBe(documents.length)
      },
    ),
    { numRuns: 150 },
  )
})
