import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Role } from '../../ledger/charts/index.ts'
import type { Dimensions } from '../../ledger/journal.ts'
import { listTaxCodes, rateOn, type TaxCode } from '../tax/index.ts'

/** What a person writes of tax on a line: a code, and on a line of a tax account what was taxed, in minor units of the base currency. */
export type WrittenTax = { taxCode?: string | undefined; taxBaseMinor?: bigint | null | undefined }

type TaxDimensions = Pick<Dimensions, 'taxCodeId' | 'taxAuthority' | 'taxPoint' | 'taxBaseMinor'>

/** Reads the tax of a line on an account of a role, in an entry of a day. */
export type TaxReader = (
  written: WrittenTax,
  line: { amountMinor: bigint; role: Role | null; date: AccountingDate },
) => TaxDimensions

/**
 * How what was taxed is signed beside its tax: above zero where more was sold or bought, so with a credit on output tax and with a debit on
 * input tax. Undefined for an account that is no tax account.
 */
export function baseSignOf(role: Role | null): 1n | -1n | undefined {
  if (role === 'output_tax' || role === 'output_tax_pending') return -1n
  return role === 'input_tax' || role === 'input_tax_pending' ? 1n : undefined
}

/**
 * Prepares to read what lines say of tax: one statement where any of them does, and none otherwise. The tax point is the day of the entry. The
 * reader refuses `tax_code_unknown` (also on a day before the code has a rate), `tax_code_not_declared`, `tax_base_missing`,
 * `tax_base_needs_tax_account`, `tax_base_sign`, and `input_invalid` for a base without a code.
 */
export async function taxReader(tx: Tx, lines: readonly WrittenTax[]): Promise<TaxReader> {
  const named = lines.some(({ taxCode }) => taxCode !== undefined)
  const codes = new Map(named ? (await listTaxCodes(tx)).map((code) => [code.code, code]) : [])
  return (written, line) => dimensionsOf(written, line, codes)
}

function dimensionsOf(
  { taxCode: named, taxBaseMinor = null }: WrittenTax,
  { amountMinor, role, date }: { amountMinor: bigint; role: Role | null; date: AccountingDate },
  codes: ReadonlyMap<string, TaxCode>,
): TaxDimensions {
  if (named === undefined) {
    if (taxBaseMinor === null) return {}
    throw new Refusal('input_invalid', { taxBase: taxBaseMinor, expected: 'a taxCode beside it' })
  }
  const code = codes.get(named)
  if (code === undefined) throw new Refusal('tax_code_unknown', { taxCode: named })
  // A code without any rate is one whose documents state their own; one that has rates must have one on that day.
  if (code.rates.length > 0) rateOn(code, date)
  const sign = baseSignOf(role)
  if (sign === undefined) {
    // On any other account the code says what the line is about, and the mapping looks at it.
    if (taxBaseMinor === null) return { taxCodeId: code.id }
    throw new Refusal('tax_base_needs_tax_account', { taxCode: named, role })
  }
  if (code.authority === null) throw new Refusal('tax_code_not_declared', { taxCode: named })
  if (taxBaseMinor === null) throw new Refusal('tax_base_missing', { taxCode: named, role })
  if (taxBaseMinor * amountMinor * sign < 0n)
    throw new Refusal('tax_base_sign', { taxCode: named, role, amount: amountMinor, taxBase: taxBaseMinor })
  return { taxCodeId: code.id, taxAuthority: code.authority, taxPoint: date, taxBaseMinor }
}
