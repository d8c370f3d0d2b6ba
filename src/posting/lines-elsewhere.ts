import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { type MappingRule, mappingOf } from './mapping.ts'

/**
 * Lines that the mapping would place on another account than the one on which they stand. Lines are told apart only by what the rules ask for,
 * so a company with a million lines has some dozens of kinds; each is mapped once, by the same function that maps what is posted.
 */
type KindOfLine = {
  role: string
  epoch: number
  itemId: bigint | null
  itemGroupId: bigint | null
  taxCodeId: bigint | null
  channelId: bigint | null
  paymentMethod: string | null
  documentKind: string | null
  standing: bigint
}

export type Elsewhere = KindOfLine & { toAccountId: bigint; mappingRuleId: bigint }

/** What is asked of the journal: which lines, told apart by what. The same question finds the kinds and then the lines of each. */
export type Question = {
  with: string
  values: readonly unknown[]
  days: readonly AccountingDate[]
  last: number
  /** The role that the lines turned out to play, if it is another than the one that they were posted with. */
  asRole: string | undefined
  /** The tax code that they turned out to be about, if it is another than theirs. */
  asTaxCode: bigint | undefined
  /** The payment method that they turned out to be of, if it is another than theirs. */
  asPaymentMethod: string | undefined
}

/** Some of the lines alone, by a condition on a line `l` of the journal whose own values begin with parameter `first`. */
export type OnlyLines = { condition: (first: number) => string; values: readonly unknown[] }

const linesUpTo = (entryId: bigint): OnlyLines => ({
  condition: (first) => `l.entry_id <= $${first}`,
  values: [entryId],
})

const named = <Value>(rules: readonly MappingRule[], pick: (rule: MappingRule) => Value | null): Value[] => [
  ...new Set(rules.map(pick).filter((value) => value !== null)),
]

/** How the lines of some roles are told apart by a set of rules. A value that no rule names is as good as none. */
export function questionOf(
  tx: Tx,
  rules: readonly MappingRule[],
  roles: readonly string[],
  {
    asRole,
    asTaxCode,
    asPaymentMethod,
    only,
    upTo,
  }: {
    asRole?: string
    asTaxCode?: bigint | undefined
    asPaymentMethod?: string | undefined
    only?: OnlyLines
    /** The last entry whose lines are asked about. */
    upTo?: bigint | undefined
  } = {},
): Question {
  const asked = rules.filter((rule) => (asRole === undefined ? roles.includes(rule.role) : rule.role === asRole))
  const days = named(asked, (rule) => rule.effectiveFrom).sort()
  const groups = named(asked, (rule) => rule.itemGroupId)
  const methods = named(asked, (rule) => rule.paymentMethod)
  const kinds = named(asked, (rule) => rule.documentKind)
  const texts = (values: readonly (string | bigint)[]) => column(values, (value) => value) ?? '{}'
  const values: unknown[] = [
    tx.companyId,
    texts(roles),
    texts(days),
    texts(named(asked, (rule) => rule.itemId)),
    texts(groups),
    texts(named(asked, (rule) => rule.taxCodeId)),
    texts(named(asked, (rule) => rule.channelId)),
    texts(methods),
    texts(kinds),
    texts(rules.filter(({ role }) => roles.includes(role)).map(({ id }) => id)),
  ]
  const needs = {
    group: groups.length > 0,
    kind: kinds.length > 0,
    method: methods.length > 0 || kinds.length > 0,
    tax: asked.some((rule) => rule.taxCodeId !== null),
  }
  const conditions: string[] = []
  for (const { condition, values: more } of [only ?? [], upTo === undefined ? [] : linesUpTo(upTo)].flat()) {
    conditions.push(`and ${condition(values.length + 1)}`)
    values.push(...more)
  }
  return {
    with: standingLines(needs, conditions.join(' ')),
    values,
    days,
    last: values.length,
    asRole,
    asTaxCode,
    asPaymentMethod,
  }
}

/**
 * The lines of the roles with where each stands now. A reversal's line is asked as the line that it takes back, so that both always come to
 * nothing on the same account; lines that only moved others are no lines of their own. A payment method that a line was found to be of, where it
 * moved, goes before the one that it was posted with.
 */
