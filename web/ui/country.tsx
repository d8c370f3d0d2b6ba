import { countries, privateTerritories } from '../../src/kernel/countries.ts'
import { locale } from './locale.ts'

const names = new Intl.DisplayNames([locale], { type: 'region' })

/** A country by its name in the reader's own language; a code that no language names stays. */
export function countryIn(code: string): string {
  const territory = (privateTerritories as Readonly<Record<string, string>>)[code]
  if (territory !== undefined) return territory
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code
}

/** A country by its name, with its code for whoever points at it. */
export const Country = ({ of }: { of: string | null | undefined }) =>
  of ? <span title={of}>{countryIn(of)}</span> : null

/** Every country by its name, to choose one. */
export const countryChoices: readonly { value: string; label: string }[] = [countries, privateTerritories]
  .flatMap((codes) => Object.keys(codes))
  .map((value) => ({ value, label: countryIn(value) }))
  .toSorted((a, b) => a.label.localeCompare(b.label, locale))
