import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { type AccountingDate, parseAccountingDate } from '../kernel/accounting-date.ts'
import { UsageError } from './command.ts'

/** Reads options and positional words. Throws `UsageError` for an unknown option, or one without its value. */
export function readWords<Options extends ParseArgsOptionsConfig>(words: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(firstSentence(error.message))
    throw error
  }
}

const firstSentence = (message: string): string => `${message.split('. ')[0]?.replace(/\.$/, '')}.`

/** A value that the command cannot do without. */
export function needed(value: string | undefined, what: string): string {
  if (value === undefined || value.trim() === '') throw new UsageError(`Say ${what}.`)
  return value
}

export const neededCompany = (value: string | undefined): string => needed(value, 'which company: --company ID')

/** Refuses words that nobody reads, since they are more often a mistake than meant. */
export function exactly(positionals: readonly string[], names: readonly string[]): string[] {
  for (const [index, name] of names.entries()) {
    if ((positionals[index] ?? '').trim() === '') throw new UsageError(`Give ${name}.`)
  }
  const extra = positionals[names.length]
  if (extra !== undefined) throw new UsageError(`'${extra}' is one word too many.`)
  return [...positionals]
}

export function optionalDay(value: string | undefined, option: string): AccountingDate | undefined {
  if (value === undefined) return undefined
  const day = parseAccountingDate(value)
  if (day === undefined) throw new UsageError(`--${option} must be a day such as 2011-01-31, not '${value}'.`)
  return day
}

/** '2011-01' as the first day of the month. */
export function month(value: string): AccountingDate {
  const day = parseAccountingDate(`${value}-01`)
  if (day === undefined) throw new UsageError(`A period is a month such as 2011-01, not '${value}'.`)
  return day
}

/** The number of a month, 1 to 12. */
export function monthNumber(value: string | undefined, option: string): number | undefined {
  if (value === undefined) return undefined
  if (!/^(1[0-2]|[1-9])$/.test(value)) throw new UsageError(`--${option} is the number of a month, 1 to 12.`)
  return Number(value)
}

export function oneOf<Value extends string>(value: string, allowed: readonly Value[], what: string): Value {
  const found = allowed.find((candidate) => candidate === value)
  if (found === undefined) throw new UsageError(`${what} is one of ${allowed.join(', ')}, not '${value}'.`)
  return found
}
