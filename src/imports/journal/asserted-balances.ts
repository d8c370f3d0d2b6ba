import { formatMinor } from '../../kernel/money.ts'
import { type Converted, minorOf } from './convert.ts'
import { type Amount, type ParsedBalance, type Place, refuseAt } from './parsed.ts'

type Asserted = { place: Place; account: string; amount: Amount }

/**
 * Verifies what each text says that its accounts hold, while its entries go by in order of day: assertions of postings after them, and balances
 * of a day before what is posted on it, with the accounts below.
 */
export class AssertedBalances {
  private readonly baseCurrency: string
  /** By text, account and currency. */
  private readonly held = new Map<string, Map<string, Map<string, bigint>>>()

  constructor(baseCurrency: string) {
    this.baseCurrency = baseCurrency
  }

  /** Throws `BadInput` where an assertion of a posting is not so. */
  post(lines: readonly Converted[]): void {
    for (const { posting, currency, currencyAmountMinor } of lines) {
      const accounts = entryOf(this.held, posting.place.file, () => new Map<string, Map<string, bigint>>())
      const amounts = entryOf(accounts, posting.account, () => new Map<string, bigint>())
      amounts.set(currency, (amounts.get(currency) ?? 0n) + currencyAmountMinor)
      if (posting.asserts !== null) this.verify({ ...posting, amount: posting.asserts }, false)
    }
  }

  /** Throws `BadInput` where a balance of a day is not so. */
  balance(balance: ParsedBalance): void {
    this.verify(balance, true)
  }

  private verify({ place, account, amount }: Asserted, below: boolean): void {
    const currency = amount.commodity || this.baseCurrency
    const wanted = minorOf(amount, this.baseCurrency, place)
    const accounts = this.held.get(place.file)
    let sum = accounts?.get(account)?.get(currency) ?? 0n
    if (below)
      for (const [name, amounts] of accounts ?? [])
        if (name.startsWith(`${account}:`)) sum += amounts.get(currency) ?? 0n
    if (sum !== wanted)
      refuseAt(
        place,
        `${account} holds ${formatMinor(sum, currency)} ${currency}`,
        `${formatMinor(wanted, currency)} as asserted`,
      )
  }
}

function entryOf<Value>(map: Map<string, Value>, key: string, empty: () => Value): Value {
  const found = map.get(key) ?? empty()
  map.set(key, found)
  return found
}
