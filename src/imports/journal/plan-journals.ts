import { createHash } from 'node:crypto'
import type { Tx } from '../../kernel/database.ts'
import { companyFacts } from '../../modules/company/index.ts'
import type { AccountChoice } from '../../modules/intake/index.ts'
import { listTaxCodes, type TaxCode } from '../../modules/tax/index.ts'
import { fedBy, unfed } from '../journals/fed-by.ts'
import type { PlannedJournal } from '../journals/kept-entries.ts'
import { UnknownAccounts } from '../journals/unknown-accounts.ts'
import { type AccountFinder, accountFinder, type LegacyAccount } from './account-map.ts'
import { AssertedBalances } from './asserted-balances.ts'
import { type Converted, convertEntry, Prices } from './convert.ts'
import type { DatedItem, JournalSpill } from './journal-spill.ts'
import { type ParsedEntry, refuseAt } from './parsed.ts'
import { plannedTax } from './planned-tax.ts'

type PlannedLine = PlannedJournal['lines'][number]

/** An entry as it will be posted, and where its lines stand. */
export type PlacedJournal = PlannedJournal & { file: string; places: readonly number[] }

/**
 * Checks all entries once, to the last, before anything is posted: that they balance, that their accounts are known, that what the texts assert is
 * so. Adds the accounts that the list wants. Returns them to be gone through again. Throws `BadInput`.
 */
export async function planJournals(
  tx: Tx,
  spill: JournalSpill,
  legacy: readonly LegacyAccount[],
  chosen: readonly AccountChoice[] = [],
): Promise<{ count: number; entries: Iterable<PlacedJournal> }> {
  const { baseCurrency } = await companyFacts(tx)
  const find = await accountFinder(tx, legacy, chosen)
  const expected = 'the code or the name of an account, or a row for it in accounts.csv'
  const unknown = new UnknownAccounts({ source: 'journal', currency: baseCurrency, expected })
  const taxCodes = new Map((await listTaxCodes(tx)).map((code) => [code.code, code]))
  const entries = () => plannedEntries(spill, { find, unknown, baseCurrency, taxCodes })
  let count = 0
  for (const _ of entries()) count += 1
  unknown.refuse()
  return { count, entries: { [Symbol.iterator]: entries } }
}

function* plannedEntries(spill: JournalSpill, rules: Rules): Generator<PlacedJournal> {
  const { baseCurrency } = rules
  const prices = new Prices(baseCurrency)
  const asserted = new AssertedBalances(baseCurrency)
  const references = new References()
  for (const items of spill.read()) {
    refuseSecond(items)
    const { kind, item } = items[0] as DatedItem
    if (kind === 'price') prices.set(item)
    else if (kind === 'balance') asserted.balance(item)
    else {
      const lines = convertEntry(item, prices, baseCurrency)
      asserted.post(lines)
      yield plannedEntry(item, lines, { ...rules, reference: references.of(item) })
    }
  }
}

function refuseSecond([first, second]: readonly DatedItem[]): void {
  if (first?.kind !== 'entry' || second?.kind !== 'entry') return
  const { place, reference } = second.item
  if (place.file === first.item.place.file && /\.csv(\.gz)?$/i.test(place.file))
    refuseAt(place, `reference ${JSON.stringify(reference)}`, 'the rows of an entry one after the other')
  refuseAt(place, `a second entry ${reference}`, 'a reference of its own for each entry')
}

type Rules = {
  find: AccountFinder
  unknown: UnknownAccounts
  baseCurrency: string
  taxCodes: ReadonlyMap<string, TaxCode>
}
type Planning = Rules & { reference: string }

function plannedEntry(entry: ParsedEntry, lines: readonly Converted[], about: Planning): PlacedJournal {
  const moving = lines.filter(
    ({ amountMinor, currencyAmountMinor }) => amountMinor !== 0n || currencyAmountMinor !== 0n,
  )
  const planned = moving.flatMap((line) => plannedLine(entry, line, about) ?? [])
  if (moving.length < 2) refuseAt(entry.place, 'an entry that moves less than two amounts', 'two lines or more')
  return {
    reference: about.reference,
    date: entry.date,
    description: entry.description,
    documentReference: entry.number,
    lines: planned,
    file: entry.place.file,
    places: moving.map(({ posting }) => posting.place.line),
  }
}

/** Undefined for a line on an account that nobody knows: it is noted, and what is planned is not posted. */
function plannedLine(
  entry: ParsedEntry,
  line: Converted,
  { find, unknown, baseCurrency, taxCodes }: Planning,
): PlannedLine | undefined {
  const { currency, amountMinor, currencyAmountMinor, posting } = line
  const account = find(posting.account)
  if (account === undefined)
    return unknown.note(posting.account, posting.place, { amountMinor, found: `account ${posting.account}` })
  const own = currency === baseCurrency ? {} : { currency, currencyAmountMinor }
  const kind = fedBy(account)
  const tax = plannedTax(line, account, { baseCurrency, taxCodes })
  if (kind === null) return { account: account.code, amountMinor, ...own, party: null, ...tax }
  if (kind === 'nothing') return refuseAt(posting.place, ...unfed(account))
  const number = posting.party ?? entry.party ?? ''
  if (number.trim() === '')
    refuseAt(posting.place, `${account.code} ${account.name} without a party`, 'the tag or the column party')
  return {
    account: account.code,
    amountMinor,
    ...own,
    party: { kind, number },
    documentNumber: posting.document ?? entry.document,
  }
}

/**
 * What makes each entry one: what the text calls it, or else what it says, so that the same entry in another file is found again; those that say
 * the same are told apart by their order, which their day is enough for.
 */
class References {
  private day = ''
  private seen = new Map<string, number>()

  of(entry: ParsedEntry): string {
    if (entry.reference !== null) return entry.reference
    if (entry.date !== this.day) this.seen.clear()
    this.day = entry.date
    const plain = `text ${contentHash(entry)}`
    const times = (this.seen.get(plain) ?? 0) + 1
    this.seen.set(plain, times)
    return times === 1 ? plain : `${plain} ${times}`
  }
}

function contentHash({ date, description, number, postings }: ParsedEntry): string {
  const said = [
    date,
    description,
    number,
    ...postings.map(({ account, amount, price }) => [account, textOf(amount), textOf(price)]),
  ]
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 24)
}

const textOf = (amount: { number: { unscaled: bigint; scale: number }; commodity: string } | null): string =>
  amount === null ? '' : `${amount.number.unscaled}/${amount.number.scale} ${amount.commodity}`
