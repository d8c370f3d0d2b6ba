import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** What is planned on an account of income or expense in a month, of one channel or of none: minor units, positive as profit and loss shows it. */
export type BudgetAmount = {
  account: string
  /** The first day of the month. */
  month: AccountingDate
  channel?: string | null | undefined
  amountMinor: bigint
}

/**
 * Sets amounts of a budget, each in place of the one that it had; an amount of zero takes it out. With `replace` the budget holds these amounts and
 * no others. Refuses `budget_unknown`, `account_unknown`, and `input_invalid` for an account that is neither income nor expense, an unknown
 * channel, or an amount told twice.
 */
export async function setBudgetAmounts(
  tx: Tx,
  code: string,
  amounts: readonly BudgetAmount[],
  { replace = false } = {},
): Promise<void> {
  const { id: budgetId } = await lockBudget(tx, code)
  const found = await tx.query<Found>(findAccounts, [
    tx.companyId,
    column(amounts, ({ account }) => account),
    column(amounts, ({ channel }) => channel),
  ])
  refuseUnfit(amounts, found)
  if (replace) {
    const sql =
      'update budget_amount set amount_minor = 0 where company_id = $1 and budget_id = $2 and amount_minor <> 0'
    await tx.query(sql, [tx.companyId, budgetId])
  }
  const rows = amounts.map((amount, index) => ({ ...amount, ...found[index] }))
  const values = [
    tx.companyId,
    budgetId,
    column(rows, ({ account_id }) => account_id),
    column(rows, ({ month }) => month),
    column(rows, ({ channel_id }) => channel_id),
    column(rows, ({ amountMinor }) => amountMinor),
  ]
  await tx.query(saveAmounts, values)
}

/**
 * Holds a budget until the transaction ends. Whoever sets amounts of it waits for who is at it, so that two at once leave one or the other and no
 * mixture; whoever first compares it with what they have read holds it before. Refuses `budget_unknown`.
 */
export async function lockBudget(tx: Tx, code: string): Promise<{ id: bigint }> {
  const [budget] = await tx.query<{ id: bigint }>(
    'select id from budget where company_id = $1 and code = $2 for update',
    [tx.companyId, code],
  )
  if (budget === undefined) throw new Refusal('budget_unknown', { budget: code })
  return budget
}

type Found = { account_id: bigint | null; class: string | null; channel_id: bigint | null }

const findAccounts = `
  select a.id as account_id, a.class, c.id as channel_id
    from unnest($2::text[], $3::text[]) with ordinality as wanted (account, channel, place)
    left join account a on a.company_id = $1 and a.code = wanted.account
    left join channel c on c.company_id = $1 and c.code = wanted.channel
    order by wanted.place`

const saveAmounts = `
  insert into budget_amount (company_id, budget_id, account_id, month, channel_id, amount_minor)
    select $1, $2, b.* from unnest($3::bigint[], $4::date[], $5::bigint[], $6::bigint[]) as b
    on conflict (company_id, budget_id, account_id, month, channel_id) do update set amount_minor = excluded.amount_minor`

function refuseUnfit(amounts: readonly BudgetAmount[], found: readonly Found[]): void {
  const told = new Set<string>()
  for (const [index, { account, month, channel }] of amounts.entries()) {
    const row = found[index]
    if (row?.account_id == null) throw new Refusal('account_unknown', { account })
    if (row.class !== 'income' && row.class !== 'expense') {
      throw new Refusal('input_invalid', { account, expected: 'an account of income or expense' })
    }
    if (typeof channel === 'string' && row.channel_id === null) {
      throw new Refusal('input_invalid', { channel, expected: 'the code of a channel' })
    }
    const key = `${account} ${month} ${channel ?? ''}`
    if (told.has(key))
      throw new Refusal('input_invalid', { account, month: month.slice(0, 7), expected: 'each amount once' })
    told.add(key)
  }
}
