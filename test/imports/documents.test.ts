import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileOf, type ImportDesk, openImportDesk, type TestRow } from './support.ts'

let desk: ImportDesk
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())

/** Imports rows into a company of their own and gives back what each role holds, in pence. */
async function balancesOf(...rows: TestRow[]): Promise<Record<string, bigint>> {
  const company = await desk.company()
  await company.import(rows)
  return await company.balances()
}

describe('one document and its entries', () => {
  test('an invoice on account: net to sales, tax to the office, gross to the customer', async () => {
    expect(
      await balancesOf({ number: '1', quantity: 6, price: '2.55' }, { number: '1', code: 'POST', price: '5' }),
    ).toEqual({
      receivable: 2436n,
      sales: -1530n,
      shipping_income: -500n,
      output_tax: -406n,
    })
  })

  test('without a customer it counts as paid that day, through the clearing account', async () => {
    const company = await desk.company()
    const result = await company.import([{ number: '1', price: '10', customer: '' }])
    expect(result.entries).toBe(2)
    expect(await company.balances()).toEqual({ payment_clearing: 1200n, sales: -1000n, output_tax: -200n })
    expect(await company.look('select kind, reference, amount_minor, paid_on from payment')).toEqual([
      { kind: 'capture', reference: '1', amount_minor: 1200n, paid_on: '2011-02-01' },
    ])
    expect(await company.look('select from open_item where applied_minor <> amount_minor')).toEqual([])
  })

  test('a credit note gives back what would be sales as returns, and everything else where it came from', async () => {
    const rows = [
      { code: '85123A', price: '10' },
      { code: 'M', price: '5' },
      { code: 'POST', price: '4' },
      { code: 'D', price: '3' },
      { code: 'gift_0001_20', price: '20' },
      { code: 'DCGSSBOY', price: '2' },
      { code: 'AMAZONFEE', price: '7' },
      { code: 'BANK CHARGES', price: '6' },
    ]
    expect(await balancesOf(...rows.map((row) => ({ ...row, number: 'C1', quantity: -1 })))).toEqual({
      receivable: -6180n,
      sales_returns: 1500n,
      shipping_income: 400n,
      sales_discounts: 300n,
      gift_card_liability: 2000n,
      sales_suspense: 200n,
      channel_fees: 700n,
      payment_fees: 600n,
      output_tax: 480n,
    })
  })

  test('a credit note without a customer is refunded that day', async () => {
    const company = await desk.company()
    await company.import([{ number: 'C1', quantity: -1, price: '10', customer: '' }])
    expect(await company.balances()).toEqual({ payment_clearing: -1200n, sales_returns: 1000n, output_tax: 200n })
    expect(await company.look('select kind, amount_minor, imported, refunds_payment_id from payment')).toEqual([
      { kind: 'refund', amount_minor: 1200n, imported: true, refunds_payment_id: null },
    ])
  })

  test('a cash invoice below zero is refunded too', async () => {
    const company = await desk.company()
    await company.import([{ number: '1', code: 'BANK CHARGES', quantity: -1, price: '10', customer: '' }])
    expect(await company.balances()).toEqual({ payment_clearing: -1000n, payment_fees: 1000n })
    expect(await company.look('select kind, amount_minor from payment')).toEqual([
      { kind: 'refund', amount_minor: 1000n },
    ])
  })

  test('gift cards are sold untaxed, on one card that stands for all of them', async () => {
    const company = await desk.company()
    await company.import([
      { number: '1', code: 'gift_0001_20', price: '16.67', quantity: 2 },
      { number: '2', code: 'GIFT_0001_50 ', price: '41.67' },
      { number: 'C3', code: 'gift_0001_20', price: '16.67', quantity: -1 },
    ])
    expect(await company.balances()).toEqual({ receivable: 5834n, gift_card_liability: -5834n })
    expect(await company.look('select code, balance_minor, identified from gift_card')).toEqual([
      { code: 'unidentified', balance_minor: 5834n, identified: false },
    ])
    expect(await company.look('select kind, amount_minor from gift_card_movement order by amount_minor')).toEqual([
      { kind: 'refunded', amount_minor: -1667n },
      { kind: 'sold', amount_minor: 3334n },
      { kind: 'sold', amount_minor: 4167n },
    ])
  })

  test('a bad-debt adjustment moves what nobody in particular owes', async () => {
    const company = await desk.company()
    await company.import([
      { number: 'A1', code: 'B', price: '11062.06', customer: '' },
      { number: 'A2', code: 'B', price: '-22124.12', customer: '' },
    ])
    expect(await company.balances()).toEqual({ receivable: -1_106_206n, bad_debts: 1_106_206n })
    const parties = await company.look(
      'select p.name, sum(o.amount_minor)::bigint as open from open_item o join party p on p.company_id = o.company_id and p.id = o.party_id group by 1',
    )
    expect(parties).toEqual([{ name: 'Unidentified', open: -1_106_206n }])
  })

  test('a document that comes to nothing posts its parts, and nobody owes or pays anything', async () => {
    const company = await desk.company()
    const rows = [
      { number: '1', code: '85123A', price: '10' },
      { number: '1', code: 'D', price: '10', quantity: -1 },
    ]
    await company.import([...rows, ...rows.map((row) => ({ ...row, number: '2', customer: '' }))])
    expect(await company.balances()).toEqual({ sales: -2000n, sales_discounts: 2000n })
    expect(await company.rowCounts()).toMatchObject({ sales_document: 2, journal_entry: 2, journal_line: 4 })
    expect(await company.look('select from open_item')).toEqual([])
    expect(await company.look('select from payment')).toEqual([])
  })

  test('a line that rounds to nothing is kept, and books nothing', async () => {
    const company = await desk.company()
    const result = await company.import([{ number: '1', price: '0.004' }])
    expect(result).toMatchObject({ documents: { created: 1 }, byKind: { invoice: 1 }, entries: 0 })
    expect(await company.look('select net_minor, unit_price from sales_document_line')).toEqual([
      { net_minor: 0n, unit_price: '0.004' },
    ])
  })
})

