import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BadInput } from '../../src/imports/index.ts'
import { type BadFile, quotedFields, Refusing, unclosed } from './refusing.ts'
import { fileOf, header, lineOf } from './support.ts'

const refusing = new Refusing({})

const good = lineOf({ number: '536365' })
const columns = 'Invoice, StockCode, Description, Quantity, InvoiceDate, Price, Customer ID, Country, each once'
const csv = 'expected a .csv or .csv.gz file, or a folder of them'
const date = 'expected a date and time, YYYY-MM-DD hh:mm:ss or M/D/YYYY h:mm'
const price = 'expected a price with digits and a decimal point'
const code = 'expected a code of 1 to 60 characters'
const number = 'expected a number, or C or A and a number'
const customer = 'expected a customer number or nothing'

/** A file whose third line, after a good one, is this. */
const third = (row: Parameters<typeof lineOf>[0]): string => `${[header, good, lineOf(row)].join('\n')}\n`
const thirdLine = (line: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${header}\n${good}\n`), Buffer.from(line), Buffer.from(`\n${good}\n`)])

const cases: BadFile[] = [
  ['an empty file', '', ':1:1: an empty file; expected a header'],
  ['nothing but a byte-order mark', '\uFEFF', ':1:1: an empty file; expected a header'],
  ['nothing but empty lines', '\n\n\n', ':1:1: an empty file; expected a header'],
  [
    'another kind of file',
    'date,amount\n2011-01-01,5\n',
    `:1:1: a header without Invoice; expected the columns ${columns}`,
  ],
  [
    'a missing column',
    `${header.replace(',Price', '')}\n`,
    `:1:1: a header without Price; expected the columns ${columns}`,
  ],
  [
    'a column twice',
    `${header},Quantity\n`,
    `:1:9: a header with two columns for Quantity; expected the columns ${columns}`,
  ],
  [
    'a column under both of its names',
    `${header},UnitPrice\n`,
    `:1:9: a header with two columns for Price; expected the columns ${columns}`,
  ],
  ['semicolons', `${header.replaceAll(',', ';')}\n`, `:1:1: a header without Invoice; expected the columns ${columns}`],
  ['too few fields', thirdLine('536366,85123A,A thing,1'), ':3:5: 4 fields; expected 8, as in the header'],
  ['too many fields', thirdLine(`${good},x`), ':3:9: 9 fields; expected 8, as in the header'],
  ['a line of blanks', thirdLine('   '), ':3:2: 1 fields; expected 8, as in the header'],
  ['no number', third({ number: '' }), `:3:1: Invoice ""; ${number}`],
  ['a number with another letter', third({ number: 'X536366' }), `:3:1: Invoice "X536366"; ${number}`],
  ['a number as a decimal', third({ number: '536366.0' }), `:3:1: Invoice "536366.0"; ${number}`],
  ['a number of nineteen digits', third({ number: '1'.repeat(19) }), `:3:1: Invoice "${'1'.repeat(19)}"; ${number}`],
  ['no code', third({ number: '1', code: '  ' }), `:3:2: StockCode "  "; ${code}`],
  ['a code of two lines', third({ number: '1', code: 'PO\nST' }), `:3:2: StockCode "PO\\nST"; ${code}`],
  ['a code too long', third({ number: '1', code: 'x'.repeat(61) }), `:3:2: StockCode "${'x'.repeat(61)}"; ${code}`],
  [
    'a code that fills the screen',
    third({ number: '1', code: 'x'.repeat(5_000) }),
    `:3:2: StockCode "${'x'.repeat(80)}…"; ${code}`,
  ],
  ['no quantity', third({ number: '1', quantity: '' }), ':3:4: Quantity ""; expected a whole number'],
  ['a quantity in parts', third({ number: '1', quantity: '1.5' }), ':3:4: Quantity "1.5"; expected a whole number'],
  ['a quantity in words', third({ number: '1', quantity: 'six' }), ':3:4: Quantity "six"; expected a whole number'],
  [
    'a quantity with an exponent',
    third({ number: '1', quantity: '1e3' }),
    ':3:4: Quantity "1e3"; expected a whole number',
  ],
  [
    'a quantity with two signs',
    third({ number: '1', quantity: '--1' }),
    ':3:4: Quantity "--1"; expected a whole number',
  ],
  [
    'a quantity too long',
    third({ number: '1', quantity: '1234567890123' }),
    ':3:4: Quantity "1234567890123"; expected a whole number',
  ],
  ['no date', third({ number: '1', at: '' }), `:3:5: InvoiceDate ""; ${date}`],
  [
    'a day that does not exist',
    third({ number: '1', at: '2011-02-29 10:00:00' }),
    `:3:5: InvoiceDate "2011-02-29 10:00:00"; ${date}`,
  ],
  [
    'a month that does not exist',
    third({ number: '1', at: '13/1/2011 10:00' }),
    `:3:5: InvoiceDate "13/1/2011 10:00"; ${date}`,
  ],
  [
    'an hour that does not exist',
    third({ number: '1', at: '2011-02-01 24:00:00' }),
    `:3:5: InvoiceDate "2011-02-01 24:00:00"; ${date}`,
  ],
  [
    'a minute that does not exist',
    third({ number: '1', at: '2011-02-01 10:60' }),
    `:3:5: InvoiceDate "2011-02-01 10:60"; ${date}`,
  ],
  ['the year nought', third({ number: '1', at: '0000-01-01 10:00' }), `:3:5: InvoiceDate "0000-01-01 10:00"; ${date}`],
  ['a day without a time', third({ number: '1', at: '2011-02-01' }), `:3:5: InvoiceDate "2011-02-01"; ${date}`],
  ['a date as a serial number', third({ number: '1', at: '40575.4' }), `:3:5: InvoiceDate "40575.4"; ${date}`],
  ['no price', third({ number: '1', price: '' }), `:3:6: Price ""; ${price}`],
  ['a price with a comma', third({ number: '1', price: '2,55' }), `:3:6: Price "2,55"; ${price}`],
  ['a price with a sign of currency', third({ number: '1', price: '£2.55' }), `:3:6: Price "£2.55"; ${price}`],
  ['a price with an exponent', third({ number: '1', price: '1e3' }), `:3:6: Price "1e3"; ${price}`],
  ['a price that is no number', third({ number: '1', price: 'NaN' }), `:3:6: Price "NaN"; ${price}`],
  ['a price without end', third({ number: '1', price: 'Infinity' }), `:3:6: Price "Infinity"; ${price}`],
  ['a price in hexadecimal', third({ number: '1', price: '0x10' }), `:3:6: Price "0x10"; ${price}`],
  ['a price of nothing but a point', third({ number: '1', price: '.' }), `:3:6: Price "."; ${price}`],
  [
    'a price with eleven decimals',
    third({ number: '1', price: '0.00000000001' }),
    `:3:6: Price "0.00000000001"; ${price}`,
  ],
  [
    'a price of thirteen digits',
    third({ number: '1', price: '1234567890123' }),
    `:3:6: Price "1234567890123"; ${price}`,
  ],
  [
    'a price and a quantity that are too large together',
    third({ number: '1', price: '100000', quantity: '-100000' }),
    ':3:6: Price "100000"; expected a price that times the quantity -100000 stays below 10,000,000,000',
  ],
  ['a customer in words', third({ number: '1', customer: 'Anna' }), `:3:7: Customer ID "Anna"; ${customer}`],
  ['a customer in parts', third({ number: '1', customer: '17850.5' }), `:3:7: Customer ID "17850.5"; ${customer}`],
  ['a customer of nothing but a point', third({ number: '1', customer: '.' }), `:3:7: Customer ID "."; ${customer}`],
  ['a quotation mark that is not closed', thirdLine('536366,85123A,"A thing,1'), `:3:1: ${unclosed}; ${quotedFields}`],
  [
    'a quotation mark within a field',
    thirdLine('536366,85123A,A "thing",1'),
    `:3:3: a quotation mark that does not fit; ${quotedFields}`,
  ],
  [
    'a letter after a quotation mark',
    thirdLine('536366,85123A,"A" thing,1'),
    `:3:3: a quotation mark that does not fit; ${quotedFields}`,
  ],
  ['a record that fills the memory', thirdLine(`"${'x'.repeat(3_000_000)}`), `:3:1: ${unclosed}; ${quotedFields}`],
  [
    'bytes of another encoding',
    thirdLine(Buffer.from(lineOf({ number: '1', description: 'café' }), 'latin1')),
    ':3:1: bytes that are not UTF-8; expected text in UTF-8',
  ],
  [
    'UTF-16',
    Buffer.from(`\uFEFF${fileOf([{ number: '1' }])}`, 'utf16le'),
    ':1:1: bytes that are not UTF-8; expected text in UTF-8',
  ],
  [
    'half of a surrogate pair',
    thirdLine(Buffer.from([0xed, 0xa0, 0x80])),
    ':3:1: bytes that are not UTF-8; expected text in UTF-8',
  ],
  [
    'a character cut off by the end',
    Buffer.concat([Buffer.from(`${header}\n${good}\n`), Buffer.from([0xe2, 0x82])]),
    ':3:1: bytes that are not UTF-8; expected text in UTF-8',
  ],
  ['a NUL', thirdLine('536366,85123A,A\0thing,1'), ':3:1: a NUL character; expected text in UTF-8'],
]

