import { type AccountingDate, fiscalYear } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { saveBudgets, setBudgetAmounts } from '../modules/budgets/index.ts'
import { type Calendar, monthOf, monthsBefore, yearOf } from './calendar.ts'
import { firstMonthOfYear } from './close-books.ts'

/** Plans the current fiscal year as the one before it and eight hundredths more, in tens of pounds. */
export async function planBudget(tx: Tx, { today }: Calendar): Promise<void> {
  const year = yearOf(today) + (monthOf(today) >= firstMonthOfYear ? 1 : 0)
  const { from, to } = fiscalYear(year - 1, firstMonthOfYear)
  const code = `${year - 1}-${String(year).slice(2)}`
  await saveBudgets(tx, [{ code, name: `Budget of the year to March ${year}` }])
  const rows = await tx.query<{ account: string; month: AccountingDate; amountMinor: bigint }>(
    `select a.code as account, date_trunc('month', l.posted_on)::date as month,
        sum(case a.class when 'income' then -l.amount_minor else l.amount_minor end)::bigint as "amountMinor"
      from account a
      join journal_line l on l.company_id = $1 and l.account_id = a.id and l.posted_on between $2 and $3
      join journal_entry e on e.company_id = $1 and e.id = l.entry_id and not e.closes_year
      where a.company_id = $1 and a.class in ('income', 'expense') and a.role is distinct from 'sales_suspense' group by 1, 2 order by 1, 2`,
    [tx.companyId, from, to],
  )
  const planned = rows.map(({ account, month, amountMinor }) => ({
    account,
    month: monthsBefore(month, -12),
    amountMinor: ((amountMinor * 108n) / 100_000n) * 10_00n,
  }))
  await setBudgetAmounts(
    tx,
    code,
    planned.filter(({ amountMinor }) => amountMinor !== 0n),
  )
}
