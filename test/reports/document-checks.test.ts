import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyItems, lockItemsOf } from '../../src/modules/receivables/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { type Books, day, entry, issue, openBooks, postEntries } from './support.ts'

let books: Books
let ids: { w1: bigint; c1: bigint; w2: bigint; anna: bigint; supplier: bigint; capture: bigint; refund: bigint }

beforeAll(async () => {
  books = await openBooks()
  const [w1 = 0n, c1 = 0n, w2 = 0n] = await issue(
    books,
    {
      number: 'W1',
      on: '2011-01-05',
      tax: 20_00n,
      lines: [
        { net: 100_00n, item: 'MUG', quantity: '10' },
        { net: 25_00n, role: 'gift_card_liability', giftCard: 'G1' },
      ],
    },
    {
      number: 'C1',
      kind: 'credit_note',
      on: '2011-01-06',
      tax: -4_00n,
      lines: [{ net: -20_00n, item: 'MUG', quantity: '-2' }],
    },
    { number: 'W2', on: '2011-01-07', customer: null, settlement: 'paid', lines: [{ net: 9_00n, item: 'MUG' }] },
    {
      number: 'F1',
      kind: 'free_items',
      on: '2011-01-07',
      settlement: 'none',
      lines: [{ net: 0n, item: 'MUG', role: null }],
    },
  )
  const one = async (statement: string): Promise<bigint> =>
    (await books.owner((tx) => tx.query<{ id: bigint }>(statement, [tx.companyId])))[0]?.id as bigint
  const supplier = await one(
    `insert into party (company_id, kind, number, name) values ($1, 'supplier', 'S1', 'Potter') returning id`,
  )
  const anna = await one(`select id from party where company_id = $1 and number = 'Anna'`)
  await postEntries(
    books,
    entry(books, '2011-01-08', [
      ['1001', 50_00n],
      ['2100', -50_00n, { partyId: supplier }],
    ]),
    entry(books, '2011-01-09', [
      ['1240', 12_00n],
      ['2120', -12_00n, { partyId: anna }],
    ]),
  )
  const capture = await one(
    `insert into payment (company_id, kind, source, reference, method, party_id, paid_on, currency, amount_minor, refunded_minor)
       select $1, 'capture', 'test', 'P1', 'card', id, '2011-01-09', 'GBP', 1200, 200 from party where company_id = $1 and number = 'Anna' returning id`,
  )
  const refund = await one(
    `insert into payment (company_id, kind, source, reference, method, party_id, paid_on, currency, amount_minor, refunds_payment_id)
       select $1, 'refund', 'test', 'R1', 'card', party_id, '2011-01-09', 'GBP', 200, id from payment where company_id = $1 and reference = 'P1' returning id`,
  )
  await books.owner((tx) =>
    tx.query(
      `insert into deposit (company_id, payment_id, party_id, currency, net_minor, tax_minor) values ($1, $2, $3, 'GBP', 1200, 0)`,
      [tx.companyId, capture, anna],
    ),
  )
  const source = { kind: 'payment', rule: 'test' }
  await postEntries(
    books,
    ...[capture, refund].map((id) =>
      entry(
        books,
        '2011-01-09',
        [
          ['1240', 1n],
          ['1241', -1n],
        ],
        { rule: source.rule, source: { kind: source.kind, id: String(id) } },
      ),
    ),
  )
  await books.write(async (tx) => {
    await tx.query(
      `insert into sales_line_link (company_id, credit_document_id, credit_line_no, invoice_document_id, invoice_line_no, quantity)
         values ($1, $2, 1, $3, 1, 2)`,
      [tx.companyId, c1, w1],
    )
    await tx.query(
      `update sales_document_line set credited_quantity = case document_id when $2 then 2 else -2 end
         where company_id = $1 and document_id in ($2, $3) and line_no = 1`,
      [tx.companyId, w1, c1],
    )
    const sources = [w1, c1].map((id) => ({ sourceKind: 'sales_document', sourceId: String(id) }))
    const items = [...(await lockItemsOf(tx, sources)).values()].sort((a, b) =>
      a.amountMinor < b.amountMinor ? 1 : -1,
    )
    const [debit, credit] = items
    await applyItems(tx, [
      {
        debitItemId: debit?.id as bigint,
        creditItemId: credit?.id as bigint,
        appliedOn: day('2011-01-06'),
        amountMinor: 24_00n,
      },
    ])
  })
  await books.fold()
  await books.seal()
  ids = { w1, c1, w2, anna, supplier, capture, refund }
})
afterAll(() => books.close())

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Runs every check on books broken by `statements`, takes them back, and returns the checks that are broken with the rows that they name. */
async function brokenBy(...statements: string[]): Promise<Record<string, Rows>> {
  const undo = new Error('take it back')
  let broken: Record<string, Rows> = {}
  const work = books.owner(async (tx) => {
    await tx.query('set local session_replication_role = replica')
    for (const statement of statements) await tx.query(statement)
    const { checks } = await runChecks(tx)
    broken = Object.fromEntries(
      checks.filter(({ result }) => result === 'broken').map(({ name, rows }) => [name, rows]),
    )
    throw undo
  })
  await expect(work).rejects.toBe(undo)
  return broken
}

