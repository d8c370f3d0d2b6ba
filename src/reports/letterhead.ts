import { type CountryCode, countryName, isCountryCode } from '../kernel/countries.ts'
import type { Tx } from '../kernel/database.ts'
import { type TaxScheme, taxSchemes } from '../kernel/tax-schemes.ts'

/** What the head of a document says of the company beside its name, as it held on the document's day. */
export type Letterhead = {
  /** The legal name; where none is recorded, what the company is called. */
  company: string
  /** Trading name and address, registration and tax numbers, each on a line; empty where nothing is recorded. */
  lines: readonly string[]
  /** Whom to ask, for what goes to others. */
  contact: string
}

type Row = {
  called: string
  legalName: string | null
  tradingName: string | null
  registrationNumber: string | null
  legalInformation: string | null
  reach: string | null
  address: { parts: string[]; country: CountryCode } | null
  numbers: { scheme: TaxScheme; number: string }[]
}

/** Reads the head of documents of a day; without one, of today where the company is. */
export async function letterheadOn(tx: Tx, day?: string): Promise<Letterhead> {
  const [row] = await tx.query<Row>(
    `select c.name as called, i.legal_name as "legalName", i.trading_name as "tradingName", i.registration_number as "registrationNumber",
        i.legal_information as "legalInformation", nullif(concat_ws(' · ', i.contact, i.phone, i.email, i.website), '') as reach,
        (select json_build_object('country', a.country,
            'parts', array_remove(array[a.line_1, a.line_2, a.line_3, a.city, a.region, a.postcode], null))
          from company_address a where a.company_id = $1 and a.version = i.version and a.kind = 'registered') as address,
        coalesce((select json_agg(json_build_object('scheme', n.scheme, 'number', n.number) order by n.country <> c.country, n.country, n.scheme, n.number)
          from company_tax_number n where n.company_id = $1 and n.on_documents and not n.withdrawn
            and d.day >= n.valid_from and (n.valid_to is null or d.day <= n.valid_to)), '[]') as numbers
      from company c
      cross join lateral (select coalesce($2::date, (now() at time zone c.time_zone)::date) as day) d
      left join company_identity i on i.company_id = $1 and i.version = company_identity_on(d.day)
      where c.id = $1`,
    [tx.companyId, day ?? null],
  )
  if (row === undefined) throw new Error('a company has a name')
  const { called, legalName, tradingName, registrationNumber, legalInformation, reach, address, numbers } = row
  const company = legalName ?? called
  const trading = tradingName === null || tradingName === company ? [] : [`trading as ${tradingName}`]
  const numbered = [
    ...(registrationNumber === null ? [] : [`Registration number ${registrationNumber}`]),
    ...numbers.map(({ scheme, number }) => `${taxSchemes[scheme]} ${number}`),
  ]
  const lines = [
    [...trading, ...(address === null ? [] : [addressLine(address)])].join(' · '),
    numbered.join(' · '),
    (legalInformation ?? '').replace(/\s*\n\s*/g, ' · '),
  ]
  return { company, lines: lines.filter((line) => line !== ''), contact: reach ?? '' }
}

const addressLine = ({ parts, country }: NonNullable<Row['address']>): string =>
  [...parts, isCountryCode(country) ? countryName(country) : country].join(', ')
