import { type AccountingDate, accountingDate, endOfMonth, startOfMonth } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import type { MoneyJson } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { breakDown } from './breakdown.ts'
import { percentOf } from './comparison.ts'
import { explainAccount } from './explain.ts'
import type { Range } from './periods.ts'
import { profitAndLossParts, resultAccounts } from './profit-and-loss.ts'
import {
  companyHeading,
  emphasisKey,
  moneyColumn,
  moneyIn,
  numberColumn,
  type Report,
  sourceKey,
  type Table,
  type TableRow,
  textColumn,
} from './report.ts'
import { linesSource, type Source } from './source.ts'
import { layOut, loadGroups, type StatementLine } from './statement.ts'
import { sourceOf } from './statement-rows.ts'
import type { AccountMovement } from './stored-balances.ts'

type BudgetRow = Omit<StatementLine, 'amounts' | 'accounts'> & {
  actual: MoneyJson
  budget: MoneyJson
  /** Actual less budget, and that in percent of the budget; null where nothing was planned. */
  variance: MoneyJson
  percent: string | null
  /** Whether the variance makes the profit larger. Null where there is none. */
  favourable: boolean | null
  explain?: string
  /** Where the lines behind the actual amount are read. */
  source?: Source | undefined
}

export type BudgetReport = Report<BudgetRow> & {
  from: AccountingDate
  to: AccountingDate
  budget: { code: string; name: string }
  /** The one channel that is compared; null for all of them together. */
  channel: string | null
}

export type BudgetReportParameters = {
  budget: string
  /** Whole months; without them, those that the budget names. */
  from?: AccountingDate | undefined
  to?: AccountingDate | undefined
  channel?: string | undefined
}

type Known = { id: bigint; code: string; name: string; first: AccountingDate | null; last: AccountingDate | null }

/**
 * Profit and loss beside a budget, of whole months, for all channels or one. Actual comes from stored balances, of one channel from lines. Refuses
 * `budget_unknown`, and `input_invalid` for parts of months.
 */
export async function budgetReport(
  tx: Tx,
  { budget: code, channel, ...days }: BudgetReportParameters,
): Promise<BudgetReport> {
  const heading = await companyHeading(tx)
  const budget = await budgetByCode(tx, code)
  const range = wholeMonths(budget, days)
  const actual = await actualOf(tx, range, channel)
  const planned = await tx.query<Omit<AccountMovement, 'amounts'> & { planned: bigint }>(plannedAmounts, [
    tx.companyId,
    budget.id,
    range.from,
    range.to,
    channel ?? null,
  ])
  const money = moneyIn(heading.currency)
  const lines = layOut(profitAndLossParts, sideBySide(actual, planned), await loadGroups(tx), 2)
  return {
    report: 'budget',
    ...heading,
    ...range,
    budget: { code: budget.code, name: budget.name },
    channel: channel ?? null,
    rows: lines.map(({ amounts: [own = 0n, plan = 0n], accounts = [], ...line }, index) => ({
      ...line,
      actual: money(own),
      budget: money(plan),
      variance: money(own - plan),
      percent: percentOf(own - plan, plan),
      favourable: own === plan ? null : own > plan === isEarned(lines, index),
      ...(line.kind === 'account' ? { explain: explainAccount(tx, { account: line.code, ...range }) } : {}),
      ...sourceOf(linesSource(accounts, { ...range, channel, yearClosings: 'without' })),
    })),
  }
}

async function budgetByCode(tx: Tx, code: string): Promise<Known> {
  const [budget] = await tx.query<Known>(
    `select b.id, b.code, b.name, min(a.month) as first, max(a.month) as last
       from budget b left join budget_amount a on a.company_id = $1 and a.budget_id = b.id and a.amount_minor <> 0
       where b.company_id = $1 and b.code = $2 group by b.id, b.code, b.name`,
    [tx.companyId, code],
  )
  if (budget === undefined) throw new Refusal('budget_unknown', { budget: code })
  return budget
}

