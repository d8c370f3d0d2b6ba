import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { MappingConditions } from './draft.ts'

/** One version of a mapping rule as stored. A null condition matches anything; a null account ends the rule. */
export type MappingRule = Required<MappingConditions> & {
  id: bigint
  role: string
  accountId: bigint | null
  effectiveFrom: AccountingDate
  version: number
}

export type Mapped = { accountId: bigint; mappingRuleId: bigint }

/** Finds the account that plays a role, for a line of that role on a day. Throws `mapping_missing`. */
export type Mapping = (role: string, day: AccountingDate, conditions: MappingConditions) => Mapped

// Most specific first; each condition outweighs all that follow it.
const conditionNames = ['itemId', 'itemGroupId', 'taxCodeId', 'channelId', 'paymentMethod', 'documentKind'] as const

const weightOf = (rule: MappingRule): number =>
  conditionNames.reduce((weight, name) => weight * 2 + (rule[name] === null ? 0 : 1), 0)

const sameConditions = (a: MappingRule, b: MappingRule): boolean => conditionNames.every((name) => a[name] === b[name])

/** Builds the mapping from all versions of all rules: pure, so that a preview can try rules that are not stored. */
export function mappingOf(rules: readonly MappingRule[]): Mapping {
  const byRole = new Map<string, MappingRule[]>()
  for (const rule of rules) {
    const list = byRole.get(rule.role)
    if (list === undefined) byRole.set(rule.role, [rule])
    else list.push(rule)
  }
  for (const list of byRole.values()) list.sort((a, b) => weightOf(b) - weightOf(a) || b.version - a.version)
  return (role, day, conditions) => {
    const rule = ruleInEffect(byRole.get(role) ?? [], day, conditions)
    if (rule === undefined) throw new Refusal('mapping_missing', { role, date: day })
    return { accountId: rule.accountId as bigint, mappingRuleId: rule.id }
  }
}

function ruleInEffect(
  rules: readonly MappingRule[],
  day: AccountingDate,
  conditions: MappingConditions,
): MappingRule | undefined {
  let ended: MappingRule | undefined
  for (const rule of rules) {
    if (rule.effectiveFrom > day || !matches(rule, conditions)) continue
    if (ended !== undefined && sameConditions(ended, rule)) continue // an older version of a rule that has ended
    if (rule.accountId !== null) return rule
    ended = rule
  }
  return undefined
}

const matches = (rule: MappingRule, conditions: MappingConditions): boolean =>
  conditionNames.every((name) => rule[name] === null || rule[name] === conditions[name])

/** The account that plays each role on a day, for a line that says nothing else about itself; a role that is mapped nowhere is missing. */
export async function accountsByRole(tx: Tx, day: AccountingDate): Promise<Map<string, bigint>> {
  const found = [...Map.groupBy(await loadMappingRules(tx), ({ role }) => role)].map(([role, rules]) => {
    const latestFirst = rules.toSorted((a, b) => weightOf(b) - weightOf(a) || b.version - a.version)
    return [role, ruleInEffect(latestFirst, day, {})?.accountId ?? null] as const
  })
  return new Map(found.filter((one): one is [string, bigint] => one[1] !== null))
}

/** All versions of the company's mapping rules. */
export const loadMappingRules = (tx: Tx): Promise<MappingRule[]> =>
  tx.query<MappingRule>(
    `select id, role, item_id as "itemId", item_group_id as "itemGroupId", tax_code_id as "taxCodeId", channel_id as "channelId",
        payment_method as "paymentMethod", document_kind as "documentKind", account_id as "accountId", effective_from as "effectiveFrom", version
      from mapping_rule`,
  )
