import { type AccountingDate, today } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type Account, changeAccounts, companyFacts } from '../../ledger/accounts.ts'

/** Which emptied accounts were ended, and which stay, with why in words. */
export type Emptied = { ended: string[]; stay: { account: string; why: string }[] }

export const endedNothing: Emptied = { ended: [], stay: [] }

type Standing = { id: bigint; balanceMinor: bigint; lastOn: AccountingDate | null; ruled: boolean }

/**
 * Ends accounts that a merge has emptied, on the day of their last entry or today, whichever is later. One that still holds something, that the
 * chart gives a role, or that a rule chooses on some day stays in use: whatever needs it would find it ended.
 */
export async function endEmptied(tx: Tx, merged: readonly Account[]): Promise<Emptied> {
  const open = merged.filter(({ endedOn }) => endedOn === null)
  const standing = new Map((await standingsOf(tx, open)).map((one) => [one.id, one]))
  const { timeZone } = await companyFacts(tx)
  const now = today(timeZone)
  const read = open.map((account) => ({ account, ...(standing.get(account.id) as Standing) }))
  const stay = read.flatMap(({ account, ...one }) => {
    const why = whyItStays(account, one)
    return why === null ? [] : [{ account: account.code, why }]
  })
  const ending = read.filter(({ account }) => !stay.some((one) => one.account === account.code))
  await changeAccounts(
    tx,
    ending.map(({ account: { code }, lastOn }) => ({ code, endedOn: lastOn !== null && lastOn > now ? lastOn : now })),
  )
  return { ended: ending.map(({ account }) => account.code), stay }
}

function whyItStays({ role }: Account, { balanceMinor, ruled }: Standing): string | null {
  if (balanceMinor !== 0n) return 'Something was posted to it meanwhile: merge it once more'
  if (role !== null) return `The chart gives it a role of its own (${role.replaceAll('_', ' ')})`
  return ruled ? 'A mapping rule chooses it' : null
}

// A rule chooses an account as long as no later version replaces it on all of its days.
const standingsOf = (tx: Tx, accounts: readonly Account[]): Promise<Standing[]> =>
  tx.query<Standing>(
    `select a.id, coalesce(sum(l.amount_minor), 0)::bigint as "balanceMinor", max(l.posted_on) as "lastOn",
        exists (select from mapping_rule r where r.company_id = $1 and r.account_id = a.id and not exists (
          select from mapping_rule o where o.company_id = $1 and o.role = r.role and o.version > r.version and o.effective_from <= r.effective_from
            and (o.item_id, o.item_group_id, o.tax_code_id, o.channel_id, o.payment_method, o.document_kind)
              is not distinct from (r.item_id, r.item_group_id, r.tax_code_id, r.channel_id, r.payment_method, r.document_kind))) as ruled
      from unnest($2::bigint[]) as a (id) left join journal_line l on l.company_id = $1 and l.account_id = a.id
      group by a.id`,
    [tx.companyId, column(accounts, ({ id }) => id)],
  )
