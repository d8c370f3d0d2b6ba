import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { importFiles } from '../../src/imports/index.ts'
import { inCompany, readCompany } from '../../src/kernel/database.ts'
import { closePeriod, reopenPeriod } from '../../src/ledger/periods.ts'
import { createCompany } from '../../src/modules/company/index.ts'
import { type Journal, type JournalLine, postJournals } from '../../src/modules/journal/index.ts'
import { findOrAddParties } from '../../src/modules/parties/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { exportFormats, exportJournal } from '../../src/reports/export/index.ts'
import { day, openShop, type Shop } from '../support/shop.ts'

const folder = mkdtempSync(join(tmpdir(), 'countinghouse-journal-'))
const shops: Shop[] = []
afterAll(async () => {
  for (const shop of shops) await shop.close()
  rmSync(folder, { recursive: true })
})

async function freshShop(currency = 'GBP'): Promise<Shop> {
  const shop = await openShop({ chart: 'generic', currency })
  shops.push(shop)
  return shop
}

const write = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const read = (shop: { database: Shop['database']; companyId: bigint }, ...files: string[]) =>
  importFiles(shop.database, shop.companyId, 'journal', { files })

const trialBalance = (shop: Shop, companyId: bigint) =>
  readCompany(shop.database, companyId, (tx) =>
    tx.query<object>(
      `select a.code, l.currency, sum(l.amount_minor)::bigint as base, sum(l.currency_amount_minor)::bigint as own from journal_line l
         join account a on a.company_id = l.company_id and a.id = l.account_id where l.company_id = $1
         group by 1, 2 having sum(l.amount_minor) <> 0 or sum(l.currency_amount_minor) <> 0 order by 1, 2`,
      [companyId],
    ),
  )

const amount = fc.bigInt({ min: 1n, max: 10n ** 9n })
const written = fc.record({
  on: fc.integer({ min: 1, max: 28 }).map((n) => day(`2024-03-${String(n).padStart(2, '0')}`)),
  debit: fc.constantFrom('1300', '6200', '1200', '2000', '6400'),
  credit: fc.constantFrom('3000', '4000', '2000', '1310'),
  minor: amount,
  dollars: fc.option(amount, { nil: null }),
  description: fc.constantFrom('Rent', 'Miete "März"; | (x)', '', 'a, b: c'),
})

test('our own exports come back as they were, in each format', async () => {
  const shop = await freshShop()
  let round = 0
  const lineOn = (account: string, amountMinor: bigint, own: Partial<JournalLine> = {}): JournalLine => ({
    account,
    amountMinor,
    ...own,
  })
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 6 }), async (entries) => {
      round += 1
      const source = await createCompany(shop.database, {
        name: 'Source',
        country: 'GB',
        currency: 'GBP',
        chart: 'generic',
      })
      const inSource = { ...shop, companyId: source }
      const journals = entries.map(({ on, debit, credit, minor, dollars, description }, index): Journal => {
        const own = dollars === null ? {} : { currency: 'USD', currencyAmountMinor: dollars }
        return {
          reference: `r${round} ${index}`,
          date: on,
          description,
          lines: [lineOn(debit, minor, own), lineOn(credit, -minor)],
        }
      })
      await postInto(inSource, journals)
      const before = await trialBalance(shop, source)
      for (const format of exportFormats) {
        const text = await readCompany(shop.database, source, async (tx) => {
          let all = ''
          for await (const chunk of exportJournal[format](tx)) all += chunk
          return all
        })
        const ending = { hledger: 'journal', beancount: 'beancount', csv: 'csv' }[format]
        const target = await createCompany(shop.database, {
          name: 'Target',
          country: 'GB',
          currency: 'GBP',
          chart: 'generic',
        })
        const path = write(`round-${round}.${ending}`, text)
        const result = await read({ database: shop.database, companyId: target }, path)
        expect(result.documents).toEqual({ created: entries.length, existing: 0, refused: 0 })
        expect(await trialBalance(shop, target), text).toEqual(before)
        expect((await read({ database: shop.database, companyId: target }, path)).documents.existing).toBe(
          entries.length,
        )
      }
    }),
    { numRuns: 6 },
  )
}, 120_000)

async function postInto(shop: Shop, journals: readonly Journal[]): Promise<void> {
  await inCompany(shop.database, shop.companyId, async (tx) => {
    const own = {
      '1200': (await findOrAddParties(tx, 'customer', [{ kind: 'customer', number: 'P1', name: 'Party' }])).get('P1')
        ?.id,
      '2000': (await findOrAddParties(tx, 'supplier', [{ kind: 'supplier', number: 'P1', name: 'Party' }])).get('P1')
        ?.id,
    } as Record<string, bigint | undefined>
    const mine = journals.map((journal) => ({
      ...journal,
      lines: journal.lines.map((line) => ({ ...line, partyId: line.account ? (own[line.account] ?? null) : null })),
    }))
    await postJournals(tx, mine)
  })
}

