import type { MappingRule } from '../../../../../clients/typescript/src/api.ts'
import { countries } from '../../../../../src/kernel/countries.ts'
import { wordsOfRole } from '../../../../ui/words.ts'
import { t } from './texts.ts'

/** A name of the API as people read it: 'payment_clearing' is 'Payment clearing'. */
export const readable = (name: string): string => {
  const words = name.replaceAll(/[_-]/g, ' ')
  return capital(words)
}

const capital = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1)

/** What an account is for, as people read it: 'What customers owe'. */
export const roleNamed = (role: string): string => capital(wordsOfRole(role))

export const conditionNames = ['item', 'itemGroup', 'taxCode', 'channel', 'paymentMethod', 'documentKind'] as const

/** What a rule looks at, in words: 'Item MUG, Channel web'. */
export const conditionsOf = (rule: Pick<MappingRule, (typeof conditionNames)[number]>): string =>
  conditionNames.flatMap((name) => (rule[name] === null ? [] : [`${t(name)} ${rule[name]}`])).join(', ')

const beginning = '0001-01-01'

/** Undefined for what has always held. */
export const since = (day: string): string | undefined => (day === beginning ? undefined : day)

/** A country by its name, and the groups of countries in words. */
export const destinationNamed = (destination: string): string =>
  destination === 'eu' || destination === 'unclear' || destination === 'elsewhere'
    ? t(`destination${destination}`)
    : ((countries as Readonly<Record<string, string>>)[destination] ?? destination)

/** The versions of one rule: what is the same for all of them is its key. The newest comes first. */
export function versionsOf<Rule extends { version: number; effectiveFrom: string }>(
  rules: readonly Rule[],
  keyOf: (rule: Rule) => string,
): Map<string, Rule[]> {
  const groups = Map.groupBy(rules, keyOf)
  for (const versions of groups.values())
    versions.sort((a, b) => b.version - a.version || b.effectiveFrom.localeCompare(a.effectiveFrom))
  return groups
}
