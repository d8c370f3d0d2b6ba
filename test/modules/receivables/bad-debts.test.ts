import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyOpenItems, openItems, writeOffBadDebts } from '../../../src/modules/receivables/index.ts'
import { addCustomer, day, invoice, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await shop.close()
})

const refused = (code: string) => expect.objectContaining({ code })
const writeOff = (reference: string, documentId: bigint, amountMinor?: bigint, reason = 'insolvent') =>
  shop.work((tx) =>
    writeOffBadDebts(tx, [
      { reference, documentId, on: day('2024-09-30'), reason, ...(amountMinor && { amountMinor }) },
    ]),
  )
const open = async () =>
  (await shop.look<{ open: bigint }>('select sum(amount_minor - applied_minor)::bigint as open from open_item'))[0]
    ?.open

test('a write-off books the loss and settles the invoice, a part first and then the rest', async () => {
  const documentId = await invoice(shop, 'I1', 'Anna', 10000n)
  await writeOff('B1', documentId, 2000n)
  expect(await shop.balances()).toMatchObject({ bad_debts: 2000n, receivable: 10000n })
  expect(await open()).toBe(10000n)
  const [rest] = await writeOff('B2', documentId)
  expect(await shop.balances()).toEqual({ bad_debts: 12000n, sales: -10000n, output_tax: -2000n })
  expect(await open()).toBe(0n)
  expect(await writeOff('B2', documentId)).toEqual([{ ...rest, existing: true }])
  await expect(writeOff('B2', documentId, 1n)).rejects.toEqual(refused('fact_posted_differently'))
  await expect(writeOff('B3', documentId)).rejects.toEqual(refused('amount_not_positive'))
})

test('nobody writes off more than is open, nor without saying why', async () => {
  const documentId = await invoice(shop, 'I2', 'Anna', 10000n)
  await expect(writeOff('B4', documentId, 12001n)).rejects.toMatchObject({
    code: 'open_item_exceeded',
    detail: { open: '120.00' },
  })
  await expect(writeOff('B4', documentId, 1n, ' ')).rejects.toEqual(refused('reason_missing'))
  await expect(writeOff('B4', 999n)).rejects.toEqual(refused('document_unknown'))
  await expect(writeOff(' ', documentId)).rejects.toEqual(refused('input_invalid'))
  expect(await shop.balances()).toMatchObject({ bad_debts: 12000n, receivable: 12000n })
})

test('items of one customer are applied to each other, and never beyond what is open', async () => {
  const [anna, ben] = [await addCustomer(shop, 'Anna'), await addCustomer(shop, 'Ben')]
  const on = day('2024-10-01')
  const item = (partyId: bigint, sourceId: string, amountMinor: bigint) => ({
    partyId,
    sourceKind: 'test',
    sourceId,
    openedOn: on,
    dueOn: on,
    currency: 'GBP',
    amountMinor,
  })
  const [debit, credit, other] = (await shop.work((tx) =>
    openItems(tx, [item(anna, '1', 100n), item(anna, '2', -60n), item(ben, '3', -60n)]),
  )) as [bigint, bigint, bigint]
  const apply = (debitItemId: bigint, creditItemId: bigint, amountMinor: bigint) =>
    shop.work((tx) => applyOpenItems(tx, [{ debitItemId, creditItemId, appliedOn: on, amountMinor }]))
  await expect(apply(debit, other, 1n)).rejects.toEqual(refused('open_items_of_different_parties'))
  await expect(apply(debit, credit, 0n)).rejects.toMatchObject({ message: expect.stringContaining('amount 0.00 GBP') })
  await expect(apply(debit, 999n, 1n)).rejects.toEqual(refused('open_item_unknown'))
  await expect(apply(credit, debit, 1n)).rejects.toEqual(refused('open_item_exceeded'))
  await apply(debit, credit, 40n)
  await expect(apply(debit, credit, 21n)).rejects.toEqual(refused('open_item_exceeded'))
  expect(await shop.look(`select applied_minor from open_item where id in (${debit}, ${credit}) order by id`)).toEqual([
    { applied_minor: 40n },
    { applied_minor: -40n },
  ])
})