describe('a text of hledger', () => {
  test('is read with prices, an amount left out, assertions and tags', async () => {
    const shop = await freshShop()
    const path = write(
      'books.journal',
      `; a comment
P 2024-01-01 EUR 0.80 GBP
commodity GBP 1,000.00
account Bank

2024/01/05 * (R7) Anna pays | something  ; party: Anna
    1300    £1,100.00
    1200

2024-01-06 ! Rent
    6200  100.00 GBP
    1300  GBP -100.00 = GBP 1000.00
2024-01-07 Dollars
    1310  USD 50.00 @ GBP 0.75
    1300  GBP -37.50
2024-01-08 Euros
    1310  10.00 EUR
    4000
`,
    )
    expect((await read(shop, path)).documents.created).toBe(4)
    expect(await shop.balances()).toEqual({
      bank: 96250n,
      receivable: -110000n,
      '6200': 10000n,
      cash: 4550n,
      sales: -800n,
    })
    const { checks } = await shop.work(runChecks)
    expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
  })

  test.each([
    ['= periodic', /:1:1: "= periodic"; expected a transaction/],
    ['include other.journal', /:1:1: /],
    ['2024-02-30 x\n  1300  1\n  3000  -1', /:1:1: day 2024-02-30/],
    ['2024-01-01 x\n  1300  GBP 1.00\n  3000  GBP -2.00', /:1:1: an entry that is off by -1.00 GBP/],
    ['2024-01-01 x\n  1300  GBP 1.001\n  3000  GBP -1.001', /:2:3: amount 1.001; expected no more than 2 places/],
    ['2024-01-01 x\n  nowhere  GBP 1\n  3000', /:2:3: account nowhere; expected the code or the name/],
    ['2024-01-01 x\n  (1300)  GBP 1', /:2:3: \(1300\); expected a posting that balances/],
    ['2024-01-01 x\n  1300  5 AAPL {GBP 1}\n  3000', /:2:3: .*lots are not read/],
    ['2024-01-01 x\n  1300  5 Widgets\n  3000', /:2:3: commodity Widgets; expected a currency/],
    ['2024-01-01 x\n  1300  5 USD\n  3000', /:2:3: USD without a price; expected one in GBP/],
    ['2024-01-01 x\n  1300\n  3000', /:3:3: a second posting without an amount/],
    ['2024-01-01 x\n  1300  GBP 5 = GBP 6\n  3000', /:2:3: 1300 holds 5.00 GBP; expected 6.00 as asserted/],
    ['2024-01-01 x\n  1300  = GBP 6\n  3000', /:2:3: .*expected an amount before its balance assertion/],
    ['2024-01-01 x\n  1200  GBP 6\n  3000', /:2:3: 1200 Accounts receivable without a party/],
    ['2024-01-01 x\n  1300  1 EUR @ 1 USD\n  3000', /:2:3: a price in USD; expected one in GBP/],
    ['; nothing', /:1:1: wrong.journal without a transaction/],
  ])('says where %j is not as it should be, and nothing is stored', async (text, message) => {
    const shop = shops[0] ?? (await freshShop())
    const before = await shop.look('select count(*) from journal_entry')
    await expect(read(shop, write('wrong.journal', text))).rejects.toThrow(message)
    expect(await shop.look('select count(*) from journal_entry')).toEqual(before)
  })
})

describe('a text of beancount', () => {
  test('is read with metadata, prices, balances and what follows them', async () => {
    const shop = await freshShop()
    const path = write(
      'books.beancount',
      `option "title" "Books"
2024-01-01 open Assets:1300-Bank GBP
2024-01-05 * "Anna" "pays; \\"all\\"" #tag ^link
  party: "Anna"
  Assets:1300-Bank   1,000.00 GBP ; comment
  Assets:1200-Accounts-receivable
2024-01-06 txn "Rent"
  Expenses:6200-Rent  100.00 GBP
  Assets:1300-Bank  -100.00 GBP
2024-01-07 balance Assets:1300-Bank  900.00 GBP
2024-01-07 balance Assets  -100.00 GBP
2024-01-08 price USD 0.75 GBP
2024-01-09 * "Dollars"
  Assets:1310-Cash  50.00 USD
  Assets:1300-Bank  -37.50 GBP
`,
    )
    expect((await read(shop, path)).documents.created).toBe(3)
    expect(await shop.balances()).toEqual({ bank: 86250n, receivable: -100000n, '6200': 10000n, cash: 3750n })
  })

  test.each([
    ['2024-01-01 pad A:B C:D', /:1:12: pad; expected a transaction/],
    ['include "x"', /:1:1: /],
    ['2024-01-01 * "x"\n  Assets:1300-Bank  1 AAPL {2 GBP}', /costs are not read/],
    ['2024-01-01 * "x"\n  bank  1 GBP', /:2:3: "bank +1 GBP"; expected a posting/],
    [
      '2024-01-01 * "x"\n  Assets:1300-Bank  1 GBP\n  Assets:1310-Cash\n2024-01-02 balance Assets:1300-Bank 2 GBP',
      /:4:1: Assets:1300-Bank holds 1.00 GBP; expected 2.00/,
    ],
  ])('says where %j is not as it should be', async (text, message) => {
    const shop = shops[0] ?? (await freshShop())
    await expect(read(shop, write('wrong.beancount', text))).rejects.toThrow(message)
  })
})

