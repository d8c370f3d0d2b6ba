import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import type { TaxScheme } from '../../kernel/tax-schemes.ts'

/** A postal address; what it does not have is null. */
type Address = Record<'line1', string> &
  Record<'line2' | 'line3' | 'city' | 'region' | 'postcode', string | null> & { country: string }

const texts = {
  tradingName: 'trading_name',
  registrationNumber: 'registration_number',
  registrationScheme: 'registration_scheme',
  identifier: 'identifier',
  identifierScheme: 'identifier_scheme',
  electronicAddress: 'electronic_address',
  electronicAddressScheme: 'electronic_address_scheme',
  legalInformation: 'legal_information',
  contact: 'contact',
  phone: 'phone',
  email: 'email',
  website: 'website',
} as const

/** Who sold: the company before the law, as it was on a document's day. What was not recorded is null; the name is that of the company then. */
export type Seller = Record<keyof typeof texts, string | null> & {
  legalName: string
  address: Address | null
  /** The tax numbers that documents of the day show. */
  taxNumbers: { country: string; authority: string; scheme: TaxScheme; number: string }[]
}

/** Who sold by each document, by the documents' ids. One statement. */
export async function sellersOfDocuments(tx: Tx, ids: readonly string[]): Promise<Map<string, Seller>> {
  const rows = await tx.query<Seller & { documentId: bigint }>(
    `select w.id as "documentId", coalesce(i.legal_name, c.name) as "legalName",
        ${Object.entries(texts).map(([name, kept]) => `i.${kept} as "${name}"`)},
        (select json_build_object('line1', a.line_1, 'line2', a.line_2, 'line3', a.line_3, 'city', a.city, 'region', a.region,
            'postcode', a.postcode, 'country', a.country)
          from company_address a where a.company_id = $1 and a.version = i.version and a.kind = 'registered') as address,
        coalesce((select json_agg(json_build_object('country', n.country, 'authority', n.authority, 'scheme', n.scheme, 'number', n.number)
            order by n.country <> c.country, n.country, n.scheme, n.number)
          from company_tax_number n where n.company_id = $1 and n.on_documents and not n.withdrawn
            and d.issued_on >= n.valid_from and (n.valid_to is null or d.issued_on <= n.valid_to)), '[]') as "taxNumbers"
      from unnest($2::bigint[]) as w (id)
      join company c on c.id = $1
      join sales_document d on d.company_id = $1 and d.id = w.id
      left join company_identity i on i.company_id = $1 and i.version = company_identity_on(d.issued_on)`,
    [tx.companyId, column(ids, (id) => id)],
  )
  return new Map(rows.map(({ documentId, ...seller }) => [String(documentId), seller]))
}