const gbp = (amount: string) => ({ amount, currency: 'GBP' })
const said = (what: string, more: object = {}) => [expect.objectContaining({ what, ...more })]

test('sound books hold, and say what they compared', async () => {
  const report = await books.read(runChecks)
  expect(report.checks.filter(({ result, rows }) => result === 'broken' || rows.length > 0)).toEqual([])
  expect(report.ok).toBe(true)
  expect(Object.fromEntries(report.checks.map(({ name, result }) => [name, result]))).toEqual({
    'entries-balance': 'held',
    'balances-match-lines': 'held',
    'receivable-matches-customers': 'held',
    'payable-matches-suppliers': 'held',
    'deposits-match-orders': 'held',
    'gift-cards-match-liability': 'held',
    'open-items-match-applications': 'held',
    'stock-value-matches-ledger': 'not-applicable',
    'stock-quantity-matches-moves': 'not-applicable',
    'clearing-matches-processor': 'not-applicable',
    'received-not-invoiced-explained': 'not-applicable',
    'documents-have-entries': 'held',
    'refunds-within-payments': 'held',
    'orders-match-channel': 'not-applicable',
    'closed-periods-unchanged': 'not-applicable',
    'numbers-gapless': 'held',
    'seals-match-entries': 'held',
    'tax-matches-returns': 'held',
    'dimensions-exist': 'held',
  })
})

test('receivable-matches-customers names the customer', async () => {
  const name = 'receivable-matches-customers'
  expect(
    await brokenBy(
      `update open_item set amount_minor = amount_minor + 1 where source_id = '${ids.w1}' and source_kind = 'sales_document'`,
    ),
  ).toEqual({
    [name]: [
      {
        party: 'Anna',
        what: 'the open items are not what the account holds',
        ledger: gbp('121.00'),
        openItems: gbp('121.01'),
      },
    ],
  })
  const nameless = await brokenBy(
    `update journal_line set party_id = null where document_id = ${ids.w1} and line_no = 1`,
  )
  expect(nameless[name]).toEqual([
    expect.objectContaining({
      party: null,
      what: 'lines on a receivable account name no customer',
      ledger: gbp('145.00'),
    }),
    expect.objectContaining({ party: 'Anna', ledger: gbp('-24.00'), openItems: gbp('121.00') }),
  ])
  const unknown = await brokenBy(`update journal_line set party_id = 999 where document_id = ${ids.w1}`)
  expect(unknown[name]).toContainEqual(expect.objectContaining({ party: null, what: 'there is no such party' }))
})

test('payable-matches-suppliers names the line', async () => {
  for (const party of ['null', ids.anna]) {
    const found = await brokenBy(
      `update journal_line set party_id = ${party} where account_id = ${books.accounts.get('2100')}`,
    )
    expect(found['payable-matches-suppliers']).toEqual(
      said('a line on a payable account names no supplier', { lineNo: 2, amount: gbp('-50.00') }),
    )
  }
})

test('deposits-match-orders names the customer', async () => {
  expect(await brokenBy('update deposit set applied_net_minor = 1')).toEqual({
    'deposits-match-orders': [
      {
        party: 'Anna',
        what: 'what is left of the deposits is not what the account holds',
        ledger: gbp('12.00'),
        deposits: gbp('11.99'),
      },
    ],
  })
})

test('gift-cards-match-liability names the card', async () => {
  const name = 'gift-cards-match-liability'
  expect(await brokenBy('update gift_card_movement set amount_minor = 2400')).toEqual({
    [name]: [
      {
        card: 'G1',
        what: 'what is left on the card is not what the account holds',
        ledger: gbp('25.00'),
        movements: gbp('24.00'),
      },
    ],
  })
  const nameless = await brokenBy('update journal_line set gift_card_id = null')
  expect(nameless[name]).toEqual([
    expect.objectContaining({ card: null, what: 'lines on a gift card account name no card' }),
    expect.objectContaining({ card: 'G1', ledger: gbp('0.00') }),
  ])
})

