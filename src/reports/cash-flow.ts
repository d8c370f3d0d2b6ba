import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import type { CashFlowActivity } from '../ledger/charts/index.ts'
import { type CashFlowAccount, type CashMovements, cashMovements } from './cash-movements.ts'
import type { Comparison } from './comparison.ts'
import { explainAccount } from './explain.ts'
import { comparedRanges, monthsOf, quartersOf, type Range, titleOfRange } from './periods.ts'
import { fiscalYearStart } from './profit-and-loss.ts'
import { companyHeading, moneyIn, type Report, type Table } from './report.ts'
import type { StatementLine } from './statement.ts'
import { type StatementRow, type StatementShape, statementRows, statementTable } from './statement-rows.ts'

/** Direct: what came in and went out, by what it was for. Indirect: from the profit, by what it is not in the bank yet or no more. */
export const cashFlowMethods = ['indirect', 'direct'] as const
export type CashFlowMethod = (typeof cashFlowMethods)[number]

export const cashFlowBreakdowns = ['month', 'quarter'] as const

export type CashFlowParameters = Range & {
  method: CashFlowMethod
  by?: (typeof cashFlowBreakdowns)[number]
  compare?: Comparison
}

export type CashFlow = Report<StatementRow> & {
  from: AccountingDate
  to: AccountingDate
  method: CashFlowMethod
  periods?: Range[]
  comparedWith?: Range
  comparedPeriods?: Range[]
}

/**
 * Where the money of a range came from and went. Both methods give the same for each activity and end at the change of the cash accounts,
 * exactly, since every entry sums to zero: see `cashMovements`.
 */
export async function cashFlow(tx: Tx, { from, to, method, by, compare }: CashFlowParameters): Promise<CashFlow> {
  const heading = await companyHeading(tx)
  const months = by === 'month' ? monthsOf({ from, to }) : undefined
  const periods = by === 'quarter' ? quartersOf({ from, to }, await fiscalYearStart(tx)) : months
  const compared = compare === undefined ? [] : comparedRanges({ from, to }, compare)
  const movements = await cashMovements(tx, [...(periods ?? [{ from, to }]), ...compared])
  const shape: StatementShape = { split: periods && 'periods', compared: compared.length }
  return {
    report: 'cash-flow',
    ...heading,
    from,
    to,
    method,
    ...(periods === undefined ? {} : { periods }),
    ...(compared[0] === undefined ? {} : { comparedWith: compared[0], comparedPeriods: compared }),
    rows: statementRows(cashFlowLines(movements, method), {
      shape,
      amountOf: wholeOf,
      money: moneyIn(heading.currency),
      explain: (account) => explainAccount(tx, { account, from, to }),
    }),
  }
}

/** Flows of periods add up; what was there at first is that of the first, and at last that of the last. */
function wholeOf(amounts: readonly bigint[], code: string): bigint {
  if (code === 'opening_cash') return amounts[0] ?? 0n
  if (code === 'closing_cash') return amounts.at(-1) ?? 0n
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}

const activityNames = {
  operating: 'Cash from operating activities',
  investing: 'Cash from investing activities',
  financing: 'Cash from financing activities',
  exchange: 'Effect of exchange rates on cash',
  brought_in: 'Cash brought in from earlier books',
} as const satisfies Record<CashFlowActivity, string>

/** The lines of the statement, one amount for each range. Exported for the check that proves both methods. */
export function cashFlowLines(movements: CashMovements, method: CashFlowMethod): StatementLine[] {
  const { accounts, opening, change, broughtIn } = movements
  const linesOf = method === 'direct' ? directLines : indirectLines
  const lines: StatementLine[] = []
  let sum = change.map(() => 0n)
  for (const activity of ['operating', 'investing', 'financing', 'exchange'] as const) {
    const found = linesOf(movements, activity, accounts).filter(({ amounts }) =>
      amounts.some((amount) => amount !== 0n),
    )
    const total = found.reduce(
      (so, { amounts }) => plus(so, amounts),
      change.map(() => 0n),
    )
    if (activity === 'exchange' && found.length === 0) continue
    lines.push(...found, result(activity, activityNames[activity], total, 'total'))
    sum = plus(sum, total)
  }
  if (broughtIn.some((amount) => amount !== 0n))
    lines.push(result('brought_in', activityNames.brought_in, broughtIn, 'total'))
  return [
    ...lines,
    result('change_in_cash', 'Change in cash', plus(sum, broughtIn)),
    result('opening_cash', 'Cash at the start', opening),
    result('closing_cash', 'Cash at the end', plus(opening, change)),
  ]
}

const plus = (a: readonly bigint[], b: readonly bigint[]): bigint[] =>
  a.map((amount, index) => amount + (b[index] ?? 0n))
const minus = (a: readonly bigint[]): bigint[] => a.map((amount) => -amount)

const result = (code: string, name: string, amounts: bigint[], kind: 'total' | 'result' = 'result'): StatementLine => ({
  kind,
  code,
  name,
  role: null,
  level: 0,
  amounts,
})

const accountLine = ({ code, name, role }: CashFlowAccount, amounts: bigint[], words = ''): StatementLine => ({
  kind: 'account',
  code,
  name: `${name}${words}`,
  role,
  level: 1,
  amounts,
})

type LinesOf = (
  movements: CashMovements,
  activity: CashFlowActivity,
  accounts: readonly CashFlowAccount[],
) => StatementLine[]

/** Money that came and money that went are not netted (IAS 7.18a, 7.21), account by account. */
const directLines: LinesOf = ({ received, paid }, activity, accounts) =>
  accounts
    .filter((account) => account.activity === activity)
    .flatMap((account) => [
      accountLine(account, received.get(account.id) ?? [], ': received'),
      accountLine(account, paid.get(account.id) ?? [], ': paid'),
    ])

const isResult = ({ class: accountClass }: CashFlowAccount): boolean =>
  accountClass === 'income' || accountClass === 'expense'

/** For operating activities the profit, what of it is no flow or stands elsewhere, and the changes of what is owed, owned and kept in stock. */
const indirectLines: LinesOf = (movements, activity, accounts) => {
  const { moved, withoutMoney, change } = movements
  const zeros = change.map(() => 0n)
  const movedOf = ({ id }: CashFlowAccount): bigint[] => moved.get(id) ?? zeros
  const noFlowOf = ({ id }: CashFlowAccount): bigint[] => withoutMoney.get(id) ?? zeros
  const flowOf = (account: CashFlowAccount): bigint[] => plus(movedOf(account), noFlowOf(account))
  const own = accounts.filter((account) => account.activity === activity)
  if (activity !== 'operating') return own.map((account) => accountLine(account, flowOf(account)))
  const results = accounts.filter(isResult)
  return [
    result(
      'profit',
      'Profit',
      results.reduce((sum, account) => plus(sum, movedOf(account)), zeros),
    ),
    ...results.map((account) =>
      accountLine(
        account,
        account.activity === 'operating' ? noFlowOf(account) : minus(movedOf(account)),
        ': not in cash',
      ),
    ),
    ...own.filter((account) => !isResult(account)).map((account) => accountLine(account, flowOf(account), ': change')),
  ]
}

export const cashFlowTable = (report: CashFlow): Table =>
  statementTable(report, {
    split: (report.periods ?? []).map(titleOfRange),
    amount: report.periods === undefined ? 'Amount' : 'Total',
    compared: (report.comparedPeriods ?? []).map(titleOfRange),
  })
