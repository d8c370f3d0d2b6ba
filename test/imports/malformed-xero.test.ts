import { describe, expect, test } from 'vitest'
import { BadInput } from '../../src/imports/index.ts'
import { generatedXero } from './generated-books.ts'
import { day, inPounds, latin, Refusing, utf8 } from './refusing.ts'

/* What an import of Xero's tables says where one is not as it should be: one sentence with the place, and nothing is stored. */
const refusing = new Refusing()

describe("Xero's tables", () => {
  const good = generatedXero(3)
  const paths = (change: Record<string, string | Buffer>): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...good, ...change }).map(([name, text]) => [name, refusing.desk.files.write(text, name)]),
    )
  const inTable = (table: string, from: string | RegExp, to: string): Record<string, string> => {
    const name = `xero_${table}_data.csv`
    const text = good[name] as string
    const changed = text.replace(from, to)
    if (changed === text) throw new Error(`${name} has no ${from}`)
    return { [name]: changed }
  }
  const lines = 'journal_line'
  const dup = (table: string, row: number): Record<string, string> => {
    const rows = (good[`xero_${table}_data.csv`] as string).trimEnd().split('\n')
    return { [`xero_${table}_data.csv`]: `${[...rows, rows[row]].join('\n')}\n` }
  }
  const cases: [what: string, change: Record<string, string | Buffer>, message: string | RegExp, file?: string][] = [
    ['an empty table', { 'xero_account_data.csv': '' }, ':1:1: an empty file; expected a header'],
    [
      'a missing column',
      inTable('journal', 'source_type', 'type'),
      ':1:1: a header without source_type; expected the columns journal_id, journal_date, journal_number, reference, source_id, source_type, each once',
    ],
    ['too many fields', inTable(lines, '10.00\n', '10.00,x\n'), ':2:6: 6 fields; expected 5, as in the header'],
    [
      'a day that is none',
      inTable('journal', ',2024-01-01,', ',01/01/2024,'),
      `:2:3: journal_date "01/01/2024"; ${day}`,
    ],
    ...['1,234.5', '1.234,5', 'NaN', '1e3', '٣', ''].map((text): [string, Record<string, string>, string] => [
      `an amount ${JSON.stringify(text)}`,
      inTable(lines, ',10.00\n', `,"${text}"\n`),
      `:2:5: net_amount "${text}"; ${inPounds}`,
    ]),
    [
      'an unknown account',
      inTable(lines, /a0000002-[^,]*/, 'nothing'),
      ':2:2: account_id "nothing"; expected an account of xero_account_data.csv',
    ],
    [
      'an unknown journal',
      inTable(lines, /j0000000-[^,]*/, 'nothing'),
      ':2:4: journal_id "nothing"; expected a journal of xero_journal_data.csv',
    ],
    [
      'a journal that does not balance',
      inTable(lines, ',10.00\n', ',10.01\n'),
      ':2:4: journal_number "1"; expected a journal that balances: its lines sum to 0.01',
      'xero_journal_data.csv',
    ],
    [
      'a journal twice',
      dup('journal', 1),
      ':8:1: journal_id "j0000000-9eca-46a6-899a-4417043ab5ae"; expected each once',
    ],
    [
      'an account twice',
      dup('account', 1),
      ':5:1: account_id "a0000001-9eca-46a6-899a-4417043ab5ae"; expected each once',
    ],
    ['a number twice', inTable('journal', ',2,Ref', ',1,Ref'), ':3:4: journal_number "1"; expected each once'],
    [
      'a number that is none',
      inTable('journal', ',2,Ref', ',two,Ref'),
      ':3:4: journal_number "two"; expected the number of a journal',
    ],
    [
      'an account of an unknown type',
      inTable('account', 'REVENUE,', 'MAGIC,'),
      /^:4:4: type "MAGIC"; expected one of BANK, CURRENT, /,
    ],
    [
      'an unknown currency',
      inTable('invoice', 'USD', 'XXY'),
      ':2:9: currency_code "XXY"; expected a currency of ISO 4217, such as EUR',
    ],
    [
      'a rate that is none',
      inTable('invoice', '1.25', 'NaN'),
      ':2:10: currency_rate "NaN"; expected a rate above zero',
    ],
    ['a rate of nothing', inTable('invoice', '1.25', '0'), ':2:10: currency_rate "0"; expected a rate above zero'],
    [
      'a document that is none',
      inTable('invoice', 'ACCREC', 'ORDER'),
      ':2:13: type "ORDER"; expected ACCREC or ACCPAY',
    ],
    ['a NUL', inTable(lines, 'Words', 'Wo\0rds'), `:2:1: a NUL character; ${utf8}`],
    [
      'another encoding',
      { 'xero_contact_data.csv': latin('contact_id,name\nc1,André\n') },
      `:2:1: bytes that are not UTF-8; ${utf8}`,
    ],
  ]
  test.each(cases)('%s', async (_, change, message, file) => {
    const written = paths(change)
    const changed = written[file ?? (Object.keys(change)[0] as string)] as string
    const error = await refusing.company
      .importAs('xero-journals', Object.values(written))
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BadInput)
    const said = (error as BadInput).message
    expect(said.slice(0, changed.length)).toBe(changed)
    const after = said.slice(changed.length)
    if (typeof message === 'string') expect(after).toBe(message)
    else expect(after).toMatch(message)
    await refusing.expectUntouched()
  })

  test('a table that is missing, or there twice', async () => {
    const written = Object.values(paths({}))
    const without = written.filter((path) => !path.includes('journal_data'))
    await expect(refusing.company.importAs('xero-journals', without)).rejects.toThrow(
      `${without[0]}:1:1: an export without xero_journal_data.csv; expected the tables account, journal, journal_line`,
    )
    const second = refusing.desk.files.write(good['xero_account_data.csv'] as string, 'account.csv')
    await expect(refusing.company.importAs('xero-journals', [...written, second])).rejects.toThrow(
      `${second}:1:1: a second table account; expected each table once`,
    )
    await refusing.expectUntouched()
  })
})
