import type { Tx } from '../kernel/database.ts'
import { type Parameters, type RawParameters, refuseUnknownParameters } from './parameters.ts'
import type { Report, Table } from './report.ts'

/** A report as the command line, the API and the screens see it. */
export type ReportDefinition = {
  readonly title: string
  readonly parameters: Parameters
  /**
   * Reads the report. Refuses `input_invalid` for parameters that it does not have or cannot read. With `most`, a report that may have a row for each of many
   * customers or items reads only so many of them, and says how many it left out.
   */
  run(tx: Tx, raw: RawParameters, most?: number): Promise<Report>
  /** Lays out what `run` returned for terminals and spreadsheets. */
  table(report: Report): Table
  /** Lays it out for paper and workbooks, where that is another way. */
  printed?: ((report: Report) => Table) | undefined
  /** Lays it out as several pages of several tables each, where one table is not enough. */
  pages?: ((report: Report) => Page[]) | undefined
}

/** A page of its own in print, such as a customer's statement: the first table is what it is about. */
export type Page = { title: string; currency: string; tables: readonly Table[] }

type Definition<Read extends Report> = {
  title: string
  parameters: Parameters
  run(tx: Tx, raw: RawParameters, most?: number): Promise<Read>
  table(report: Read): Table
  printed?(report: Read): Table
  pages?(report: Read): Page[]
}

/** Puts a report into the catalogue: its parameters are checked by name before it runs, and its rows' type is left to its own file. */
export const defineReport = <Read extends Report>({
  title,
  parameters,
  run,
  table,
  printed,
  pages,
}: Definition<Read>): ReportDefinition => ({
  title,
  parameters,
  run: async (tx, raw, most) => {
    refuseUnknownParameters(parameters, raw)
    return await run(tx, raw, most)
  },
  table: (report) => table(report as Read),
  printed: printed && ((report) => printed(report as Read)),
  pages: pages && ((report) => pages(report as Read)),
})
