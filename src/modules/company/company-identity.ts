import { type AccountingDate, accountingDate, previousDay, today } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import { lockCompany } from './change-company.ts'
import { type CompanyIdentity, readIdentity, type WrittenIdentity } from './read-identity.ts'

/** A version of who the company is before the law, from its day on; `effectiveFrom` is null where it has held from the beginning. */
export type IdentityVersion = CompanyIdentity & {
  version: number
  effectiveFrom: AccountingDate | null
  /** Who recorded it, and when. */
  author: string
  recordedAt: string
  /** When a planned version was taken away; null while it stands. */
  withdrawnAt: string | null
}

/** The first day of every calendar here: what has held from the beginning. */
const beginning = accountingDate('0001-01-01')

const address = (kind: string): string =>
  `(select json_build_object('line1', a.line_1, 'line2', a.line_2, 'line3', a.line_3, 'city', a.city, 'region', a.region,
      'postcode', a.postcode, 'country', a.country)
    from company_address a where a.company_id = i.company_id and a.version = i.version and a.kind = '${kind}')`

const columns = `i.version, nullif(i.effective_from, date '0001-01-01') as "effectiveFrom", i.legal_name as "legalName",
  i.trading_name as "tradingName", i.registration_number as "registrationNumber", i.registration_scheme as "registrationScheme",
  i.identifier, i.identifier_scheme as "identifierScheme", i.electronic_address as "electronicAddress",
  i.electronic_address_scheme as "electronicAddressScheme", i.legal_information as "legalInformation", i.contact, i.phone, i.email, i.website,
  ${address('registered')} as "registeredAddress", ${address('trading')} as "tradingAddress", ${address('returns')} as "returnsAddress",
  i.author, ${utcMoment('i.recorded_at')} as "recordedAt",
  (select ${utcMoment('w.withdrawn_at')} from company_identity_withdrawal w where w.company_id = $1 and w.version = i.version) as "withdrawnAt"`

/** Every version that was ever recorded, the last to take effect first. */
export const listIdentityVersions = (tx: Tx): Promise<IdentityVersion[]> =>
  tx.query<IdentityVersion>(
    `select ${columns} from company_identity i where i.company_id = $1 order by i.effective_from desc, i.version desc`,
    [tx.companyId],
  )

/** The version that holds on a day; undefined where nothing was recorded for it. */
export async function identityOn(tx: Tx, day: AccountingDate): Promise<IdentityVersion | undefined> {
  const [found] = await tx.query<IdentityVersion>(
    `select ${columns} from company_identity i where i.company_id = $1 and i.version = company_identity_on($2)`,
    [tx.companyId, day],
  )
  return found
}

/** What holds now, how long, and how many versions were recorded and taken away: whoever changes it has seen all of that. */
export type CurrentIdentity = {
  identity: IdentityVersion | null
  /** The last day on which it holds, where another version follows. */
  until: AccountingDate | null
  versions: number
  withdrawn: number
}

export async function currentIdentity(tx: Tx, asked?: AccountingDate): Promise<CurrentIdentity> {
  const day = asked ?? today((await companyFacts(tx)).timeZone)
  const [following] = await tx.query<{ next: AccountingDate | null; versions: number; withdrawn: number }>(
    `select min(i.effective_from) filter (where i.effective_from > $2 and w.version is null) as next, count(*)::int as versions,
        count(w.version)::int as withdrawn
       from company_identity i left join company_identity_withdrawal w on w.company_id = $1 and w.version = i.version where i.company_id = $1`,
    [tx.companyId, day],
  )
  const { next = null, versions = 0, withdrawn = 0 } = following ?? {}
  const identity = (await identityOn(tx, day)) ?? null
  return { identity, until: next === null ? null : previousDay(next), versions, withdrawn }
}

/**
 * Takes planned versions away, which then never hold; what they would have replaced goes on. They stay recorded. One that is taken away already stays so.
 * Refuses `company_identity_invalid` for a version that nobody recorded and for one whose day has come: a document may have said it.
 */
