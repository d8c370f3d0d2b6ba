import { formatMinor } from '../../kernel/money.ts'
import { type Converted, minorOf } from './convert.ts'
import { type Amount, type Assertion, type ParsedBalance, type Place, refuseAt } from './parsed.ts'

type Asserted = { place: Place; account: string; amount: Amount } & Pick<Assertion, 'below' | 'alone'>

/**
 * Verifies what each text says that its accounts hold, while its entries go by in order of day: assertions of postings after them, and balances
 * of a day before what is posted on it. Those of a day are with the accounts below; those of a posting where they say so (`=*`).
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
      if (posting.asserts !== null) this.verify({ ...posting, ...posting.asserts, amount: posting.asserts })
    }
  }

  /** Throws `BadInput` where a balance of a day is not so. */
  balance(balance: ParsedBalance): void {
    this.verify({ ...balance, below: true, alone: false })
  }

  private verify({ place, account, amount, below, alone }: Asserted): void {
    const currency = amount.commodity || this.baseCurrency
    const wanted = minorOf(amount, this.baseCurrency, place)
    const held = this.heldBy({ place, account, below })
    const sum = held.get(currency) ?? 0n
    if (sum !== wanted)
      refuseAt(place, `${account} holds ${textOf(sum, currency)}`, `${formatMinor(wanted, currency)} as asserted`)
    // What only accounts below it hold in other currencies is no matter, as for hledger.
    const own = this.held.get(place.file)?.get(account)
    const [other] = [...held].filter(
      ([name, minor]) => alone && name !== currency && minor !== 0n && (own?.get(name) ?? 0n) !== 0n,
    )
    if (other !== undefined)
      refuseAt(place, `${account} holds ${textOf(other[1], other[0])}, too`, `${currency} alone, as asserted`)
  }

  /** What an account holds by currency, and the accounts below it where they are asked for. */
  private heldBy({ place, account, below }: Pick<Asserted, 'place' | 'account' | 'below'>): Map<string, bigint> {
    const accounts = this.held.get(place.file)
    const sums = new Map(accounts?.get(account))
    if (!below) return sums
    for (const [name, amounts] of accounts ?? [])
      if (name.startsWith(`${account}:`))
        for (const [currency, minor] of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + minor)
    return sums
  }
}

const textOf = (minor: bigint, currency: string): string => `${formatMinor(minor, currency)} ${currency}`

function entryOf<Value>(map: Map<string, Value>, key: string, empty: () => Value): Value {
  const found = map.get(key) ?? empty()
  map.set(key, found)
  return found
}
