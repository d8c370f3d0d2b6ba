import { afterAll, beforeAll, expect, test } from 'vitest'
import { runChecks } from '../../src/reports/checks/index.ts'
import { brokenBy as breakBooks, type CheckedBooks, checkedBooks, gbp, said } from './checked-books.ts'

let ids: CheckedBooks
beforeAll(async () => {
  ids = await checkedBooks()
})
afterAll(() => ids.close())

const brokenBy = (...statements: string[]) => breakBooks(ids, ...statements)

test('sound books hold, and say what they compared', async () => {
  const report = await ids.read(runChecks)
  expect(report.checks.filter(({ result, rows }) => result === 'broken' || rows.length > 0)).toEqual([])
  expect(report.ok).toBe(true)
  expect(Object.fromEntries(report.checks.map(({ name, result }) => [name, result]))).toEqual({
    'entries-balance': 'held',
    'balances-match-lines': 'held',
    'activity-matches-lines': 'not-applicable',
    'receivable-matches-customers': 'held',
    'payable-matches-suppliers': 'held',
    'deposits-match-orders': 'held',
    'gift-cards-match-liability': 'held',
    'store-credit-matches-liability': 'not-applicable',
    'open-items-match-applications': 'held',
    'currencies-match-rates': 'not-applicable',
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
    'cash-flow-matches-cash': 'held',
    'reversals-net-to-zero': 'not-applicable',
    'recurring-posted-once': 'not-applicable',
    'attachments-match-hashes': 'not-applicable',
    'moves-match-lines': 'not-applicable',
    'suspense-has-exceptions': 'not-applicable',
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

test('payable-matches-suppliers names the supplier', async () => {
  const name = 'payable-matches-suppliers'
  const broken = async (party: string | bigint) =>
    (await brokenBy(`update journal_line set party_id = ${party} where account_id = ${ids.accounts.get('2100')}`))[name]
  expect(await broken('null')).toContainEqual({
    party: null,
    what: 'lines on a payable account name no supplier',
    ledger: gbp('-50.00'),
    openItems: gbp('0.00'),
  })
  expect(await broken('999')).toContainEqual(expect.objectContaining({ what: 'there is no such party' }))
  expect((await brokenBy(`update open_item set amount_minor = -5001 where ledger = 'payable'`))[name]).toEqual(
    said('the open items are not what the account holds', { ledger: gbp('-50.00'), openItems: gbp('-50.01') }),
  )
  const customer = await brokenBy(`update party set kind = 'customer' where id = ${ids.supplier}`)
  expect(customer[name]).toEqual(said('a payable account is kept by suppliers, and this party is none'))
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
        card: '…1',
        what: 'what is left on the card is not what the account holds',
        ledger: gbp('25.00'),
        movements: gbp('24.00'),
      },
    ],
  })
  expect((await brokenBy('update gift_card set balance_minor = balance_minor + 1'))[name]).toEqual(
    said('what the card can pay with is not what its movements left on it', { card: '…1' }),
  )
  const nameless = await brokenBy('update journal_line set gift_card_id = null')
  expect(nameless[name]).toEqual([
    expect.objectContaining({ card: null, what: 'lines on a gift card account name no card' }),
    expect.objectContaining({ card: '…1', ledger: gbp('0.00') }),
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
  const issued = await brokenBy(`update open_item set issued_on = '2011-01-09' where ${item}`)
  expect(issued[name]?.[0]).toMatchObject({ what: 'it says of its document that it was issued on another day' })
  const redated = await brokenBy(`update open_item_application set debit_opened_on = '2011-01-01'`)
  expect(redated[name]?.[0]).toMatchObject({
    what: 'an application says that it or the other item was opened on another day',
  })
  const early = await brokenBy(`update open_item_application set applied_on = '2011-01-01'`)
  expect(early[name]?.[0]).toMatchObject({
    what: 'it is settled on a day on which it or the other item was not open yet',
  })
  const another = await brokenBy(`update open_item set party_id = ${ids.supplier} where ${item}`)
  expect(another[name]).toContainEqual(
    expect.objectContaining({ what: 'it is applied to an item of another party or currency' }),
  )
})
