import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportResult } from '../../../src/imports/index.ts'
import { addLineCodeRules, addSourceNameRules } from '../../../src/modules/catalog/index.ts'
import {
  listExceptions,
  nameTaxes,
  placeUnknownCodes,
  rerunExceptions,
  resolveExceptions,
} from '../../../src/modules/inbox/index.ts'
import {
  booksOf,
  expectSound,
  type ImportDesk,
  type ImportingCompany,
  namedCsv,
  openImportDesk,
  quoted,
} from '../support.ts'

/* No real export was at hand: these files are written by the columns that the documentation of Shopify names. */
let desk: ImportDesk
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())

const columns = [
  'Name',
  'Email',
  'Financial Status',
  'Paid at',
  'Fulfillment Status',
  'Fulfilled at',
  'Currency',
  'Subtotal',
  'Shipping',
  'Taxes',
  'Total',
  'Discount Amount',
  'Created at',
  'Lineitem quantity',
  'Lineitem name',
  'Lineitem price',
  'Lineitem sku',
  'Lineitem taxable',
  'Billing Name',
  'Shipping Country',
  'Cancelled at',
  'Payment Method',
  'Payment Reference',
  'Payment References',
  'Refunded Amount',
  'Outstanding Balance',
  'Duties',
  'Tax 1 Name',
  'Tax 1 Value',
  'Tax 2 Name',
  'Tax 2 Value',
  'Vendor',
] as const
type Row = Partial<Record<(typeof columns)[number], string>>

const fileOf = (rows: readonly Row[]): string =>
  [columns.join(','), ...rows.map((row) => columns.map((name) => quoted(row[name] ?? '')).join(','))].join('\r\n')

/** Ten mugs at 10.00, shipping 5.00 and VAT 20% on top: the order of every other test, with what differs. */
const order = (differing: Row = {}): Row => ({
  Name: '#1001',
  Email: 'Ann@Example.com',
  'Financial Status': 'paid',
  'Paid at': '2026-03-30 10:13:33 +0100',
  'Fulfillment Status': 'fulfilled',
  'Fulfilled at': '2026-04-02 09:00:00 +0100',
  Currency: 'GBP',
  Subtotal: '100.00',
  Shipping: '5.00',
  Taxes: '21.00',
  Total: '126.00',
  'Discount Amount': '0.00',
  'Created at': '2026-03-30 10:12:00 +0100',
  'Lineitem quantity': '10',
  'Lineitem name': 'Blue mug',
  'Lineitem price': '10.00',
  'Lineitem sku': 'MUG',
  'Lineitem taxable': 'true',
  'Billing Name': 'Ann Example',
  'Shipping Country': 'GB',
  'Payment Method': 'Shopify Payments',
  'Refunded Amount': '0.00',
  'Outstanding Balance': '0.00',
  'Tax 1 Name': 'GB VAT 20%',
  'Tax 1 Value': '21.00',
  Vendor: 'Own',
  ...differing,
})

const line = (differing: Row): Row => ({ Name: '#1001', ...differing })

let files = 0
async function importRows(rows: readonly Row[], company?: ImportingCompany): Promise<[ImportingCompany, ImportResult]> {
  const into = company ?? (await desk.company())
  files += 1
  const result = await into.importAs('shopify-orders', [desk.files.write(fileOf(rows), `shopify-${files}.csv`)])
  await expectSound(into)
  return [into, result]
}

const sold = { sales: -10_000n, shipping_income: -500n, output_tax: -2_100n, payment_clearing: 12_600n }

