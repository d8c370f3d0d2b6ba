import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { importEcbRates } from '../../src/imports/ecb-rates/index.ts'
import { BadInput } from '../../src/imports/index.ts'
import { generatedXero } from './generated-books.ts'
import { type BadFile, day, inPounds, latin, longest, quotedFields, Refusing, unclosed, utf8 } from './refusing.ts'

/* What imports of balances and rates say of a file that is not as it should be: one sentence with the place, and nothing is stored. */
const refusing = new Refusing()

const openingHead = 'date,account,amount,party,party_name,document,document_date,due_date,currency,currency_amount'
const openingColumns = openingHead.replaceAll(',', ', ')

describe('opening balances as CSV', () => {
  const good = ['2023-12-31,bank,100.00,,,,,,,', '2023-12-31,3200,-100.00,,,,,,,']
  const file = (...rows: string[]): string => [openingHead, ...good, ...rows, ''].join('\n')
  const columns = 'expected the columns date, account, amount, each once'
  const cases: BadFile[] = [
    ['an empty file', '', ':1:1: an empty file; expected a header'],
    ['a header alone', `${openingHead}\n`, ':1:1: no rows; expected opening balances'],
    ['semicolons', file().replaceAll(',', ';'), `:1:1: a header without date; ${columns}`],
    ['a missing column', file().replace('account', 'konto'), `:1:1: a header without account; ${columns}`],
    [
      'a column twice',
      file().replace('party_name', 'party'),
      `:1:1: a header with two columns of one name; ${columns}`,
    ],
    ['too many fields', file('2023-12-31,bank,1.00,,,,,,,,'), ':4:11: 11 fields; expected 10, as in the header'],
    ['a day that is none', file('2023-02-29,bank,1.00,,,,,,,'), `:4:1: date "2023-02-29"; ${day}`],
    [
      'a day of another century',
      file('0223-12-31,bank,1.00,,,,,,,'),
      ':4:1: date "0223-12-31"; expected a day from 1900-01-01 to 2999-12-31',
    ],
    [
      'another day',
      file('2023-12-30,bank,1.00,,,,,,,'),
      ':4:1: date "2023-12-30"; expected 2023-12-31, the day of the other rows',
    ],
    ...['1,234.5', '1.234,5', 'NaN', '1e3', '٣', '', '1.001', '9'.repeat(20), '9'.repeat(50)].map(
      (text): BadFile => [
        `an amount ${JSON.stringify(text)}`,
        file(`2023-12-31,bank,"${text}",,,,,,,`),
        `:4:3: amount "${text}"; ${inPounds}`,
      ],
    ),
    [
      'an unknown account',
      file('2023-12-31,9999,1.00,,,,,,,'),
      ':4:2: account "9999"; expected the code of an account of the chart, or a role',
    ],
    ['no account', file('2023-12-31,,1.00,,,,,,,'), ':4:2: account ""; expected the code of an account, or its role'],
    [
      'an account that follows payments',
      file('2023-12-31,customer_deposits,1.00,,,,,,,'),
      ':4:2: account "customer_deposits"; expected another account, made for what the earlier books held there',
    ],
    [
      'a party where there are no items',
      file('2023-12-31,bank,1.00,C1,,,,,,'),
      ':4:4: party "C1"; expected nothing, since the account has no open items',
    ],
    [
      'a party too long',
      file(`2023-12-31,1200,1.00,${'x'.repeat(201)},,,,,,`),
      `:4:4: party "${'x'.repeat(80)}…"; ${longest}`,
    ],
    [
      'a day of a document that is none',
      file('2023-12-31,1200,1.00,C1,,R-1,31.12.2023,,,'),
      `:4:7: document_date "31.12.2023"; ${day}`,
    ],
    [
      'an unknown currency',
      file('2023-12-31,1200,1.00,C1,,,,,XXY,1.00'),
      ':4:9: currency "XXY"; expected a currency of ISO 4217, such as EUR',
    ],
    [
      'no amount in the currency',
      file('2023-12-31,1200,1.00,C1,,,,,JPY,1.50'),
      ':4:10: currency_amount "1.50"; expected an amount in JPY with digits and a decimal point, below 10,000,000,000,000,000 minor units',
    ],
    [
      'an amount in the currency of the other sign',
      file('2023-12-31,1200,1.00,C1,,,,,USD,-1.50'),
      ':4:10: currency_amount "-1.50"; expected an amount with the sign of amount',
    ],
    ['a quotation mark that is not closed', file('2023-12-31,"bank,1.00,,,,,,,'), `:4:1: ${unclosed}; ${quotedFields}`],
    ['a NUL', file('2023-12-31,ba\0nk,1.00,,,,,,,'), `:4:1: a NUL character; ${utf8}`],
    ['another encoding', latin(file('2023-12-31,1200,1.00,C1,André,,,,,')), `:4:1: bytes that are not UTF-8; ${utf8}`],
  ]
  test.each(cases)('%s', async (_, content, message) => {
    await refusing.expectRefused('opening-balances', 'opening.csv', content, message)
  })

  test.each([
    ['a byte-order mark', `\uFEFF${file()}`],
    ['CRLF', file().replaceAll('\n', '\r\n')],
  ])('%s is no matter', async (_, content) => {
    const path = refusing.desk.files.write(content, 'good.csv')
    const done = await refusing.company.importAs('opening-balances', [path], { dryRun: true })
    expect(done).toMatchObject({ documents: { created: 1 } })
  })
})

