import { describe, expect, test } from 'vitest'
import { type BadFile, day, latin, Refusing, utf8 } from './refusing.ts'

/* What an import says of a journal text that is not as it should be: one sentence with the place, and nothing is stored. */
const refusing = new Refusing()

describe('a journal of hledger', () => {
  const good = '2024-01-05 Rent\n  6200  GBP 10.00\n  1300\n\n'
  const file = (...lines: string[]): string => `${good}${lines.join('\n')}\n`
  const posting = (text: string): string => file('2024-01-06 x', `  6200  ${text}`, '  1300')
  const like = 'expected an amount such as EUR 12.50'
  const cases: BadFile[] = [
    ['an empty file', '', ':1:1: books.journal without a transaction; expected some'],
    ['a CSV', 'date,account,amount\n', ':1:1: "date,account,amount"; expected a transaction, a price or a comment'],
    ['a day that is none', file('2024-02-30 x'), `:5:1: day 2024-02-30; ${day}`],
    [
      'a day of another century',
      file('0224-01-06 x'),
      ':5:1: day 0224-01-06; expected a day from 1900-01-01 to 2999-12-31',
    ],
    ['a day without a year', file('02-28 x'), ':5:1: "02-28 x"; expected a transaction, a price or a comment'],
    ['a posting below nothing', file('', '  1300  1'), ':6:3: "1300  1"; expected a posting below a transaction'],
    ...['1.234,5', '12,5', 'NaN', '1e3', '٣ GBP', '1 000', '5 5', 'GBP', '-GBP -5', '1.2.3', `${'9'.repeat(60)}`].map(
      (text): BadFile => [`an amount ${text}`, posting(text), `:6:3: amount ${JSON.stringify(text)}; ${like}`],
    ),
    [
      'an amount with a megabyte of spaces in it',
      posting(`GBP${' '.repeat(900_000)}1x`),
      `:6:3: amount "GBP${' '.repeat(57)}"; expected at most 200 characters`,
    ],
    [
      'a comma that may be either',
      posting('GBP 1,234'),
      ':6:3: amount "GBP 1,234"; expected 1234 or 1,234.00: the comma could be a decimal one',
    ],
    [
      'a declared decimal comma',
      file('decimal-mark ,'),
      ':5:1: "decimal-mark ,"; expected amounts with a decimal point',
    ],
    [
      'a format with a decimal comma',
      file('commodity 1.000,00 EUR'),
      ':5:1: "commodity 1.000,00 EUR"; expected amounts with a decimal point',
    ],
    [
      'a default with a decimal comma',
      file('D EUR 1000,00'),
      ':5:1: "D EUR 1000,00"; expected amounts with a decimal point',
    ],
    [
      'a format below with a decimal comma',
      file('commodity EUR', '  format EUR 1.000,00'),
      ':6:3: "format EUR 1.000,00"; expected amounts with a decimal point',
    ],
    ['an unknown currency', posting('5 XXY'), ':6:3: commodity XXY; expected a currency of ISO 4217, such as EUR'],
    [
      'a currency without a price',
      posting('5 USD'),
      ':6:3: USD without a price; expected one in GBP: @, @@ or a price of the day',
    ],
    [
      'a price below zero',
      posting('5 USD @ GBP -0.80'),
      ':6:3: a price of -0.8 GBP; expected one that is not below zero',
    ],
    ['a price of nothing', posting('@ GBP 0.80'), ':6:3: "@ GBP 0.80"; expected an amount before its price'],
    [
      'more places than the currency has',
      posting('GBP 5.001'),
      ':6:3: amount 5.001; expected no more than 2 places, as GBP has',
    ],
    [
      'an amount beyond all books',
      posting('9'.repeat(20)),
      `:6:3: amount ${'9'.repeat(20)}; expected less than 10,000,000,000,000,000 minor units`,
    ],
    [
      'an unknown account',
      file('2024-01-06 x', '  nowhere  5', '  1300'),
      ':6:3: account nowhere; expected the code or the name of an account, or a row for it in accounts.csv',
    ],
    [
      'an entry that does not balance',
      file('2024-01-06 x', '  6200  5', '  1300  -6'),
      ':5:1: an entry that is off by -1.00 GBP; expected one that balances',
    ],
    [
      'two amounts left out',
      file('2024-01-06 x', '  6200', '  1300'),
      ':7:3: a second posting without an amount; expected one at most',
    ],
    [
      'an assertion that does not hold',
      file('2024-01-06 x', '  1310  5 = GBP 6', '  6200'),
      ':6:3: 1310 holds 5.00 GBP; expected 6.00 as asserted',
    ],
    [
      'a reference twice',
      file(
        '2024-01-06 x  ; reference: r1',
        '  6200  5',
        '  1300',
        '2024-02-06 y  ; reference: r1',
        '  6200  5',
        '  1300',
      ),
      ':8:1: a second entry r1; expected a reference of its own for each entry',
    ],
    [
      'a gift card',
      file('2024-01-06 x', '  2130  -5', '  1300'),
      ':6:3: account 2130 Gift cards, which follows payments, gift cards or items; expected another account, made for what the earlier books held there',
    ],
    ['a NUL', file('2024-01-06 x\0'), `:5:1: a NUL character; ${utf8}`],
    ['another encoding', latin(file('2024-01-06 café')), `:5:1: bytes that are not UTF-8; ${utf8}`],
    [
      'a character cut off by the end',
      Buffer.concat([Buffer.from(good), Buffer.from([0xe2, 0x82])]),
      `:5:1: bytes that are not UTF-8; ${utf8}`,
    ],
    [
      'a line that fills the memory',
      file(`2024-01-06 ${'x'.repeat(1_000_000)}`),
      ':5:1: a line of more than 1000000 characters; expected it to end before',
    ],
  ]
  test.each(cases)('%s', async (_, content, message) => {
    await refusing.expectRefused('journal', 'books.journal', content, message)
  })

  test.each([
    ['a byte-order mark', `\uFEFF${good}`],
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['CR', good.replaceAll('\n', '\r')],
    ['thousands after a format', `commodity GBP 1,000.00\n${good.replace('10.00', '1,000')}`],
    ['a plus sign', good.replace('GBP 10.00', 'GBP +10.00')],
  ])('%s is no matter', async (_, content) => {
    const path = refusing.desk.files.write(content, 'good.journal')
    const { preview } = await refusing.company.importAs('journal', [path], { dryRun: true })
    expect(
      preview.map(({ lines }) => lines.map(({ account, amount }) => [account, Number(amount.amount) > 0])),
    ).toEqual([
      [
        ['6200', true],
        ['1300', false],
      ],
    ])
  })
})

