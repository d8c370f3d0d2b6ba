import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type ActivityDimension, activityBy, activityRange } from '../activity.ts'
import type { Range } from '../periods.ts'
import { closingEntries } from '../stored-balances.ts'

/** The accounts on which sales are booked, with what was taken back of them: all that the mapping ever chose for these roles. */
export type SalesAccount = { id: bigint; code: string }

const salesRoles = `('sales', 'sales_returns', 'sales_discounts', 'shipping_income', 'sales_suspense')`

export const salesAccounts = (tx: Tx): Promise<SalesAccount[]> =>
  tx.query<SalesAccount>(
    `select id, code from account a
      where company_id = $1 and class in ('income', 'expense') and (role in ${salesRoles}
        or exists (select from mapping_rule m where m.company_id = $1 and m.role in ${salesRoles} and m.account_id = a.id))
      order by code`,
    [tx.companyId],
  )

const ids = (accounts: readonly SalesAccount[]): string => column(accounts, ({ id }) => id) ?? '{}'

/** Sales of each day of a range on which there were any, in minor units; credit notes taken off, closings of years left out. */
export async function salesOfDays(
  tx: Tx,
  accounts: readonly SalesAccount[],
  { from, to }: Range,
): Promise<Map<AccountingDate, bigint>> {
  const rows = await tx.query<{ day: AccountingDate; minor: bigint }>(
    `with recursive ${closingEntries}
      select day, -sum(amount_minor)::bigint as minor from (
        select starts_on as day, amount_minor from account_balance
          where company_id = $1 and grain = 'day' and starts_on between $3 and $4 and account_id = any ($2::bigint[])
        union all
        select posted_on, amount_minor from account_balance_delta
          where company_id = $1 and posted_on between $3 and $4 and account_id = any ($2::bigint[])
        union all
        select c.posted_on, -l.amount_minor from closing c
          cross join lateral (select account_id, amount_minor from journal_line where company_id = $1 and entry_id = c.id offset 0) l
          where c.posted_on between $3 and $4 and l.account_id = any ($2::bigint[])
      ) m group by day`,
    [tx.companyId, ids(accounts), from, to],
  )
  return new Map(rows.map(({ day, minor }) => [day, minor]))
}

export type TopSeller = { key: string; name: string; minor: bigint }

const named: Readonly<Record<'item' | 'country', string>> = {
  item: `select i.code as key, i.name, s.minor from (SUMS) s join item i on i.company_id = $1 and i.id = s.key::bigint order by s.minor desc, i.code`,
  country: `select s.key, s.key as name, s.minor from (SUMS) s order by s.minor desc, s.key`,
}

/** What sold best in a range, by item or by country of the document. */
export async function topSellers(
  tx: Tx,
  accounts: readonly SalesAccount[],
  range: Range,
  { by, most }: { by: ActivityDimension & ('item' | 'country'); most: number },
): Promise<TopSeller[]> {
  const sums = `select key, -sum(amount_minor)::bigint as minor from (${activityBy(by)}) a
    where account_id = any ($6::bigint[]) group by key having sum(amount_minor) < 0 order by sum(amount_minor) limit $7`
  return await tx.query<TopSeller>(named[by].replace('SUMS', sums), [
    tx.companyId,
    ...activityRange(range),
    ids(accounts),
    most,
  ])
}
