import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseStory } from '../../src/stories/index.ts'

const header = 'company GB GBP\ntax standard 20%\nitem hour service\ncustomer Anna\nprocessor card\n'
const placeOf = (text: string): string => {
  try {
    parseStory('s.txt', text)
    return 'read'
  } catch (error) {
    return (error as Error).message
  }
}

test('a story is read as it is written', () => {
  const story = parseStory(
    's.txt',
    `# the first line may be a comment
company GB GBP chart uk zone Europe/London  # and so may be the end of one
tax standard 17.5% from 2010-01-01 authority HMRC
item hour service tax standard
customer Anna on account 30 days country DE
supplier Potter
processor card GBP
rate 2011-01-05 EUR 0.8500

2011-01-10  order W1 by Anna: 12 hour at 10.005 gross, shipping 5.00, discount 1.00
2011-01-15  journal rent: expense 100.00, 1210 -60.00, receivable -40.00 of Anna
2011-01-31  refuse reopen 2010-12: a late bill because period_not_closed
2011-01-31  trial balance
  expense   100.00
  bank     -100.00
2011-01-31  expect bank -100.00
`,
  )
  expect(story.header).toEqual({
    company: { country: 'GB', currency: 'GBP', chart: 'uk', timeZone: 'Europe/London' },
    taxes: [{ code: 'standard', rate: '0.175', from: '2010-01-01', authority: 'HMRC' }],
    items: [{ name: 'hour', kind: 'service', taxCode: 'standard' }],
    customers: [{ name: 'Anna', paymentDays: 30, country: 'DE' }],
    suppliers: ['Potter'],
    processors: [{ name: 'card', currency: 'GBP' }],
    rates: [{ day: '2011-01-05', currency: 'EUR', rate: '0.85' }],
  })
  const [order, journal, refusal, balance, single] = story.steps
  expect(order).toMatchObject({
    date: '2011-01-10',
    place: { line: 10, column: 13 },
    fact: {
      verb: 'order',
      order: 'W1',
      customer: 'Anna',
      parts: [{ quantity: '12', item: 'hour', unitPrice: '10.005', gross: true }],
      shippingMinor: 500n,
      discountMinor: 100n,
    },
  })
  expect(journal).toMatchObject({
    fact: {
      reference: 'rent',
      parts: [
        { role: 'expense', amountMinor: 10000n, party: null },
        { account: '1210', amountMinor: -6000n, party: null },
        { role: 'receivable', amountMinor: -4000n, party: 'Anna' },
      ],
    },
  })
  expect(refusal).toMatchObject({
    does: 'refusal',
    code: 'period_not_closed',
    fact: { verb: 'reopen', month: '2010-12-01', reason: 'a late bill' },
  })
  expect(balance).toMatchObject({ rows: [{ name: 'expense', amountMinor: 10000n }, { name: 'bank' }] })
  expect(single).toMatchObject({ does: 'balance', row: { name: 'bank', amountMinor: -10000n } })
})

test.each([
  ['', "s.txt:1:1: nothing; expected a company such as 'company GB GBP'"],
  ['tax standard 20%', "s.txt:1:1: 'tax'; expected a company such as 'company GB GBP'"],
  ['company XX GBP', "s.txt:1:9: 'XX'; expected a country of two letters such as GB"],
  ['company GB', 's.txt:1:11: the end of the line; expected a currency of three letters such as GBP'],
  [`${header}item hour`, "s.txt:6:6: 'hour'; expected an item with a name of its own"],
  [`${header}tax zero 101%`, "s.txt:6:10: '101%'; expected a rate such as 20%"],
  [`${header}2011-02-29 close 2011-01`, "s.txt:6:1: '2011-02-29'; expected a day such as 2011-01-31"],
  [
    `${header}2011-01-15 journal rent: expens 1.00`,
    "s.txt:6:26: 'expens'; expected a role such as bank, or the code of an account",
  ],
  [`${header}2011-01-15 fee 4.505 through card`, "s.txt:6:16: '4.505'; expected an amount in GBP such as 12.50"],
  [`${header}2011-01-15 fee -4.50 through card`, "s.txt:6:16: '-4.50'; expected an amount above zero"],
  [`${header}2011-01-15 fee 4.50 through shop`, "s.txt:6:29: 'shop'; expected a processor of the header"],
  [`${header}2011-01-15 fee 4.50`, "s.txt:6:20: the end of the line; expected 'through'"],
  [`${header}2011-01-15 fee 4.50 through card now`, "s.txt:6:34: 'now'; expected the end of the line"],
  [`${header}2011-01-15 capture 1.00 for W9 through card`, "s.txt:6:29: 'W9'; expected an order placed above"],
  [`${header}2011-01-15 close 2011-1`, "s.txt:6:18: '2011-1'; expected a month such as 2011-01"],
  [`${header}2011-01-15 close 2011-01 because`, "s.txt:6:26: 'because'; expected the end of the line"],
  [
    `${header}2011-01-15 refuse close 2011-01 because no`,
    "s.txt:6:41: 'no'; expected the code of a refusal such as period_closed",
  ],
  [
    `${header}2011-01-15 close 2011-01\n  bank 1.00`,
    "s.txt:7:3: 'bank'; expected a line that begins at the margin, or 'trial balance' above",
  ],
  [`${header}2011-01-15 trial balance\n  bank 1.00\n  bank 1.00`, "s.txt:8:3: 'bank'; expected each account once"],
])('%j says where it stops being a story', (text, message) => {
  expect(placeOf(text)).toBe(message)
})

test('what needs stock says so', () => {
  expect(placeOf(`${header}item mug fifo`)).toContain('items with stock do not exist yet')
  expect(placeOf(`${header}2011-01-05 receive R1 from Potter: 10 hour at 4.00`)).toContain('arrives with stock')
  expect(placeOf(`${header}2011-01-05 expect stock hour 9 worth 45.00`)).toContain('arrives with stock')
})

test('the stories of the field are read up to their first item with stock', () => {
  const folder = process.env.COUNTINGHOUSE_SHARED ?? '../shared'
  for (const name of ['receive-bill-sell-return-payout', 'prepaid-order-over-a-period-end']) {
    let text: string
    try {
      text = readFileSync(`${folder}/stories/${name}.txt`, 'utf8')
    } catch {
      console.log(`skipped: no ${name} in ${folder}/stories`)
      continue
    }
    expect(placeOf(text)).toMatch(/^s\.txt:4:10: 'fifo'; /)
  }
})
