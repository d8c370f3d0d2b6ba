import type { ImportResult } from '../imports/index.ts'
import type { Tx } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import { countExceptionsOfImport, listExceptions } from '../modules/inbox/index.ts'
import { importRequest } from '../modules/intake/index.ts'

// A result is kept with its import and read whenever somebody looks at that: of many exceptions it tells some, and the list of exceptions has all.
const mostRows = 500

/** The same without the exceptions beyond those that are told one by one; they are counted as before. */
export const withFewRows = (result: ImportResult): ImportResult => ({
  ...result,
  exceptions: { ...result.exceptions, rows: result.exceptions.rows.slice(0, mostRows) },
})

/**
 * The result of an import over all of its runs: what was paused or cut off and went on tells what it did as a whole, and calls nothing 'there
 * already' that it had posted itself.
 */
export async function resultOfAllRuns(tx: Tx, requestId: bigint, last: ImportResult): Promise<ImportResult> {
  const { posted } = await importRequest(tx, requestId)
  const earlier = {
    documents: posted.documents - last.documents.created,
    payments: posted.payments - last.payments.created,
  }
  const isFirst = earlier.documents === 0 && earlier.payments === 0 && posted.exceptions === last.exceptions.opened
  if (isFirst) return last
  const byKind = await countExceptionsOfImport(tx, requestId)
  const told = await listExceptions(tx, { importId: requestId, limit: mostRows })
  const rows = told.map(({ kind, source, message, amountMinor, currency }) => ({
    kind,
    source,
    message,
    amount: moneyJson(amountMinor, currency),
  }))
  return {
    ...last,
    documents: {
      ...last.documents,
      created: posted.documents,
      existing: last.documents.existing - earlier.documents,
    },
    payments: { created: posted.payments, existing: last.payments.existing - earlier.payments },
    byKind: posted.byKind,
    entries: posted.entries,
    exceptions: { opened: Object.values(byKind).reduce((sum, count) => sum + count, 0), byKind, rows },
  }
}
