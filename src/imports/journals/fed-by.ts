import { type Account, controlOf } from '../../modules/journal/index.ts'
import type { PartyKind } from '../../modules/parties/index.ts'

/** Of the sub-ledgers those that lines of entries can feed, and by which kind of party. */
const kinds: Readonly<Record<string, PartyKind>> = {
  receivable: 'customer',
  'store-credit': 'customer',
  payable: 'supplier',
}

/**
 * The kind of party that a line on an account must name; null for an account without a sub-ledger; 'nothing' for one whose sub-ledger follows
 * payments, gift cards or items, which lines of entries do not tell of.
 */
export function fedBy(account: Account): PartyKind | 'nothing' | null {
  const control = controlOf(account)
  return control === null ? null : (kinds[control] ?? 'nothing')
}

/** What to do about a balance on an account that entries cannot feed. */
export const unfed = ({ code, name }: Account): [found: string, expected: string] => [
  `account ${code} ${name}, which follows payments, gift cards or items`,
  'another account, made for what the earlier books held there',
]
