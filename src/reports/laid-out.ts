import { type MoneyJson, moneyJson, parseMinor } from '../kernel/money.ts'
import type { ReportDefinition } from './definition.ts'
import { type Cell, type Column, emphasisKey, type Report, sourceKey, type TableRow } from './report.ts'
import type { Source } from './source.ts'
import type { ColumnSources } from './statement-rows.ts'

export type LaidOutRow = {
  cells: Record<string, Cell>
  depth: number
  emphasis?: string
  sources: Record<string, Source>
}

/** A report as a table for a screen: whoever shows it needs to know nothing of the report. */
export type LaidOutReport = Pick<Report, 'report' | 'currency' | 'asOf' | 'from' | 'to' | 'next'> & {
  title: string
  columns: readonly Column[]
  rows: LaidOutRow[]
  /** Where rows are left out of a report that is drawn by size, the largest of all. */
  largest?: LaidOutRow[]
  /** How many rows there are beside those that are shown. */
  more: number
  totals: readonly string[]
  /** The sums of these columns over all rows, shown or not; those in several currencies have none. */
  sums: Record<string, MoneyJson>
}

/**
 * Lays a report out, each figure with the place where the rows behind it are read, as far as the report tells of it. With `most`, only so many of its rows,
 * and the sums that end it.
 */
export function layOutReport(
  definition: ReportDefinition,
  found: Report,
  most = Number.POSITIVE_INFINITY,
): LaidOutReport {
  const { report, currency, asOf, from, to, next, left = 0, sums, largest } = found
  const { columns, rows, totals = [] } = definition.table(found)
  const overrides = overridesOf((found as { sources?: ColumnSources }).sources ?? {})
  // The sums that end it are shown whatever is left out before them.
  const ending = rows.findLastIndex((row) => row[emphasisKey] === undefined) + 1
  const more = Math.max(0, ending - most) + left
  const laidOut = (row: TableRow): LaidOutRow => {
    const { [emphasisKey]: emphasis, [sourceKey]: source, ...cells } = row
    return {
      cells: mapped(cells, (cell) => (typeof cell === 'string' ? cell.trimStart() : cell)),
      depth: depthOf(row),
      ...(typeof emphasis === 'string' ? { emphasis } : {}),
      sources: source === undefined ? {} : sourcesOf(source, columns, overrides),
    }
  }
  return {
    report,
    title: definition.title,
    currency,
    ...(asOf === undefined ? {} : { asOf }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    columns,
    rows: rows.filter((_, index) => index < most || index >= ending).map(laidOut),
    ...(largest === undefined || more === 0
      ? {}
      : { largest: definition.table({ ...found, rows: largest }).rows.map(laidOut) }),
    more,
    totals,
    sums: sums ?? Object.fromEntries(totals.flatMap((key) => sumOf(rows, key) ?? [])),
    ...(next === undefined ? {} : { next }),
  }
}

function sumOf(rows: readonly Readonly<Record<string, Cell>>[], key: string): [[string, MoneyJson]] | undefined {
  const amounts = rows.flatMap(({ [key]: cell }) => (isMoney(cell) ? [cell] : []))
  const currency = amounts[0]?.currency
  if (currency === undefined || amounts.some((amount) => amount.currency !== currency)) return undefined
  const sum = amounts.reduce((minor, { amount }) => minor + (parseMinor(amount, currency) ?? 0n), 0n)
  return [[key, moneyJson(sum, currency)]]
}

const isMoney = (cell: Cell | undefined): cell is MoneyJson => typeof cell === 'object' && cell !== null

const mapped = <From, To>(given: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [key, change(value)]))

/** Names are set in by two spaces a level. */
function depthOf(row: Readonly<Record<string, Cell>>): number {
  const name = typeof row.name === 'string' ? row.name : ''
  return Math.floor((name.length - name.trimStart().length) / 2)
}

type Override = Readonly<Record<string, string>> | null

/** What takes the place of a row's parameters in the columns beside the amount, by the keys that statements give them. */
function overridesOf({ periods, parts, comparisons = [] }: ColumnSources): ReadonlyMap<string, Override> {
  return new Map([
    ...(parts ?? periods ?? []).map((given, index) => [`period${index}`, given] as const),
    ...comparisons.map((given, index) => [index === 0 ? 'comparison' : `comparison${index + 1}`, given] as const),
  ])
}

/** A difference is made of two columns and has no lines of its own; neither has what was only planned. */
const hasNoLines = (key: string): boolean => /^(difference\d*|variance|budget)$/.test(key)

function sourcesOf(source: Source, columns: readonly Column[], overrides: ReadonlyMap<string, Override>) {
  const sources: Record<string, Source> = {}
  for (const { key, kind } of columns) {
    const override = overrides.get(key)
    if (kind !== 'money' || hasNoLines(key) || override === null) continue
    sources[key] = override === undefined ? source : { ...source, parameters: { ...source.parameters, ...override } }
  }
  return sources
}
