import { describe, expect, test } from 'vitest'
import { type BadFile, day, latin, longest, quotedFields, Refusing, unclosed, utf8 } from './refusing.ts'

/* What an import of a journal as CSV says of a file that is not as it should be: one sentence with the place, and nothing is stored. */
const refusing = new Refusing()

describe('a journal as CSV', () => {
  const head = 'reference,date,account,amount,description,party,document,currency,currency_amount'
  const columns = 'expected the columns date, account, amount, each once'
  const good = ['a,2024-01-05,1300,10.00,Rent,,,,', 'a,2024-01-05,6200,-10.00,Rent,,,,']
  const file = (...rows: string[]): string => [head, ...good, ...rows, ''].join('\n')
  const second = (row: string): string => file(row, 'b,2024-01-06,6200,-10.00,Rent,,,,')
  const amount = (text: string): string => second(`b,2024-01-06,1300,"${text}",Rent,,,,`)
  const amountMessage = (text: string): string => `:4:4: amount "${text}"; expected an amount such as -12.50`
  const cases: BadFile[] = [
    ['an empty file', '', ':1:1: an empty file; expected a header'],
    ['a byte-order mark alone', '\uFEFF', ':1:1: an empty file; expected a header'],
    ['semicolons', file().replaceAll(',', ';'), `:1:1: a header without date; ${columns}`],
    ['a missing column', file().replace('amount,', 'sum,'), `:1:1: a header without amount; ${columns}`],
    ['a column twice', file().replace('party', 'date'), `:1:1: a header with two columns of one name; ${columns}`],
    [
      'no column that makes lines one',
      'date,account,amount\n2024-01-05,1300,1\n',
      ':2:1: date "2024-01-05"; expected a column reference or entry beside it',
    ],
    ['too many fields', second(`${good[0]},x`), ':4:10: 10 fields; expected 9, as in the header'],
    ['too few fields', second('b,2024-01-06,1300,1'), ':4:5: 4 fields; expected 9, as in the header'],
    [
      'no reference',
      second(',2024-01-06,1300,10.00,,,,,'),
      ':4:1: reference ""; expected what makes the lines of an entry one',
    ],
    ['a day that is none', second('b,2024-02-30,1300,10.00,,,,,'), `:4:2: date "2024-02-30"; ${day}`],
    ['a day of another country', second('b,06/01/2024,1300,10.00,,,,,'), `:4:2: date "06/01/2024"; ${day}`],
    [
      'a day of another century',
      second('b,0224-01-06,1300,10.00,,,,,'),
      ':4:2: date "0224-01-06"; expected a day from 1900-01-01 to 2999-12-31',
    ],
    ['a day in digits of another script', second('b,٢٠٢٤-01-06,1300,10.00,,,,,'), `:4:2: date "٢٠٢٤-01-06"; ${day}`],
    [
      'another day in one entry',
      file('b,2024-01-06,1300,10.00,,,,,', 'b,2024-01-07,6200,-10.00,,,,,'),
      ':5:2: date "2024-01-07"; expected 2024-01-06, as the first line of the entry has it',
    ],
    ...['1,234.5', '1.234,5', '10,00', 'NaN', 'Infinity', '1e3', '٣', '0x10', '£10', '', '1 000', '--1', '(10.00)'].map(
      (text): BadFile => [`an amount ${JSON.stringify(text)}`, amount(text), amountMessage(text)],
    ),
    ['an amount of many digits', amount('9'.repeat(60)), amountMessage('9'.repeat(60))],
    [
      'an amount beyond all books',
      amount('9'.repeat(20)),
      `:4:1: amount ${'9'.repeat(20)}; expected less than 10,000,000,000,000,000 minor units`,
    ],
    [
      'more places than the currency has',
      amount('10.001'),
      ':4:1: amount 10.001; expected no more than 2 places, as GBP has',
    ],
    [
      'an unknown currency',
      second('b,2024-01-06,1310,10.00,,,,XXY,10.00'),
      ':4:8: currency "XXY"; expected a currency of ISO 4217, such as EUR',
    ],
    [
      'no amount in the currency',
      second('b,2024-01-06,1310,10.00,,,,USD,'),
      ':4:9: currency_amount ""; expected an amount such as -12.50',
    ],
    [
      'an amount in the currency of the other sign',
      second('b,2024-01-06,1310,10.00,,,,USD,-12.00'),
      ':4:1: an amount of 10 GBP for one of the other sign; expected both alike',
    ],
    [
      'an unknown account',
      second('b,2024-01-06,1399,10.00,,,,,'),
      ':4:1: account 1399; expected the code or the name of an account, or a row for it in accounts.csv',
    ],
    ['no account', second('b,2024-01-06,,10.00,,,,,'), ':4:3: account ""; expected an account'],
    [
      'an entry that does not balance',
      second('b,2024-01-06,1300,10.01,,,,,'),
      ':4:1: an entry that is off by 0.01 GBP; expected one that balances',
    ],
    [
      'an entry of one line',
      file('b,2024-01-06,1300,0.00,,,,,'),
      ':4:1: an entry that moves less than two amounts; expected two lines or more',
    ],
    [
      'an entry in two places',
      file(...['b', 'a'].flatMap((name) => good.map((row) => row.replace('a', name)))),
      ':6:1: reference "a"; expected the rows of an entry one after the other',
    ],
    [
      'a receivable of nobody',
      second('b,2024-01-06,1200,10.00,,,,,'),
      ':4:1: 1200 Accounts receivable without a party; expected the tag or the column party',
    ],
    [
      'a deposit',
      second('b,2024-01-06,2100,10.00,,,,,'),
      ':4:1: account 2100 Customer deposits, which follows payments, gift cards or items; expected another account, made for what the earlier books held there',
    ],
    [
      'a party too long',
      second(`b,2024-01-06,1200,10.00,,${'x'.repeat(201)},,,`),
      `:4:6: party "${'x'.repeat(80)}…"; ${longest}`,
    ],
    ['a reference of two lines', second('"b\nc",2024-01-06,1300,10.00,,,,,'), `:4:1: reference "b\\nc"; ${longest}`],
    [
      'a quotation mark that is not closed',
      file('b,2024-01-06,1300,10.00,"Rent,,,,'),
      `:4:1: ${unclosed}; ${quotedFields}`,
    ],
    [
      'a quotation mark within a field',
      file('b,2024-01-06,1300,10.00,a "b",,,,'),
      `:4:5: a quotation mark that does not fit; ${quotedFields}`,
    ],
    [
      'a field that fills the memory',
      file(`b,2024-01-06,1300,10.00,"${'x'.repeat(2_000_000)}`),
      `:4:1: ${unclosed}; ${quotedFields}`,
    ],
    ['a NUL', second('b,2024-01-06,1300,10.00,a\0b,,,,'), `:4:1: a NUL character; ${utf8}`],
    ['another encoding', latin(second('b,2024-01-06,1300,10.00,café,,,,')), `:4:1: bytes that are not UTF-8; ${utf8}`],
  ]
  test.each(cases)('%s', async (_, content, message) => {
    await refusing.expectRefused('journal', 'books.csv', content, message)
  })

  const taxed = (code: string, base: string, amount = '-2.00'): string =>
    [
      'reference,date,account,amount,tax_code,tax_base',
      `t,2024-01-05,1300,${amount.startsWith('-') ? amount.slice(1) : `-${amount}`},unknown here,nor this`,
      `t,2024-01-05,2200,${amount},${code},${base}`,
      '',
    ].join('\n')
  test.each([
    ['an unknown tax code', taxed('vat', '10.00'), ':3:5: tax_code "vat"; expected a tax code of the company'],
    ['a base without a code', taxed('', '10.00'), ':3:5: tax_code ""; expected a tax code of the company'],
    [
      'a code that is not declared',
      taxed('outside-scope', '10.00'),
      ':3:5: tax_code "outside-scope"; expected a tax code that is declared to an authority',
    ],
    ['no base', taxed('standard', ''), ':3:6: tax_base ""; expected what was taxed, an amount in GBP'],
    [
      'a base of three places',
      taxed('standard', '1.001'),
      ':3:6: tax_base "1.001"; expected what was taxed, an amount in GBP',
    ],
    [
      'a base of the wrong sign',
      taxed('standard', '10.00', '2.00'),
      ':3:6: tax_base 10.00; expected above zero for what was sold or bought, below it for what was credited',
    ],
  ])('%s on a tax account', async (_, content, message) => {
    await refusing.expectRefused('journal', 'taxed.csv', content, message)
  })

  test.each([
    ['a byte-order mark', `\uFEFF${file()}`],
    ['CRLF', file().replaceAll('\n', '\r\n')],
    ['CR', file().replaceAll('\n', '\r')],
    ['blanks around the fields', file().replaceAll(',', ' , ')],
  ])('%s is no matter', async (_, content) => {
    const path = refusing.desk.files.write(content, 'good.csv')
    expect(await refusing.company.importAs('journal', [path], { dryRun: true })).toMatchObject({
      documents: { created: 1 },
    })
  })
})

describe('a list of accounts', () => {
  const cases: BadFile[] = [
    ['an empty file', '', ':1:1: an empty file; expected a header'],
    ['no account', 'legacy_account,account\nKasse,\n', ':2:2: account ""; expected the code of an account'],
    [
      'no account of the earlier books',
      'legacy_account,account\n,1300\n',
      ':2:1: legacy_account ""; expected an account of the earlier books',
    ],
    [
      'an account that is not there, without a class',
      'legacy_account,account\nKasse,9999\n',
      ':2:2: account "9999"; expected an account of the chart, or a class: asset, liability, equity, income, expense',
    ],
    [
      'a class that is none',
      'legacy_account,account,class\nKasse,9999,money\n',
      ':2:3: class "money"; expected an account of the chart, or a class: asset, liability, equity, income, expense',
    ],
  ]
  test.each(cases)('%s', async (_, content, message) => {
    await refusing.expectRefused('journal', 'accounts.csv', content, message)
  })
})
