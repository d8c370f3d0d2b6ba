import type { MoneyJson } from '../kernel/money.ts'
import { type ComparedAmount, comparedAmount, comparedCells, comparedColumns } from './comparison.ts'
import { type Cell, type Column, emphasisKey, moneyColumn, sourceKey, type Table, textColumn } from './report.ts'
import { linesSource, type Source } from './source.ts'
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
  /** One for each of the report's parts, where it has any; they sum to the amount. */
  parts?: MoneyJson[]
  /** The amount of the nearest period that the report is compared with, by how much this one is more, and that in percent. */
  comparison?: MoneyJson
  difference?: MoneyJson
  percent?: string | null
  /** The same for every period that the report is compared with, the nearest first. */
  comparisons?: ComparedAmount[]
  /** Where the lines behind the amount are read: a path of the API. Absent on totals and results. */
  explain?: string
  /** Where the lines behind the amount are read; for another of its columns with the parameters that `sources` of the report has for it. */
  source?: Source | undefined
}

/** For each column beside the amount the parameters that take the place of those in a row's `source`; null for one that has no lines of its own. */
export type ColumnSources = {
  periods?: (Record<string, string> | null)[]
  parts?: (Record<string, string> | null)[]
  comparisons?: (Record<string, string> | null)[]
}

/** What the columns of a statement's lines are: first the amount or what it is split into, last what it is compared with. */
export type StatementShape = { split: 'periods' | 'parts' | undefined; compared: number }

type RowOptions = {
  shape: StatementShape
  /** What the split columns come to: their sum where they stand beside each other, the last where each is cumulative. */
  amountOf: (amounts: readonly bigint[], code: string) => bigint
  money: (minor: bigint) => MoneyJson
  explain: (accountCode: string) => string
  /** The parameters, beside its accounts, of the lines behind an amount. */
  lines?: Readonly<Record<string, string>>
}

export const statementRows = (
  lines: readonly StatementLine[],
  { shape, amountOf, money, explain, lines: parameters }: RowOptions,
): StatementRow[] =>
  lines.map(({ amounts, accounts, ...line }) => {
    const own = amounts.slice(0, amounts.length - shape.compared)
    const amount = amountOf(own, line.code)
    const compared = amounts.slice(own.length).map((before) => comparedAmount(amount, before, money))
    const [nearest] = compared
    return {
      ...line,
      amount: money(amount),
      ...(shape.split === undefined ? {} : { [shape.split]: own.map(money) }),
      ...(nearest === undefined
        ? {}
        : {
            comparison: nearest.amount,
            difference: nearest.difference,
            percent: nearest.percent,
            comparisons: compared,
          }),
      ...(line.kind === 'account' ? { explain: explain(line.code) } : {}),
      ...(parameters === undefined || accounts === undefined ? {} : sourceOf(linesSource(accounts, parameters))),
    }
  })

/** The field `source`, where there is one. */
export const sourceOf = (source: Source | undefined): { source?: Source } => (source === undefined ? {} : { source })

type TableTitles = {
  /** Of the periods or parts that are shown as columns; fewer than the row has where the last stands for the amount. */
  split: readonly string[]
  amount: string
  compared: readonly string[]
}

/** A statement laid out flat: a column for each period or part by its title, then the amount, then what it is compared with. */
export function statementTable({ rows }: { rows: readonly StatementRow[] }, titles: TableTitles): Table {
  const columns: Column[] = [
    textColumn('code', 'Code'),
    textColumn('name', 'Name'),
    ...titles.split.map((title, index) => moneyColumn(`period${index}`, title)),
    moneyColumn('amount', titles.amount),
    ...comparedColumns(titles.compared),
  ]
  return {
    columns,
    rows: rows.map((row) => {
      const { kind, code, name, level, amount, periods, parts, comparisons = [] } = row
      const cells: Record<string, Cell> = {
        code: kind === 'account' ? code : '',
        name: `${'  '.repeat(level)}${name}`,
        amount,
        [emphasisKey]: kind === 'account' ? null : kind,
      }
      for (const [index, money] of (periods ?? parts ?? []).entries()) cells[`period${index}`] = money
      return { ...cells, ...comparedCells(comparisons), [sourceKey]: row.source }
    }),
  }
}