test('open-items-match-applications names the item', async () => {
  const name = 'open-items-match-applications'
  const item = `source_kind = 'sales_document' and source_id = '${ids.w1}'`
  expect(await brokenBy(`update open_item set applied_minor = 2401 where ${item}`)).toEqual({
    [name]: said('its applications are not what it says is settled', {
      party: 'Anna',
      applied: gbp('24.01'),
      applications: gbp('24.00'),
    }),
  })
  const above = await brokenBy(
    'alter table open_item drop constraint open_item_applied_within_amount',
    `update open_item_application set amount_minor = 20000 where debit_item_id = (select id from open_item where ${item})`,
    `update open_item set applied_minor = sign(amount_minor) * 20000 where id in (select unnest(array[debit_item_id, credit_item_id])
       from open_item_application where amount_minor = 20000)`,
  )
  expect(above[name]).toHaveLength(2)
  expect(above[name]?.[0]).toMatchObject({ what: 'more is settled than it amounts to' })
  const another = await brokenBy(`update open_item set party_id = ${ids.supplier} where ${item}`)
  expect(another[name]).toContainEqual(
    expect.objectContaining({ what: 'it is applied to an item of another customer or currency' }),
  )
})

test('documents-have-entries names the document, the payment or the entry', async () => {
  const name = 'documents-have-entries'
  const noEntry = await brokenBy(
    `update journal_entry set source_kind = 'lost' where source_kind = 'sales_document' and source_id = '${ids.w1}'`,
  )
  expect(noEntry[name]).toEqual(
    said('the document has no entry', { documentId: String(ids.w1), number: 'W1', gross: gbp('145.00') }),
  )
  const other = await brokenBy(`update sales_document set net_minor = net_minor + 1 where id = ${ids.c1}`)
  expect(other).toEqual({
    [name]: said('the entry does not put its gross on the receivable account', {
      number: 'C1',
      gross: gbp('-23.99'),
      receivable: gbp('-24.00'),
    }),
  })
  const payment = await brokenBy(
    `update journal_entry set source_kind = 'lost' where source_kind = 'payment' and source_id = '${ids.capture}'`,
  )
  expect(payment[name]).toEqual(said('the payment has no entry', { paymentId: String(ids.capture), reference: 'P1' }))
  const orphan = await brokenBy(
    `update journal_entry set source_id = '999' where source_kind = 'payment' and source_id = '${ids.capture}'`,
  )
  expect(orphan[name]).toContainEqual(
    expect.objectContaining({
      what: 'the entry names a source that does not exist',
      source: { kind: 'payment', id: '999' },
    }),
  )
  const reversed = await brokenBy(
    `update journal_entry r set reverses_id = e.id from journal_entry e where e.source_kind = 'sales_document' and e.source_id = '${ids.w1}'
       and r.source_kind = 'sales_document' and r.source_id = '${ids.c1}'`,
  )
  expect(reversed[name]).toContainEqual(expect.objectContaining({ number: 'W1', what: 'the document has no entry' }))
})

test('refunds-within-payments names the line or the payment, and lists imported ones without breaking', async () => {
  const name = 'refunds-within-payments'
  const unlinked = ['delete from sales_line_link', 'update sales_document_line set credited_quantity = 0']
  const ours = await brokenBy(...unlinked)
  expect(ours).toEqual({
    [name]: said('it credits goods and is not linked to an invoice line', { number: 'C1', lineNo: 1, breaks: true }),
  })
  const partly = [
    'update sales_line_link set quantity = 1',
    'update sales_document_line set credited_quantity = sign(credited_quantity)',
  ]
  expect((await brokenBy(...partly))[name]).toEqual(
    said('it credits more goods than are linked to invoice lines', { linked: '1' }),
  )
  expect((await brokenBy('update sales_line_link set quantity = 3'))[name]).toEqual([
    expect.objectContaining({ number: 'W1', what: 'its credits are not the quantity that it says is credited' }),
    expect.objectContaining({ number: 'C1', what: 'its links are not the quantity that it says is linked' }),
  ])
  const above = await brokenBy(
    'alter table sales_document_line drop constraint sales_document_line_credited_within_quantity',
    'update sales_line_link set quantity = 11',
    'update sales_document_line set credited_quantity = sign(credited_quantity) * 11',
  )
  expect(above[name]).toEqual([
    expect.objectContaining({ number: 'W1', what: 'more is credited than was invoiced' }),
    expect.objectContaining({ number: 'C1', what: 'its links are more than it credits' }),
  ])
  expect((await brokenBy(`update payment set refunded_minor = 100 where id = ${ids.capture}`))[name]).toEqual(
    said('its refunds are not what it says is refunded', {
      reference: 'P1',
      refunded: gbp('1.00'),
      refunds: gbp('2.00'),
    }),
  )
  const more = await brokenBy(
    'alter table payment drop constraint payment_refunded_within_amount',
    `update payment set refunded_minor = 1300 where id = ${ids.capture}`,
    `update payment set amount_minor = 1300 where id = ${ids.refund}`,
  )
  expect(more[name]).toEqual(said('more is refunded than was captured', { reference: 'P1' }))
  const nameless = await brokenBy(
    'alter table payment drop constraint payment_own_refund_is_linked',
    `update payment set refunded_minor = 0`,
    `update payment set refunds_payment_id = null where id = ${ids.refund}`,
  )
  expect(nameless[name]).toEqual(said('it refunds money and names no payment', { reference: 'R1', breaks: true }))
})

