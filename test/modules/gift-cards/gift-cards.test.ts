import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GiftCardSale, redeemGiftCards, sellGiftCards } from '../../../src/modules/gift-cards/index.ts'
import { day, invoice, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await shop.close()
})

const refused = (code: string) => expect.objectContaining({ code })
const sell = (reference: string, code: string, paidMinor: bigint, detail: Partial<GiftCardSale> = {}) =>
  shop.work((tx) =>
    sellGiftCards(tx, [
      { reference, code, purpose: 'multi', on: day('2024-02-01'), paidMinor, method: 'card', ...detail },
    ]),
  )
const redeem = (reference: string, code: string, documentId: bigint, amountMinor: bigint) =>
  shop.work((tx) => redeemGiftCards(tx, [{ reference, code, documentId, on: day('2024-03-02'), amountMinor }]))
const leftOn = async (code: string) => {
  const [card] = await shop.look<{ balance: bigint; moved: bigint; liability: bigint }>(
    `select g.balance_minor as balance, (select sum(amount_minor + tax_minor)::bigint from gift_card_movement m where m.gift_card_id = g.id) as moved,
        (select -coalesce(sum(l.amount_minor), 0)::bigint from journal_line l join account a on a.id = l.account_id
          where l.gift_card_id = g.id and a.role = 'gift_card_liability') as liability
      from gift_card g where code = '${code}'`,
  )
  return card
}

test('a multi-purpose card pays an invoice, tax and all, until nothing is left of it', async () => {
  const documentId = await invoice(shop, 'I1', 'Anna', 10000n)
  await sell('S1', 'AAA', 15000n)
  expect(await shop.balances()).toMatchObject({ payment_clearing: 15000n, gift_card_liability: -15000n })
  await redeem('R1', 'AAA', documentId, 12000n)
  expect(await shop.balances()).toEqual({
    payment_clearing: 15000n,
    gift_card_liability: -3000n,
    sales: -10000n,
    output_tax: -2000n,
  })
  expect(await leftOn('AAA')).toEqual({ balance: 3000n, moved: 3000n, liability: 3000n })
  expect(await redeem('R1', 'AAA', documentId, 12000n)).toMatchObject([{ existing: true }])
  expect(await sell('S1', 'AAA', 15000n)).toMatchObject([{ existing: true }])
  expect(await leftOn('AAA')).toEqual({ balance: 3000n, moved: 3000n, liability: 3000n })
  await expect(redeem('R1', 'AAA', documentId, 1n)).rejects.toEqual(refused('fact_posted_differently'))
})

test('a single-purpose card is taxed once, when it is sold', async () => {
  const before = await shop.balances()
  const documentId = await invoice(shop, 'I2', 'Ben', 10000n)
  await sell('S2', 'BBB', 12000n, { purpose: 'single', taxCode: 'standard' })
  await redeem('R2', 'BBB', documentId, 5001n)
  expect(await leftOn('BBB')).toEqual({ balance: 6999n, moved: 6999n, liability: 5832n })
  await redeem('R3', 'BBB', documentId, 6999n)
  expect(await leftOn('BBB')).toEqual({ balance: 0n, moved: 0n, liability: 0n })
  const after = await shop.balances()
  expect((after.output_tax ?? 0n) - (before.output_tax ?? 0n)).toBe(-2000n)
  expect((after.sales ?? 0n) - (before.sales ?? 0n)).toBe(-10000n)
  expect(after.receivable).toBeUndefined()
})

test('more than the card holds or the invoice asks is refused, and so is a card that nobody sold', async () => {
  const documentId = await invoice(shop, 'I3', 'Anna', 1000n)
  await sell('S3', 'CCC', 5000n)
  await expect(redeem('R4', 'CCC', documentId, 5001n)).rejects.toEqual(refused('gift_card_exceeded'))
  await expect(redeem('R4', 'CCC', documentId, 1201n)).rejects.toEqual(refused('open_item_exceeded'))
  await expect(redeem('R4', 'CCC', documentId, 0n)).rejects.toEqual(refused('amount_not_positive'))
  await expect(redeem('R4', 'CCC', 999n, 1n)).rejects.toEqual(refused('document_unknown'))
  await expect(redeem('R4', 'XXX', documentId, 1n)).rejects.toEqual(refused('gift_card_unknown'))
  await expect(sell('S4', 'CCC', 1n, { purpose: 'single' })).rejects.toEqual(refused('gift_card_differs'))
  await expect(sell('S4', 'DDD', 0n)).rejects.toEqual(refused('amount_not_positive'))
  expect(await leftOn('CCC')).toEqual({ balance: 5000n, moved: 5000n, liability: 5000n })
})

test('a card with a last day pays until then, and what is put on it says the same day or none', async () => {
  const documentId = await invoice(shop, 'I31', 'Anna', 1000n)
  const until = (expiresOn: string) => ({ expiresOn: day(expiresOn) })
  await sell('S31', 'UNTIL', 2000n, until('2024-03-02'))
  await sell('S32', 'UNTIL', 100n)
  await expect(sell('S33', 'UNTIL', 100n, until('2024-03-03'))).rejects.toEqual(refused('gift_card_differs'))
  await expect(sell('S33', 'UNTIL', 100n, { on: day('2024-03-03') })).rejects.toEqual(refused('gift_card_expired'))
  await redeem('R31', 'UNTIL', documentId, 600n)
  const late = [{ reference: 'R32', code: 'UNTIL', documentId, on: day('2024-03-03'), amountMinor: 1n }]
  await expect(shop.work((tx) => redeemGiftCards(tx, late))).rejects.toMatchObject({
    code: 'gift_card_expired',
    detail: { code: '…IL', expiresOn: '2024-03-02' },
  })
  // What another system took was taken.
  await shop.work((tx) => redeemGiftCards(tx, late, { imported: true }))
  expect(await leftOn('UNTIL')).toMatchObject({ balance: 1499n })
})

test('two tills that use one card at the same moment cannot spend it twice', async () => {
  const documentId = await invoice(shop, 'I4', 'Ben', 10000n)
  await sell('S5', 'EEE', 4000n)
  const tries = await Promise.allSettled(['R5', 'R6', 'R7'].map((r) => redeem(r, 'EEE', documentId, 4000n)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const attempt of tries)
    if (attempt.status === 'rejected') expect(attempt.reason).toEqual(refused('gift_card_exceeded'))
  expect(await leftOn('EEE')).toEqual({ balance: 0n, moved: 0n, liability: 0n })
})
