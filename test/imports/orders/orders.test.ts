import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountingDate } from '../../../src/kernel/accounting-date.ts'
import { acceptDifferences, dismissExceptions, listExceptions } from '../../../src/modules/inbox/index.ts'
import { addCompanyRates } from '../../../src/modules/rates/index.ts'
import { booksOf, expectSound, type ImportDesk, type ImportingCompany, namedCsv, openImportDesk } from '../support.ts'

let desk: ImportDesk
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())

const page = readFileSync(fileURLToPath(new URL('../../../docs/import-orders.md', import.meta.url)), 'utf8')
const example = (language: string): string => {
  const text = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)?.[1]
  if (text === undefined) throw new Error(`the page has no example in ${language}`)
  return text
}

type Order = { order: string } & Record<string, unknown>
let files = 0
const importJson = (company: ImportingCompany, orders: readonly Order[]) => {
  files += 1
  return company.importAs('orders', [desk.files.write(JSON.stringify(orders), `orders-${files}.json`)])
}

/** The same orders as CSV, their records in the order of the lists. */
function csvOf(orders: readonly Order[]): string {
  const kinds = { lines: 'line', shipping: 'shipping', gift_cards: 'gift_card', payments: 'payment' } as const
  const records = orders.flatMap(({ order, ...rest }) => {
    const own = Object.entries(rest).filter(([name]) => !Object.hasOwn(kinds, name))
    const lists = Object.entries(kinds).flatMap(([list, record]) =>
      ((rest[list] ?? []) as object[]).map((fields) => ({ order, record, ...fields })),
    )
    return [...lists, { order, record: 'order', ...Object.fromEntries(own) }]
  })
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))]
  return namedCsv(columns, records as Record<string, string>[])
}

const base: Order = {
  order: '1',
  currency: 'GBP',
  ordered_on: '2026-03-30',
  invoiced_on: '2026-04-02',
  customer: 'C-1',
  lines: [{ item: 'MUG', quantity: '10', unit_price: '10.00', tax_code: 'standard' }],
  shipping: [{ amount: '5.00', tax_code: 'standard' }],
}

const march = `select a.role, sum(l.amount_minor)::bigint as balance from journal_line l
  join account a on a.company_id = l.company_id and a.id = l.account_id where l.posted_on <= '2026-03-31' group by 1 order by 1`

describe('the example of the page', () => {
  const expected = {
    payment_clearing: 11_400n,
    sales: -10_000n,
    sales_returns: 1_000n,
    shipping_income: -500n,
    output_tax: -1_900n,
  }

  test('posts what the page says, as CSV and as JSON, compressed and not, and once', async () => {
    const [csv, json] = [await desk.company(), await desk.company()]
    const csvFile = desk.files.write(example('csv'), 'page.csv')
    const first = await csv.importAs('orders', [csvFile])
    expect(first).toMatchObject({
      lines: 6,
      documents: { created: 2, existing: 0, refused: 0 },
      byKind: { invoice: 1, credit_note: 1 },
      payments: { created: 2, existing: 0 },
      links: { linked: 1 },
      entries: 5,
      exceptions: { opened: 0 },
    })
    expect(await csv.balances()).toEqual(expected)
    await expectSound(csv)
    await json.importAs('orders', [desk.files.write(gzipSync(example('json')), 'page.json.gz')])
    expect(await booksOf(json)).toEqual(await booksOf(csv))
    const jsonLines = desk.files.write(JSON.stringify(JSON.parse(example('json'))[0]), 'page.jsonl')
    for (const again of [csvFile, jsonLines]) {
      expect(await csv.importAs('orders', [again])).toMatchObject({
        documents: { created: 0, existing: 2, refused: 0 },
        payments: { created: 0, existing: 2 },
        entries: 0,
      })
    }
  })

  test('is a deposit with its tax until the invoice', async () => {
    const company = await desk.company()
    await company.importAs('orders', [desk.files.write(example('csv'), 'deposit.csv')])
    expect(await company.look(march)).toEqual([
      { role: 'customer_deposits', balance: -10_500n },
      { role: 'output_tax', balance: -2_100n },
      { role: 'payment_clearing', balance: 12_600n },
    ])
  })
})

