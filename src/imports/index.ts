import type { Database } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { ImportResult } from './import-result.ts'
import { onlineRetail } from './online-retail/format.ts'
import { type ImportOptions, runImport } from './run-import.ts'

export { BadInput } from '../kernel/bad-input.ts'
export type { ImportProgress, ImportResult, PreviewEntry } from './import-result.ts'
export { importRuns } from './import-session.ts'
export type { ImportOptions } from './run-import.ts'

/** The formats that can be imported, by name. */
export const importFormats = ['online-retail'] as const

/** Imports files of a named format into a company; see `runImport`. Refuses `import_format_unknown`. */
export async function importFiles(
  database: Database,
  companyId: bigint,
  format: string,
  options: ImportOptions,
): Promise<ImportResult> {
  if (format === onlineRetail.name) return await runImport(database, companyId, onlineRetail, options)
  throw new Refusal('import_format_unknown', { format, known: importFormats.join(', ') })
}
