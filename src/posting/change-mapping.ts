import type { Tx } from '../kernel/database.ts'
import { type AppliedMapping, applyMapping, type MappingToApply } from './apply-mapping.ts'
import { loadMappingRules } from './mapping.ts'
import { addMappingRulesByCode, type NewMappingRuleByCode, resolveMappingRules } from './mapping-by-code.ts'
import { type MappingPreview, previewMapping } from './preview-mapping.ts'

/** Next versions of rules, by codes, and which roles to look at: without any, those of the rules; without rules, all. */
export type MappingChange = { rules: readonly NewMappingRuleByCode[]; roles?: readonly string[] | undefined }

/** What a change would move of all that is posted. See `previewMapping` and `resolveMappingRules` for the refusals. */
export async function previewMappingChange(tx: Tx, change: MappingChange): Promise<MappingPreview> {
  return await previewMapping(tx, await resolveMappingRules(tx, change.rules), await rolesOf(tx, change))
}

/** Adds the rules and moves what is posted to where they place it, in one transaction. See `addMappingRulesByCode` and `applyMapping`. */
export async function applyMappingChange(
  tx: Tx,
  change: MappingChange,
  { reason, author, upTo }: Pick<MappingToApply, 'reason' | 'author' | 'upTo'>,
): Promise<AppliedMapping> {
  const rules = change.rules.map((rule) => ({ ...rule, reason: rule.reason ?? reason }))
  if (rules.length > 0) await addMappingRulesByCode(tx, rules, author)
  return await applyMapping(tx, { reason, author, roles: await rolesOf(tx, change), upTo })
}

/** Which roles a change looks at. */
export async function rolesOf(tx: Tx, { rules, roles }: MappingChange): Promise<readonly string[]> {
  if (roles !== undefined && roles.length > 0) return roles
  return [...new Set((rules.length > 0 ? rules : await loadMappingRules(tx)).map(({ role }) => role))]
}
