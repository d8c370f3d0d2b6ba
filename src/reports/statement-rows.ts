import type { MoneyJson } from '../kernel/money.ts'
import { type Cell, type Column, moneyColumn, type Table, textColumn } from './report.ts'
import type { StatementLine } from './statement.ts'

export type StatementRow = {
  kind: StatementLine['kind']
  code: string
  name: string
  role: string | null
  level: number
  amount: MoneyJson
  /** One for each of the report's periods, where it has any. */
  periods?: MoneyJson[]
  /** The amount of what the report is compared with. */
  comparison?: MoneyJson
}

/**
 * Lines as rows: the first columns are the periods, the last one the comparison where there is one. `amountOf` says what the periods come to:
 * their sum where they follow each other, the last where each is cumulative.
 */
export const statementRows = (
  lines: readonly StatementLine[],
  shape: { periods: number; compared: boolean },
  amountOf: (amounts: readonly bigint[]) => bigint,
  money: (minor: bigint) => MoneyJson,
): StatementRow[] =>
  lines.map(({ amounts, ...line }) => {
    const periods = shape.compared ? amounts.slice(0, -1) : amounts
    return {
      ...line,
      amount: money(amountOf(periods)),
      ...(shape.periods > 0 ? { periods: periods.map(money) } : {}),
      ...(shape.compared ? { comparison: money(amounts.at(-1) ?? 0n) } : {}),
    }
  })

/** A statement laid out flat: a column for each period by its title, indented by level. */
export function statementTable(
  { rows }: { rows: readonly StatementRow[] },
  periodTitles: readonly string[],
  comparedWith?: string,
  amountTitle = periodTitles.length > 0 ? 'Total' : 'Amount',
): Table {
  const columns: Column[] = [
    textColumn('code', 'Code'),
    textColumn('name', 'Name'),
    ...periodTitles.map((title, index) => moneyColumn(`period${index}`, title)),
    moneyColumn('amount', amountTitle),
    ...(comparedWith === undefined ? [] : [moneyColumn('comparison', comparedWith)]),
  ]
  return {
    columns,
    rows: rows.map(({ periods, kind, code, name, level, amount, comparison }) => {
      const row: Record<string, Cell> = {
        code: kind === 'account' ? code : '',
        name: `${'  '.repeat(level)}${name}`,
        amount,
        comparison: comparison ?? null,
      }
      for (const [index, money] of (periods ?? []).entries()) row[`period${index}`] = money
      return row
    }),
  }
}
