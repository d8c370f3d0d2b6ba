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

type Version = { version: number; effectiveFrom: string }

/** The versions of one rule: what holds today, what will from a later day on, in order, and all that came before. */
export type Standing<Rule> = { now: Rule | undefined; coming: readonly Rule[]; earlier: readonly Rule[] }

/** On every day the newest version counts whose day has come: so of those that begin later, one holds only until a newer one begins. */
export function standingOf<Rule extends Version>(versions: readonly Rule[], today: string): Standing<Rule> {
  const newest = [...versions].sort((a, b) => b.version - a.version || b.effectiveFrom.localeCompare(a.effectiveFrom))
  const now = newest.find(({ effectiveFrom }) => effectiveFrom <= today)
  const coming = newest
    .filter((one, at) => {
      const newer = newest.slice(0, at)
      return one.effectiveFrom > today && newer.every(({ effectiveFrom }) => effectiveFrom > one.effectiveFrom)
    })
    .sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
  return { now, coming, earlier: newest.filter((one) => one !== now && !coming.includes(one)) }
}

export type ShownRule<Rule> = { rule: Rule; place: 'now' | 'coming' | 'earlier' }

/** Rules as the rows of a table: for each what holds today, what comes, and where they are wanted those before. */
export function shownRules<Rule extends Version>(
  rules: readonly Rule[],
  { keyOf, today, withEarlier }: { keyOf(rule: Rule): string; today: string; withEarlier: boolean },
): ShownRule<Rule>[] {
  return [...Map.groupBy(rules, keyOf).values()].flatMap((versions) => {
    const { now, coming, earlier } = standingOf(versions, today)
    const all: ShownRule<Rule>[] = coming.map((rule) => ({ rule, place: 'coming' }))
    if (now !== undefined) all.unshift({ rule: now, place: 'now' })
    if (withEarlier) all.push(...earlier.map((rule) => ({ rule, place: 'earlier' as const })))
    return all
  })
}
