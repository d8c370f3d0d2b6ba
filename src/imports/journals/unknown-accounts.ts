import { BadInput } from '../../kernel/bad-input.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { AccountChoice } from '../../modules/intake/index.ts'
import { type AccountClass, addAccounts, listAccounts } from '../../modules/journal/index.ts'
import { type Decision, Decisions } from '../decisions.ts'

type Place = { file: string; line: number; column: number }

/** Accounts that files name and the chart does not have: all of them at once, though as an error it points to the first. */
export class AccountsUnknown extends BadInput {
  readonly decisions: Decision[]

  constructor(at: Place, words: { found: string; expected: string }, decisions: Decision[]) {
    super(at, words.found, `expected ${words.expected}`)
    this.decisions = decisions
  }
}

/** Gathers the accounts that files name and nobody knows, with what they would hold. */
export class UnknownAccounts {
  private readonly decisions = new Decisions()
  private readonly source: string
  private readonly currency: string
  private readonly expected: string
  private first: { at: Place; found: string } | undefined

  constructor({ source, currency, expected }: { source: string; currency: string; expected: string }) {
    this.source = source
    this.currency = currency
    this.expected = expected
  }

  /** Notes a name where it stands; `found` is how a file's error quotes it. */
  note(name: string, at: Place, { amountMinor, found }: { amountMinor: bigint; found: string }): undefined {
    this.first ??= { at, found }
    this.decisions.noteAccount({
      kind: 'account_unknown',
      source: this.source,
      subject: name,
      message: `The chart has no account ${name}: say which one it is, or add it`,
      count: 1,
      amountMinor,
      currency: this.currency,
    })
  }

  /** Throws `AccountsUnknown` where there is any. */
  refuse(): void {
    if (this.first === undefined) return
    const { at, found } = this.first
    throw new AccountsUnknown(at, { found, expected: this.expected }, this.decisions.summary().rows)
  }
}

/**
 * The codes of accounts that somebody chose, by what the files call them; those with a class are added where the chart lacks them. Refuses
 * `account_unknown` for one that is neither there nor to be added.
 */
export async function chosenAccounts(tx: Tx, choices: readonly AccountChoice[]): Promise<Map<string, string>> {
  const known = new Set(choices.length === 0 ? [] : (await listAccounts(tx)).map(({ code }) => code))
  const added = new Map<string, { code: string; name: string; class: AccountClass }>()
  for (const { legacyAccount, account: code, name, class: wanted } of choices) {
    if (known.has(code) || added.has(code)) continue
    if (wanted === undefined) throw new Refusal('account_unknown', { account: code, for: legacyAccount })
    added.set(code, { code, name: name || legacyAccount, class: wanted as AccountClass })
  }
  if (added.size > 0) await addAccounts(tx, [...added.values()])
  return new Map(choices.map(({ legacyAccount, account }) => [legacyAccount, account]))
}
