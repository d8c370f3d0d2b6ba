import { isCountryCode } from '../../kernel/countries.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** A postal address (EN 16931 BG-5). What it does not have is null. */
export type Address = {
  line1: string
  line2: string | null
  line3: string | null
  city: string | null
  region: string | null
  postcode: string | null
  /** ISO 3166-1, two letters. */
  country: string
}

/** Who a company is before the law, as documents say it. The names are explained by the contract, with the terms of EN 16931. */
export type CompanyIdentity = {
  legalName: string
  tradingName: string | null
  registrationNumber: string | null
  registrationScheme: string | null
  identifier: string | null
  identifierScheme: string | null
  electronicAddress: string | null
  electronicAddressScheme: string | null
  legalInformation: string | null
  contact: string | null
  phone: string | null
  email: string | null
  website: string | null
  registeredAddress: Address | null
  tradingAddress: Address | null
  returnsAddress: Address | null
}

type Optional<Of> = { [Name in keyof Of]?: Of[Name] | null | undefined }

/** The same as somebody wrote it: what they leave out or leave empty is not told. */
export type WrittenAddress = Optional<Address>
export type WrittenIdentity = { legalName: string } & Optional<
  Omit<CompanyIdentity, 'legalName' | 'registeredAddress' | 'tradingAddress' | 'returnsAddress'>
> & { [Kind in 'registeredAddress' | 'tradingAddress' | 'returnsAddress']?: WrittenAddress | null | undefined }

const told = (text: string | null | undefined): string | null => {
  const kept = (text ?? '').trim().replace(/[^\S\n]+/g, ' ')
  return kept === '' ? null : kept
}

/** Puts an identity into the form in which it is kept. Refuses `company_identity_invalid` with the field and what was expected of it. */
export function readIdentity(written: WrittenIdentity): CompanyIdentity {
  const website = told(written.website)
  const identity: CompanyIdentity = {
    legalName: told(written.legalName) ?? '',
    tradingName: told(written.tradingName),
    registrationNumber: told(written.registrationNumber),
    registrationScheme: told(written.registrationScheme),
    identifier: told(written.identifier),
    identifierScheme: told(written.identifierScheme),
    electronicAddress: told(written.electronicAddress),
    electronicAddressScheme: told(written.electronicAddressScheme)?.toUpperCase() ?? null,
    legalInformation: told(written.legalInformation),
    contact: told(written.contact),
    phone: told(written.phone),
    email: told(written.email),
    website: website === null || /^[a-z][a-z0-9+.-]*:/i.test(website) ? website : `https://${website}`,
    registeredAddress: readAddress('registeredAddress', written.registeredAddress),
    tradingAddress: readAddress('tradingAddress', written.tradingAddress),
    returnsAddress: readAddress('returnsAddress', written.returnsAddress),
  }
  for (const [field, expected] of wrongWith(identity))
    if (expected !== undefined) throw new Refusal('company_identity_invalid', { field, expected })
  return identity
}

/** An address of which nothing is told is none. */
function readAddress(field: string, written: WrittenAddress | null | undefined): Address | null {
  const { line1, country, ...rest } = {
    line1: told(written?.line1),
    line2: told(written?.line2),
    line3: told(written?.line3),
    city: told(written?.city),
    region: told(written?.region),
    postcode: told(written?.postcode)?.toUpperCase() ?? null,
    country: told(written?.country)?.toUpperCase() ?? null,
  }
  // A country alone is what a form proposes, and no address.
  if (line1 === null && Object.values(rest).every((part) => part === null)) return null
  if (line1 === null)
    throw new Refusal('company_identity_invalid', { field: `${field}.line1`, expected: 'a first line' })
  if (country === null || !isCountryCode(country))
    throw new Refusal('company_identity_invalid', { field: `${field}.country`, expected: 'a country by ISO 3166' })
  return { line1, ...rest, country }
}

const icd = 'the four digits of a scheme of ISO/IEC 6523, such as 0088 for a GLN'

/** Each field with what is wrong with it. The first that is wrong is told. */
function* wrongWith(identity: CompanyIdentity): Generator<[field: string, expected: string | undefined]> {
  const { legalName, registrationNumber, registrationScheme, identifier, identifierScheme, phone, email, website } =
    identity
  const { electronicAddress, electronicAddressScheme } = identity
  yield ['legalName', legalName === '' ? 'the name under which the company is registered' : undefined]
  yield ['registrationScheme', unlessForm(registrationScheme, /^[0-9]{4}$/, icd)]
  if (registrationScheme !== null)
    yield ['registrationNumber', registrationNumber === null ? 'a number beside its scheme' : undefined]
  yield ['identifierScheme', unlessForm(identifierScheme, /^[0-9]{4}$/, icd)]
  if (identifierScheme !== null)
    yield ['identifier', identifier === null ? 'an identifier beside its scheme' : undefined]
  yield [
    'electronicAddressScheme',
    (electronicAddress === null) === (electronicAddressScheme === null)
      ? unlessForm(
          electronicAddressScheme,
          /^([0-9]{4}|EM|AN|AQ|AS|AU)$/,
          'a code of the EAS list, such as 0088 or 9932',
        )
      : 'an electronic address and its scheme, or neither',
  ]
  yield [
    'phone',
    unlessForm(phone, /^[+(]?[0-9][0-9 ()./-]{4,}( ?(x|ext\.?) ?[0-9]+)?$/i, 'a phone number such as +44 20 7946 0000'),
  ]
  yield ['email', unlessForm(email, /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/, 'an e-mail address such as office@shop.example')]
  yield ['website', website === null || isWebAddress(website) ? undefined : 'an address such as https://shop.example']
}

const unlessForm = (text: string | null, form: RegExp, expected: string): string | undefined =>
  text === null || form.test(text) ? undefined : expected

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.hostname.includes('.') &&
    url.username === '' &&
    !/\s/.test(text)
  )
}
