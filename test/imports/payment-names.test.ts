import { afterAll, beforeAll, expect, test } from 'vitest'
import { rerunAll } from '../../src/imports/index.ts'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { addAccounts } from '../../src/ledger/accounts.ts'
import { addSourceNameRules } from '../../src/modules/catalog/index.ts'
import { listExceptions, namePayments, type PaymentRemedy } from '../../src/modules/inbox/index.ts'
import { addCompanyRates } from '../../src/modules/rates/index.ts'
import { applyMapping } from '../../src/posting/apply-mapping.ts'
import { addMappingRules } from '../../src/posting/mapping-rules.ts'
import { expectSound, type ImportDesk, type ImportingCompany, openImportDesk } from './support.ts'

let desk: ImportDesk
let company: ImportingCompany
beforeAll(async () => {
  desk = await openImportDesk()
  company = await desk.company()
  // Names of our own form are processors unless the company says otherwise: here it wants to be asked.
  const asked = { about: 'payment' as const, pattern: '.*', standsFor: 'unknown' as const }
  await company.work((tx) => addSourceNameRules(tx, 'orders', [asked], 'test'))
})
afterAll(() => desk.close())

const order = (number: string, method: string, currency: string) => ({
  order: number,
  currency,
  ordered_on: '2026-03-30',
  invoiced_on: '2026-04-02',
  invoice: `INV-${number}`,
  customer: `C-${number}`,
  customer_name: 'Ann Example',
  lines: [{ item: 'MUG', quantity: '10', unit_price: '10.00', tax_code: 'standard' }],
  payments: [{ method, paid_on: '2026-04-03', amount: '120.00' }],
})
const read = (number: string, method: string, currency = 'GBP') =>
  company.importAs('orders', [desk.files.write(JSON.stringify([order(number, method, currency)]), `${number}.json`)])
const exceptionOf = async (name: string): Promise<bigint> => {
  const open = await company.work((tx) => listExceptions(tx, { kind: 'unknown_payment_method' }))
  return open.find(({ subject }) => subject === name)?.id as bigint
}
const remedy = (given: PaymentRemedy) => company.work((tx) => namePayments(tx, [given]))
const moneyOn = async (code: string): Promise<bigint> => {
  const [row] = await company.look<{ sum: bigint }>(
    `select coalesce(sum(l.amount_minor), 0)::bigint as sum from journal_line l join account a on a.id = l.account_id
      where a.role = '${code}' or a.code = '${code}'`,
  )
  return row?.sum as bigint
}

test('where the money of a name is, is said once: what waits moves there, and later files know it', async () => {
  await company.work(async (tx) => {
    await addAccounts(tx, [{ code: '1299', name: 'Klarna', class: 'asset', role: 'payment_clearing' }])
    const [account] = await tx.query<{ id: bigint }>(`select id from account where code = '1299'`)
    const reason = 'a test'
    const rule = { role: 'payment_clearing', accountId: account?.id as bigint, paymentMethod: 'klarna', reason }
    await addMappingRules(tx, [rule], 'test')
  })
  await read('1', 'Later, 30 days (K)')
  await read('2', 'Later, 30 days (K)')
  expect(await moneyOn('payment_suspense')).toBe(24_000n)
  const id = await exceptionOf('Later, 30 days (K)')
  expect(await remedy({ id, moneyIs: 'clearing', method: 'klarna' })).toEqual([
    { id, state: 'resolved', message: 'Placed as payment clearing of klarna', moved: 2 },
  ])
  expect([await moneyOn('payment_suspense'), await moneyOn('1299')]).toEqual([0n, 24_000n])
  // The lines stay of that method: applying the mapping finds them where they belong, and moves them with it.
  const apply = () => company.work((tx) => applyMapping(tx, { reason: 'a test', author: 'test' }))
  expect(await apply()).toMatchObject({ lines: 0 })
  expect((await read('3', 'Later, 30 days (K)')).exceptions.opened).toBe(0)
  expect(await moneyOn('1299')).toBe(36_000n)
  await company.work(async (tx) => {
    await addAccounts(tx, [{ code: '1298', name: 'Klarna again', class: 'asset', role: 'payment_clearing' }])
    const [account] = await tx.query<{ id: bigint }>(`select id from account where code = '1298'`)
    const accountId = account?.id as bigint
    await addMappingRules(tx, [{ role: 'payment_clearing', accountId, paymentMethod: 'klarna', reason: 'x' }], 'test')
  })
  expect(await apply()).toMatchObject({ lines: 3 })
  expect([await moneyOn('1299'), await moneyOn('1298')]).toEqual([0n, 36_000n])
  expect(await apply()).toMatchObject({ lines: 0 })
  await expectSound(company)
})