describe('a CSV', () => {
  test('is read by reference, and entries that are there are left alone', async () => {
    const shop = await freshShop()
    const text =
      'reference,date,account,amount,description,party\nj1,2024-01-05,1200,10.00,Work,Anna\nj1,2024-01-05,4000,-10.00,Work,\n'
    expect((await read(shop, write('a.csv', text))).documents.created).toBe(1)
    expect((await read(shop, write('b.csv', text))).documents).toEqual({ created: 0, existing: 1, refused: 0 })
    const changed = await read(shop, write('c.csv', text.replaceAll('10.00', '11.00')))
    expect(changed.documents.refused).toBe(1)
    expect(changed.exceptions.byKind).toEqual({ document_changed: 1 })
    expect(await shop.balances()).toEqual({ receivable: 1000n, sales: -1000n })
  })

  test('says of a line on a tax account which code it is of and what was taxed, and the export of it comes back', async () => {
    const shop = await freshShop()
    const text =
      'reference,date,account,amount,tax_code,tax_base\nt,2024-01-05,1300,12.00,,\nt,2024-01-05,4000,-10.00,standard,\nt,2024-01-05,2200,-2.00,standard,10.00\n'
    const lines = (of: Shop) =>
      of.look<object>(
        `select a.code, t.code as tax, l.tax_authority as authority, l.tax_point as point, l.tax_base_minor as base from journal_line l
           join account a on a.company_id = l.company_id and a.id = l.account_id
           join tax_code t on t.company_id = l.company_id and t.id = l.tax_code_id`,
      )
    expect((await read(shop, write('tax.csv', text))).documents.created).toBe(1)
    const taxed = [{ code: '2200', tax: 'standard', authority: 'HMRC', point: '2024-01-05', base: 1000n }]
    expect(await lines(shop)).toEqual(taxed)
    expect((await read(shop, write('tax.csv', text))).documents).toEqual({ created: 0, existing: 1, refused: 0 })
    let exported = ''
    await readCompany(shop.database, shop.companyId, async (tx) => {
      for await (const chunk of exportJournal.csv(tx)) exported += chunk
    })
    const target = await freshShop()
    expect((await read(target, write('exported.csv', exported))).documents.created).toBe(1)
    expect(await lines(target)).toEqual(taxed)
  })

  test('whose entry the books refused closes its exception once it is in', async () => {
    const shop = await freshShop()
    const month = { month: day('2024-01-01'), reason: 'a test', decidedBy: 'test' }
    await shop.work((tx) => closePeriod(tx, month))
    const file = write(
      'late.csv',
      'reference,date,account,amount\nlate,2024-01-05,1310,10.00\nlate,2024-01-05,4000,-10.00\n',
    )
    expect((await read(shop, file)).exceptions.byKind).toEqual({ document_refused: 1 })
    const states = () => shop.look<{ state: string; subject: string }>('select subject, state from exception')
    expect(await states()).toEqual([{ subject: 'late', state: 'open' }])
    await shop.work((tx) => reopenPeriod(tx, month))
    expect((await read(shop, file)).documents).toEqual({ created: 1, existing: 0, refused: 0 })
    expect(await states()).toEqual([{ subject: 'late', state: 'resolved' }])
  })

  test.each([
    ['another description', 'Work', 'Play'],
    ['another number', ',7,', ',8,'],
    ['another document', 'R-7', 'R-8'],
    ['another party', 'Anna', 'Ben'],
    ['another day', '2024-01-05', '2024-01-06'],
    ['another account', '4000', '3000'],
  ])('of an entry that is there with %s is an exception, and changes nothing', async (_, from, to) => {
    const shop = shops[0] ?? (await freshShop())
    const text =
      'reference,date,number,account,amount,description,party,document\nchanged,2024-01-05,7,1200,10.00,Work,Anna,R-7\nchanged,2024-01-05,7,4000,-10.00,Work,,\n'
    await read(shop, write('a.csv', text))
    expect((await read(shop, write('a.csv', text))).documents).toEqual({ created: 0, existing: 1, refused: 0 })
    const before = await shop.balances()
    const changed = await read(shop, write('b.csv', text.replaceAll(from, to)))
    expect(changed.documents).toEqual({ created: 0, existing: 0, refused: 1 })
    expect(await shop.balances()).toEqual(before)
  })

  test('has its accounts mapped, and added, by accounts.csv', async () => {
    const shop = await freshShop()
    const accounts = write(
      'accounts.csv',
      'legacy_account,account,name,class\nKasse,1310,,\nMiete,9000,Miete,expense\n',
    )
    const text = write(
      'm.csv',
      'reference,date,account,amount\nj1,2024-01-05,Miete,10.00\nj1,2024-01-05,Kasse,-10.00\n',
    )
    expect((await read(shop, accounts, text)).documents.created).toBe(1)
    expect(await shop.balances()).toEqual({ '9000': 1000n, cash: -1000n })
    const unknown = write('accounts.csv', 'legacy_account,account\nKasse,9999\n')
    await expect(read(shop, unknown, text)).rejects.toThrow(/accounts.csv:2:2: account "9999"; expected an account/)
  })

  test.each([
    ['date,account,amount\n2024-01-05,1300,1', /:2:1: date .*; expected a column reference or entry/],
    ['reference,date,account\n', /a header without amount/],
    ['reference,date,account,amount\na,2024-01-05,1300,x\n', /:2:4: amount "x"/],
    [
      'reference,date,account,amount\na,2024-01-05,1300,1\nb,2024-01-05,1300,1\na,2024-01-05,3000,-1\n',
      /:4:1: reference "a"; expected the rows of an entry one after the other/,
    ],
    ['reference,date,account,amount\na,2024-01-05,1300,1\na,2024-01-06,3000,-1\n', /:3:2: date "2024-01-06"/],
  ])('says where %j is not as it should be', async (text, message) => {
    const shop = shops[0] ?? (await freshShop())
    await expect(read(shop, write('wrong.csv', text))).rejects.toThrow(message)
  })
})