describe('an order of the export', () => {
  test('is invoiced when it is fulfilled and paid with its deposit; again it adds nothing', async () => {
    const [company, result] = await importRows([order()])
    expect(result).toMatchObject({
      documents: { created: 1 },
      byKind: { invoice: 1 },
      payments: { created: 1 },
      entries: 3,
      exceptions: { opened: 0 },
    })
    expect(await company.balances()).toEqual(sold)
    const books = await booksOf(company)
    expect(await importRows([order()], company)).toMatchObject([
      {},
      { documents: { existing: 1 }, payments: { existing: 1 }, entries: 0 },
    ])
    expect(await booksOf(company)).toEqual(books)
    const [tax] = await company.look('select base_minor, tax_minor from sales_document_tax')
    expect(tax).toEqual({ base_minor: 10_500n, tax_minor: 2_100n })
  })

  test('with taxes in its prices books the same, as the total says that they are', async () => {
    const gross = { 'Lineitem price': '12.00', Subtotal: '120.00', Shipping: '6.00' }
    const [company, result] = await importRows([order(gross)])
    expect(result.exceptions.opened).toBe(0)
    expect(await company.balances()).toEqual(sold)
  })

  test('with several rows, a discount and a gift card sold', async () => {
    const head = order({
      'Discount Amount': '10.00',
      Subtotal: '140.00',
      Total: '164.00',
      Taxes: '19.00',
      'Tax 1 Value': '19.00',
    })
    const card = line({
      'Lineitem quantity': '1',
      'Lineitem name': 'Gift Card',
      'Lineitem price': '50.00',
      'Lineitem taxable': 'false',
    })
    const [company, result] = await importRows([head, card])
    expect(result.exceptions.opened).toBe(0)
    expect(await company.balances()).toEqual({
      payment_clearing: 16_400n,
      sales: -10_000n,
      sales_discounts: 1_000n,
      shipping_income: -500n,
      gift_card_liability: -5_000n,
      output_tax: -1_900n,
    })
  })

  test('that is not fulfilled is kept, and a later export adds its invoice', async () => {
    const open = order({ 'Fulfillment Status': 'unfulfilled', 'Fulfilled at': '' })
    const [company, result] = await importRows([open])
    expect(result).toMatchObject({ byKind: { order: 1 }, entries: 1 })
    expect(await company.balances()).toEqual({
      payment_clearing: 12_600n,
      customer_deposits: -10_500n,
      output_tax: -2_100n,
    })
    await importRows([order()], company)
    expect(await company.balances()).toEqual(sold)
  })

  test('that was cancelled gives its deposit back; a voided one books nothing', async () => {
    const cancelled = order({
      'Financial Status': 'refunded',
      'Fulfillment Status': 'unfulfilled',
      'Fulfilled at': '',
      'Cancelled at': '2026-03-31 08:00:00 +0100',
      'Refunded Amount': '126.00',
    })
    const [company, result] = await importRows([cancelled])
    expect(result.exceptions.byKind).toEqual({ refund_unclear: 1 })
    expect(await company.balances()).toEqual({})
    const voided = order({ 'Financial Status': 'voided', 'Fulfillment Status': '', 'Fulfilled at': '', 'Paid at': '' })
    expect((await importRows([voided]))[1]).toMatchObject({
      byKind: { order: 1 },
      payments: { created: 0 },
      entries: 0,
    })
  })

  test('that was refunded in part has a credit note with its taxes, and an exception', async () => {
    const [company, result] = await importRows([
      order({ 'Financial Status': 'partially_refunded', 'Refunded Amount': '12.60' }),
    ])
    expect(result).toMatchObject({ byKind: { invoice: 1, credit_note: 1 }, payments: { created: 2 } })
    expect(result.exceptions.byKind).toEqual({ refund_unclear: 1 })
    expect(await company.balances()).toEqual({
      ...sold,
      sales_returns: 1_050n,
      output_tax: -1_890n,
      payment_clearing: 11_340n,
    })
  })

  test('that is partly paid leaves the rest owed', async () => {
    const [company] = await importRows([
      order({ 'Financial Status': 'partially_paid', 'Paid at': '', 'Outstanding Balance': '26.00' }),
    ])
    expect(await company.balances()).toMatchObject({ payment_clearing: 10_000n, receivable: 2_600n })
  })

  test('with two payment methods waits in suspense, until a rule says what the name is', async () => {
    const mixed = order({ 'Payment Method': 'gift_card + Shopify Payments' })
    const [company, result] = await importRows([mixed])
    expect(result.exceptions.byKind).toEqual({ unknown_payment_method: 1 })
    expect(await company.balances()).toMatchObject({ payment_suspense: 12_600n })
    const ruled = await desk.company()
    const rule = { about: 'payment', pattern: 'gift_card \\+ .*', standsFor: 'clearing', method: 'mixed' } as const
    await ruled.work((tx) => addSourceNameRules(tx, 'shopify-orders', [rule], 'test'))
    expect((await importRows([mixed], ruled))[1].exceptions.opened).toBe(0)
  })

  test.each([
    ['no code at all', { 'Lineitem sku': '', 'Lineitem name': '' }, 'UNNAMED'],
    ['a code that is cut off at a blank', { 'Lineitem sku': `${'x'.repeat(59)} y` }, 'X'.repeat(59)],
    ['a code that is cut off within a character', { 'Lineitem sku': `${'x'.repeat(59)}💥` }, 'X'.repeat(59)],
  ])('with %s is in suspense until somebody says what it is, and then known', async (_what, of, code) => {
    const company = await desk.company()
    await company.work((tx) =>
      addLineCodeRules(
        tx,
        'shopify-orders',
        [{ priority: 80, pattern: '.*', standsFor: 'unknown', role: 'sales_suspense', taxed: true }],
        'test',
      ),
    )
    const [, first] = await importRows([order(of)], company)
    expect(first.exceptions.rows).toMatchObject([
      { kind: 'unknown_code', message: expect.stringContaining(` ${code} `) },
    ])
    expect(await company.balances()).toMatchObject({ sales_suspense: -10_000n })
    const [open] = await company.work(listExceptions)
    expect(
      await company.work((tx) => placeUnknownCodes(tx, [{ id: open?.id as bigint, standsFor: 'item' }])),
    ).toMatchObject([{ state: 'resolved', moved: 1 }])
    expect(await company.balances()).toEqual(sold)
    const [, second] = await importRows([order({ ...of, Name: '#1002' })], company)
    expect(second.exceptions.opened).toBe(0)
    expect(await company.balances()).toMatchObject({ sales: -20_000n })
  })

  test('with prices that have their tax in them has its exception at the net that stands in suspense', async () => {
    const company = await desk.company()
    const unknown = { priority: 80, pattern: '.*', standsFor: 'unknown', role: 'sales_suspense', taxed: true } as const
    await company.work((tx) => addLineCodeRules(tx, 'shopify-orders', [unknown], 'test'))
    const taxed = {
      Shipping: '0.00',
      'Lineitem quantity': '1',
      Subtotal: '12.00',
      Total: '12.00',
      Taxes: '2.00',
      'Lineitem price': '12.00',
    }
    const [, said] = await importRows([order({ ...taxed, 'Tax 1 Name': 'VAT 20%', 'Tax 1 Value': '2.00' })], company)
    expect(said.exceptions.rows).toMatchObject([{ kind: 'unknown_code', amount: { amount: '10.00' } }])
    expect(await company.balances()).toMatchObject({ sales_suspense: -1_000n })
  })

  test('is read by every column that the help page of the export names, in its spellings', async () => {
    const documented = [
      'Name, Phone, Email, Financial Status, Paid at, Fulfillment Status, Fulfilled at, Accepts Marketing, Currency',
      'Subtotal, Shipping, Taxes, Total, Discount Code, Discount Amount, Shipping Method, Created at',
      'Lineitem quantity, Lineitem name, Lineitem price, Lineitem compare-at price, Lineitem SKU',
      'Lineitem requires shipping, Lineitem taxable, Lineitem fulfillment status, Billing Name, Billing Street',
      'Billing Address1, Billing Address2, Billing Company, Billing City, Billing Zip, Billing Province',
      'Billing Province Name, Billing Country, Billing Phone, Shipping Name, Shipping Street, Shipping Address1',
      'Shipping Address2, Shipping Company, Shipping City, Shipping Zip, Shipping Province, Shipping Province Name',
      'Shipping Country, Shipping Phone, Notes, Note Attributes, Canceled at, Payment Method',
      'Payment Reference (deprecated), Payment References, Refunded Amount, Vendor, Outstanding Balance, Employee',
      'Location, Device ID, Id, Tags, Risk Level, Source, Lineitem discount, Tax 1 Name, Tax 1 Value, Payment ID',
      'Payment terms, Next payment due at',
    ].flatMap((names) => names.split(', '))
    const row: Record<string, string | undefined> = {
      ...order({ 'Payment References': 'r1' }),
      'Lineitem SKU': 'MUG',
      'Canceled at': '',
      'Payment Reference (deprecated)': 'old',
      'Billing Zip': "'01010",
      'Lineitem compare-at price': '12.00',
      'Lineitem discount': '0.00',
    }
    const company = await desk.company()
    const result = await company.importAs('shopify-orders', [
      desk.files.write(namedCsv(documented, [row]), 'documented.csv'),
    ])
    expect(result.exceptions.opened).toBe(0)
    expect(await company.balances()).toEqual(sold)
    expect(await company.look('select reference from payment')).toEqual([{ reference: '#1001/r1' }])
  })

  test('with an unknown tax, several taxes or a total that is not its parts ties, and says so', async () => {
    const city = order({ 'Tax 1 Value': '20.00', 'Tax 2 Name': 'City levy', 'Tax 2 Value': '1.00' })
    const [levy, said] = await importRows([city])
    expect(said.exceptions.byKind).toEqual({ unknown_tax: 1, tax_base_unclear: 1 })
    expect(await levy.balances()).toMatchObject({
      sales_suspense: -100n,
      output_tax: -2_000n,
      payment_clearing: 12_600n,
    })
    const [company, result] = await importRows([order({ Total: '127.00' })])
    expect(result.exceptions.byKind).toEqual({ total_differs: 1 })
    expect(await company.balances()).toEqual({ ...sold, payment_clearing: 12_700n, sales_suspense: -100n })
  })

  test('whose tax somebody names moves to output tax, with what was taxed, and later files know the name', async () => {
    const city = (number: string) =>
      order({ Name: number, 'Tax 1 Value': '20.00', 'Tax 2 Name': 'City levy', 'Tax 2 Value': '1.00' })
    const company = await desk.company()
    await importRows([city('#1'), city('#2')], company)
    const find = () => company.work((tx) => listExceptions(tx, { kind: 'unknown_tax' }))
    const [{ id } = { id: 0n }] = await find()
    const refused = (code: string) => expect.objectContaining({ code })
    await expect(company.work((tx) => resolveExceptions(tx, [{ id, body: 'fine' }]))).rejects.toEqual(
      refused('exception_needs_remedy'),
    )
    expect(await company.work((tx) => rerunExceptions(tx, [id]))).toMatchObject([
      { state: 'open', message: 'No rule says which tax it is' },
    ])
    await expect(company.work((tx) => nameTaxes(tx, [{ id, taxCode: 'nothing' }]))).rejects.toEqual(
      refused('tax_code_unknown'),
    )
    const other = await company.work((tx) => listExceptions(tx, { kind: 'tax_base_unclear' }))
    await expect(
      company.work((tx) => nameTaxes(tx, [{ id: other[0]?.id as bigint, taxCode: 'reduced' }])),
    ).rejects.toEqual(refused('exception_not_of_kind'))
    expect(await company.work((tx) => nameTaxes(tx, [{ id, taxCode: 'reduced' }]))).toEqual([
      { id, state: 'resolved', message: 'Placed as output tax of reduced', moved: 2 },
    ])
    const balances = await company.balances()
    expect(balances).toMatchObject({ output_tax: -4_200n })
    expect(balances).not.toHaveProperty('sales_suspense')
    // At 5 per cent, 1.00 of tax is that of 20.00.
    const arrived = `select t.code, l.amount_minor::int as tax, l.tax_base_minor::int as base, l.tax_authority is not null as authority
      from journal_line l join tax_code t on t.company_id = l.company_id and t.id = l.tax_code_id
      join account a on a.company_id = l.company_id and a.id = l.account_id and a.role = 'output_tax' where t.code = 'reduced'`
    expect(await company.look(arrived)).toEqual(
      [1, 2].map(() => ({ code: 'reduced', tax: -100, base: 2_000, authority: true })),
    )
    expect((await importRows([city('#3')], company))[1].exceptions.byKind).not.toHaveProperty('unknown_tax')
    expect((await find()).map(({ state }) => state)).toEqual(['resolved'])
    await expectSound(company)
  })

  test('with a discount on the shipping, and with duties', async () => {
    const free = { 'Discount Amount': '5.00', Taxes: '20.00', 'Tax 1 Value': '20.00', Total: '120.00' }
    const [company] = await importRows([order(free)])
    expect(await company.balances()).toMatchObject({
      sales_discounts: 500n,
      shipping_income: -500n,
      payment_clearing: 12_000n,
    })
    const [dutiable, result] = await importRows([order({ Duties: '7.00', Total: '133.00' })])
    expect(result.exceptions.opened).toBe(0)
    expect(await dutiable.balances()).toMatchObject({ shipping_income: -1_200n, payment_clearing: 13_300n })
  })

  test('in two exports that overlap is read once, and set aside where they differ', async () => {
    const company = await desk.company()
    const write = (rows: readonly Row[], name: string) => desk.files.write(fileOf(rows), name)
    const other = order({ Name: '#1002' })
    const alike = [write([order()], 'one.csv'), write([order(), other], 'two.csv')]
    expect((await company.importAs('shopify-orders', alike)).documents).toEqual({ created: 2, existing: 0, refused: 0 })
    const differing = [write([order()], 'three.csv'), write([order({ Total: '130.00' }), other], 'four.csv')]
    expect((await company.importAs('shopify-orders', differing)).documents).toEqual({
      created: 0,
      existing: 1,
      refused: 1,
    })
  })

  test('whose lines have no row with the totals is set aside', async () => {
    const [, result] = await importRows([
      line({ 'Lineitem quantity': '1', 'Lineitem name': 'Mug', 'Lineitem price': '1.00' }),
    ])
    expect(result.documents).toEqual({ created: 0, existing: 0, refused: 1 })
  })
})