describe('lines of price 0', () => {
  test('alone, they are a stock adjustment without a customer, and free items with one', async () => {
    const company = await desk.company()
    const result = await company.import([
      { number: '1', price: 0, quantity: -12, customer: '', description: 'damaged' },
      { number: '2', price: 0, quantity: 1, customer: '12346' },
    ])
    expect(result).toMatchObject({ byKind: { stock_adjustment: 1, free_items: 1 }, entries: 0 })
    expect(await company.look('select number, kind, settlement from sales_document order by number')).toEqual([
      { number: '1', kind: 'stock_adjustment', settlement: 'none' },
      { number: '2', kind: 'free_items', settlement: 'none' },
    ])
    expect(await company.balances()).toEqual({})
  })

  test.each(['12346', ''])(
    'beside others they stay on the invoice and book nothing (customer "%s")',
    async (customer) => {
      const company = await desk.company()
      const result = await company.import([
        { number: '1', price: '10', customer },
        { number: '1', code: '22423', price: 0, quantity: 3, customer },
        { number: '1', code: 'DCGSSBOY', price: 0, customer },
      ])
      expect(result).toMatchObject({ byKind: { invoice: 1 }, exceptions: { opened: 0 } })
      expect(await company.look('select code, role, quantity from sales_document_line order by line_no')).toEqual([
        { code: '85123A', role: 'sales', quantity: '1' },
        { code: '22423', role: null, quantity: '3' },
        { code: 'DCGSSBOY', role: null, quantity: '1' },
      ])
      expect(await company.balances()).toMatchObject({ sales: -1000n, output_tax: -200n })
    },
  )
})

describe('where the lines of a document stand', () => {
  test('anywhere in several files: they are one document', async () => {
    const company = await desk.company()
    const one = desk.files.write([
      { number: '1', price: '1' },
      { number: '2', price: '2' },
      { number: '1', price: '3' },
    ])
    const two = desk.files.write([
      { number: '2', price: '4' },
      { number: '1', price: '5' },
    ])
    expect(await company.importFiles([one, two])).toMatchObject({ lines: 5, documents: { created: 2 } })
    expect(await company.look('select number, net_minor from sales_document order by number')).toEqual([
      { number: '1', net_minor: 900n },
      { number: '2', net_minor: 600n },
    ])
    expect(
      await company.look(
        'select f.name, l.import_line from sales_document_line l join import_file f on f.company_id = l.company_id and f.id = l.import_file_id order by f.id, l.import_line',
      ),
    ).toHaveLength(5)
  })

  test('repeated lines are real', async () => {
    const line = { number: '1', price: '10' }
    expect(await balancesOf(line, line)).toMatchObject({ sales: -2000n })
  })

  test('the same file twice in one import, under another name or compressed, is one file', async () => {
    const company = await desk.company()
    const text = fileOf([{ number: '1', price: '10' }])
    const files = [
      desk.files.write(text, 'one.csv'),
      desk.files.write(text, 'copy.csv'),
      desk.files.write(gzipSync(text), 'one.csv.gz'),
    ]
    const said: string[] = []
    const result = await company.importFiles(files, { log: (line) => said.push(line) })
    expect(result).toMatchObject({ lines: 1, documents: { created: 1, existing: 0, refused: 0 } })
    expect(said).toEqual([
      `${files[1]} is a copy of ${files[0]}: read once`,
      `${files[2]} is a copy of ${files[0]}: read once`,
    ])
  })

  test('a code is the same item with blanks and in small letters', async () => {
    const company = await desk.company()
    await company.import([
      { number: '1', code: '85123a ' },
      { number: '2', code: '85123A' },
    ])
    expect(await company.look('select code from item')).toEqual([{ code: '85123A' }])
  })
})

