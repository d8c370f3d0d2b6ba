import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Account, listAccounts } from '../../ledger/accounts.ts'
import { roleNamed } from '../../ledger/charts/index.ts'
import type { Line, Posted } from '../../ledger/journal.ts'
import { post } from '../../posting/post.ts'
import { type Reclassified, reclassification } from '../../posting/reclassification.ts'

/** A posted line and the code of the account on which it belongs. */
export type ReclassificationRequest = {
  entryId: bigint
  lineNo: number
  toAccount: string
  date: AccountingDate
  reason: string
}

/**
 * Moves lines to the accounts on which they belong. Each line moves once; the same again finds its entry, and another target is refused
 * (`fact_posted_differently`): move the line that the first one wrote. Refuses `line_unknown`, `account_unknown`, `reason_missing`,
 * `reclassification_leaves_sub_ledger`, `period_closed`.
 */
export async function reclassify(
  tx: Tx,
  requests: readonly ReclassificationRequest[],
  postedBy = tx.actor,
): Promise<Posted[]> {
  const accounts = await listAccounts(tx)
  const lines = await loadLines(tx, requests)
  const moves = requests.map((request): Reclassified => decide(request, lines, accounts))
  return await post(tx, reclassification(moves), { closedPeriod: 'refuse', postedBy })
}

const keyOf = ({ entryId, lineNo }: { entryId: bigint; lineNo: number }): string => `${entryId}/${lineNo}`

function decide(
  { entryId, lineNo, toAccount, date, reason }: ReclassificationRequest,
  lines: ReadonlyMap<string, Line>,
  accounts: readonly Account[],
): Reclassified {
  if (reason.trim() === '') throw new Refusal('reason_missing', { line: keyOf({ entryId, lineNo }) })
  const line = lines.get(keyOf({ entryId, lineNo }))
  if (line === undefined) throw new Refusal('line_unknown', { line: keyOf({ entryId, lineNo }) })
  const to = accounts.find(({ code }) => code === toAccount)
  if (to === undefined) throw new Refusal('account_unknown', { account: toAccount })
  const from = accounts.find(({ id }) => id === line.accountId)
  if (controlOf(from) !== controlOf(to))
    throw new Refusal('reclassification_leaves_sub_ledger', { from: from?.code, to: to.code })
  return { entryId, lineNo, line, toAccountId: to.id, date, reason }
}

const controlOf = (account: Account | undefined) => (account?.role ? roleNamed(account.role).control : null)

async function loadLines(tx: Tx, requests: readonly ReclassificationRequest[]): Promise<Map<string, Line>> {
  const rows = await tx.query<Line & { entryId: bigint; lineNo: number }>(
    `select l.entry_id as "entryId", l.line_no as "lineNo", l.account_id as "accountId", l.amount_minor as "amountMinor", l.currency,
        l.currency_amount_minor as "currencyAmountMinor", l.party_id as "partyId", l.item_id as "itemId", l.document_id as "documentId",
        l.document_line_no as "documentLineNo", l.order_id as "orderId", l.channel_id as "channelId", l.location_id as "locationId",
        l.gift_card_id as "giftCardId", l.processor_reference as "processorReference", l.tax_code_id as "taxCodeId",
        l.tax_authority as "taxAuthority", l.tax_point as "taxPoint", l.tax_base_minor as "taxBaseMinor"
      from unnest($2::bigint[], $3::int[]) as wanted (entry_id, line_no)
      join journal_line l on l.company_id = $1 and l.entry_id = wanted.entry_id and l.line_no = wanted.line_no`,
    [tx.companyId, column(requests, (r) => r.entryId), column(requests, (r) => r.lineNo)],
  )
  return new Map(rows.map(({ entryId, lineNo, ...line }) => [keyOf({ entryId, lineNo }), line]))
}
