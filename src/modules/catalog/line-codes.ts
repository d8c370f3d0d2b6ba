import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { isRole, type Role, roleNamed } from '../../ledger/charts/index.ts'

/** What the code of a line in a source's files stands for, and which role its amount plays. */
export type LineCodeRule = {
  id: bigint
  source: string
  /** The lowest wins. */
  priority: number
  /** A regular expression that must match the whole code, trimmed and without regard to case. */
  pattern: string
  standsFor: 'item' | 'charge' | 'gift_card' | 'unknown'
  role: Role
  taxed: boolean
  effectiveFrom: AccountingDate
  version: number
}

export type NewLineCodeRule = Omit<LineCodeRule, 'id' | 'version' | 'effectiveFrom' | 'source'> & {
  effectiveFrom?: AccountingDate
}

/** Adds the next version of each rule of a source. Refuses `code_pattern_invalid`, `role_unknown`. */
export const addLineCodeRules = (
  tx: Tx,
  source: string,
  rules: readonly NewLineCodeRule[],
  author: string,
): Promise<void> =>
  addLineCodeRulesOfSources(
    tx,
    rules.map((rule) => ({ ...rule, source })),
    author,
  )

/** As `addLineCodeRules`, of several sources at once. */
export async function addLineCodeRulesOfSources(
  tx: Tx,
  rules: readonly (NewLineCodeRule & { source: string })[],
  author: string,
): Promise<void> {
  for (const { pattern, role } of rules) {
    if (!isRole(role)) throw new Refusal('role_unknown', { role })
    refuseOtherSubLedgers(role)
    refuseInvalidPattern(pattern)
  }
  await tx.query(
    `insert into line_code_rule (company_id, source, priority, pattern, stands_for, role, taxed, effective_from, version, author)
       select $1, r.source, r.priority, r.pattern, r.stands_for, r.role, r.taxed, coalesce(r.effective_from, date '0001-01-01'),
           row_number() over (partition by r.source, r.pattern order by r.place) + coalesce((select max(o.version) from line_code_rule o
             where o.company_id = $1 and o.source = r.source and o.pattern = r.pattern), 0), $9
         from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::date[]) with ordinality
           as r (source, priority, pattern, stands_for, role, taxed, effective_from, place)`,
    [
      tx.companyId,
      column(rules, (r) => r.source),
      column(rules, (r) => r.priority),
      column(rules, (r) => r.pattern),
      column(rules, (r) => r.standsFor),
      column(rules, (r) => r.role),
      column(rules, (r) => r.taxed),
      column(rules, (r) => r.effectiveFrom),
      author,
    ],
  )
}

/** A line of a file cannot keep a sub-ledger but that of gift cards: what it says of customers is said by its document. */
function refuseOtherSubLedgers(role: Role): void {
  const { control } = roleNamed(role)
  if (control !== null && control !== 'gift-card') throw new Refusal('mapping_leaves_sub_ledger', { role })
}

function refuseInvalidPattern(pattern: string): void {
  try {
    wholeCode(pattern)
  } catch {
    throw new Refusal('code_pattern_invalid', { pattern })
  }
}

const wholeCode = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'i')

export const listLineCodeRules = (tx: Tx, source: string): Promise<LineCodeRule[]> =>
  lineCodeRulesOfSources(tx, [source])

export const lineCodeRulesOfSources = (tx: Tx, sources: readonly string[]): Promise<LineCodeRule[]> =>
  tx.query<LineCodeRule>(
    `select id, source, priority, pattern, stands_for as "standsFor", role, taxed, effective_from as "effectiveFrom", version
      from line_code_rule where company_id = $1 and source = any ($2::text[]) order by priority, version desc`,
    [tx.companyId, column(sources, (source) => source) ?? '{}'],
  )

/** The same code is the same item however it is written: trimmed, in upper case. */
export const normaliseCode = (code: string): string => code.trim().toUpperCase()

/** Finds the rule for a normalised code on a day: of each pattern its latest version in effect, then the lowest priority that matches. */
export function lineCodeReader(
  rules: readonly LineCodeRule[],
): (code: string, day: AccountingDate) => LineCodeRule | undefined {
  const latestFirst = rules.toSorted((a, b) => b.version - a.version || (a.id < b.id ? -1 : 1))
  const compiled = latestFirst.map((rule) => ({ rule, expression: wholeCode(rule.pattern) }))
  const effectiveDays = [...new Set(rules.map((rule) => rule.effectiveFrom))].sort()
  const known = new Map<string, LineCodeRule | undefined>()
  const read = (code: string, day: AccountingDate): LineCodeRule | undefined => {
    const superseded = new Set<string>()
    let found: LineCodeRule | undefined
    for (const { rule, expression } of compiled) {
      if (rule.effectiveFrom > day || superseded.has(rule.pattern)) continue
      superseded.add(rule.pattern)
      if ((found === undefined || rule.priority < found.priority) && expression.test(code)) found = rule
    }
    return found
  }
  return (code, day) => {
    const epoch = effectiveDays.findLast((from) => from <= day) ?? ''
    const key = `${epoch} ${code}`
    if (!known.has(key)) known.set(key, read(code, day))
    return known.get(key)
  }
}
