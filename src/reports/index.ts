export { reports } from './catalogue.ts'
export { type Check, type CheckReport, checks, runChecks } from './checks/index.ts'
export type { ReportDefinition } from './definition.ts'
export { type ExportFormat, exportFormats, exportJournal } from './export/index.ts'
export { layOutReport } from './laid-out.ts'
export { monthEndPack, type PackOutcome, parseMonth } from './pack/month-end-pack.ts'
export type { Parameter, Parameters, RawParameters } from './parameters.ts'
export {
  type FileFormat,
  fileFormats,
  mediaTypes,
  type RenderFormat,
  renderFile,
  renderFormats,
  renderReport,
  renderTable,
} from './render/index.ts'
export type { Cell, Column, Report, Table } from './report.ts'
export { foldSales } from './sales-activity.ts'
export { proofStateIn, readStanding } from './standing.ts'
