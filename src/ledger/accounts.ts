import type { AccountingDate } from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import { only, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  type AccountClass,
  activityOfRole,
  type Chart,
  type ChosenActivity,
  type Control,
  isRole,
  type Role,
  roleNamed,
} from './charts/index.ts'

export type Account = {
  id: bigint
  code: string
  name: string
  class: AccountClass
  role: Role | null
  groupCode: string | null
  endedOn: AccountingDate | null
  /** Where the company wants it in its cash flow statement; null for where its role, heading or class puts it. */
  cashFlow: ChosenActivity | null
}

/** The sub-ledger that the balance of an account must equal, or null where it has none. */
export const controlOf = ({ role }: Pick<Account, 'role'>): Control | null =>
  role === null ? null : roleNamed(role).control

const accountColumns = `a.id, a.code, a.name, a.class, a.role, g.code as "groupCode", a.ended_on as "endedOn", a.cash_flow as "cashFlow"`
const accountTables = 'account a left join account_group g on g.company_id = a.company_id and g.id = a.group_id'

/** The chart of accounts, in order of code. */
export const listAccounts = (tx: Tx): Promise<Account[]> =>
  tx.query<Account>(`select ${accountColumns} from ${accountTables} where a.company_id = $1 order by a.code`, [
    tx.companyId,
  ])

/** The account with a code. Refuses `account_unknown`. */
export async function accountByCode(tx: Tx, code: string): Promise<Account> {
  const [account] = await tx.query<Account>(
    `select ${accountColumns} from ${accountTables} where a.company_id = $1 and a.code = $2`,
    [tx.companyId, code],
  )
  if (account === undefined) throw new Refusal('account_unknown', { account: code })
  return account
}

/** Locks an account until the transaction ends, so that nobody else changes it between a look and a change. */
export async function lockAccount(tx: Tx, code: string): Promise<void> {
  await tx.query('select from account a where a.company_id = $1 and a.code = $2 for update of a', [tx.companyId, code])
}

/** Saves a chart's groups and accounts for a company that has none yet. */
export async function saveChart(tx: Tx, chart: Chart): Promise<Account[]> {
  await tx.query(
    `insert into account_group (company_id, code, name, class)
       select $1, * from unnest($2::text[], $3::text[], $4::text[])`,
    [
      tx.companyId,
      column(chart.groups, (g) => g.code),
      column(chart.groups, (g) => g.name),
      column(chart.groups, (g) => g.class),
    ],
  )
  await tx.query(
    `update account_group g set parent_id = p.id from unnest($2::text[], $3::text[]) as child (code, parent)
       join account_group p on p.company_id = $1 and p.code = child.parent
       where g.company_id = $1 and g.code = child.code`,
    [tx.companyId, column(chart.groups, (g) => g.code), column(chart.groups, (g) => g.parent)],
  )
  await addAccounts(
    tx,
    chart.accounts.map((account) => ({ ...account, groupCode: account.group })),
  )
  return await listAccounts(tx)
}

export type NewAccount = {
  code: string
  name: string
  class: AccountClass
  role?: string | null
  groupCode?: string | null
}

/** Adds accounts. Refuses `account_exists`, `role_unknown`, `account_group_unknown`. */
export async function addAccounts(tx: Tx, accounts: readonly NewAccount[]): Promise<void> {
  for (const { role } of accounts) {
    if (role !== null && role !== undefined && !isRole(role)) throw new Refusal('role_unknown', { role })
  }
  await refuseUnknownGroups(tx, accounts)
  await tx.query(
    `insert into account (company_id, code, name, class, role, group_id)
       select $1, n.code, n.name, n.class, n.role, g.id
         from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as n (code, name, class, role, group_code)
         left join account_group g on g.company_id = $1 and g.code = n.group_code`,
    [
      tx.companyId,
      column(accounts, (a) => a.code),
      column(accounts, (a) => a.name),
      column(accounts, (a) => a.class),
      column(accounts, (a) => a.role),
      column(accounts, (a) => a.groupCode),
    ],
  )
}

async function refuseUnknownGroups(tx: Tx, accounts: readonly { groupCode?: string | null }[]): Promise<void> {
  const groups = column(accounts, (a) => a.groupCode)
  if (groups === null) return
  const [unknown] = await tx.query<{ code: string }>(
    `select code from unnest($2::text[]) as wanted (code) where code is not null
       and not exists (select from account_group g where g.company_id = $1 and g.code = wanted.code) limit 1`,
    [tx.companyId, groups],
  )
  if (unknown !== undefined) throw new Refusal('account_group_unknown', { group: unknown.code })
}

