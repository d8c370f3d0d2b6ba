import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { isCountryCode } from '../../kernel/countries.ts'
import { readCountry } from '../../kernel/country-names.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { isInEuVatArea, vatAreaAs } from './reference/eu-members.ts'

/** Which tax code a sale to a destination takes: a country, the EU's members of that day, an unclear destination, or anywhere else. */
export type DestinationRule = {
  id: bigint
  destination: string
  taxCode: string
  taxCodeId: bigint
  raisesException: boolean
  effectiveFrom: AccountingDate
  version: number
}

export type NewDestinationRule = {
  destination: string
  taxCode: string
  raisesException?: boolean
  effectiveFrom?: AccountingDate
}

/** Adds the next version of each rule. Refuses `tax_code_unknown`. */
export async function addDestinationRules(tx: Tx, rules: readonly NewDestinationRule[], author: string): Promise<void> {
  const saved = await tx.query<{ place: number }>(
    `insert into destination_rule (company_id, destination, tax_code_id, raises_exception, effective_from, version, author)
       select $1, r.destination, t.id, coalesce(r.raises_exception, false), coalesce(r.effective_from, date '0001-01-01'),
           row_number() over (partition by r.destination order by r.place)
             + coalesce((select max(o.version) from destination_rule o where o.company_id = $1 and o.destination = r.destination), 0), $6
         from unnest($2::text[], $3::text[], $4::bool[], $5::date[]) with ordinality
           as r (destination, code, raises_exception, effective_from, place)
         join tax_code t on t.company_id = $1 and t.code = r.code
       returning 1 as place`,
    [
      tx.companyId,
      column(rules, (r) => r.destination),
      column(rules, (r) => r.taxCode),
      column(rules, (r) => r.raisesException),
      column(rules, (r) => r.effectiveFrom),
      author,
    ],
  )
  if (saved.length < rules.length)
    throw new Refusal('tax_code_unknown', { codes: rules.map((r) => r.taxCode).join(' ') })
}

export const listDestinationRules = (tx: Tx): Promise<DestinationRule[]> =>
  tx.query<DestinationRule>(
    `select r.id, r.destination, t.code as "taxCode", t.id as "taxCodeId", r.raises_exception as "raisesException",
        r.effective_from as "effectiveFrom", r.version
      from destination_rule r join tax_code t on t.company_id = r.company_id and t.id = r.tax_code_id
      where r.company_id = $1 order by r.destination, r.version, r.effective_from`,
    [tx.companyId],
  )

/**
 * The rules that a company of a country starts with. Distance sales to consumers in the EU are taxed where the seller is, as before the
 * one-stop shop (VAT Directive 2006/112/EC, art. 33 in its older text); exports are zero-rated (art. 146, UK VATA 1994 s30).
 */
export function defaultDestinationRules(country: string): NewDestinationRule[] {
  const rules: NewDestinationRule[] = [
    { destination: country, taxCode: 'standard' },
    ...territoriesOf(country).map((territory) => ({ destination: territory, taxCode: 'standard' })),
    { destination: 'eu', taxCode: 'standard' },
    { destination: 'unclear', taxCode: 'standard', raisesException: true },
    { destination: 'elsewhere', taxCode: 'export' },
  ]
  return isInEuVatArea(country, '2010-01-01' as AccountingDate)
    ? rules
    : rules.filter((rule) => rule.destination !== 'eu')
}

/** The territories with a code of their own whose supplies are the country's own for VAT, whether or not it is in the EU. */
const territoriesOf = (country: string): string[] =>
  Object.entries(vatAreaAs).flatMap(([territory, member]) => (member === country ? [territory] : []))

export type DestinationReading = { country: string | null; rule: DestinationRule }

/** What somebody said where a destination is that its source wrote in words of its own. */
export type DestinationName = { name: string; country: string }

/** What is said of a destination, and what it said as somebody read it (null: nothing yet), where that matters. */
export type NewDestinationName = DestinationName & { from?: string | null | undefined }

/**
 * Says where destinations are; the last word counts. Refuses `country_unknown`, and `changed_meanwhile` where somebody has said something else since
 * it was read; who says the same is told nothing.
 */
export async function nameDestinations(tx: Tx, names: readonly NewDestinationName[]): Promise<void> {
  for (const { country } of names) if (!isCountryCode(country)) throw new Refusal('country_unknown', { country })
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', [
    'countinghouse.destination_names',
    tx.companyId,
  ])
  const said = names.some(({ from }) => from !== undefined) ? await destinationNames(tx) : new Map<string, string>()
  for (const { name, country, from } of names) {
    const now = said.get(name) ?? null
    if (from !== undefined && now !== from && now !== country)
      throw new Refusal('changed_meanwhile', { destination: name, country: now ?? undefined })
  }
  const last = [...new Map(names.map((one) => [one.name, one])).values()]
  await tx.query(
    `insert into destination_name (company_id, name, country) select $1, n.* from unnest($2::text[], $3::text[]) as n
       on conflict (company_id, name) do update set country = excluded.country`,
    [tx.companyId, column(last, (n) => n.name), column(last, (n) => n.country)],
  )
}

/** The country of every destination that somebody named. */
export const destinationNames = async (tx: Tx): Promise<Map<string, string>> =>
  new Map(
    (
      await tx.query<DestinationName>('select name, country from destination_name where company_id = $1', [
        tx.companyId,
      ])
    ).map(({ name, country }) => [name, country]),
  )

/** Finds the rule for a destination as a file writes it, on a day. Throws `tax_code_unknown` where no rule covers it. */
export function destinationReader(
  rules: readonly DestinationRule[],
  names: ReadonlyMap<string, string> = new Map(),
): (destination: string, day: AccountingDate) => DestinationReading {
  const read = (destination: string, day: AccountingDate): DestinationReading => {
    const reading = readCountry(destination)
    const country = names.get(destination) ?? (reading.kind === 'country' ? reading.code : null)
    const zone = country === null ? 'unclear' : isInEuVatArea(country, day) ? 'eu' : 'elsewhere'
    const rule = latest(rules, country ?? 'unclear', day) ?? latest(rules, zone, day) ?? latest(rules, 'elsewhere', day)
    if (rule === undefined) throw new Refusal('tax_code_unknown', { destination, date: day })
    return { country, rule }
  }
  const known = new Map<string, DestinationReading>()
  return (destination, day) => {
    const key = `${day}${destination}`
    const reading = known.get(key) ?? read(destination, day)
    known.set(key, reading)
    return reading
  }
}

const latest = (
  rules: readonly DestinationRule[],
  destination: string,
  day: AccountingDate,
): DestinationRule | undefined =>
  rules.findLast((rule) => rule.destination === destination && rule.effectiveFrom <= day)
