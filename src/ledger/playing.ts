import type { Role } from './charts/index.ts'

// The roles are ours and never what somebody typed.
const listed = (roles: readonly Role[]): string => roles.map((role) => `'${role}'`).join(', ')

/**
 * SQL for whether an account `alias` plays one of some roles, in a query whose $1 is the company: the chart gives it the role, or it has none of its
 * own and a version of a mapping rule has led to it for one. What was posted by a rule that has ended stands there still, so every version counts.
 */
export const playsRole = (alias: string, ...roles: readonly Role[]): string =>
  `(${alias}.role in (${listed(roles)}) or ${alias}.role is null and ${alias}.id in (select m.account_id from mapping_rule m
      where m.company_id = $1 and m.role in (${listed(roles)}) and m.account_id is not null))`

/**
 * SQL for the role that each account plays, with the columns `account_id` and `role`, in a query whose $1 is the company: its own, or else the one
 * for which the mapping has ever led to it. An account that was led to for several is none of them.
 */
export const playedRoles = `
  select a.id as account_id, coalesce(a.role, p.role) as role from account a
    left join (
      select m.account_id, min(m.role) as role from mapping_rule m where m.company_id = $1 and m.account_id is not null
        group by m.account_id having count(distinct m.role) = 1
    ) p on p.account_id = a.id
    where a.company_id = $1`

/** SQL for the role that a line `line` was posted as, on account `account`, by mapping rule `rule`, which a line of an account of its own lacks. */
export const postedAs = (rule: string, account: string): string => `coalesce(${rule}.role, ${account}.role)`
