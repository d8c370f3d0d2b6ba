import type { ReportDefinition } from '../definition.ts'
import type { Report } from '../report.ts'
import type { Standing } from '../standing.ts'
import { csvOf } from './csv.ts'
import { jsonOf } from './json.ts'
import { periodOf, printedSections, sectionOf } from './section.ts'
import { tableOf } from './table.ts'

export { tableOf as renderTable } from './table.ts'

/** The forms of text in which every report can be written, and the files that it can be handed on as. */
export const renderFormats = ['table', 'json', 'csv'] as const
export type RenderFormat = (typeof renderFormats)[number]
export const fileFormats = ['xlsx', 'pdf'] as const
export type FileFormat = (typeof fileFormats)[number]

export const mediaTypes: Readonly<Record<FileFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}

/** A report as text: the same rows in each form. Ends in a line feed. */
export function renderReport(definition: ReportDefinition, report: Report, format: RenderFormat): string {
  if (format === 'json') return jsonOf(report)
  const table = definition.table(report)
  if (format === 'csv') return csvOf(table, report.currency)
  return `${definition.title} · ${periodOf(report)} · ${report.currency}\n\n${tableOf(table, report.currency)}`
}

/** A report as a workbook or a printed document. The writers are loaded when they are first needed, since most commands need neither. */
export async function renderFile(
  definition: ReportDefinition,
  report: Report,
  standing: Standing,
  format: FileFormat,
): Promise<Uint8Array> {
  if (format === 'xlsx') {
    const { workbookOf } = await import('./workbook.ts')
    return await workbookOf([sectionOf(definition, report)], standing)
  }
  const { documentOf } = await import('./document.ts')
  const sections = printedSections(definition, report)
  // What goes to a customer is about the customer's account, not about our books.
  const forParty = definition.pages === undefined ? {} : { standing: false }
  return await documentOf(sections, standing, {
    title: definition.title,
    period: periodOf(report),
    contents: false,
    ...forParty,
  })
}
