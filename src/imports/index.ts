import type { Database } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { ImportFormat, ReadInput } from './import-format.ts'
import type { ImportResult } from './import-result.ts'
import { type FileKind, fileKinds } from './input-files.ts'
import { journalFormat } from './journal/format.ts'
import { type JournalFormat, type Planned, runJournals } from './journals/run-journals.ts'
import { northwind } from './northwind/format.ts'
import { olist } from './olist/format.ts'
import { onlineRetail } from './online-retail/format.ts'
import { openingBalances } from './opening-balances/format.ts'
import { ownOrders } from './orders/format.ts'
import { type ImportOptions, runImport } from './run-import.ts'
import { shopifyOrders } from './shopify-orders/format.ts'
import { xeroJournals } from './xero-journals/format.ts'

export { BadInput } from '../kernel/bad-input.ts'
export type { Decision, DecisionSummary } from './decisions.ts'
export { type ImportProgress, type ImportResult, ImportStopped, type PreviewEntry } from './import-result.ts'
export { importRuns } from './import-session.ts'
export { AccountsUnknown } from './journals/unknown-accounts.ts'
export { readBudget } from './read-budget.ts'
export { formatsInWords, recogniseFiles } from './recognise.ts'
export { rerunAll } from './rerun-exceptions.ts'
export type { ImportOptions } from './run-import.ts'

/** The endings of the files that can be imported, before .gz where one is compressed. */
export const importFileKinds: readonly FileKind[] = fileKinds

type Import = (database: Database, companyId: bigint, options: ImportOptions) => Promise<ImportResult>

const importOf =
  <Row, Input extends ReadInput<Row>>(format: ImportFormat<Row, Input>): Import =>
  (database, companyId, options) =>
    runImport(database, companyId, format, options)

const journalsOf =
  <Entry extends Planned>(format: JournalFormat<Entry>): Import =>
  (database, companyId, options) =>
    runJournals(database, companyId, format, options)

const imports: ReadonlyMap<string, Import> = new Map([
  [ownOrders.name, importOf(ownOrders)],
  [shopifyOrders.name, importOf(shopifyOrders)],
  [onlineRetail.name, importOf(onlineRetail)],
  [olist.name, importOf(olist)],
  [northwind.name, importOf(northwind)],
  [openingBalances.name, journalsOf(openingBalances)],
  [journalFormat.name, journalsOf(journalFormat)],
  [xeroJournals.name, journalsOf(xeroJournals)],
])

/** The formats that can be imported, by name. */
export const importFormats: readonly string[] = [...imports.keys()]

/** Imports files of a named format into a company; see `runImport`. Refuses `import_format_unknown`. */
export async function importFiles(
  database: Database,
  companyId: bigint,
  format: string,
  options: ImportOptions,
): Promise<ImportResult> {
  const run = imports.get(format)
  if (run === undefined) throw new Refusal('import_format_unknown', { format, known: importFormats.join(', ') })
  return await run(database, companyId, options)
}
