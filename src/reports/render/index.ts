import type { ReportDefinition } from '../definition.ts'
import type { Report } from '../report.ts'
import { csvOf } from './csv.ts'
import { jsonOf } from './json.ts'
import { tableOf } from './table.ts'

export { tableOf as renderTable } from './table.ts'

/** The forms in which every report can be written. */
export const renderFormats = ['table', 'json', 'csv'] as const
export type RenderFormat = (typeof renderFormats)[number]

/** A report as text: the same rows in each form. Ends in a line feed. */
export function renderReport(definition: ReportDefinition, report: Report, format: RenderFormat): string {
  if (format === 'json') return jsonOf(report)
  const table = definition.table(report)
  if (format === 'csv') return csvOf(table, report.currency)
  return `${definition.title} · ${periodOf(report)} · ${report.currency}\n\n${tableOf(table, report.currency)}`
}

const periodOf = ({ asOf, from, to }: Report): string =>
  asOf === undefined ? (from === undefined ? 'today' : `${from} to ${to}`) : asOf
