import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { kindsElsewhere, linesOf, questionOf } from './lines-elsewhere.ts'
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

/** One of the lines, the largest first. */
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
  const lines = linesOf(question, kinds)
  const moves = await tx.query<PreviewedMoveRow>(
    `${lines.with}, moving as (
        select standing, to_account_id, date_trunc('month', posted_on)::date as month, count(*)::int as lines, sum(amount_minor)::bigint as amount
          from elsewhere group by 1, 2, 3
      )
      select f.id as "fromId", f.code as "fromCode", f.name as "fromName", t.id as "toId", t.code as "toCode", t.name as "toName", m.month,
          exists (select from accounting_period p where p.company_id = $1 and p.starts_on = m.month and p.state = 'closed') as closed,
          m.lines, m.amount as "amountMinor"
        from moving m
        join account f on f.company_id = $1 and f.id = m.standing
        join account t on t.company_id = $1 and t.id = m.to_account_id
        order by m.month, f.code, t.code`,
    lines.values,
  )
  const samples = await tx.query<PreviewedLine>(
    `${lines.with}, sample as materialized (
        select * from elsewhere order by abs(amount_minor) desc, entry_id, line_no limit ${mostSamples}
      )
      select s.entry_id as "entryId", s.line_no as "lineNo", s.posted_on as "postedOn", d.number as document, i.code as item,
          s.amount_minor as "amountMinor", f.code as from, t.code as to
        from sample s
        join account f on f.company_id = $1 and f.id = s.standing
        join account t on t.company_id = $1 and t.id = s.to_account_id
        left join sales_document d on d.company_id = $1 and d.id = s.document_id
        left join item i on i.company_id = $1 and i.id = s.about_item_id
        order by abs(s.amount_minor) desc, s.entry_id, s.line_no`,
    lines.values,
  )
  return { lines: moves.reduce((sum, move) => sum + move.lines, 0), moves: moves.map(moveOf), samples }
}

type PreviewedMoveRow = Pick<PreviewedMove, 'month' | 'closed' | 'lines' | 'amountMinor'> & {
  fromId: bigint
  fromCode: string
  fromName: string
  toId: bigint
  toCode: string
  toName: string
}

const moveOf = ({ fromId, fromCode, fromName, toId, toCode, toName, ...rest }: PreviewedMoveRow): PreviewedMove => ({
  from: { id: fromId, code: fromCode, name: fromName },
  to: { id: toId, code: toCode, name: toName },
  ...rest,
})

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
