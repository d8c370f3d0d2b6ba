import type { z } from 'zod'
import type { WrittenLine } from '../contracts/journal.ts'
import type { Tx } from '../kernel/database.ts'
import { formatMinor, parseMinor } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { companyFacts } from '../ledger/accounts.ts'
import type { Role } from '../ledger/charts/index.ts'
import type { JournalLine } from '../modules/journal/index.ts'
import { findCustomers, findSuppliers, partiesByIds } from '../modules/parties/index.ts'

type Written = z.output<typeof WrittenLine>

/**
 * Prepares to read lines as the API writes them, for all of them at once. The reader itself asks nothing more of the database; it refuses
 * `input_invalid` for an amount that the currency does not have, `customer_unknown` and `supplier_unknown`.
 */
export async function lineReader(tx: Tx, lines: readonly Written[]): Promise<(line: Written) => JournalLine> {
  const { baseCurrency } = await companyFacts(tx)
  const customers = await findCustomers(
    tx,
    lines.flatMap(({ customer }) => customer ?? []),
  )
  const suppliers = await findSuppliers(
    tx,
    lines.flatMap(({ supplier }) => supplier ?? []),
  )
  const partyOf = ({ customer, supplier }: Written): bigint | null => {
    if (customer !== undefined && supplier !== undefined)
      throw new Refusal('input_invalid', { line: 'a line names a customer or a supplier' })
    if (customer === undefined && supplier === undefined) return null
    const id = (customer === undefined ? suppliers.get(supplier as string) : customers.get(customer))?.id
    if (id !== undefined) return id
    throw customer === undefined
      ? new Refusal('supplier_unknown', { supplier })
      : new Refusal('customer_unknown', { customer })
  }
  return (line) => ({
    account: line.account,
    role: line.role as Role | undefined,
    ...amountsIn(line, baseCurrency),
    partyId: partyOf(line),
    documentNumber: line.document ?? null,
    openedOn: line.openedOn,
    dueOn: line.dueOn,
    ...taxIn(line, baseCurrency),
  })
}

function amountsIn({ amount, currency, currencyAmount }: Written, baseCurrency: string) {
  const amountMinor = minorOf(amount, baseCurrency)
  if (currency === undefined || currency === baseCurrency) return { amountMinor }
  if (currencyAmount === undefined)
    throw new Refusal('input_invalid', { currency, expected: 'currencyAmount beside a currency' })
  return { amountMinor, currency, currencyAmountMinor: minorOf(currencyAmount, currency) }
}

const taxIn = ({ taxCode, taxBase }: Written, baseCurrency: string) => ({
  ...(taxCode === undefined ? {} : { taxCode }),
  ...(taxBase === undefined ? {} : { taxBaseMinor: minorOf(taxBase, baseCurrency, 'taxBase') }),
})

function minorOf(amount: string, currency: string, name = 'amount'): bigint {
  const minor = parseMinor(amount, currency)
  if (minor === undefined) throw new Refusal('input_invalid', { [name]: amount, expected: `an amount in ${currency}` })
  return minor
}

/** The way back: lines as they can be sent again, from lines as they are kept. */
export async function lineWriter(tx: Tx, lines: readonly JournalLine[]): Promise<(line: JournalLine) => Written> {
  const { baseCurrency } = await companyFacts(tx)
  const parties = await partiesByIds(
    tx,
    lines.flatMap(({ partyId }) => partyId ?? []),
  )
  return (line) => {
    const { account, role, amountMinor, currency, currencyAmountMinor, documentNumber, openedOn, dueOn } = line
    const { taxCode, taxBaseMinor } = line
    const party = parties.get(line.partyId ?? 0n)
    return {
      ...(account === undefined ? {} : { account }),
      ...(role === undefined ? {} : { role }),
      amount: formatMinor(amountMinor, baseCurrency),
      ...(currency === undefined || currencyAmountMinor === undefined
        ? {}
        : { currency, currencyAmount: formatMinor(currencyAmountMinor, currency) }),
      ...(party === undefined ? {} : { [party.kind]: party.number }),
      ...(documentNumber ? { document: documentNumber } : {}),
      ...(openedOn === undefined ? {} : { openedOn }),
      ...(dueOn === undefined ? {} : { dueOn }),
      ...(taxCode === undefined ? {} : { taxCode }),
      ...(typeof taxBaseMinor === 'bigint' ? { taxBase: formatMinor(taxBaseMinor, baseCurrency) } : {}),
    }
  }
}
