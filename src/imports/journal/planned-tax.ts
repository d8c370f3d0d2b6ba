import { parseMinor } from '../../kernel/money.ts'
import { type Account, baseSignOf } from '../../modules/journal/index.ts'
import type { TaxCode } from '../../modules/tax/index.ts'
import { isBearable } from '../journals/csv-rows.ts'
import type { PlannedJournal } from '../journals/kept-entries.ts'
import type { Converted } from './convert.ts'
import { refuseAt } from './parsed.ts'

type PlannedTax = Pick<PlannedJournal['lines'][number], 'taxCode' | 'taxBaseMinor'>
type Rules = { baseCurrency: string; taxCodes: ReadonlyMap<string, TaxCode> }

/**
 * The tax of a line on a tax account: a code of the company that is declared, and what was taxed in the base currency. On any other account what
 * a file says of tax is let go, since it is the line's own account that says what it is. Throws `BadInput` at the field.
 */
export function plannedTax({ posting, amountMinor }: Converted, account: Account, rules: Rules): PlannedTax {
  const sign = baseSignOf(account.role)
  if (posting.tax === null || sign === undefined) return {}
  const { code, base, codeColumn, baseColumn } = posting.tax
  const atCode = { ...posting.place, column: codeColumn }
  const atBase = { ...posting.place, column: baseColumn }
  const known = rules.taxCodes.get(code)
  if (known === undefined) return refuseAt(atCode, `tax_code ${JSON.stringify(code)}`, 'a tax code of the company')
  if (known.authority === null)
    return refuseAt(atCode, `tax_code ${JSON.stringify(code)}`, 'a tax code that is declared to an authority')
  const taxBaseMinor = parseMinor(base, rules.baseCurrency)
  if (taxBaseMinor === undefined || !isBearable(taxBaseMinor))
    return refuseAt(atBase, `tax_base ${JSON.stringify(base)}`, `what was taxed, an amount in ${rules.baseCurrency}`)
  if (taxBaseMinor * amountMinor * sign < 0n)
    return refuseAt(
      atBase,
      `tax_base ${base}`,
      'above zero for what was sold or bought, below it for what was credited',
    )
  return { taxCode: code, taxBaseMinor }
}
