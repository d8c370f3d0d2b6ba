import { inCompany, readCompany, requireCompany, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { taxSchemeNames, taxSchemes } from '../kernel/tax-schemes.ts'
import {
  listTaxNumbers,
  lockCompany,
  saveTaxNumbers,
  type TaxNumber,
  type WrittenTaxNumber,
} from '../modules/company/index.ts'
import { usualTaxAuthority } from '../modules/tax/index.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'
import { exactly, needed, neededCompany, oneOf, optionalDay, readWords } from './words.ts'

const companyAndJson = { company: { type: 'string' }, json: { type: 'boolean' } } as const

const asTable = (numbers: readonly TaxNumber[]): string =>
  table(
    ['country', 'authority', 'kind', 'number', 'from', 'until', 'on documents'],
    numbers.map((one) => [
      one.country,
      one.authority,
      taxSchemes[one.scheme],
      one.number,
      one.validFrom,
      one.validTo ?? '',
      one.onDocuments ? 'yes' : 'no',
    ]),
  )

export const taxNumberList: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), listTaxNumbers)
    if (values.json) await terminal.json({ rows })
    else if (rows.length === 0) await terminal.line('The company has no tax number.')
    else await terminal.write(asTable(rows))
    return 0
  }
}

export const taxNumberSet: Command = (words) => {
  const { values, positionals } = readWords(words, {
    ...companyAndJson,
    from: { type: 'string' },
    until: { type: 'string' },
    authority: { type: 'string' },
    'not-on-documents': { type: 'boolean' },
  })
  const [country, kind, number] = exactly(positionals, places) as [string, string, string]
  const scheme = oneOf(kind, taxSchemeNames, 'The kind')
  const from = optionalDay(needed(values.from, 'from which day it is valid: --from 2011-01-01'), 'from')
  const given: WrittenTaxNumber = {
    country: country.toUpperCase(),
    scheme,
    number,
    validFrom: from as NonNullable<typeof from>,
    validTo: optionalDay(values.until, 'until') ?? null,
    authority: values.authority ?? usualTaxAuthority(country.toUpperCase()),
    onDocuments: values['not-on-documents'] !== true,
  }
  // One of the same country, authority, kind and day is corrected; any other is added.
  const same = (one: TaxNumber): boolean =>
    (['country', 'authority', 'scheme', 'validFrom'] as const).every((name) => one[name] === given[name])
  return changing(values, (numbers) => [...numbers.filter((one) => !same(one)), given])
}

export const taxNumberEnd: Command = (words) => {
  const { values, positionals } = readWords(words, { ...companyAndJson, on: { type: 'string' } })
  const one = oneNumber(positionals)
  const on = optionalDay(needed(values.on, 'its last day: --on 2011-12-31'), 'on')
  const validTo = on as NonNullable<typeof on>
  return changing(values, (numbers) => {
    const last = one(numbers)
    return numbers.map((number) => (number === last ? { ...number, validTo } : number))
  })
}

export const taxNumberWithdraw: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  const one = oneNumber(positionals)
  return changing(values, (numbers) => {
    const last = one(numbers)
    return numbers.filter((number) => number !== last)
  })
}

const places = ['the country of the number, such as GB', `its kind: ${taxSchemeNames.join(', ')}`, 'the number']

/** Finds the number that the words name: the one that is valid latest. Refuses `tax_number_unknown`. */
function oneNumber(positionals: readonly string[]): (numbers: readonly TaxNumber[]) => TaxNumber {
  const [country, kind, number] = exactly(positionals, places) as [string, string, string]
  const scheme = oneOf(kind, taxSchemeNames, 'The kind')
  const plain = (written: string): string => written.replace(/[\s.\-/]/g, '').toUpperCase()
  return (numbers) => {
    const found = numbers.findLast(
      (one) => one.country === country.toUpperCase() && one.scheme === scheme && plain(one.number) === plain(number),
    )
    if (found === undefined) throw new Refusal('tax_number_unknown', { number })
    return found
  }
}

function changing(
  values: { company?: string | undefined; json?: boolean | undefined },
  change: (numbers: readonly TaxNumber[]) => readonly WrittenTaxNumber[],
): ReturnType<Command> {
  const company = neededCompany(values.company)
  const work = async (tx: Tx): Promise<TaxNumber[]> => {
    await lockCompany(tx)
    return await saveTaxNumbers(tx, change(await listTaxNumbers(tx)))
  }
  return async ({ database, terminal }) => {
    const rows = await inCompany(database, await requireCompany(database, company), work)
    if (values.json) await terminal.json({ rows })
    else await terminal.write(asTable(rows))
    return 0
  }
}
