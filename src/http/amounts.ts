import type { Tx } from '../kernel/database.ts'
import { formatMinor, parseMinor } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { companyFacts } from '../ledger/accounts.ts'
import type { Posted } from '../ledger/journal.ts'

/** Reads and writes amounts of the company's base currency. */
export type Amounts = {
  /** Minor units. Refuses `input_invalid` for more places than the currency has. */
  read(amount: string): bigint
  write(minor: bigint): string
}

export async function amountsOf(tx: Tx): Promise<Amounts> {
  const { baseCurrency } = await companyFacts(tx)
  return {
    read: (amount) => {
      const minor = parseMinor(amount, baseCurrency)
      if (minor === undefined) throw new Refusal('input_invalid', { amount, expected: `an amount in ${baseCurrency}` })
      return minor
    },
    write: (minor) => formatMinor(minor, baseCurrency),
  }
}

export const resultOf = (existing: boolean): 'created' | 'existing' => (existing ? 'existing' : 'created')

export const postedView = ({ entryId, postedOn, existing }: Posted) => ({
  result: resultOf(existing),
  entryId: String(entryId),
  date: postedOn as string,
})