const shared = join(process.env.COUNTINGHOUSE_SHARED ?? '../shared', 'data/oracles')
const hledger = 'hledger'
const hasHledger = ((): boolean => {
  try {
    execFileSync(hledger, ['--version'])
    return true
  } catch {
    return false
  }
})()

describe.skipIf(!existsSync(shared))('the examples of hledger and beancount', () => {
  const classes: Record<string, string> = { assets: 'asset', revenues: 'income', expenses: 'expense' }

  test.skipIf(!hasHledger).each(['invoicing/accrual.journal', 'business.journal'])(
    '%s has the balances that hledger gives',
    async (name) => {
      const shop = await freshShop('USD')
      const path = join(shared, 'hledger-examples', name)
      const told = (...words: string[]) => execFileSync(hledger, ['-f', path, ...words], { encoding: 'utf8' })
      const expected = [...told('bal', '--flat', '--no-total', '-O', 'csv').matchAll(/^"(.+)","\$(.+)"$/gm)]
      const rows = told('accounts')
        .trim()
        .split('\n')
        .map((account, index) => `${account},L${index},${account},${classes[account.split(':')[0] ?? '']}`)
      const map = write('accounts.csv', ['legacy_account,account,name,class', ...rows, ''].join('\n'))
      expect((await read(shop, map, path)).documents.refused).toBe(0)
      const ours = await shop.look<{ name: string; sum: string }>(
        `select a.name, trunc(sum(l.amount_minor) / 100.0)::text as sum from journal_line l
           join account a on a.company_id = l.company_id and a.id = l.account_id group by 1 having sum(l.amount_minor) <> 0 order by 1`,
      )
      expect(ours.map((row) => [row.name, row.sum])).toEqual(expected.map(([, account, sum]) => [account, sum]))
      expect(ours.length).toBeGreaterThan(1)
    },
  )

  test.each([
    ['hledger-examples/bcexample.journal', /bcexample.journal:\d+:\d+: /],
    ['hledger-examples/lots/irr.journal', /irr.journal:\d+:\d+: /],
    ['hledger-examples/1ktxns-100accts.journal', /:2:3: commodity A; expected a currency/],
    ['hledger-examples/invoicing/cash.journal', /cash.journal:4:5: .*no virtual one/],
    ['beancount-example/example.beancount', /example.beancount:\d+:\d+: /],
  ])('%s goes beyond what is read, and is refused with the place', async (name, message) => {
    const shop = shops[0] ?? (await freshShop())
    await expect(read(shop, join(shared, name))).rejects.toThrow(message)
  })
})
