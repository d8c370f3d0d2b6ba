import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** A version of a company's plan, known by its code, such as '2011' or '2011-revised'. */
export type Budget = { code: string; name: string }

/** Every budget with the months that it names, in order of code. */
export const listBudgets = (
  tx: Tx,
): Promise<(Budget & { id: bigint; from: string | null; to: string | null; amounts: bigint })[]> =>
  tx.query(
    `select b.id, b.code, b.name, to_char(min(a.month), 'YYYY-MM') as "from", to_char(max(a.month), 'YYYY-MM') as "to", count(a.id) as amounts
       from budget b left join budget_amount a on a.company_id = $1 and a.budget_id = b.id and a.amount_minor <> 0
       where b.company_id = $1 group by b.id, b.code, b.name order by b.code`,
    [tx.companyId],
  )

/** What a budget holds, in order of account, month and channel; minor units, and none that is zero. Refuses `budget_unknown`. */
export async function readBudget(
  tx: Tx,
  code: string,
): Promise<Budget & { amounts: { account: string; month: string; channel: string | null; amountMinor: bigint }[] }> {
  const [budget] = await tx.query<Budget>('select code, name from budget where company_id = $1 and code = $2', [
    tx.companyId,
    code,
  ])
  if (budget === undefined) throw new Refusal('budget_unknown', { budget: code })
  const amounts = await tx.query<{ account: string; month: string; channel: string | null; amountMinor: bigint }>(
    `select a.code as account, to_char(v.month, 'YYYY-MM') as month, c.code as channel, v.amount_minor as "amountMinor"
       from budget_amount v
       join budget b on b.company_id = $1 and b.id = v.budget_id and b.code = $2
       join account a on a.company_id = $1 and a.id = v.account_id
       left join channel c on c.company_id = $1 and c.id = v.channel_id
       where v.company_id = $1 and v.amount_minor <> 0 order by a.code, v.month, c.code nulls first`,
    [tx.companyId, code],
  )
  return { ...budget, amounts }
}

/** Adds budgets, and renames those whose code is known. Returns what became of each, in order. */
export async function saveBudgets(tx: Tx, budgets: readonly Budget[]): Promise<{ existing: boolean }[]> {
  const codes = budgets.map(({ code }) => code)
  const twice = codes.find((code, index) => codes.indexOf(code) !== index)
  if (twice !== undefined) throw new Refusal('input_invalid', { code: twice, expected: 'each budget once' })
  const rows = await tx.query<{ code: string; existing: boolean }>(
    `insert into budget (company_id, code, name) select $1, b.* from unnest($2::text[], $3::text[]) as b
       on conflict (company_id, code) do update set name = excluded.name
       returning code, old.id is not null as existing`,
    [tx.companyId, column(budgets, ({ code }) => code), column(budgets, ({ name }) => name)],
  )
  const existing = new Map(rows.map((row) => [row.code, row.existing]))
  return budgets.map(({ code }) => ({ existing: existing.get(code) ?? false }))
}
