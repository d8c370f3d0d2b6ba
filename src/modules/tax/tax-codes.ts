import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { type Decimal, decimal } from '../../kernel/decimal.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { defaultTaxCodes, type TaxCodeReference, type TaxKind } from './reference/tax-codes.ts'

export type TaxCode = {
  id: bigint
  code: string
  name: string
  kind: TaxKind
  authority: string | null
  /** Ascending; a rate holds from its first day until the next one begins. */
  rates: { from: AccountingDate; rate: string }[]
}

type NewTaxCode = Omit<TaxCodeReference, 'use' | 'description'>

/** Saves tax codes with their rates. */
export async function addTaxCodes(tx: Tx, codes: readonly NewTaxCode[]): Promise<void> {
  await tx.query(
    `insert into tax_code (company_id, code, name, kind, authority)
       select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[])`,
    [
      tx.companyId,
      column(codes, (c) => c.code),
      column(codes, (c) => c.name),
      column(codes, (c) => c.kind),
      column(codes, (c) => c.authority),
    ],
  )
  await addRates(tx, codes)
}

/**
 * Saves tax codes of a company that has not posted yet; of one that exists already the rates given take the place of its own. Runs as the
 * owner, since rates that documents were taxed by are never taken away.
 */
export async function replaceTaxCodes(tx: Tx, codes: readonly NewTaxCode[]): Promise<void> {
  const known = new Set((await listTaxCodes(tx)).map(({ code }) => code))
  const existing = codes.filter(({ code }) => known.has(code))
  await tx.query(
    `delete from tax_rate r using tax_code t
       where r.company_id = $1 and t.company_id = $1 and t.id = r.tax_code_id and t.code in (select unnest($2::text[]))`,
    [tx.companyId, column(existing, ({ code }) => code)],
  )
  await tx.query(
    `update tax_code t set authority = n.authority from unnest($2::text[], $3::text[]) as n (code, authority)
       where t.company_id = $1 and t.code = n.code`,
    [tx.companyId, column(existing, ({ code }) => code), column(existing, ({ authority }) => authority)],
  )
  await addRates(tx, existing)
  await addTaxCodes(
    tx,
    codes.filter(({ code }) => !known.has(code)),
  )
}

async function addRates(tx: Tx, codes: readonly NewTaxCode[]): Promise<void> {
  const rates = codes.flatMap(({ code, rates }) => rates.map(({ from, rate }) => ({ code, from, rate })))
  if (rates.length === 0) return
  await tx.query(
    `insert into tax_rate (company_id, tax_code_id, effective_from, rate)
       select $1, t.id, r.effective_from, r.rate
         from unnest($2::text[], $3::date[], $4::numeric[]) as r (code, effective_from, rate)
         join tax_code t on t.company_id = $1 and t.code = r.code`,
    [tx.companyId, column(rates, (r) => r.code), column(rates, (r) => r.from), column(rates, (r) => r.rate)],
  )
}

/** The tax codes that a company of a country starts with. */
export const saveDefaultTaxCodes = (tx: Tx, country: string): Promise<void> => addTaxCodes(tx, defaultTaxCodes(country))

export const listTaxCodes = (tx: Tx): Promise<TaxCode[]> =>
  tx.query<TaxCode>(
    `select t.id, t.code, t.name, t.kind, t.authority,
        coalesce((select json_agg(json_build_object('from', r.effective_from, 'rate', r.rate::text) order by r.effective_from)
          from tax_rate r where r.company_id = t.company_id and r.tax_code_id = t.id), '[]') as rates
      from tax_code t where t.company_id = $1 order by t.code`,
    [tx.companyId],
  )

/** The rate of a code on a day. Refuses `tax_code_unknown` where the code has none. */
export function rateOn(code: TaxCode, day: AccountingDate): Decimal {
  const rate = code.rates.findLast(({ from }) => from <= day)
  if (rate === undefined) throw new Refusal('tax_code_unknown', { code: code.code, date: day })
  return decimal(rate.rate)
}