const standingLines = (needs: Record<'group' | 'kind' | 'method' | 'tax', boolean>, condition: string): string => `
  with recursive reversal as (
    select e.id, e.reverses_id as root_id, 1 as depth from journal_entry e where e.company_id = $1 and e.reverses_id is not null
    union all
    select r.id, e.reverses_id, r.depth + 1 from reversal r
      join journal_entry e on e.company_id = $1 and e.id = r.root_id and e.reverses_id is not null
  ), reversed as materialized (
    select distinct on (r.id) r.id, r.root_id, e.rule, e.effective_on, e.source_kind from reversal r
      join journal_entry e on e.company_id = $1 and e.id = r.root_id
      order by r.id, r.depth desc
  ), moved as materialized (
    select distinct on (entry_id, line_no) entry_id, line_no, move_no, to_account_id, to_role, moved_by_id, arrival_line_no
      from line_move where company_id = $1 order by entry_id, line_no, move_no desc
  ), named as materialized (
    select distinct on (m.entry_id, m.line_no) m.entry_id, m.line_no, c.payment_method from line_move m
      join journal_line_condition c on c.company_id = $1 and c.entry_id = m.moved_by_id and c.line_no = m.arrival_line_no
      where m.company_id = $1 order by m.entry_id, m.line_no, m.move_no desc
  ), line as (
    select l.entry_id, l.line_no, l.posted_on, l.amount_minor, m.moved_by_id,
        coalesce(m.move_no, 0) as move_no, coalesce(m.to_account_id, l.account_id) as standing,
        case when m.entry_id is null then r.role else m.to_role end as role,
        width_bucket(coalesce(v.effective_on, e.effective_on), $3::date[]) as epoch,
        case when l.item_id = any ($4::bigint[]) then l.item_id end as item_id,
        ${needs.group ? 'case when i.item_group_id = any ($5::bigint[]) then i.item_group_id end' : 'case when false then ($5::bigint[])[1] end'} as item_group_id,
        ${needs.tax ? 'case when coalesce(arrived.tax_code_id, l.tax_code_id) = any ($6::bigint[]) then coalesce(arrived.tax_code_id, l.tax_code_id) end' : 'case when false then ($6::bigint[])[1] end'} as tax_code_id,
        case when l.channel_id = any ($7::bigint[]) then l.channel_id end as channel_id,
        ${needs.method ? 'case when coalesce(n.payment_method, c.payment_method) = any ($8::text[]) then coalesce(n.payment_method, c.payment_method) end' : 'case when false then ($8::text[])[1] end'} as payment_method,
        ${needs.kind ? `case when coalesce(c.document_kind, d.kind) = any ($9::text[]) then coalesce(c.document_kind, d.kind) end` : 'case when false then ($9::text[])[1] end'} as document_kind
      from journal_line l
      join mapping_rule r on r.company_id = $1 and r.id = l.mapping_rule_id
      join journal_entry e on e.company_id = $1 and e.id = l.entry_id
      left join reversed v on v.id = l.entry_id
      left join moved m on m.entry_id = l.entry_id and m.line_no = l.line_no
      ${needs.tax ? 'left join journal_line arrived on arrived.company_id = $1 and arrived.entry_id = m.moved_by_id and arrived.line_no = m.arrival_line_no' : ''}
      ${needs.group ? 'left join item i on i.company_id = $1 and i.id = l.item_id' : ''}
      ${needs.method ? 'left join journal_line_condition c on c.company_id = $1 and c.entry_id = coalesce(v.root_id, l.entry_id) and c.line_no = l.line_no left join named n on n.entry_id = l.entry_id and n.line_no = l.line_no' : ''}
      ${needs.kind ? `left join sales_document d on d.company_id = $1 and d.id = l.document_id and coalesce(v.source_kind, e.source_kind) = 'sales_document'` : ''}
      where l.company_id = $1 and coalesce(v.rule, e.rule) <> 'reclassification'
        and ((m.entry_id is null and l.mapping_rule_id = any ($10::bigint[])) or m.to_role = any ($2::text[])) ${condition}
  )`

const kindColumns =
  'role, epoch, item_id, item_group_id, tax_code_id, channel_id, payment_method, document_kind, standing'

/** So many lines of a kind in a month, and the largest of them. */
export type KindInMonth = Elsewhere & {
  month: AccountingDate
  lines: number
  amountMinor: bigint
  largest: { entryId: bigint; lineNo: number }
}

type CountedKind = KindOfLine &
  Pick<KindInMonth, 'month' | 'lines' | 'amountMinor'> & { entryId: bigint; lineNo: number }

/**
 * The kinds of lines that stand elsewhere than the rules would place them, month by month. Throws `mapping_missing` where the rules place a kind
 * nowhere. One pass over the lines.
 */