describe('what a person must look at', () => {
  test('an unknown code is one exception, however many lines it has, and grows with them', async () => {
    const company = await desk.company()
    const first = await company.import([
      { number: '1', code: 'DCGSSBOY', price: '3' },
      { number: '2', code: 'dcgssboy', price: '4' },
      { number: '3', code: 'DCGSSGIRL', price: '5' },
    ])
    expect(first.exceptions).toMatchObject({ opened: 2, byKind: { unknown_code: 2 } })
    const second = await company.import([{ number: '4', code: 'DCGSSBOY', price: '10' }])
    expect(second.exceptions.opened).toBe(0)
    expect(await company.look('select subject, amount_minor, state from exception order by subject')).toEqual([
      { subject: 'DCGSSBOY', amount_minor: 1700n, state: 'open' },
      { subject: 'DCGSSGIRL', amount_minor: 500n, state: 'open' },
    ])
  })

  test('a destination that names no country is taxed, and is an exception for each document', async () => {
    const company = await desk.company()
    const result = await company.import([
      { number: '1', price: '10', country: 'European Community' },
      { number: '2', price: '10', country: 'Unspecified' },
      { number: '3', price: 0, country: 'Unspecified' },
    ])
    expect(result.exceptions).toMatchObject({ opened: 2, byKind: { unclear_destination: 2 } })
    expect(await company.balances()).toMatchObject({ output_tax: -400n })
  })

  test('an export is zero-rated, with what was supplied beside it', async () => {
    const company = await desk.company()
    await company.import([{ number: '1', price: '10', country: 'Channel Islands' }])
    expect(await company.balances()).toEqual({ receivable: 1000n, sales: -1000n })
    const taxes = await company.look(
      'select t.code, d.base_minor, d.tax_minor from sales_document_tax d join tax_code t on t.company_id = d.company_id and t.id = d.tax_code_id',
    )
    expect(taxes).toEqual([{ code: 'export', base_minor: 1000n, tax_minor: 0n }])
  })
})

test('no code of a file may keep a sub-ledger but that of gift cards', async () => {
  const { addLineCodeRules } = await import('../../src/modules/catalog/index.ts')
  const company = await desk.company()
  const rule = { priority: 5, pattern: 'X.*', standsFor: 'charge', taxed: false } as const
  for (const role of ['receivable', 'customer_deposits', 'payable'] as const) {
    const added = company.work((tx) => addLineCodeRules(tx, 'online-retail', [{ ...rule, role }], 'test'))
    await expect(added).rejects.toMatchObject({ code: 'mapping_leaves_sub_ledger' })
  }
})

test('a company may say for itself what a code stands for, from a day on', async () => {
  const { addLineCodeRules } = await import('../../src/modules/catalog/index.ts')
  const company = await desk.company()
  await company.work((tx) =>
    addLineCodeRules(
      tx,
      'online-retail',
      [
        {
          priority: 5,
          pattern: 'DCGS.*',
          standsFor: 'charge',
          role: 'shipping_income',
          taxed: false,
          effectiveFrom: '2011-02-02' as never,
        },
      ],
      'test',
    ),
  )
  await company.import([
    { number: '1', code: 'DCGSSBOY', price: '1' },
    { number: '2', code: 'DCGSSBOY', price: '1', at: '2011-02-02 00:00:00' },
  ])
  expect(await company.balances()).toMatchObject({ sales_suspense: -100n, shipping_income: -100n, output_tax: -20n })
})
