import type { z } from 'zod'
import type { NewJournal } from '../contracts/journal.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Role } from '../ledger/charts/index.ts'
import type { JournalLine } from '../modules/journal/index.ts'
import { findCustomers } from '../modules/parties/index.ts'
import { amountsOf } from './amounts.ts'

type WrittenLine = z.output<typeof NewJournal>['lines'][number]

/**
 * Prepares to read lines as the API writes them, for all of them at once. The reader itself asks nothing more of the database; it refuses
 * `input_invalid` for an amount that the currency does not have and `customer_unknown`.
 */
export async function lineReader(tx: Tx, lines: readonly WrittenLine[]): Promise<(line: WrittenLine) => JournalLine> {
  const { read } = await amountsOf(tx)
  const customers = await findCustomers(
    tx,
    lines.flatMap(({ customer }) => customer ?? []),
  )
  const partyOf = (number: string): bigint => {
    const id = customers.get(number)?.id
    if (id === undefined) throw new Refusal('customer_unknown', { customer: number })
    return id
  }
  return ({ account, role, amount, customer, dueOn }) => ({
    account,
    role: role as Role | undefined,
    amountMinor: read(amount),
    partyId: customer === undefined ? null : partyOf(customer),
    dueOn,
  })
}
