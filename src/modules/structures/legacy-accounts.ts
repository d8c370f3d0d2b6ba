import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** An account of an earlier chart and the code of ours that it has become. */
export type LegacyAccount = { structure: string; code: string; name: string; account: string }

/** Says what accounts of an earlier chart have become; the last word counts. Refuses `account_unknown`, `input_invalid`. */
export async function setLegacyAccounts(tx: Tx, accounts: readonly LegacyAccount[]): Promise<void> {
  for (const { structure, code } of accounts) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(structure))
      throw new Refusal('input_invalid', { structure, expected: 'letters, digits, _, . and -' })
    if (code.trim() === '') throw new Refusal('input_invalid', { code: 'is needed' })
  }
  const last = [...new Map(accounts.map((one) => [keyOf(one), one])).values()]
  const saved = await tx.query<{ structure: string; code: string }>(
    `insert into legacy_account (company_id, structure, code, name, account_id)
       select $1, l.structure, l.code, coalesce(l.name, ''), a.id from unnest($2::text[], $3::text[], $4::text[], $5::text[])
           as l (structure, code, name, account)
         join account a on a.company_id = $1 and a.code = l.account
       on conflict (company_id, structure, code) do update set name = excluded.name, account_id = excluded.account_id
       returning structure, code`,
    [
      tx.companyId,
      column(last, (l) => l.structure),
      column(last, (l) => l.code),
      column(last, (l) => l.name),
      column(last, (l) => l.account),
    ],
  )
  const known = new Set(saved.map(keyOf))
  const unknown = last.find((one) => !known.has(keyOf(one)))
  if (unknown !== undefined) throw new Refusal('account_unknown', { account: unknown.account })
}

const keyOf = ({ structure, code }: Pick<LegacyAccount, 'structure' | 'code'>): string => `${structure} ${code}`

export const listLegacyAccounts = (tx: Tx): Promise<LegacyAccount[]> =>
  tx.query<LegacyAccount>(
    `select l.structure, l.code, l.name, a.code as account from legacy_account l
      join account a on a.company_id = $1 and a.id = l.account_id where l.company_id = $1 order by l.structure, l.code`,
    [tx.companyId],
  )

/**
 * Finds what a code of an earlier chart has become, where our chart has no such code. Codes of several structures must agree: otherwise the code is
 * refused as `account_unknown`.
 */
export async function legacyAccountReader(tx: Tx): Promise<(code: string) => LegacyAccount | undefined> {
  const byCode = Map.groupBy(await listLegacyAccounts(tx), ({ code }) => code)
  return (code) => {
    const found = byCode.get(code) ?? []
    if (new Set(found.map(({ account }) => account)).size > 1)
      throw new Refusal('account_unknown', { account: code, structures: found.map((one) => one.structure).join(', ') })
    return found[0]
  }
}

/** A line that was written with an earlier code. */
export type LegacyLine = { entryId: bigint; lineNo: number; structure: string; code: string }

/** Keeps with which earlier codes lines were written. */
export async function rememberLegacyCodes(tx: Tx, lines: readonly LegacyLine[]): Promise<void> {
  if (lines.length === 0) return
  await tx.query(
    `insert into journal_line_legacy (company_id, entry_id, line_no, structure, code)
       select $1, l.* from unnest($2::bigint[], $3::int[], $4::text[], $5::text[]) as l`,
    [
      tx.companyId,
      column(lines, (l) => l.entryId),
      column(lines, (l) => l.lineNo),
      column(lines, (l) => l.structure),
      column(lines, (l) => l.code),
    ],
  )
}
