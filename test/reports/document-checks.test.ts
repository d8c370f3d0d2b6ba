import { afterAll, beforeAll, expect, test } from 'vitest'
import { runChecks } from '../../src/reports/checks/index.ts'
import { brokenBy as breakBooks, type CheckedBooks, checkedBooks, gbp, said } from './checked-books.ts'

let ids: CheckedBooks
beforeAll(async () => {
  ids = await checkedBooks()
})
afterAll(() => ids.close())

const brokenBy = (...statements: string[]) => breakBooks(ids, ...statements)

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
  const amount = await brokenBy(`update payment set amount_minor = amount_minor + 1 where id = ${ids.refund}`)
  expect(amount[name]).toEqual(
    said('the entry moves another amount of money', { reference: 'R1', amount: gbp('2.01') }),
  )
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
  const work = ids.owner(async (tx) => {
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
  const tax = `account_id = ${ids.accounts.get('2200')} and document_id = ${ids.w1}`
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

test('what was brought in on a tax account from earlier books, or adjusted by hand, needs no tax code', async () => {
  const nameless = `update journal_line set tax_code_id = null where account_id = ${ids.accounts.get('2200')} and document_id = ${ids.c1}`
  const broughtIn = (rule: string) =>
    `update journal_entry set rule = '${rule}' where source_kind = 'sales_document' and source_id = '${ids.c1}'`
  const what = 'a line on a tax account names no tax code'
  const taxRows = async (rule: string) =>
    ((await brokenBy(nameless, broughtIn(rule)))['tax-matches-returns'] ?? []).map((row) => row.what)
  expect(await taxRows('fee-charged')).toContain(what)
  for (const rule of ['opening-balance', 'manual-journal']) expect(await taxRows(rule)).not.toContain(what)
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
