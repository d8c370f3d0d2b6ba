import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { listAccounts } from '../ledger/accounts.ts'
import { type KindInMonth, kindsElsewhere, questionOf } from './lines-elsewhere.ts'
import { loadMappingRules, type MappingRule } from './mapping.ts'
import { type NewMappingRule, refuseUnmappable } from './mapping-rules.ts'

type PreviewedAccount = { id: bigint; code: string; name: string }

/** What would move from one account to another, of one month. In minor units of the base currency, debit positive. */
export type PreviewedMove = {
  from: PreviewedAccount
  to: PreviewedAccount
  month: AccountingDate
  /** A closed month's lines move on the first open day. */
  closed: boolean
  lines: number
  amountMinor: bigint
}

/** A line that would move: the largest of its kind and month. */
export type PreviewedLine = {
  entryId: bigint
  lineNo: number
  postedOn: AccountingDate
  document: string | null
  item: string | null
  amountMinor: bigint
  from: string
  to: string
}

export type MappingPreview = { lines: number; moves: PreviewedMove[]; samples: PreviewedLine[] }

const mostSamples = 20

/**
 * What the mapping, with rules that are not stored yet, would place elsewhere of all that is posted. Looks at the roles of the rules alone, or
 * at `roles`. Refuses as `addMappingRules` does, and `mapping_missing` where nothing would be mapped any more.
 */
export async function previewMapping(
  tx: Tx,
  proposed: readonly NewMappingRule[],
  roles: readonly string[] = [...new Set(proposed.map(({ role }) => role))],
): Promise<MappingPreview> {
  await refuseUnmappable(tx, proposed)
  const rules = withProposed(await loadMappingRules(tx), proposed)
  const question = questionOf(tx, rules, roles)
  const kinds = await kindsElsewhere(tx, question, rules)
  if (kinds.length === 0) return { lines: 0, moves: [], samples: [] }
  const moves = await movesOf(tx, kinds)
  return {
    lines: moves.reduce((sum, move) => sum + move.lines, 0),
    moves,
    samples: await samplesOf(tx, kinds),
  }
}

async function movesOf(tx: Tx, kinds: readonly KindInMonth[]): Promise<PreviewedMove[]> {
  const accounts = new Map((await listAccounts(tx)).map(({ id, code, name }) => [id, { id, code, name }]))
  const closed = await tx.query<{ month: AccountingDate }>(
    `select starts_on as month from accounting_period where company_id = $1 and state = 'closed'`,
    [tx.companyId],
  )
  const isClosed = new Set(closed.map(({ month }) => month))
  const moves = new Map<string, PreviewedMove>()
  for (const { standing, toAccountId, month, lines, amountMinor } of kinds) {
    const [from, to] = [accounts.get(standing) as PreviewedAccount, accounts.get(toAccountId) as PreviewedAccount]
    const key = `${month} ${from.code} ${to.code}`
    const move = moves.get(key) ?? { from, to, month, closed: isClosed.has(month), lines: 0, amountMinor: 0n }
    moves.set(key, { ...move, lines: move.lines + lines, amountMinor: move.amountMinor + amountMinor })
  }
  return [...moves].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, move]) => move)
}

/** The largest line of each kind and month, the largest of them first. */
async function samplesOf(tx: Tx, kinds: readonly KindInMonth[]): Promise<PreviewedLine[]> {
  return await tx.query<PreviewedLine>(
    `select l.entry_id as "entryId", l.line_no as "lineNo", l.posted_on as "postedOn", d.number as document, i.code as item,
        l.amount_minor as "amountMinor", f.code as from, t.code as to
      from unnest($2::bigint[], $3::int[], $4::bigint[], $5::bigint[]) as k (entry_id, line_no, standing, to_account_id)
      join journal_line l on l.company_id = $1 and l.entry_id = k.entry_id and l.line_no = k.line_no
      join account f on f.company_id = $1 and f.id = k.standing
      join account t on t.company_id = $1 and t.id = k.to_account_id
      left join sales_document d on d.company_id = $1 and d.id = l.document_id
      left join item i on i.company_id = $1 and i.id = l.item_id
      order by abs(l.amount_minor) desc, l.entry_id, l.line_no limit ${mostSamples}`,
    [
      tx.companyId,
      column(kinds, (k) => k.largest.entryId),
      column(kinds, (k) => k.largest.lineNo),
      column(kinds, (k) => k.standing),
      column(kinds, (k) => k.toAccountId),
    ],
  )
}

const conditions = ['itemId', 'itemGroupId', 'taxCodeId', 'channelId', 'paymentMethod', 'documentKind'] as const

/** All versions of the rules as they would be with the next ones; these have ids below zero. */
function withProposed(stored: readonly MappingRule[], proposed: readonly NewMappingRule[]): MappingRule[] {
  const rules = [...stored]
  for (const [index, { role, accountId, effectiveFrom, ...asked }] of proposed.entries()) {
    const rule: MappingRule = {
      id: BigInt(-1 - index),
      role,
      accountId,
      effectiveFrom: effectiveFrom ?? ('0001-01-01' as AccountingDate),
      version: 1,
      itemId: asked.itemId ?? null,
      itemGroupId: asked.itemGroupId ?? null,
      taxCodeId: asked.taxCodeId ?? null,
      channelId: asked.channelId ?? null,
      paymentMethod: asked.paymentMethod ?? null,
      documentKind: asked.documentKind ?? null,
    }
    const earlier = rules.filter((one) => one.role === role && conditions.every((name) => one[name] === rule[name]))
    rules.push({ ...rule, version: 1 + Math.max(0, ...earlier.map(({ version }) => version)) })
  }
  return rules
}