test.each(cases)('%s', async (_, content, message) => {
  await refusing.expectRefused('online-retail', 'orders.csv', content, message)
})

describe('files that are not there', () => {
  test('a path that names nothing', async () => {
    const path = join(refusing.desk.files.folder, 'absent.csv')
    await refusing.expectPathsRefused('online-retail', [path], `${path}:1:1: no such file; ${csv}`)
  })

  test('a folder without files', async () => {
    const path = join(refusing.desk.files.folder, 'empty')
    mkdirSync(path)
    await refusing.expectPathsRefused('online-retail', [path], `${path}:1:1: a folder without CSV files; ${csv}`)
  })

  test('a file that is not compressed, though its name says so', async () => {
    const path = refusing.desk.files.write(fileOf([{ number: '1' }]), 'plain.csv.gz')
    await refusing.expectPathsRefused('online-retail', [path], `${path}:1:1: a file that cannot be read; ${csv}`)
  })

  test('a compressed file that was cut off', async () => {
    const whole = gzipSync(fileOf([{ number: '1' }]))
    const path = refusing.desk.files.write(whole.subarray(0, whole.length - 12), 'cut.csv.gz')
    await refusing.expectPathsRefused('online-retail', [path], `${path}:1:1: a file that cannot be read; ${csv}`)
  })

  test('a compressed file with a bit turned', async () => {
    const whole = gzipSync(fileOf([{ number: '1' }]))
    whole[whole.length - 6] = (whole[whole.length - 6] as number) ^ 1
    const path = refusing.desk.files.write(whole, 'turned.csv.gz')
    await refusing.expectPathsRefused('online-retail', [path], `${path}:1:1: a file that cannot be read; ${csv}`)
  })
})