test('imported credits and refunds without a link are listed and break nothing', async () => {
  const undo = new Error('take it back')
  const work = books.owner(async (tx) => {
    await tx.query('set local session_replication_role = replica')
    await tx.query('delete from sales_line_link')
    await tx.query(`update sales_document_line set credited_quantity = 0, import_file_id = 1`)
    await tx.query(`update payment set refunded_minor = 0`)
    await tx.query(`update payment set refunds_payment_id = null, imported = true where id = ${ids.refund}`)
    const { checks } = await runChecks(tx)
    expect(checks.find(({ name }) => name === 'refunds-within-payments')).toMatchObject({
      result: 'held',
      rows: [
        { number: 'C1', what: 'it credits goods and is not linked to an invoice line', breaks: false },
        { reference: 'R1', what: 'it refunds money and names no payment', breaks: false },
      ],
    })
    throw undo
  })
  await expect(work).rejects.toBe(undo)
})

test('tax-matches-returns names the line that no return could take, and the document whose tax it is not', async () => {
  const name = 'tax-matches-returns'
  const tax = `account_id = ${books.accounts.get('2200')} and document_id = ${ids.w1}`
  const cases: [string, string][] = [
    ['tax_code_id', 'a line on a tax account names no tax code'],
    ['tax_authority', 'a tax line names no authority'],
    ['tax_point', 'a tax line has no tax point'],
    ['tax_base_minor', 'a tax line does not say what was taxed'],
  ]
  for (const [column, what] of cases) {
    const found = await brokenBy(`update journal_line set ${column} = null where ${tax}`)
    expect(found[name]).toContainEqual(expect.objectContaining({ what, account: '2200', amount: gbp('-20.00') }))
  }
  expect(await brokenBy(`update sales_document_tax set tax_minor = 1999 where document_id = ${ids.w1}`)).toEqual({
    [name]: said('the tax lines of its entry are not its tax', {
      number: 'W1',
      tax: gbp('19.99'),
      lines: gbp('20.00'),
    }),
  })
  const sum = await brokenBy(
    `update sales_document set tax_minor = tax_minor + 1, net_minor = net_minor - 1 where id = ${ids.w1}`,
  )
  expect(sum).toEqual({ [name]: said('its tax is not the sum of its tax codes', { number: 'W1' }) })
})

test('what was brought in on a tax account from earlier books stands in no return', async () => {
  const nameless = `update journal_line set tax_code_id = null where account_id = ${books.accounts.get('2200')} and document_id = ${ids.c1}`
  const broughtIn = (rule: string) =>
    `update journal_entry set rule = '${rule}' where source_kind = 'sales_document' and source_id = '${ids.c1}'`
  const what = 'a line on a tax account names no tax code'
  const taxRows = async (rule: string) =>
    ((await brokenBy(nameless, broughtIn(rule)))['tax-matches-returns'] ?? []).map((row) => row.what)
  expect(await taxRows('manual-journal')).toContain(what)
  expect(await taxRows('opening-balance')).not.toContain(what)
})

test('dimensions-exist names the line', async () => {
  const columns = ['mapping_rule_id', 'party_id', 'item_id', 'document_id', 'channel_id', 'gift_card_id', 'tax_code_id']
  for (const column of columns) {
    const found = await brokenBy(
      `update journal_line set ${column} = 999999 where document_id = ${ids.c1} and line_no = 2`,
    )
    expect([column, found['dimensions-exist']]).toEqual([
      column,
      [
        {
          entryId: expect.any(String),
          lineNo: 2,
          what: expect.stringMatching(/^the .* that the line names does not exist$/),
        },
      ],
    ])
  }
})
