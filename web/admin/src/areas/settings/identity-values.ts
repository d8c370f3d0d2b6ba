import type { CompanyIdentity, CompanyIdentityVersion } from '../../../../../clients/typescript/src/api.ts'
import { legal } from './identity-texts.ts'

export const textNames = [
  'legalName',
  'tradingName',
  'registrationNumber',
  'legalInformation',
  'contact',
  'phone',
  'email',
  'website',
  'registrationScheme',
  'identifier',
  'identifierScheme',
  'electronicAddress',
  'electronicAddressScheme',
] as const
export type TextName = (typeof textNames)[number]

export const addressKinds = ['registered', 'trading', 'returns'] as const
export type AddressKind = (typeof addressKinds)[number]
export const addressParts = ['line1', 'line2', 'line3', 'city', 'region', 'postcode', 'country'] as const
export type AddressPart = (typeof addressParts)[number]

/** What the form holds: the parts of the addresses beside each other, so that somebody else's change is shown part by part. */
export type IdentityValues = Record<TextName | `${AddressKind}_${AddressPart}`, string> & {
  effectiveFrom: string | null
}

/** What the form begins with; a change holds from today unless another day is said, and the first record from the beginning. */
export function identityValues({ identity }: CompanyIdentity, day: string, country: string): IdentityValues {
  const texts = textNames.map((name) => [name, identity?.[name] ?? ''])
  const parts = addressKinds.flatMap((kind) =>
    addressParts.map((part) => [
      `${kind}_${part}`,
      identity?.[`${kind}Address`]?.[part] ?? (part === 'country' && kind === 'registered' ? country : ''),
    ]),
  )
  return {
    ...Object.fromEntries([...texts, ...parts]),
    effectiveFrom: identity === null ? null : day,
  } as IdentityValues
}

/** What is sent: what is empty is not told, and an address without anything but its country is none. */
export function identityBody(values: IdentityValues) {
  const told = (text: string): string | null => (text.trim() === '' ? null : text)
  const addressOf = (kind: AddressKind) => {
    const parts = Object.fromEntries(addressParts.map((part) => [part, told(values[`${kind}_${part}`])]))
    return addressParts.every((part) => part === 'country' || parts[part] === null) ? null : parts
  }
  return {
    ...Object.fromEntries(textNames.map((name) => [name, told(values[name])])),
    legalName: values.legalName,
    registeredAddress: addressOf('registered'),
    tradingAddress: addressOf('trading'),
    returnsAddress: addressOf('returns'),
    effectiveFrom: values.effectiveFrom,
  }
}

/** The field of the form that the API calls `registeredAddress.line1`. */
export const placeOf = (field: string): string => field.replace(/^(registered|trading|returns)Address\./, '$1_')

export const identityLabels: Readonly<Record<string, string>> = {
  ...Object.fromEntries(textNames.map((name) => [name, legal(`identity_${name}`)])),
  ...Object.fromEntries(
    addressKinds.flatMap((kind) =>
      addressParts.map((part) => [
        `${kind}_${part}`,
        legal('addressPart', { kind: legal(`address_${kind}`), part: legal(`address_${part}`) }),
      ]),
    ),
  ),
  effectiveFrom: legal('holdsFrom'),
}

/** Whether anything of an address is told in a version. */
export const hasAddress = (identity: CompanyIdentityVersion | null, kind: AddressKind): boolean =>
  (identity?.[`${kind}Address`] ?? null) !== null