export async function kindsElsewhere(
  tx: Tx,
  question: Question,
  rules: readonly MappingRule[],
): Promise<KindInMonth[]> {
  const kinds = await tx.query<CountedKind>(
    `${question.with}, counted as (
        select ${kindColumns}, date_trunc('month', posted_on)::date as month, count(*)::int as lines, sum(amount_minor)::bigint as amount,
            max(array[abs(amount_minor), -entry_id, -line_no]) as largest
          from line group by ${kindColumns}, month
      )
      select role, epoch, item_id as "itemId", item_group_id as "itemGroupId", tax_code_id as "taxCodeId", channel_id as "channelId",
          payment_method as "paymentMethod", document_kind as "documentKind", standing, month, lines, amount as "amountMinor",
          -largest[2] as "entryId", (-largest[3])::int as "lineNo"
        from counted`,
    question.values,
  )
  const mapping = mappingOf(rules)
  return kinds.flatMap(({ entryId, lineNo, ...kind }) => {
    const day = question.days[kind.epoch - 1] ?? ('0001-01-01' as AccountingDate)
    const as = {
      ...kind,
      taxCodeId: question.asTaxCode ?? kind.taxCodeId,
      paymentMethod: question.asPaymentMethod ?? kind.paymentMethod,
    }
    const { accountId, mappingRuleId } = mapping(question.asRole ?? kind.role, day, as)
    if (accountId === kind.standing) return []
    return [{ ...kind, toAccountId: accountId, mappingRuleId, largest: { entryId, lineNo } }]
  })
}

/** The lines of those kinds, as a further `with` query named `elsewhere`, and the values that it adds. */
export function linesOf(question: Question, monthly: readonly Elsewhere[]): { with: string; values: unknown[] } {
  const kinds = [...new Map(monthly.map((kind) => [keyOf(kind), kind])).values()]
  const at = (place: number) => `$${question.last + place}`
  const same = (name: string, none: string) => `coalesce(k.${name}, ${none}) = coalesce(line.${name}, ${none})`
  return {
    with: `${question.with}, kind as materialized (
        select * from unnest(${at(1)}::text[], ${at(2)}::int[], ${at(3)}::bigint[], ${at(4)}::bigint[], ${at(5)}::bigint[],
          ${at(6)}::bigint[], ${at(7)}::text[], ${at(8)}::text[], ${at(9)}::bigint[], ${at(10)}::bigint[], ${at(11)}::bigint[])
          as k (${kindColumns}, to_account_id, to_rule_id)
      ), elsewhere as (
        select line.*, k.to_account_id, k.to_rule_id from line
          join kind k on k.role = line.role and k.epoch = line.epoch and k.standing = line.standing and ${same('item_id', '0')}
            and ${same('item_group_id', '0')} and ${same('tax_code_id', '0')} and ${same('channel_id', '0')}
            and ${same('payment_method', "''")} and ${same('document_kind', "''")}
      )`,
    values: [
      ...question.values,
      column(kinds, (k) => k.role),
      column(kinds, (k) => k.epoch),
      column(kinds, (k) => k.itemId),
      column(kinds, (k) => k.itemGroupId),
      column(kinds, (k) => k.taxCodeId),
      column(kinds, (k) => k.channelId),
      column(kinds, (k) => k.paymentMethod),
      column(kinds, (k) => k.documentKind),
      column(kinds, (k) => k.standing),
      column(kinds, (k) => k.toAccountId),
      column(kinds, (k) => k.mappingRuleId),
    ],
  }
}

const keyOf = (kind: Elsewhere): string =>
  JSON.stringify([
    kind.role,
    kind.epoch,
    kind.paymentMethod,
    kind.documentKind,
    ...[kind.itemId, kind.itemGroupId, kind.taxCodeId, kind.channelId, kind.standing].map(String),
  ])

/**
 * All lines that stand on some accounts, whatever their role, on their way to another one: as `linesOf` gives them; those of entries up to one, where one is named. What only moved lines, or took
 * such a move back, however often, has none of its own.
 */
export const linesStandingOn = (
  tx: Tx,
  accountIds: readonly bigint[],
  toAccountId: bigint,
  upTo: bigint | null = null,
): { with: string; values: unknown[] } => ({
  with: `with moved as materialized (
      select distinct on (entry_id, line_no) entry_id, line_no, move_no, to_account_id, to_role, moved_by_id
        from line_move where company_id = $1 order by entry_id, line_no, move_no desc
    ), elsewhere as (
      select l.entry_id, l.line_no, l.posted_on, m.moved_by_id, coalesce(m.move_no, 0) as move_no,
          case when m.entry_id is null then r.role else m.to_role end as role, coalesce(m.to_account_id, l.account_id) as standing,
          $3::bigint as to_account_id, null::bigint as to_rule_id
        from journal_line l
        left join mapping_rule r on r.company_id = $1 and r.id = l.mapping_rule_id
        left join moved m on m.entry_id = l.entry_id and m.line_no = l.line_no
        where l.company_id = $1 and not exists (select from line_move o where o.company_id = $1 and o.moved_by_id = l.entry_id)
          and coalesce(m.to_account_id, l.account_id) = any ($2::bigint[]) and ($4::bigint is null or l.entry_id <= $4)
    )`,
  values: [tx.companyId, column(accountIds, (id) => id), toAccountId, upTo],
})