export async function withdrawIdentities(tx: Tx, versions: readonly number[]): Promise<void> {
  await lockCompany(tx)
  const now = today((await companyFacts(tx)).timeZone)
  const recorded = new Map((await listIdentityVersions(tx)).map((one) => [one.version, one]))
  for (const version of versions) {
    const from = recorded.get(version)?.effectiveFrom ?? beginning
    if (from <= now)
      throw new Refusal('company_identity_invalid', {
        field: 'version',
        found: version,
        expected: 'one that is planned',
      })
  }
  await tx.query(
    `insert into company_identity_withdrawal (company_id, version)
       select $1, v.version from unnest($2::int[]) as v (version) on conflict (company_id, version) do nothing`,
    [tx.companyId, column(versions, (version) => version)],
  )
}

/**
 * Records who the company is from a day on, as the next version; without a day from the beginning where nothing is recorded, and otherwise from today.
 * What was recorded stays, and holds for the days before. Nothing is recorded where just that is recorded for that day already, or no day is named and it holds. Refuses
 * `company_identity_invalid` and `country_unknown`.
 */
export async function recordIdentity(
  tx: Tx,
  written: WrittenIdentity,
  from?: AccountingDate | null,
): Promise<IdentityVersion> {
  const identity = readIdentity(written)
  await lockCompany(tx)
  const recorded = await listIdentityVersions(tx)
  const usual = recorded.every(({ withdrawnAt }) => withdrawnAt !== null)
    ? beginning
    : today((await companyFacts(tx)).timeZone)
  const effectiveFrom = from === undefined ? usual : (from ?? beginning)
  const holding = await identityOn(tx, effectiveFrom)
  // From a later day it is said again nevertheless: who corrects the past must not change what was said from then on.
  const sameDay = from === undefined || (holding?.effectiveFrom ?? beginning) === effectiveFrom
  if (holding !== undefined && sameDay && saysTheSame(holding, identity)) return holding
  const version = Math.max(0, ...recorded.map((one) => one.version)) + 1
  await tx.query(
    `insert into company_identity (company_id, version, effective_from, legal_name, trading_name, registration_number, registration_scheme,
        identifier, identifier_scheme, electronic_address, electronic_address_scheme, legal_information, contact, phone, email, website)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [tx.companyId, version, effectiveFrom, ...textFields.map((name) => identity[name])],
  )
  const addresses = addressKinds.flatMap(([kind, name]) => {
    const found = identity[name]
    return found === null ? [] : [{ kind, ...found }]
  })
  await tx.query(
    `insert into company_address (company_id, version, kind, line_1, line_2, line_3, city, region, postcode, country)
       select $1, $2, a.* from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[]) a`,
    [
      tx.companyId,
      version,
      column(addresses, (a) => a.kind),
      column(addresses, (a) => a.line1),
      column(addresses, (a) => a.line2),
      column(addresses, (a) => a.line3),
      column(addresses, (a) => a.city),
      column(addresses, (a) => a.region),
      column(addresses, (a) => a.postcode),
      column(addresses, (a) => a.country),
    ],
  )
  return (await listIdentityVersions(tx)).find((one) => one.version === version) as IdentityVersion
}

const textFields = [
  'legalName',
  'tradingName',
  'registrationNumber',
  'registrationScheme',
  'identifier',
  'identifierScheme',
  'electronicAddress',
  'electronicAddressScheme',
  'legalInformation',
  'contact',
  'phone',
  'email',
  'website',
] as const satisfies readonly (keyof CompanyIdentity)[]

const addressKinds = [
  ['registered', 'registeredAddress'],
  ['trading', 'tradingAddress'],
  ['returns', 'returnsAddress'],
] as const

const saysTheSame = (one: CompanyIdentity, other: CompanyIdentity): boolean =>
  textFields.every((name) => one[name] === other[name]) &&
  addressKinds.every(([, name]) => sameAddress(one[name], other[name]))

const addressParts = ['line1', 'line2', 'line3', 'city', 'region', 'postcode', 'country'] as const

const sameAddress = (one: CompanyIdentity['registeredAddress'], other: CompanyIdentity['registeredAddress']): boolean =>
  addressParts.every((part) => one?.[part] === other?.[part])
