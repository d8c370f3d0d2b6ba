import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { isCountryCode } from '../../kernel/countries.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type TaxScheme, taxSchemes } from '../../kernel/tax-schemes.ts'
import { usualTaxAuthority } from '../tax/index.ts'
import { lockCompany } from './change-company.ts'
import { readTaxNumberForm } from './tax-number-forms.ts'

/** A number under which the company declares tax, from one day to another, both included; `validTo` is null while it is valid. */
export type TaxNumber = {
  country: string
  /** To whom it is declared, as tax codes name it. */
  authority: string
  scheme: TaxScheme
  number: string
  validFrom: AccountingDate
  validTo: AccountingDate | null
  /** Whether documents and reports show it. */
  onDocuments: boolean
}

export type WrittenTaxNumber = Pick<TaxNumber, 'country' | 'scheme' | 'number' | 'validFrom'> & {
  /** Without it, the country's usual one. */
  authority?: string | undefined
  validTo?: AccountingDate | null | undefined
  onDocuments?: boolean | undefined
}

const columns = `country, authority, scheme, number, valid_from as "validFrom", valid_to as "validTo", on_documents as "onDocuments"`

/** The company's tax numbers by country, authority, scheme and day, also those that are no longer valid. */
export const listTaxNumbers = (tx: Tx): Promise<TaxNumber[]> =>
  tx.query<TaxNumber>(
    `select ${columns} from company_tax_number where company_id = $1 and not withdrawn
       order by country, authority, scheme, valid_from`,
    [tx.companyId],
  )

/**
 * Replaces the company's tax numbers by these. One that is left out was entered in error: it is withdrawn; one that ended is kept with its last day.
 * Refuses `tax_number_invalid`, `tax_numbers_overlap`, `country_unknown`.
 */
export async function saveTaxNumbers(tx: Tx, written: readonly WrittenTaxNumber[]): Promise<TaxNumber[]> {
  const numbers = await readTaxNumbers(written)
  refuseOverlap(numbers)
  await lockCompany(tx)
  const given = [
    column(numbers, (n) => n.country),
    column(numbers, (n) => n.authority),
    column(numbers, (n) => n.scheme),
    column(numbers, (n) => n.number),
    column(numbers, (n) => n.validFrom),
    column(numbers, (n) => n.validTo),
    column(numbers, (n) => n.onDocuments),
  ]
  // What shrinks and what grows into its place change in one statement, at whose end the database looks for overlaps.
  await tx.query(
    `update company_tax_number t set number = coalesce(n.number, t.number), valid_to = case when n.number is null then t.valid_to else n.valid_to end,
        on_documents = coalesce(n.on_documents, t.on_documents), withdrawn = n.number is null
      from company_tax_number o left join ${rows} on ${same('o')}
      where o.company_id = $1 and not o.withdrawn and t.company_id = $1 and t.id = o.id
        and (n.number is null or (t.number, t.valid_to, t.on_documents) is distinct from (n.number, n.valid_to, n.on_documents))`,
    [tx.companyId, ...given],
  )
  await tx.query(
    `insert into company_tax_number (company_id, country, authority, scheme, number, valid_from, valid_to, on_documents)
       select $1, n.* from ${rows}
         where not exists (select from company_tax_number o where o.company_id = $1 and not o.withdrawn and ${same('o')})`,
    [tx.companyId, ...given],
  )
  return await listTaxNumbers(tx)
}

const rows = `unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[], $8::bool[])
  as n (country, authority, scheme, number, valid_from, valid_to, on_documents)`

const same = (other: string): string =>
  ['country', 'authority', 'scheme', 'valid_from'].map((name) => `n.${name} = ${other}.${name}`).join(' and ')

/** What somebody wrote, in the form in which it is kept. Refuses `tax_number_invalid` and `country_unknown`. */
async function readTaxNumbers(written: readonly WrittenTaxNumber[]): Promise<TaxNumber[]> {
  const numbers: TaxNumber[] = []
  for (const { country, scheme, number, validFrom, validTo = null, onDocuments = true, authority } of written) {
    if (!isCountryCode(country)) throw new Refusal('country_unknown', { country })
    const read = await readTaxNumberForm(scheme, country, number)
    if ('expected' in read)
      throw new Refusal('tax_number_invalid', {
        field: taxSchemes[scheme],
        found: number.trim(),
        expected: read.expected,
      })
    if (validTo !== null && validTo < validFrom)
      throw new Refusal('tax_number_invalid', {
        field: 'validTo',
        found: validTo,
        expected: `${validFrom} or a later day`,
      })
    const named = authority?.trim()
    const declaredTo = named === undefined || named === '' ? usualTaxAuthority(country) : named
    numbers.push({ country, authority: declaredTo, scheme, number: read.number, validFrom, validTo, onDocuments })
  }
  return numbers
}

/** Two numbers of one authority and scheme are never valid on the same day: a document would not know which to show. */
function refuseOverlap(numbers: readonly TaxNumber[]): void {
  const keyOf = ({ country, authority, scheme }: TaxNumber): string => JSON.stringify([country, authority, scheme])
  const last = new Map<string, TaxNumber>()
  for (const number of numbers.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) {
    const before = last.get(keyOf(number))
    if (before !== undefined && (before.validTo === null || before.validTo >= number.validFrom))
      throw new Refusal('tax_numbers_overlap', {
        scheme: taxSchemes[number.scheme],
        authority: number.authority,
        first: `${before.number} until ${before.validTo ?? 'further notice'}`,
        second: `${number.number} from ${number.validFrom}`,
      })
    last.set(keyOf(number), number)
  }
}
