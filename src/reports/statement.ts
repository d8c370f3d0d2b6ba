import type { Tx } from '../kernel/database.ts'
import { type AccountClass, type HeadingCode, headings } from '../ledger/charts/index.ts'
import type { AccountMovement } from './stored-balances.ts'

/**
 * A line of a financial statement. Amounts read as an accountant writes them: income, liabilities and equity are positive when credited,
 * expenses and assets when debited; a result is positive when it is a profit.
 */
export type StatementLine = {
  kind: 'account' | 'total' | 'result'
  /** The code of the account, of the heading that is totalled, or of the result. */
  code: string
  name: string
  role: string | null
  /** How deep the line stands under the headings: 0 for a main heading's total or a result. */
  level: number
  /** Minor units, one for each column. */
  amounts: bigint[]
  /** The codes of the accounts whose lines it is made of; absent where it is made of something else. */
  accounts?: readonly string[]
}

/** A part of a statement: a main heading with all that stands under it, or a result of everything above it. */
export type StatementPart =
  | { heading: HeadingCode; plus?: StatementLine }
  | { result: string; name: string; of?: readonly HeadingCode[] }

export type Group = { id: bigint; code: string; name: string; parentId: bigint | null }

export const loadGroups = (tx: Tx): Promise<Group[]> =>
  tx.query<Group>(
    'select id, code, name, parent_id as "parentId" from account_group where company_id = $1 order by code',
    [tx.companyId],
  )

// Where an account stands that has no group, or one outside the statement's headings.
const usualHeading = {
  asset: 'current_assets',
  liability: 'current_liabilities',
  equity: 'equity',
  income: 'other_income',
  expense: 'overheads',
} as const satisfies Record<AccountClass, HeadingCode>

const orderOf = new Map<string, number>(headings.map(({ code }, index) => [code, index]))
const classOf = new Map<string, AccountClass>(headings.map((heading) => [heading.code, heading.class]))

/** Debit positive turned into the sign in which a heading of the class is read. */
const signOf = (heading: string): bigint => (['asset', 'expense'].includes(classOf.get(heading) ?? 'asset') ? 1n : -1n)

const add = (a: readonly bigint[], b: readonly bigint[]): bigint[] =>
  a.map((amount, index) => amount + (b[index] ?? 0n))
const times = (sign: bigint, amounts: readonly bigint[]): bigint[] => amounts.map((amount) => amount * sign)
const isZero = (amounts: readonly bigint[]): boolean => amounts.every((amount) => amount === 0n)

/**
 * Lays accounts out under the parts of a statement: each account once, under its group, each group's total after what stands in it, and each
 * result where it belongs. Accounts and totals of nothing but zeros are left out.
 */
export function layOut(
  parts: readonly StatementPart[],
  accounts: readonly AccountMovement[],
  groups: readonly Group[],
  columns: number,
): StatementLine[] {
  const main = new Set<string>(parts.flatMap((part) => ('heading' in part ? part.heading : [])))
  const tree = treeOf(groups, accounts, main)
  const lines: StatementLine[] = []
  const zero = Array.from({ length: columns }, () => 0n)
  const totals = new Map<string, Total>()
  for (const part of parts) {
    if ('heading' in part) {
      const total = layOutGroup(part.heading, tree, 0, signOf(part.heading), lines, zero, part.plus)
      totals.set(part.heading, total)
    } else {
      const of = part.of ?? [...totals.keys()]
      const amounts = of.reduce((sum, code) => add(sum, totals.get(code)?.amounts ?? zero), zero)
      // Assets are summed as debits, every other result as what credits leave over debits.
      const sign = of.every((code) => classOf.get(code) === 'asset') ? 1n : -1n
      lines.push({
        kind: 'result',
        code: part.result,
        name: part.name,
        role: null,
        level: 0,
        amounts: times(sign, amounts),
        accounts: of.flatMap((code) => totals.get(code)?.accounts ?? []),
      })
    }
  }
  return lines
}

type Total = { amounts: bigint[]; accounts: string[] }

type Tree = { names: Map<string, string>; children: Map<string, string[]>; accounts: Map<string, AccountMovement[]> }

function treeOf(groups: readonly Group[], accounts: readonly AccountMovement[], main: ReadonlySet<string>): Tree {
  const byId = new Map(groups.map((group) => [group.id, group]))
  const tree: Tree = {
    names: new Map(groups.map(({ code, name }) => [code, name])),
    children: new Map(),
    accounts: new Map(),
  }
  const place = (account: AccountMovement): string => {
    const fallback = usualHeading[account.class]
    const own = account.groupId === null ? undefined : byId.get(account.groupId)
    for (let group = own; group !== undefined; group = group.parentId === null ? undefined : byId.get(group.parentId)) {
      if (main.has(group.code)) return own?.code ?? fallback
    }
    return fallback
  }
  for (const account of [...accounts].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    const code = place(account)
    tree.accounts.set(code, [...(tree.accounts.get(code) ?? []), account])
  }
  for (const { code, parentId } of groups) {
    const parent = parentId === null ? undefined : byId.get(parentId)?.code
    if (parent !== undefined && !main.has(code)) tree.children.set(parent, [...(tree.children.get(parent) ?? []), code])
  }
  const rank = (code: string): number => orderOf.get(code) ?? orderOf.size
  for (const codes of tree.children.values()) codes.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return tree
}

/** Adds the lines of a group and returns its total, debit positive. */
function layOutGroup(
  code: string,
  tree: Tree,
  level: number,
  sign: bigint,
  lines: StatementLine[],
  zero: readonly bigint[],
  plus?: StatementLine,
): Total {
  const total: Total = { amounts: [...zero], accounts: [] }
  const include = (amounts: readonly bigint[], accounts: readonly string[]): void => {
    total.amounts = add(total.amounts, amounts)
    total.accounts.push(...accounts)
  }
  const before = lines.length
  for (const { code: account, name, role, amounts } of tree.accounts.get(code) ?? []) {
    if (isZero(amounts)) continue
    const accounts = [account]
    lines.push({
      kind: 'account',
      code: account,
      name,
      role,
      level: level + 1,
      amounts: times(sign, amounts),
      accounts,
    })
    include(amounts, accounts)
  }
  for (const child of tree.children.get(code) ?? []) {
    const { amounts, accounts } = layOutGroup(child, tree, level + 1, sign, lines, zero)
    include(amounts, accounts)
  }
  if (plus !== undefined && !isZero(plus.amounts)) {
    lines.push(plus)
    include(times(sign, plus.amounts), plus.accounts ?? [])
  }
  if (lines.length > before) {
    const name = tree.names.get(code) ?? code
    const { amounts, accounts } = total
    lines.push({ kind: 'total', code, name, role: null, level, amounts: times(sign, amounts), accounts })
  }
  return total
}