/** What of an account may change: its code, class and past stay. */
export type AccountChange = {
  code: string
  name?: string
  groupCode?: string | null
  endedOn?: AccountingDate | null
  cashFlow?: ChosenActivity | null
}

/**
 * Renames, regroups or ends accounts, or says where they stand in the cash flow statement (which changes that of the past too). An account ends on a day after which nothing is posted to it; refuses `account_has_balance` where it
 * still holds something then, `account_posted_later` where something is posted to it afterwards, `account_unknown`, `account_group_unknown`, `input_invalid` for an account that
 * earlier books or exchange rates move: its role says where it stands.
 */
export async function changeAccounts(tx: Tx, changes: readonly AccountChange[]): Promise<void> {
  const known = new Map((await listAccounts(tx)).map((account) => [account.code, account]))
  const merged = changes.map((change) => {
    const account = known.get(change.code)
    if (account === undefined) throw new Refusal('account_unknown', { account: change.code })
    refuseFixedActivity(account, change)
    return { ...account, ...change }
  })
  await refuseUnknownGroups(tx, changes)
  await refuseEndingWithBalance(
    tx,
    merged.filter((account) => account.endedOn !== null),
  )
  await tx.query(
    `update account a set name = c.name, ended_on = c.ended_on, group_id = g.id, cash_flow = c.cash_flow
       from unnest($2::text[], $3::text[], $4::date[], $5::text[], $6::text[]) as c (code, name, ended_on, group_code, cash_flow)
       left join account_group g on g.company_id = $1 and g.code = c.group_code
       where a.company_id = $1 and a.code = c.code`,
    [
      tx.companyId,
      column(merged, (a) => a.code),
      column(merged, (a) => a.name),
      column(merged, (a) => a.endedOn),
      column(merged, (a) => a.groupCode),
      column(merged, (a) => a.cashFlow),
    ],
  )
}

/** What came from earlier books and what rates did are no flows, whatever the company prefers. */
function refuseFixedActivity({ code, role }: Account, { cashFlow }: AccountChange): void {
  const fixed = role === null ? undefined : activityOfRole[role]
  if ((fixed === 'brought_in' || fixed === 'exchange') && cashFlow !== undefined && cashFlow !== null)
    throw new Refusal('input_invalid', { account: code, cashFlow, expected: `none: its role is ${role}` })
}

async function refuseEndingWithBalance(tx: Tx, ending: readonly Account[]): Promise<void> {
  if (ending.length === 0) return
  // Exclusive, so that nobody posts to the account between the look and the end. Everybody waits for it, so it looks at the stored balances.
  await tx.query('select pg_advisory_xact_lock(posting_lock_key($1))', [tx.companyId])
  const [holding] = await tx.query<{ code: string }>(
    `select a.code from unnest($2::bigint[]) as ending (id) join account a on a.company_id = $1 and a.id = ending.id
       where (select coalesce(sum(b.amount_minor), 0) from account_balance b where b.company_id = $1 and b.grain = 'month' and b.account_id = a.id)
         + (select coalesce(sum(d.amount_minor), 0) from account_balance_delta d where d.company_id = $1 and d.account_id = a.id) <> 0 limit 1`,
    [tx.companyId, column(ending, (a) => a.id)],
  )
  if (holding !== undefined) throw new Refusal('account_has_balance', { account: holding.code })
  const [later] = await tx.query<{ code: string; postedOn: AccountingDate }>(
    `select a.code, l.posted_on as "postedOn" from unnest($2::bigint[], $3::date[]) as ending (id, ended_on)
       join account a on a.company_id = $1 and a.id = ending.id
       cross join lateral (select posted_on from journal_line where company_id = $1 and account_id = ending.id and posted_on > ending.ended_on
         order by posted_on desc limit 1) l
       limit 1`,
    [tx.companyId, column(ending, (a) => a.id), column(ending, (a) => a.endedOn)],
  )
  if (later !== undefined) throw new Refusal('account_posted_later', { account: later.code, postedOn: later.postedOn })
}

/** The company's own facts that the ledger needs. */
export type CompanyFacts = {
  id: bigint
  name: string
  country: string
  baseCurrency: string
  timeZone: string
  fiscalYearStartMonth: number
  chart: string
}

export const companyFacts = async (tx: Tx): Promise<CompanyFacts> =>
  only(
    await tx.query<CompanyFacts>(
      `select id, name, country, base_currency as "baseCurrency", time_zone as "timeZone",
          fiscal_year_start_month::int as "fiscalYearStartMonth", chart from company where id = $1`,
      [tx.companyId],
    ),
  )