test('one bad line in the last of many files keeps all of them out', async () => {
  const files = [1, 2, 3].map((number) => refusing.desk.files.write([{ number: String(number) }]))
  const bad = refusing.desk.files.write(third({ number: '4', price: 'NaN' }))
  await refusing.expectPathsRefused('online-retail', [...files, bad], `${bad}:3:6: Price "NaN"; ${price}`)
})

test('a header and nothing else is a file without documents', async () => {
  const empty = await refusing.desk.company()
  const result = await empty.importFiles([refusing.desk.files.write(`${header}\n`)])
  expect(result).toMatchObject({ lines: 0, documents: { created: 0, existing: 0, refused: 0 }, entries: 0 })
  expect(await empty.look('select number from sales_document')).toEqual([])
})

describe('bytes changed at random', () => {
  // A seed of FUZZ_SEED and more runs by FUZZ_RUNS find other cases than those of every day.
  const seed = Number(process.env.FUZZ_SEED ?? 20_101_201)
  const numRuns = Number(process.env.FUZZ_RUNS ?? 200)
  const valid = Buffer.from(
    fileOf([
      { number: '536365', description: 'WHITE, "HANGING" £5', quantity: 6, price: '2.55' },
      { number: '536365', code: 'POST', price: '18.00', country: 'EIRE' },
      { number: 'C536366', quantity: -1, price: '2.55', at: '2/1/2011 10:05' },
      { number: '536367', code: 'gift_0001_20', price: '16.67', customer: '' },
      { number: 'A563185', code: 'B', price: '-11062.06', customer: '' },
    ]),
  )
  const changes = fc.array(
    fc.oneof(
      fc.record({ at: fc.nat({ max: valid.length - 1 }), byte: fc.nat({ max: 255 }) }),
      fc.record({ at: fc.nat({ max: valid.length - 1 }), byte: fc.constantFrom(...Buffer.from('",\n\r 0-.eCA')) }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  const cuts = fc.record({ from: fc.nat({ max: valid.length }), bytes: fc.nat({ max: 40 }) })

  test('end in books as good as ever, or in a word on what is wrong and nothing stored', async () => {
    await fc.assert(
      fc.asyncProperty(changes, fc.option(cuts, { nil: undefined }), async (changed, cut) => {
        const content = Buffer.from(valid)
        for (const { at, byte } of changed) content[at] = byte
        const bytes = cut
          ? Buffer.concat([content.subarray(0, cut.from), content.subarray(cut.from + cut.bytes)])
          : content
        const fuzzed = await refusing.desk.company()
        const before = await fuzzed.rowCounts()
        const outcome = await fuzzed.importFiles([refusing.desk.files.write(bytes)]).catch((reason: unknown) => reason)
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(BadInput)
          expect(await fuzzed.rowCounts()).toEqual(before)
          return
        }
        const [sums] = await fuzzed.look<{ sum: bigint; entries: bigint; seals: bigint }>(
          `select coalesce(sum(amount_minor), 0)::bigint as sum, (select count(*) from journal_entry) as entries,
             (select count(*) from journal_seal) as seals from journal_line`,
        )
        expect(outcome).toMatchObject({ documents: { existing: 0, refused: 0 } })
        expect(sums).toMatchObject({ sum: 0n, seals: sums?.entries })
      }),
      { seed, numRuns },
    )
  }, 600_000)
})