test('a name that is no money of ours is known from then on, and what waits of it stays until somebody moves it', async () => {
  await read('4', 'House card')
  const before = await moneyOn('payment_suspense')
  const id = await exceptionOf('House card')
  const [gift] = await remedy({ id, moneyIs: 'gift_card' })
  expect(gift).toMatchObject({ state: 'open', moved: 0, message: expect.stringContaining('moved by hand') })
  expect(await moneyOn('payment_suspense')).toBe(before)
  // Said otherwise, it counts: the last word of a rule does, and a re-run asks the rules.
  await remedy({ id, moneyIs: 'bank' })
  expect(await moneyOn('payment_suspense')).toBe(0n)
  expect(await company.work((tx) => rerunAll(tx, [id]))).toMatchObject([{ state: 'resolved', moved: 0 }])
  await expectSound(company)
})

test('a name under which money came in several currencies is said once for each, and all of it moves', async () => {
  const rate = (day: string, rate: string) => ({
    source: 'company' as const,
    currency: 'EUR',
    day: accountingDate(day),
    rate,
  })
  await company.work((tx) => addCompanyRates(tx, [rate('2026-04-02', '0.8'), rate('2026-04-03', '0.9')], 'test'))
  const bankBefore = await moneyOn('bank')
  await read('6', 'Wallet (old)')
  await read('7', 'Wallet (old)', 'EUR')
  expect(await moneyOn('payment_suspense')).toBe(12_000n + 10_800n)
  const ids = [await exceptionOf('Wallet (old)'), await exceptionOf('Wallet (old) EUR')]
  const remedies = ids.map((id) => ({ id, moneyIs: 'bank' as const }))
  expect(await company.work((tx) => namePayments(tx, remedies))).toMatchObject([
    { id: ids[0], state: 'resolved' },
    { id: ids[1], state: 'resolved' },
  ])
  expect([await moneyOn('payment_suspense'), await moneyOn('bank')]).toEqual([0n, bankBefore + 12_000n + 10_800n])
  const inEuros = await company.look<{ sum: bigint }>(
    `select sum(l.currency_amount_minor)::bigint as sum from journal_line l join account a on a.id = l.account_id
      where a.role = 'bank' and l.currency = 'EUR'`,
  )
  expect(inEuros).toEqual([{ sum: 12_000n }])
  expect((await read('8', 'Wallet (old)', 'EUR')).exceptions.opened).toBe(0)
  await expectSound(company)
})

test('what is no name of a payment is refused', async () => {
  await read('5', 'Cheque of a friend')
  const [other] = await company.work((tx) => listExceptions(tx, { kind: 'unknown_payment_method' }))
  await expect(remedy({ id: 999_999n, moneyIs: 'bank' })).rejects.toMatchObject({ code: 'exception_unknown' })
  await company.owner((tx) => tx.query(`update exception set kind = 'sale_not_shipped' where id = ${other?.id}`))
  await expect(remedy({ id: other?.id as bigint, moneyIs: 'bank' })).rejects.toMatchObject({
    code: 'exception_not_of_kind',
  })
})