describe('opening balances as JSON', () => {
  const good = '{"date":"2023-12-31","account":"bank","amount":"100.00"}'
  const among = 'expected an array of objects, or one object after the other'
  const cases: BadFile[] = [
    ['an empty file', '', `:1:1: no object; ${among}`],
    ['a list that does not end', `[${good},\n`, ':2:1: an array that does not end; expected it to be closed'],
    ['a text', '"bank"', `:1:1: '"' between objects; ${among}`],
    ['an amount as a number', `[${good},\n{"amount":1.1}]`, ':2:1: amount 1.1; expected a text in quotation marks'],
    ['a list in an object', `[${good},\n{"amount":["1"]}]`, ':2:1: amount ["1"]; expected a text in quotation marks'],
    ['a name that is none', `[${good},\n{"sum":"1"}]`, `:2:1: "sum"; expected none but ${openingColumns}`],
    [
      'an amount that is none',
      `[${good.replace('100.00', '1e2')}]`,
      ':1:3: amount "1e2"; expected an amount in GBP with digits and a decimal point, below 10,000,000,000,000,000 minor units',
    ],
    ['a NUL', `[${good}\0]`, `:1:1: a NUL character; ${utf8}`],
    ['another encoding', latin(`[${good.replace('bank', 'bänk')}]`), `:1:1: bytes that are not UTF-8; ${utf8}`],
  ]
  test.each(cases)('%s', async (_, content, message) => {
    await refusing.expectRefused('opening-balances', 'opening.json', content, message)
  })
})

describe('reference rates', () => {
  const file = (...rows: string[]): string => ['Date,USD,GBP,', '2024-01-05,1.0921,0.8612,', ...rows, ''].join('\n')
  const rate = 'expected a rate above zero, or N/A'
  const cases: BadFile[] = [
    [
      'semicolons',
      file().replaceAll(',', ';'),
      ":1:1: 'Date;USD;GBP;'; expected the columns Date, USD, … as the European Central Bank publishes them",
    ],
    ['a currency twice', file().replace('GBP', 'USD'), ":1:3: 'USD'; expected the code of a currency, each once"],
    ['too many fields', file('2024-01-08,1,2,,'), ':3:1: 5 fields; expected 4 fields, as the header has'],
    ['a day that is none', file('2024-02-30,1,2,'), `:3:1: '2024-02-30'; ${day}`],
    ...['1.234.5', 'NaN', '1e3', '٣', '-1', '0'].map(
      (text): BadFile => [`a rate ${text}`, file(`2024-01-08,${text},2,`), `:3:2: '${text}'; ${rate}`],
    ),
    ['a rate with a decimal comma', file('2024-01-08,"1,0946",2,'), `:3:2: '1,0946'; ${rate}`],
    ['a quotation mark that is not closed', file('2024-01-08,"1,2,'), `:3:1: ${unclosed}; ${quotedFields}`],
    ['a NUL', file('2024-01-08,1\0,2,'), `:3:1: a NUL character; ${utf8}`],
    ['another encoding', latin(file('2024-01-08,é,2,')), `:3:1: bytes that are not UTF-8; ${utf8}`],
  ]
  const refused = async (name: string, content: string | Buffer, message: string): Promise<void> => {
    const path = refusing.desk.files.write(content, name)
    const error = await importEcbRates(refusing.desk.database, [path]).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BadInput)
    expect((error as BadInput).message).toBe(`${path}${message}`)
    const { rows } = await refusing.desk.database.owner.query('select from reference_rate')
    expect(rows).toEqual([])
  }
  test.each(cases)('%s', async (_, content, message) => {
    await refused('rates.csv', content, message)
  })

  test('a compressed file that was cut off', async () => {
    const expected = 'expected a .csv or .csv.gz file, or a .zip file, or a folder of them'
    await refused('rates.csv.gz', gzipSync(file()).subarray(0, 30), `:1:1: a file that cannot be read; ${expected}`)
  })
})

describe('a compressed file that was cut off', () => {
  const cut = (text: string): Buffer => gzipSync(text).subarray(0, -12)
  test.each([
    [
      'journal',
      'books.journal.gz',
      '.csv or .csv.gz file, or a .journal or .journal.gz file, or a .hledger or .hledger.gz file, or a .ledger or .ledger.gz file, or a .j or .j.gz file, or a .beancount or .beancount.gz file',
    ],
    ['opening-balances', 'opening.csv.gz', '.csv or .csv.gz file, or a .json or .json.gz file'],
  ])('%s', async (format, name, kinds) => {
    const expected = `expected a ${kinds}, or a folder of them`
    await refusing.expectRefused(format, name, cut(openingHead), `:1:1: a file that cannot be read; ${expected}`)
  })

  test('xero-journals', async () => {
    const tables = Object.entries(generatedXero(2)).map(([name, text]) => refusing.desk.files.write(text, name))
    const path = refusing.desk.files.write(cut('contact_id,name\n'), 'xero_contact_data.csv.gz')
    const others = tables.filter((table) => !table.includes('contact'))
    await expect(refusing.company.importAs('xero-journals', [...others, path])).rejects.toThrow(
      `${path}:1:1: a file that cannot be read; expected a .csv or .csv.gz file, or a folder of them`,
    )
    await refusing.expectUntouched()
  })
})
