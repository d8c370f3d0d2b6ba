import { type AccountingDate, today } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { wordsOfRole } from '../../kernel/role-words.ts'
import { type Account, changeAccounts, companyFacts } from '../../ledger/accounts.ts'

/** Which emptied accounts were ended, and which stay, with why in words. */
export type Emptied = { ended: string[]; stay: { account: string; why: string }[] }

export const endedNothing: Emptied = { ended: [], stay: [] }

type Standing = { id: bigint; balanceMinor: bigint; lastOn: AccountingDate | null }

/**
 * Ends accounts that a merge has emptied, on the day of their last entry or today, whichever is later. One that still holds something, or that
 * the chart gives a role, stays in use: whatever needs it would find it ended. No rule chooses them any more: the merge has turned those.
 */
export async function endEmptied(tx: Tx, merged: readonly Account[]): Promise<Emptied> {
  const open = merged.filter(({ endedOn }) => endedOn === null)
  const standing = new Map((await standingsOf(tx, open)).map((one) => [one.id, one]))
  const { timeZone } = await companyFacts(tx)
  const now = today(timeZone)
  const read = open.map((account) => ({ account, ...(standing.get(account.id) as Standing) }))
  const stay = read.flatMap(({ account, balanceMinor }) => {
    const why = whyItStays(account, balanceMinor)
    return why === null ? [] : [{ account: account.code, why }]
  })
  const ending = read.filter(({ account }) => !stay.some((one) => one.account === account.code))
  await changeAccounts(
    tx,
    ending.map(({ account: { code }, lastOn }) => ({ code, endedOn: lastOn !== null && lastOn > now ? lastOn : now })),
  )
  return { ended: ending.map(({ account }) => account.code), stay }
}

/** Why an account is not ended, in words; null where nothing keeps it. */
export function whyItStays({ role }: Pick<Account, 'role'>, balanceMinor = 0n): string | null {
  if (balanceMinor !== 0n) return 'Something was posted to it meanwhile: merge it once more'
  return role === null ? null : `The chart gives it a role of its own (${wordsOfRole(role)})`
}

const standingsOf = (tx: Tx, accounts: readonly Account[]): Promise<Standing[]> =>
  tx.query<Standing>(
    `select a.id, coalesce(sum(l.amount_minor), 0)::bigint as "balanceMinor", max(l.posted_on) as "lastOn"
      from unnest($2::bigint[]) as a (id) left join journal_line l on l.company_id = $1 and l.account_id = a.id
      group by a.id`,
    [tx.companyId, column(accounts, ({ id }) => id)],
  )
