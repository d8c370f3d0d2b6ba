import type { Tx } from '../../kernel/database.ts'
import type { AccountChoice } from '../../modules/intake/index.ts'
import {
  type Account,
  type AccountClass,
  accountNames,
  addAccounts,
  listAccounts,
  type NewAccount,
} from '../../modules/journal/index.ts'
import { type InputFile, refuseLarger } from '../input-files.ts'
import { type CsvRow, readRows } from '../journals/csv-rows.ts'
import { chosenAccounts } from '../journals/unknown-accounts.ts'

/** Which account of the chart an account of the earlier books is; with a class, one that is added where it is missing. */
export type LegacyAccount = { row: CsvRow; legacy: string; code: string; name: string; class: string }

// It is held in memory; ten thousand accounts take a tenth of it.
const largestMap = 8 * 1024 * 1024
const columns = ['legacy_account', 'account'] as const
const classes = ['asset', 'liability', 'equity', 'income', 'expense'] as const

/** Reads `accounts.csv`: legacy_account, account (its code here), and for accounts to be added name and class. Throws `BadInput`. */
export async function readLegacyAccounts(file: InputFile): Promise<LegacyAccount[]> {
  refuseLarger([file], largestMap, 'a list of accounts')
  return (await readRows(file.path, columns)).map((row) => ({
    row,
    legacy: row.neededLabel('legacy_account', 'an account of the earlier books'),
    code: row.neededLabel('account', 'the code of an account'),
    name: row.label('name'),
    class: row.text('class'),
  }))
}

/** Finds accounts of the company by what a text calls them; undefined for a name that none has. */
export type AccountFinder = (name: string) => Account | undefined

/**
 * Prepares to find accounts: by the list of legacy accounts, by code, by name, or by the name that our own exports give them. Adds those that the
 * list wants added. What somebody `chose` for the import goes before all of these.
 */
export async function accountFinder(
  tx: Tx,
  legacy: readonly LegacyAccount[],
  chosen: readonly AccountChoice[] = [],
): Promise<AccountFinder> {
  const known = new Set((await listAccounts(tx)).map(({ code }) => code))
  const added = new Map<string, NewAccount>()
  for (const { row, legacy: old, code, name, class: wanted } of legacy) {
    if (known.has(code) || added.has(code)) continue
    if (!classes.some((one) => one === wanted))
      row.fail(row.has('class') ? 'class' : 'account', `an account of the chart, or a class: ${classes.join(', ')}`)
    added.set(code, { code, name: name || old, class: wanted as AccountClass })
  }
  await addAccounts(tx, [...added.values()])
  const choices = await chosenAccounts(tx, chosen)
  const accounts = await listAccounts(tx)
  const byName = new Map<string, Account>()
  const names = accountNames(accounts)
  for (const account of accounts) byName.set(account.name, account)
  for (const account of accounts) byName.set(names.get(account.id) as string, account)
  for (const account of accounts) byName.set(account.code, account)
  const codes = new Map(accounts.map((account) => [account.code, account]))
  for (const { legacy: old, code } of legacy) byName.set(old, codes.get(code) as Account)
  for (const [old, code] of choices) byName.set(old, codes.get(code) as Account)
  return (name) => byName.get(name)
}
