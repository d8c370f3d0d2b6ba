import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import { only, type Tx } from '../kernel/database.ts'
import { Refusal, type RefusalCode } from '../kernel/refusal.ts'
import { addMappingRules, type NewMappingRule } from './mapping-rules.ts'

/** A mapping rule as people read it: by codes instead of ids. A null condition matches anything; a null account ends the rule. */
export type MappingRuleView = {
  id: bigint
  role: string
  item: string | null
  itemGroup: string | null
  taxCode: string | null
  channel: string | null
  paymentMethod: string | null
  documentKind: string | null
  account: string | null
  accountName: string | null
  effectiveFrom: AccountingDate
  version: number
  author: string
  reason: string
}

/** Every version of every rule, or of those of one role, the newest version of each first. */
export const listMappingRules = (tx: Tx, role: string | null = null): Promise<MappingRuleView[]> =>
  tx.query<MappingRuleView>(
    `select r.id, r.role, i.code as item, g.code as "itemGroup", t.code as "taxCode", c.code as channel,
        r.payment_method as "paymentMethod", r.document_kind as "documentKind", a.code as account, a.name as "accountName",
        r.effective_from as "effectiveFrom", r.version, r.author, r.reason
      from mapping_rule r
      left join item i on i.company_id = r.company_id and i.id = r.item_id
      left join item_group g on g.company_id = r.company_id and g.id = r.item_group_id
      left join tax_code t on t.company_id = r.company_id and t.id = r.tax_code_id
      left join channel c on c.company_id = r.company_id and c.id = r.channel_id
      left join account a on a.company_id = r.company_id and a.id = r.account_id
      where r.company_id = $1 and ($2::text is null or r.role = $2)
      order by r.role, r.item_id nulls first, r.item_group_id nulls first, r.tax_code_id nulls first, r.channel_id nulls first,
        r.payment_method nulls first, r.document_kind nulls first, r.version desc`,
    [tx.companyId, role],
  )

/** The next version of a rule, by codes. Without an account it ends the rule. */
export type NewMappingRuleByCode = {
  role: string
  account: string | null
  item?: string | null
  itemGroup?: string | null
  taxCode?: string | null
  channel?: string | null
  paymentMethod?: string | null
  documentKind?: string | null
  effectiveFrom?: AccountingDate
  reason?: string
  /** The newest version that its author knows, 0 where there is none: it is only added as the very next. */
  follows?: number | undefined
}

type Named = { [name in (typeof lookedUp)[number]['field']]: bigint | null }

const lookedUp = [
  { field: 'account', table: 'account', refusal: 'account_unknown' },
  { field: 'item', table: 'item', refusal: 'item_unknown' },
  { field: 'itemGroup', table: 'item_group', refusal: 'item_group_unknown' },
  { field: 'taxCode', table: 'tax_code', refusal: 'tax_code_unknown' },
  { field: 'channel', table: 'channel', refusal: 'channel_unknown' },
] as const satisfies { field: keyof NewMappingRuleByCode; table: string; refusal: RefusalCode }[]

/**
 * As `addMappingRules`, and refuses what its codes do not name: `account_unknown`, `item_unknown`, `item_group_unknown`, `tax_code_unknown`,
 * `channel_unknown`. Refuses `changed_meanwhile` for a rule that does not follow the version that it says. Returns the ids.
 */
export async function addMappingRulesByCode(
  tx: Tx,
  rules: readonly NewMappingRuleByCode[],
  author: string,
): Promise<bigint[]> {
  const ids = await addMappingRules(tx, await resolveMappingRules(tx, rules), author)
  await refuseIfNotNext(tx, rules, ids)
  return ids
}

async function refuseIfNotNext(tx: Tx, rules: readonly NewMappingRuleByCode[], ids: readonly bigint[]): Promise<void> {
  const told = rules.flatMap(({ role, follows }, place) =>
    follows === undefined ? [] : [{ role, follows, id: ids[place] as bigint }],
  )
  if (told.length === 0) return
  const [other] = await tx.query<{ id: bigint; version: number }>(
    `select r.id, r.version from mapping_rule r
       join unnest($2::bigint[], $3::int[]) as t (id, follows) on t.id = r.id and r.version <> t.follows + 1
       where r.company_id = $1 order by r.id limit 1`,
    [tx.companyId, column(told, ({ id }) => id), column(told, ({ follows }) => follows)],
  )
  if (other === undefined) return
  const { role } = only(told.filter(({ id }) => id === other.id))
  throw new Refusal('changed_meanwhile', { role, version: String(other.version - 1) })
}

/** The rules with ids in place of codes. Refuses what the codes do not name, as `addMappingRulesByCode` does. */
export async function resolveMappingRules(tx: Tx, rules: readonly NewMappingRuleByCode[]): Promise<NewMappingRule[]> {
  const ids = await findIds(tx, rules)
  return rules.map((rule, index) => {
    const found = ids[index] as Named
    for (const { field, refusal } of lookedUp) {
      const code = rule[field] ?? null
      if (code !== null && found[field] === null) throw new Refusal(refusal, { code })
    }
    return {
      role: rule.role,
      accountId: found.account,
      itemId: found.item,
      itemGroupId: found.itemGroup,
      taxCodeId: found.taxCode,
      channelId: found.channel,
      paymentMethod: rule.paymentMethod ?? null,
      documentKind: rule.documentKind ?? null,
      effectiveFrom: rule.effectiveFrom,
      reason: rule.reason,
    }
  })
}

function findIds(tx: Tx, rules: readonly NewMappingRuleByCode[]): Promise<Named[]> {
  const found = lookedUp.map(
    ({ field, table }, index) =>
      `(select f.id from ${table} f where f.company_id = $1 and f.code = r.code${index}) as "${field}"`,
  )
  return tx.query<Named>(
    `select ${found.join(', ')}
       from unnest($2::int[], ${lookedUp.map((_, index) => `$${index + 3}::text[]`).join(', ')})
         as r (place, ${lookedUp.map((_, index) => `code${index}`).join(', ')})
       order by r.place`,
    [
      tx.companyId,
      column([...rules.keys()], (place) => place),
      ...lookedUp.map(({ field }) => column(rules, (rule) => rule[field])),
    ],
  )
}

/** One rule as people read it. */
export const mappingRuleById = async (tx: Tx, id: bigint, role: string): Promise<MappingRuleView> =>
  only((await listMappingRules(tx, role)).filter((rule) => rule.id === id))
