import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { multiplyMinor } from '../kernel/decimal.ts'
import { type Journal, postJournals, settleJournals } from '../modules/journal/index.ts'
import { findSuppliers } from '../modules/parties/index.ts'
import { listTaxCodes, rateOn, type TaxCode } from '../modules/tax/index.ts'
import { suppliers } from './people.ts'
import type { PlannedBill } from './plan-bills.ts'
import { bookkeeper } from './set-up.ts'

const inMonth = (day: AccountingDate | undefined, month: AccountingDate): boolean =>
  day !== undefined && day.slice(0, 7) === month.slice(0, 7)

/** Enters the bills of a month and pays those that are paid in it, as journals: each opens an item of its supplier, and the payment settles it. */
export async function writeBills(tx: Tx, bills: readonly PlannedBill[], month: AccountingDate): Promise<void> {
  const entered = bills.filter(({ on }) => inMonth(on, month))
  const paid = bills.filter(({ paidOn }) => inMonth(paidOn, month))
  const parties = await findSuppliers(
    tx,
    Object.values(suppliers).map(({ number }) => number),
  )
  const codes = new Map((await listTaxCodes(tx)).map((code) => [code.code, code]))
  const partyOf = ({ supplier }: PlannedBill): bigint => parties.get(suppliers[supplier].number)?.id as bigint
  const journals = entered.map((bill) => billOf(bill, partyOf(bill), codes.get(bill.taxCode) as TaxCode))
  await postJournals(tx, journals, bookkeeper)
  await postJournals(
    tx,
    paid.map((bill) => paymentOf(bill, partyOf(bill), codes.get(bill.taxCode) as TaxCode)),
    bookkeeper,
  )
  await settleJournals(
    tx,
    paid.map(({ reference }) => [reference, `${reference}-paid`]),
  )
}

const taxOf = ({ netMinor, on }: PlannedBill, code: TaxCode): bigint => multiplyMinor(netMinor, rateOn(code, on))

function billOf(bill: PlannedBill, partyId: bigint, code: TaxCode): Journal {
  const { reference, on, dueOn, number, account, description, netMinor, supplier } = bill
  const taxMinor = taxOf(bill, code)
  const tax = { taxCode: code.code, taxBaseMinor: netMinor }
  return {
    reference,
    date: on,
    description: `${suppliers[supplier].name}: ${description}`,
    documentReference: number,
    lines: [
      { account, amountMinor: netMinor },
      ...(taxMinor === 0n ? [] : [{ role: 'input_tax' as const, amountMinor: taxMinor, ...tax }]),
      { role: 'payable' as const, amountMinor: -netMinor - taxMinor, partyId, dueOn, documentNumber: number },
    ],
  }
}

function paymentOf(bill: PlannedBill, partyId: bigint, code: TaxCode): Journal {
  const { reference, paidOn, number, netMinor, supplier } = bill
  const amountMinor = netMinor + taxOf(bill, code)
  return {
    reference: `${reference}-paid`,
    date: paidOn as AccountingDate,
    description: `${suppliers[supplier].name}: ${number} paid`,
    documentReference: number,
    lines: [
      { role: 'payable', amountMinor, partyId },
      { role: 'bank', amountMinor: -amountMinor },
    ],
  }
}
