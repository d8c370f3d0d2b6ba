import Big from 'big.js'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../../../src/kernel/database.ts'
import { findOrAddItems } from '../../../src/modules/catalog/index.ts'
import {
  capturePayments,
  forfeitDeposits,
  receivePayments,
  refundPayments,
} from '../../../src/modules/payments/index.ts'
import { addCompanyRates } from '../../../src/modules/rates/index.ts'
import { revalue } from '../../../src/modules/revaluation/index.ts'
import { issueCreditNotes, issueInvoices } from '../../../src/modules/sales/index.ts'
import { runChecks } from '../../../src/reports/index.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.work((tx) => findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }]))
})
afterAll(() => shop.close())

const months = ['2024-01', '2024-02', '2024-03', '2024-04'] as const
const ends = ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'] as const
const currencies = ['EUR', 'USD'] as const
type Currency = (typeof currencies)[number]

/** A rate for each month and currency, invoices of the first months, and how much of what is open is paid in each month. */
const histories = fc.record({
  rates: fc.array(
    fc.record({ EUR: fc.integer({ min: 5000, max: 15000 }), USD: fc.integer({ min: 3000, max: 9999 }) }),
    { minLength: 4, maxLength: 4 },
  ),
  invoices: fc.array(
    fc.record({
      month: fc.nat({ max: 2 }),
      currency: fc.constantFrom(...currencies),
      cents: fc.integer({ min: 1, max: 999_999 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  /** Of each invoice, in each of the months after it, so many thousandths of what is left, and in which money. */
  paid: fc.array(fc.record({ share: fc.nat({ max: 999 }), inPounds: fc.boolean() }), { minLength: 20, maxLength: 20 }),
})

const round = (exact: Big): bigint => BigInt(exact.round(0, Big.roundHalfUp).toFixed())
const worth = (minor: bigint, rate: number): bigint => round(new Big(minor.toString()).times(rate).div(10_000))

const customer = { number: 'Anna', name: 'Anna' }

type Open = { number: string; currency: Currency; id: bigint; month: number; open: bigint }

/** What the books must come to, kept apart from them. */
type Model = { invoicedBase: bigint; receivedBase: bigint; bank: Record<string, bigint> }

type Invoicing = {
  rates: readonly Record<Currency, number>[]
  invoices: readonly { month: number; currency: Currency; cents: number }[]
  open: Open[]
  model: Model
}

/** Issues the invoices of a month, with 20% tax. */
async function invoice(tx: Tx, month: number, { rates, invoices, open, model }: Invoicing): Promise<void> {
  for (const [index, wanted] of invoices.entries()) {
    if (wanted.month !== month) continue
    const { currency, cents } = wanted
    const number = `E${index}`
    const lines = [{ itemCode: 'MUG', quantity: '1', unitPrice: (cents / 100).toFixed(2) }]
    const [outcome] = await issueInvoices(tx, [{ number, on: day(`${months[month]}-05`), customer, currency, lines }])
    const gross = BigInt(cents) + round(new Big(cents).div(5))
    model.invoicedBase += worth(gross, rates[month]?.[currency] as number)
    open.push({ number, currency, id: outcome?.documentId as bigint, month, open: gross })
  }
}

async function play(
  tx: Tx,
  { rates, invoices, paid }: typeof histories extends fc.Arbitrary<infer T> ? T : never,
): Promise<void> {
  const given = rates.flatMap((rate, month) =>
    currencies.map((currency) => ({
      source: 'manual' as const,
      currency,
      day: day(`${months[month]}-01`),
      rate: String(rate[currency] / 10_000),
    })),
  )
  await addCompanyRates(tx, given, 'test')
  const model: Model = { invoicedBase: 0n, receivedBase: 0n, bank: { GBP: 0n, EUR: 0n, USD: 0n } }
  const open: Open[] = []
  let turn = 0
  for (const [month, name] of months.entries()) {
    await invoice(tx, month, { rates, invoices, open, model })
    for (const item of open) {
      const { share, inPounds } = paid[turn++ % paid.length] as { share: number; inPounds: boolean }
      const settled = month === 3 ? item.open : (item.open * BigInt(share)) / 1000n
      if (settled === 0n) continue
      const rate = rates[month]?.[item.currency] as number
      const pounds = worth(settled, rate) + 1n // the bank's own rate is never quite the day's
      const money = inPounds
        ? { amountMinor: pounds, settlesMinor: settled }
        : { amountMinor: settled, currency: item.currency }
      await receivePayments(tx, [
        {
          source: 'test',
          reference: `P${turn}`,
          into: 'bank',
          customer,
          documentIds: [item.id],
          on: day(`${name}-20`),
          ...money,
        },
      ])
      item.open -= settled
      model.receivedBase += inPounds ? pounds : worth(settled, rate)
      const held = inPounds ? 'GBP' : item.currency
      model.bank[held] = (model.bank[held] ?? 0n) + (inPounds ? pounds : settled)
    }
    await revalue(tx, day(ends[month] as string))
    expect(await revalue(tx, day(ends[month] as string))).toEqual([])
    await compareAtEnd(tx, month, { rates, open, model })
  }
  expect(await heldBy(tx, 'receivable', '2099-12-31')).toEqual({ base: 0n, EUR: 0n, USD: 0n, GBP: 0n })
  const realised = await heldBy(tx, 'realised_fx', '2099-12-31')
  expect(-realised.base).toBe(model.receivedBase - model.invoicedBase)
  expect((await heldBy(tx, 'currency_exchange', '2099-12-31')).base).toBe(0n)
  const { checks } = await runChecks(tx)
  expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
}

type AtEnd = { rates: readonly Record<Currency, number>[]; open: readonly Open[]; model: Model }

/** What is open and held, at the rate of the month's end, is what the balances say; what changed them is unrealised. */
async function compareAtEnd(tx: Tx, month: number, { rates, open, model }: AtEnd): Promise<void> {
  const rate = rates[month] as Record<Currency, number>
  const owed = (currency: Currency) =>
    open.reduce((sum, item) => (item.currency === currency ? sum + item.open : sum), 0n)
  const receivable = await heldBy(tx, 'receivable', ends[month] as string)
  for (const currency of currencies) expect(receivable[currency]).toBe(owed(currency))
  expect(receivable.base).toBe(currencies.reduce((sum, currency) => sum + worth(owed(currency), rate[currency]), 0n))
  const bank = await heldBy(tx, 'bank', ends[month] as string)
  const worthNow = currencies.reduce((sum, currency) => sum + worth(model.bank[currency] ?? 0n, rate[currency]), 0n)
  expect(bank.base).toBe((model.bank.GBP ?? 0n) + worthNow)
}

async function heldBy(tx: Tx, role: string, on: string) {
  const rows = await tx.query<{ currency: string; minor: bigint; base: bigint }>(
    `select l.currency, sum(l.currency_amount_minor)::bigint as minor, sum(l.amount_minor)::bigint as base from journal_line l
       join account a on a.company_id = l.company_id and a.id = l.account_id where a.role = $1 and l.posted_on <= $2 group by 1`,
    [role, on],
  )
  const of = (currency: string): bigint => rows.find((row) => row.currency === currency)?.minor ?? 0n
  return { base: rows.reduce((sum, { base }) => sum + base, 0n), EUR: of('EUR'), USD: of('USD'), GBP: of('GBP') }
}

test('whatever is invoiced, paid in parts and revalued: what is open is what the balances say, and the rest has been realised', async () => {
  const undo = new Error('take it back')
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const played = shop.work(async (tx) => {
        await play(tx, history)
        throw undo
      })
      await played.catch((error: unknown) => {
        if (error !== undo) throw error
      })
    }),
    { numRuns: 12 },
  )
})

const rate = fc.integer({ min: 3_000, max: 19_999 })
const kept = fc.record({
  rates: fc.record({ EUR: rate, USD: rate }),
  /** In which money the deposit and its refund are, and in which the invoice and its credit note. */
  currencies: fc.constantFrom(['EUR', 'USD'], ['USD', 'EUR'], ['GBP', 'USD'], ['EUR', 'GBP']),
  cents: fc.integer({ min: 200, max: 99_999 }),
  thousandths: fc.integer({ min: 1, max: 999 }),
})

test('of a deposit that was kept, what a credit note in another currency owes can be refunded to the cent, and no more', async () => {
  const undo = new Error('take it back')
  let settled = 0
  await fc.assert(
    fc.asyncProperty(kept, async ({ rates, currencies: [paidIn = '', billedIn = ''], cents, thousandths }) => {
      const played = shop.work(async (tx) => {
        const given = (['EUR', 'USD'] as const).map((currency) => ({
          source: 'manual' as const,
          currency,
          day: day('2024-01-01'),
          rate: String(rates[currency] / 10_000),
        }))
        await addCompanyRates(tx, given, 'test')
        const order = { customer, orderReference: 'W1' }
        const at = (on: string) => day(`2024-01-${on}`)
        const inMoney = (of: string) => (of === 'GBP' ? {} : { currency: of })
        const capture = { source: 'test', method: 'card', reference: 'C1', on: at('05'), amountMinor: 9_999_999n }
        const captured = { ...order, ...capture, ...inMoney(paidIn), depositTaxCode: 'standard' }
        const [paid] = await capturePayments(tx, [captured])
        const paymentId = paid?.paymentId as bigint
        const lines = [{ itemCode: 'MUG', quantity: '1', unitPrice: (cents / 100).toFixed(2) }]
        const billed = { ...order, ...inMoney(billedIn), number: 'I1', on: at('06'), lines }
        const [invoiced] = await issueInvoices(tx, [billed])
        const documentIds = [invoiced?.documentId as bigint]
        const amountMinor = BigInt(cents) + round(new Big(cents).div(5))
        const payment = { source: 'test', reference: 'P1', into: 'bank' as const, on: at('06'), amountMinor, customer }
        await receivePayments(tx, [{ ...payment, ...inMoney(billedIn), documentIds }])
        await forfeitDeposits(tx, [{ paymentId, on: at('07'), reason: 'Not fetched' }])
        const part = { lineNo: 1, quantity: (thousandths / 1000).toFixed(3) }
        await issueCreditNotes(tx, [{ number: 'N1', invoiceNumber: 'I1', on: at('08'), lines: [part] }])
        const owed = await creditLeft(tx)
        const unit = (of: string) => (of === 'GBP' ? 10_000 : rates[of as 'EUR' | 'USD'])
        const money = round(new Big(owed.toString()).times(unit(billedIn)).div(unit(paidIn)))
        if (money === 0n) throw undo
        const refund = { source: 'test', reference: 'R1', paymentId, on: at('09') }
        const more = new Big(unit(billedIn)).div(unit(paidIn)).round(0, Big.roundUp).toFixed()
        await tx.query('savepoint more')
        await expect(refundPayments(tx, [{ ...refund, amountMinor: money + BigInt(more) + 1n }])).rejects.toMatchObject(
          { code: 'deposit_forfeited' },
        )
        await tx.query('rollback to savepoint more')
        await refundPayments(tx, [{ ...refund, amountMinor: money }])
        expect(await creditLeft(tx)).toBe(0n)
        expect((await runChecks(tx)).checks.filter(({ result }) => result === 'broken')).toEqual([])
        settled += 1
        throw undo
      })
      await played.catch((error: unknown) => {
        if (error !== undo) throw error
      })
    }),
    { numRuns: 15 },
  )
  expect(settled).toBeGreaterThan(0)
})

/** What the only credit note still owes. */
async function creditLeft(tx: Tx): Promise<bigint> {
  const [item] = await tx.query<{ left: bigint }>(
    `select i.applied_minor - i.amount_minor as left from open_item i
      join sales_document d on d.company_id = $1 and d.id::text = i.source_id and d.kind = 'credit_note'
      where i.company_id = $1 and i.source_kind = 'sales_document'`,
    [tx.companyId],
  )
  return item?.left ?? 0n
}
