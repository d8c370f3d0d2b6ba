import type { ImportResult } from '../imports/index.ts'
import type { Tx } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import { listExceptions } from '../modules/inbox/index.ts'
import { importRequest } from '../modules/intake/index.ts'

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
  const opened = await listExceptions(tx, { importId: requestId })
  const byKind: Record<string, number> = {}
  for (const { kind } of opened) byKind[kind] = (byKind[kind] ?? 0) + 1
  const rows = opened.map(({ kind, source, message, amountMinor, currency }) => ({
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
    exceptions: { opened: opened.length, byKind, rows },
  }
}
