import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type Account, listAccounts } from '../ledger/accounts.ts'
import { isRole, roleNamed } from '../ledger/charts/index.ts'
import type { MappingConditions } from './draft.ts'
import { suspenseAccounts } from './suspense-accounts.ts'

/** The next version of a mapping rule; without an account it ends the rule from its effective date. */
export type NewMappingRule = MappingConditions & {
  role: string
  accountId: bigint | null
  effectiveFrom?: AccountingDate
  reason?: string
}

/**
 * Adds the next version of each rule, in order where one rule gets several: nothing that was posted changes. Refuses `role_unknown`, and `mapping_leaves_sub_ledger` for an account
 * that would drift from its sub-ledger: one that follows customers, cards or deposits takes the lines of their roles, all of them and no others. So it is with
 * tax, and sales that nobody has explained share no account with anything (`suspense_needs_exception`).
 * Returns the ids.
 */
export async function addMappingRules(tx: Tx, rules: readonly NewMappingRule[], author: string): Promise<bigint[]> {
  await refuseUnmappable(tx, rules)
  const rows = await tx.query<{ id: bigint }>(
    `insert into mapping_rule (company_id, role, item_id, item_group_id, tax_code_id, channel_id, payment_method, document_kind, account_id,
        effective_from, reason, author, version)
      select $1, r.role, r.item_id, r.item_group_id, r.tax_code_id, r.channel_id, r.payment_method, r.document_kind, r.account_id,
          coalesce(r.effective_from, date '0001-01-01'), coalesce(r.reason, ''), $12,
          row_number() over (partition by r.role, r.item_id, r.item_group_id, r.tax_code_id, r.channel_id, r.payment_method, r.document_kind
            order by r.place)
          + coalesce((select max(o.version) from mapping_rule o where o.company_id = $1 and o.role = r.role
            and (o.item_id, o.item_group_id, o.tax_code_id, o.channel_id, o.payment_method, o.document_kind)
              is not distinct from (r.item_id, r.item_group_id, r.tax_code_id, r.channel_id, r.payment_method, r.document_kind)), 0)
        from unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::bigint[], $10::date[],
          $11::text[]) with ordinality as r (role, item_id, item_group_id, tax_code_id, channel_id, payment_method, document_kind, account_id,
          effective_from, reason, place)
        order by r.place
      returning id`,
    [
      tx.companyId,
      column(rules, (r) => r.role),
      column(rules, (r) => r.itemId),
      column(rules, (r) => r.itemGroupId),
      column(rules, (r) => r.taxCodeId),
      column(rules, (r) => r.channelId),
      column(rules, (r) => r.paymentMethod),
      column(rules, (r) => r.documentKind),
      column(rules, (r) => r.accountId),
      column(rules, (r) => r.effectiveFrom),
      column(rules, (r) => r.reason),
      author,
    ],
  )
  return rows.map((row) => row.id)
}

/** What `addMappingRules` refuses, without adding anything. */
export async function refuseUnmappable(tx: Tx, rules: readonly NewMappingRule[]): Promise<void> {
  for (const { role } of rules) if (!isRole(role)) throw new Refusal('role_unknown', { role })
  const accounts = new Map((await listAccounts(tx)).map((account) => [account.id, account]))
  for (const { role, accountId } of rules) {
    const account = accountId === null ? undefined : accounts.get(accountId)
    if (account !== undefined && controlOf(role) !== controlOf(account.role))
      throw new Refusal('mapping_leaves_sub_ledger', { role, account: account.code })
    if (account !== undefined && taxOf(role) !== taxOf(account.role))
      throw new Refusal('mapping_leaves_sub_ledger', { role, account: account.code })
  }
  await refuseSharedSuspense(tx, rules, accounts)
}

/** Unexplained sales stand apart from all else: an account that takes them takes nothing of another role, by whichever rule, in these or before. */
async function refuseSharedSuspense(
  tx: Tx,
  rules: readonly NewMappingRule[],
  accounts: ReadonlyMap<bigint, Account>,
): Promise<void> {
  const suspense = await suspenseAccounts(tx)
  for (const { role, accountId } of rules) if (role === 'sales_suspense' && accountId !== null) suspense.add(accountId)
  const taken = rules.flatMap(({ accountId }) => (accountId !== null && suspense.has(accountId) ? [accountId] : []))
  if (taken.length === 0) return
  const others = await tx.query<{ role: string; accountId: bigint }>(
    `select role, account_id as "accountId" from mapping_rule where company_id = $1 and account_id = any ($2::bigint[])`,
    [tx.companyId, column(taken, (id) => id)],
  )
  for (const { role, accountId } of [...rules, ...others]) {
    const account = accountId === null || !suspense.has(accountId) ? undefined : accounts.get(accountId)
    const own = account?.role ?? null
    if (account !== undefined && role !== 'sales_suspense')
      throw new Refusal('suspense_needs_exception', { role, account: account.code })
    if (own !== null && own !== 'sales_suspense')
      throw new Refusal('suspense_needs_exception', { role: own, account: account?.code })
  }
}

const controlOf = (role: string | null) => (role !== null && isRole(role) ? roleNamed(role).control : null)

// Returns and reports of tax read the accounts that the chart gives these roles, each its own.
const taxRoles: ReadonlySet<string> = new Set(['output_tax', 'output_tax_pending', 'input_tax', 'input_tax_pending'])
const taxOf = (role: string | null) => (role !== null && taxRoles.has(role) ? role : null)

/**
 * The mapping that a company starts with: each role to the account that plays it, and what is sold to the returns account where a credit
 * note takes it back.
 */
export function defaultMappingRules(accounts: readonly { id: bigint; role: string | null }[]): NewMappingRule[] {
  const rules: NewMappingRule[] = []
  for (const { id, role } of accounts) if (role !== null) rules.push({ role, accountId: id })
  const returns = accounts.find((account) => account.role === 'sales_returns')
  if (returns !== undefined) rules.push({ role: 'sales', documentKind: 'credit_note', accountId: returns.id })
  return rules
}