describe('an order', () => {
  test('without a day of invoice is kept, and a later file adds its invoice and uses its deposit', async () => {
    const company = await desk.company()
    const paid = { ...base, payments: [{ method: 'card', paid_on: '2026-03-30', amount: '126.00' }] }
    const waiting = { ...paid, invoiced_on: null }
    expect(await importJson(company, [waiting])).toMatchObject({
      byKind: { order: 1 },
      payments: { created: 1 },
      entries: 1,
    })
    expect(await company.balances()).toEqual({
      payment_clearing: 12_600n,
      customer_deposits: -10_500n,
      output_tax: -2_100n,
    })
    expect(await importJson(company, [paid])).toMatchObject({
      byKind: { invoice: 1 },
      payments: { existing: 1 },
      entries: 2,
    })
    expect(await company.balances()).toEqual({
      payment_clearing: 12_600n,
      sales: -10_000n,
      shipping_income: -500n,
      output_tax: -2_100n,
    })
    await expectSound(company)
  })

  test('with several taxes has a deposit in parts', async () => {
    const company = await desk.company()
    const order = {
      ...base,
      invoiced_on: null,
      lines: [
        { item: 'MUG', quantity: '1', unit_price: '10.00', tax_code: 'standard' },
        { item: 'BOOK', quantity: '1', unit_price: '30.00', tax_code: 'zero' },
      ],
      shipping: [],
      payments: [{ method: 'card', paid_on: '2026-03-30', amount: '21.00' }],
    }
    await importJson(company, [order])
    expect(await company.balances()).toEqual({
      payment_clearing: 2_100n,
      customer_deposits: -2_000n,
      output_tax: -100n,
    })
    await expectSound(company)
  })

  test('is paid by bank, card and gift card, beyond what it comes to', async () => {
    const company = await desk.company()
    const card = { ...base, order: '0', ordered_on: '2026-03-01', invoiced_on: '2026-03-01', lines: [], shipping: [] }
    await importJson(company, [
      {
        ...card,
        gift_cards: [{ card: 'G-1', amount: '50.00' }],
        payments: [{ method: 'card', paid_on: '2026-03-01', amount: '50.00' }],
      },
      {
        ...base,
        payments: [
          { method: 'gift_card', card: 'G-1', paid_on: '2026-04-01', amount: '40.00' },
          { method: 'bank', paid_on: '2026-04-03', amount: '60.00', reference: 'B1' },
          { method: 'paypal', paid_on: '2026-04-04', amount: '30.00', reference: 'P1' },
        ],
      },
    ])
    expect(await company.balances()).toEqual({
      payment_clearing: 8_000n,
      bank: 6_000n,
      gift_card_liability: -1_000n,
      customer_deposits: -400n,
      sales: -10_000n,
      shipping_income: -500n,
      output_tax: -2_100n,
    })
    await expectSound(company)
  })

  const sale = (order: string, card: string): Order => ({
    ...base,
    order,
    ordered_on: '2026-04-02',
    lines: [],
    shipping: [],
    gift_cards: [{ card, amount: '50.00' }],
    payments: [{ method: 'card', reference: card, paid_on: '2026-04-02', amount: '50.00' }],
  })
  const paidBy = (order: string, card: string): Order => ({
    ...base,
    order,
    payments: [{ method: 'gift_card', card, paid_on: '2026-04-01', amount: '50.00' }],
  })

  test.each([
    ['before the order that sells it, on the same day', [paidBy('1', 'G-1'), sale('2', 'G-1')]],
    [
      'that was placed long before the card was sold',
      [{ ...paidBy('1', 'G-1'), ordered_on: '2026-01-01' }, sale('2', 'G-1')],
    ],
    [
      'that sells another, which pays a third',
      [paidBy('1', 'G-2'), { ...paidBy('2', 'G-1'), gift_cards: [{ card: 'G-2', amount: '50.00' }] }, sale('3', 'G-1')],
    ],
    ['that sells the card itself', [{ ...paidBy('1', 'G-1'), gift_cards: [{ card: 'G-1', amount: '50.00' }] }]],
  ])('is paid by a gift card in an order %s', async (_what, orders) => {
    for (const text of [JSON.stringify(orders), csvOf(orders)]) {
      const company = await desk.company()
      files += 1
      const path = desk.files.write(text, `cards-${files}.${text.startsWith('[') ? 'json' : 'csv'}`)
      const { documents } = await company.importAs('orders', [path], { batchLines: 1 })
      expect(documents).toEqual({ created: orders.length, existing: 0, refused: 0 })
      await expectSound(company)
    }
  })

  test('in another currency is converted at the rates of its days, and the difference is realised', async () => {
    const company = await desk.company()
    const rate = (day: string, rate: string) => ({
      source: 'company' as const,
      currency: 'EUR',
      day: accountingDate(day),
      rate,
    })
    await company.work((tx) => addCompanyRates(tx, [rate('2026-04-02', '0.8'), rate('2026-04-05', '0.9')], 'test'))
    const foreign = {
      ...base,
      currency: 'EUR',
      lines: [{ item: 'MUG', quantity: '1', unit_price: '100.00', tax_code: 'zero' }],
      shipping: [],
      payments: [{ method: 'card', paid_on: '2026-04-05', amount: '100.00' }],
    }
    expect(await importJson(company, [foreign])).toMatchObject({ documents: { created: 1 }, payments: { created: 1 } })
    expect(await company.balances()).toEqual({ payment_clearing: 9_000n, sales: -8_000n, realised_fx: -1_000n })
    await expectSound(company)
  })

  test('whose total is not its parts ties all the same', async () => {
    const company = await desk.company()
    const result = await importJson(company, [
      { ...base, total: '126.02' },
      { ...base, order: '2', total: '130.00' },
    ])
    expect(result.exceptions.byKind).toEqual({ total_differs: 1 })
    expect(await company.balances()).toMatchObject({ receivable: 25_602n, rounding: -2n, sales_suspense: -400n })
    await expectSound(company)
  })

  test('whose difference is accepted up to a limit, and no further', async () => {
    const company = await desk.company()
    await importJson(company, [
      { ...base, total: '126.50' },
      { ...base, order: '2', total: '130.00' },
    ])
    const found = await company.work((tx) => listExceptions(tx, { kind: 'total_differs' }))
    const ids = found.map(({ id }) => id)
    const accept = (upTo: string, some: readonly bigint[]) =>
      company.work((tx) =>
        acceptDifferences(
          tx,
          some.map((id) => ({ id, upTo })),
        ),
      )
    await expect(accept('1.00', ids)).rejects.toMatchObject({
      code: 'difference_above_limit',
      detail: { difference: '4.00 GBP', limit: '1.00 GBP' },
    })
    expect(await company.balances()).toMatchObject({ sales_suspense: -450n })
    await expect(accept('1.001', ids)).rejects.toMatchObject({ code: 'input_invalid' })
    const small = found.filter(({ amountMinor }) => amountMinor === 50n).map(({ id }) => id)
    expect(await accept('0.50', small)).toMatchObject([{ state: 'resolved', moved: 1 }])
    expect(await accept('0.50', small)).toMatchObject([{ state: 'resolved', moved: 0 }])
    expect(await company.balances()).toMatchObject({ rounding: -50n, sales_suspense: -400n })
    await expectSound(company)
    // What is dismissed stays where it stands, and is no longer accepted.
    const left = ids.filter((id) => !small.includes(id))
    await company.work((tx) => dismissExceptions(tx, [{ id: left[0] as bigint, body: 'a tip' }]))
    await expect(accept('5.00', left)).rejects.toMatchObject({ code: 'exception_closed' })
    await expectSound(company)
  })
})

