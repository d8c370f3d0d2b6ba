import type { Tx } from '../../kernel/database.ts'
import { exportBeancount } from './beancount.ts'
import { exportCsv } from './csv.ts'
import { exportHledger } from './hledger.ts'

/** The formats in which the journal can be taken away. hledger's is also ledger's. */
export const exportFormats = ['hledger', 'beancount', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/**
 * The whole journal as text in chunks, read a page at a time: memory stays the same however long it is. Consume it within the transaction
 * (`readCompany`), and seal first, so that every entry has its number.
 */
export const exportJournal: Readonly<Record<ExportFormat, (tx: Tx) => AsyncGenerator<string>>> = {
  hledger: exportHledger,
  beancount: exportBeancount,
  csv: exportCsv,
}
