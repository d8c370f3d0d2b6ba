import type { AccountClass } from './charts/index.ts'

/** What a name is made of. */
type NamedAccount = { id: bigint; code: string; name: string; class: AccountClass }

const roots = {
  asset: 'Assets',
  liability: 'Liabilities',
  equity: 'Equity',
  income: 'Income',
  expense: 'Expenses',
} as const satisfies Record<AccountClass, string>

const word = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^\p{L}\p{Nd}]+/gu, '-')
    .replace(/^-+|-+$/g, '')

/**
 * A name for each account that hledger, ledger and beancount all accept: `Assets:1100-Trade-debtors`. Beancount is the narrowest: a part
 * begins with a digit or a capital letter and holds letters, digits and hyphens only. Two codes that become one word are told apart by id.
 */
export function accountNames(accounts: readonly NamedAccount[]): Map<bigint, string> {
  const names = new Map<bigint, string>()
  const taken = new Set<string>()
  for (const { id, code, name, class: accountClass } of accounts) {
    const part = [word(code), word(name)].filter((text) => text !== '').join('-')
    const capital = part.charAt(0).toUpperCase() + part.slice(1)
    const plain = `${roots[accountClass]}:${/^[\p{Lu}\p{Nd}]/u.test(capital) ? capital : `X-${capital}`}`
    const unique = taken.has(plain) ? `${plain}-${id}` : plain
    taken.add(unique)
    names.set(id, unique)
  }
  return names
}