describe('a journal of beancount', () => {
  const good = '2024-01-05 * "Rent"\n  Expenses:6200-Rent  10.00 GBP\n  Assets:1300-Bank\n\n'
  const file = (...lines: string[]): string => `${good}${lines.join('\n')}\n`
  const posting = (text: string): string =>
    file('2024-01-06 * "x"', `  Expenses:6200-Rent  ${text}`, '  Assets:1300-Bank')
  const like = 'expected an amount such as EUR 12.50'
  const cases: BadFile[] = [
    ['an empty file', '', ':1:1: books.beancount without a transaction; expected some'],
    [
      'a CSV',
      'date,account,amount\n',
      ':1:1: "date,account,amount"; expected a dated directive, an option or a comment',
    ],
    ['a day that is none', file('2024-02-30 * "x"'), `:5:1: day 2024-02-30; ${day}`],
    [
      'a day of another century',
      file('3024-01-06 * "x"'),
      ':5:1: day 3024-01-06; expected a day from 1900-01-01 to 2999-12-31',
    ],
    [
      'a string of quotes that is never closed, and nothing below it',
      file(`2024-01-06 * "${'\\"'.repeat(400_000)}`),
      ':5:1: an entry that moves less than two amounts; expected two lines or more',
    ],
    [
      'a directive that is not read',
      file('2024-01-06 pad Assets:A Equity:B'),
      ':5:12: pad; expected a transaction, balance, price, open or close',
    ],
    [
      'a posting below nothing',
      '  Assets:1300-Bank  1 GBP\n',
      ':1:3: "Assets:1300-Bank  1 GBP"; expected a posting below a transaction',
    ],
    [
      'a posting that is none',
      file('2024-01-06 * "x"', '  bank  1 GBP'),
      ':6:3: "bank  1 GBP"; expected a posting such as Assets:Bank  12.50 EUR',
    ],
    ...['1.234,5 GBP', '12,5 GBP', 'NaN GBP', '1e3 GBP', '٣ GBP', '- GBP', `${'9'.repeat(50)} GBP`].map(
      (text): BadFile => [`an amount ${text}`, posting(text), `:6:3: amount ${JSON.stringify(text)}; ${like}`],
    ),
    [
      'costs',
      posting('1 USD {2 GBP}'),
      ':6:3: "1 USD {2 GBP}"; expected an amount with a price at most: costs are not read',
    ],
    ['an unknown currency', posting('5 XXY'), ':6:3: commodity XXY; expected a currency of ISO 4217, such as EUR'],
    [
      'a currency without a price',
      posting('5 USD'),
      ':6:3: USD without a price; expected one in GBP: @, @@ or a price of the day',
    ],
    [
      'more places than the currency has',
      posting('5.001 GBP'),
      ':6:3: amount 5.001; expected no more than 2 places, as GBP has',
    ],
    [
      'an unknown account',
      file('2024-01-06 * "x"', '  Assets:Nowhere  5 GBP', '  Assets:1300-Bank'),
      ':6:3: account Assets:Nowhere; expected the code or the name of an account, or a row for it in accounts.csv',
    ],
    [
      'an entry that does not balance',
      file('2024-01-06 * "x"', '  Expenses:6200-Rent  5 GBP', '  Assets:1300-Bank  -6 GBP'),
      ':5:1: an entry that is off by -1.00 GBP; expected one that balances',
    ],
    [
      'a balance that does not hold',
      file('2024-01-06 balance Assets:1300-Bank  5 GBP'),
      ':5:1: Assets:1300-Bank holds -10.00 GBP; expected 5.00 as asserted',
    ],
    ['a NUL', file('2024-01-06 * "x\0"'), `:5:1: a NUL character; ${utf8}`],
    ['another encoding', latin(file('2024-01-06 * "café"')), `:5:1: bytes that are not UTF-8; ${utf8}`],
    [
      'a line that fills the memory',
      file(`2024-01-06 * "${'x'.repeat(1_000_000)}"`),
      ':5:1: a line of more than 1000000 characters; expected it to end before',
    ],
  ]
  test.each(cases)('%s', async (_, content, message) => {
    await refusing.expectRefused('journal', 'books.beancount', content, message)
  })

  test.each([
    ['a byte-order mark', `\uFEFF${good}`],
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['thousands', good.replace('10.00', '1,000')],
  ])('%s is no matter', async (_, content) => {
    const path = refusing.desk.files.write(content, 'good.beancount')
    expect(await refusing.company.importAs('journal', [path], { dryRun: true })).toMatchObject({
      documents: { created: 1 },
    })
  })
})
