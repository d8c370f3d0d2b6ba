import { only, type Tx } from '../kernel/database.ts'

/**
 * SHA-256, in hexadecimal, over what the lines of the journal come to: a line `code TAB currency TAB base amount TAB currency amount` for each
 * account and currency that is not zero, in minor units, in byte order of code and currency. Equal books have equal hashes, wherever they are.
 */
export async function trialBalanceHash(tx: Tx): Promise<string> {
  const { hash } = only(
    await tx.query<{ hash: string }>(
      `select encode(sha256(convert_to(coalesce(string_agg(
            concat_ws(E'\\t', code, currency, base, own) || E'\\n', '' order by code collate "C", currency collate "C"), ''), 'UTF8')), 'hex') as hash
         from (
           select a.code, l.currency, l.base, l.own
             from (select account_id, currency, sum(amount_minor) as base, sum(currency_amount_minor) as own
                     from journal_line where company_id = $1 group by account_id, currency) l
             join account a on a.company_id = $1 and a.id = l.account_id
             where l.base <> 0 or l.own <> 0
         ) moved`,
      [tx.companyId],
    ),
  )
  return hash
}
