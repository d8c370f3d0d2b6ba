import { isCurrencyCode } from '../kernel/currencies.ts'
import type { Tx } from '../kernel/database.ts'
import { formatMinor, parseMinor } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { companyFacts } from '../ledger/accounts.ts'
import type { Posted } from '../ledger/journal.ts'

/** Reads and writes amounts, of the company's base currency where no other is named. */
export type Amounts = {
  /** Minor units. Refuses `input_invalid` for more places than the currency has. */
  read(amount: string, currency?: string): bigint
  readIfGiven(amount: string | undefined, currency?: string): bigint | undefined
  write(minor: bigint, currency?: string): string
}

export async function amountsOf(tx: Tx): Promise<Amounts> {
  const { baseCurrency } = await companyFacts(tx)
  const read: Amounts['read'] = (amount, currency = baseCurrency) => {
    if (!isCurrencyCode(currency)) throw new Refusal('input_invalid', { currency, expected: 'a currency by ISO 4217' })
    const minor = parseMinor(amount, currency)
    if (minor === undefined) throw new Refusal('input_invalid', { amount, expected: `an amount in ${currency}` })
    return minor
  }
  return {
    read,
    readIfGiven: (amount, currency) => (amount === undefined ? undefined : read(amount, currency)),
    write: (minor, currency = baseCurrency) => formatMinor(minor, currency),
  }
}

export const resultOf = (existing: boolean): 'created' | 'existing' => (existing ? 'existing' : 'created')

export const postedView = ({ entryId, postedOn, existing }: Posted) => ({
  result: resultOf(existing),
  entryId: String(entryId),
  date: postedOn as string,
})