describe('a file with orders that cannot be', () => {
  const wrong: [what: string, order: Order, says: RegExp][] = [
    [
      'a tax code that nobody has',
      { ...base, lines: [{ item: 'A', quantity: '1', unit_price: '1', tax_code: 'none' }] },
      /tax/,
    ],
    [
      'tax on some lines alone',
      { ...base, shipping: [{ amount: '5.00', tax_code: 'standard', tax: '1.00' }] },
      /expected form/,
    ],
    ['a currency that there is not', { ...base, currency: 'XQQ' }, /currency/i],
    [
      'a credit of something not invoiced',
      {
        ...base,
        invoiced_on: null,
        credits: [{ credit_note: 'C', credited_on: '2026-04-03', quantity: '1', unit_price: '1' }],
      },
      /expected form/,
    ],
    [
      'a refund of a credit note that it does not have',
      { ...base, refunds: [{ method: 'card', paid_on: '2026-04-03', amount: '1.00', credit_note: 'NONE' }] },
      /hold/,
    ],
    [
      'a discount above its line',
      { ...base, lines: [{ item: 'A', quantity: '1', unit_price: '1', discount: '2' }] },
      /expected form/,
    ],
    ['a gift card abroad', { ...base, currency: 'EUR', gift_cards: [{ amount: '5.00' }] }, /currency/i],
  ]
  test.each(wrong)('sets aside %s, and books the others', async (_what, order, says) => {
    const company = await desk.company()
    const result = await importJson(company, [order, { ...base, order: 'good' }])
    expect(result.documents).toEqual({ created: 1, existing: 0, refused: 1 })
    expect(result.exceptions.byKind).toEqual({ document_refused: 1 })
    expect(result.exceptions.rows[0]?.message).toMatch(says)
    await expectSound(company)
  })

  test('sets aside an order that names the payment of another', async () => {
    const company = await desk.company()
    const payments = [{ method: 'card', reference: 'ch_1', paid_on: '2026-04-03', amount: '126.00' }]
    const result = await importJson(company, [
      { ...base, payments },
      { ...base, order: '2', payments },
    ])
    expect(result.documents).toEqual({ created: 1, existing: 0, refused: 1 })
    await expectSound(company)
  })

  test('leaves an order with other content as it is', async () => {
    const company = await desk.company()
    await importJson(company, [base])
    const before = await company.balances()
    const changed = { ...base, lines: [{ item: 'MUG', quantity: '11', unit_price: '10.00', tax_code: 'standard' }] }
    const paid = { ...changed, payments: [{ method: 'card', paid_on: '2026-04-03', amount: '5.00' }] }
    expect(await importJson(company, [paid])).toMatchObject({
      documents: { created: 0, existing: 0, refused: 1 },
      payments: { created: 0 },
      exceptions: { byKind: { document_changed: 1 } },
    })
    expect(await company.balances()).toEqual(before)
  })
})
