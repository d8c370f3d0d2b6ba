import type { Tx } from '../../kernel/database.ts'
import { type GeneralLedger, generalLedger, generalLedgerTable } from '../general-ledger.ts'
import { type Journal, journal, journalTable } from '../journal.ts'
import { readCursor } from '../parameters.ts'
import type { Range } from '../periods.ts'
import { csvRows } from '../render/csv.ts'
import { type Cell, type Column, type Table, textColumn } from '../report.ts'

/** As many lines as a workbook takes along; all of them are in the CSV. */
const mostKept = 5_000

const rowsOnPage = 1000

/** The first lines of a ledger, and how many more there were. */
export type KeptLines = { rows: Readonly<Record<string, Cell>>[]; left: number }

export const keepLines = (): KeptLines => ({ rows: [], left: 0 })

/** The columns of both ledgers, which are the same for every page of them. */
export const ledgerFormOf: readonly Column[] = [
  textColumn('account', 'Account'),
  textColumn('accountName', 'Name'),
  ...generalLedgerTable({ rows: [] as readonly never[] } as unknown as GeneralLedger).columns,
]
export const journalFormOf: readonly Column[] = journalTable({
  rows: [] as readonly never[],
} as unknown as Journal).columns

/** Every line of every account in a range with its running balance, account by account, as CSV. */
export async function* ledgerCsv(tx: Tx, range: Range, kept: KeptLines): AsyncGenerator<Uint8Array> {
  const accounts = await tx.query<{ code: string }>(
    `select a.code from account a
       where a.company_id = $1 and exists (
         select from journal_line l where l.company_id = $1 and l.account_id = a.id and l.posted_on between $2 and $3
       ) order by a.code`,
    [tx.companyId, range.from, range.to],
  )
  yield headOf(ledgerFormOf)
  for (const { code } of accounts) {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: GeneralLedger = await generalLedger(tx, {
        account: code,
        ...range,
        cursor: readCursor({ cursor }),
        limit: rowsOnPage,
      })
      const { account } = page
      const rows = generalLedgerTable(page).rows.map((row) => ({
        account: account.code,
        accountName: account.name,
        ...row,
      }))
      yield pageOf({ columns: ledgerFormOf, rows }, kept)
      cursor = page.next
    }
  }
}

/** Every entry of a range with its lines, in order of day, as CSV. */
export async function* journalCsv(tx: Tx, range: Range, kept: KeptLines): AsyncGenerator<Uint8Array> {
  yield headOf(journalFormOf)
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Journal = await journal(tx, { ...range, cursor: readCursor({ cursor }), limit: rowsOnPage })
    yield pageOf({ columns: journalFormOf, rows: journalTable(page).rows }, kept)
    cursor = page.next
  }
}

// A column in another currency says so on every page, whether the page has any or not.
const foreign = ['currencyAmount']

const headOf = (columns: readonly Column[]): Uint8Array =>
  Buffer.from(csvRows({ columns, rows: [] }, { head: true, foreign }))

function pageOf(table: Table, kept: KeptLines): Uint8Array {
  const room = Math.max(mostKept - kept.rows.length, 0)
  kept.rows.push(...table.rows.slice(0, room))
  kept.left += Math.max(table.rows.length - room, 0)
  return Buffer.from(csvRows(table, { head: false, foreign }))
}