function wholeMonths(
  { first, last }: Known,
  { from, to }: { from?: AccountingDate | undefined; to?: AccountingDate | undefined },
): Range {
  const start = from ?? first ?? (to === undefined ? accountingDate('1970-01-01') : startOfMonth(to))
  const end = to ?? endOfMonth(last !== null && last >= start ? last : start)
  if (start !== startOfMonth(start)) throw partOfMonth('from', start, startOfMonth(start))
  if (end !== endOfMonth(end)) throw partOfMonth('to', end, endOfMonth(end))
  if (start > end)
    throw new Refusal('input_invalid', { parameter: 'from', found: start, expected: `a day not after ${end}` })
  return { from: start, to: end }
}

const partOfMonth = (parameter: string, found: string, expected: string): Refusal =>
  new Refusal('input_invalid', { parameter, found, expected: `whole months, such as ${expected}` })

async function actualOf(tx: Tx, range: Range, channel: string | undefined): Promise<AccountMovement[]> {
  const all = await resultAccounts(tx, [range])
  if (channel === undefined) return all
  const { parts, accounts } = await breakDown(tx, range, 'channel', all, { most: Number.POSITIVE_INFINITY })
  const place = parts.findIndex(({ key }) => key === channel)
  return place < 0 ? [] : accounts.map((account) => ({ ...account, amounts: [account.amounts[place] ?? 0n] }))
}

const plannedAmounts = `
  select a.id, a.code, a.name, a.class, a.role, a.group_id as "groupId", sum(b.amount_minor)::bigint as planned
    from budget_amount b
    join account a on a.company_id = $1 and a.id = b.account_id
    left join channel c on c.company_id = $1 and c.id = b.channel_id
    where b.company_id = $1 and b.budget_id = $2 and b.month between $3 and $4 and ($5::text is null or c.code = $5)
    group by a.company_id, a.id`

/** Actual and planned amounts by account, debit positive both. */
function sideBySide(
  actual: readonly AccountMovement[],
  planned: readonly (Omit<AccountMovement, 'amounts'> & { planned: bigint })[],
): AccountMovement[] {
  const accounts = new Map(
    actual.map((account) => [account.id, { ...account, amounts: [account.amounts[0] ?? 0n, 0n] }]),
  )
  for (const { planned: minor, ...account } of planned) {
    const debit = account.class === 'income' ? -minor : minor
    const own = accounts.get(account.id)?.amounts[0] ?? 0n
    accounts.set(account.id, { ...account, amounts: [own, debit] })
  }
  return [...accounts.values()]
}

const earned = new Set(['revenue', 'other_income'])

/** Of income and of every result more is better. The total of a main heading follows all that stands under it. */
function isEarned(lines: readonly StatementLine[], index: number): boolean {
  if (lines[index]?.kind === 'result') return true
  const heading = lines.slice(index).find(({ kind, level }) => kind === 'total' && level === 0)
  return heading !== undefined && earned.has(heading.code)
}

export const budgetTable = ({ rows }: BudgetReport): Table => ({
  columns: [
    textColumn('code', 'Code'),
    textColumn('name', 'Name'),
    moneyColumn('actual', 'Actual'),
    moneyColumn('budget', 'Budget'),
    moneyColumn('variance', 'Variance'),
    numberColumn('percent', '%'),
    textColumn('effect', 'Profit'),
  ],
  rows: rows.map(
    ({ kind, code, name, level, favourable, ...row }): TableRow => ({
      code: kind === 'account' ? code : '',
      name: `${'  '.repeat(level)}${name}`,
      actual: row.actual,
      budget: row.budget,
      variance: row.variance,
      percent: row.percent,
      effect: favourable === null ? '' : favourable ? 'better' : 'worse',
      [emphasisKey]: kind === 'account' ? null : kind,
      [sourceKey]: row.source,
    }),
  ),
})
