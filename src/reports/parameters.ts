import { parse } from 'csv-parse/sync'
import { type AccountingDate, endOfMonth, parseAccountingDate, today } from '../kernel/accounting-date.ts'
import { only, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'

/** What a parameter of a report is. The command line, the API and the screens read it. */
export type Parameter = {
  readonly kind: 'date' | 'text' | 'choice' | 'count' | 'flag'
  readonly description: string
  readonly required?: boolean
  readonly choices?: readonly string[]
}

export type Parameters = Readonly<Record<string, Parameter>>

/** Parameters as a command line or a query string gives them. */
export type RawParameters = Readonly<Record<string, string | undefined>>

export const asOfParameter: Parameter = { kind: 'date', description: 'The day; without it, today.' }

export const rangeParameters = {
  from: { kind: 'date', description: 'The first day; without it, the first day of the books.' },
  to: { kind: 'date', description: 'The last day; without it, today.' },
} as const satisfies Parameters

export const pageParameters = {
  cursor: { kind: 'text', description: 'Where the page begins: what the page before gave as `next`.' },
  limit: { kind: 'count', description: 'Rows on a page, at most 1000; without it, 100.' },
} as const satisfies Parameters

const invalid = (parameter: string, found: string, expected: string): Refusal =>
  new Refusal('input_invalid', { parameter, found, expected })

/** Refuses `input_invalid` for a parameter that the report does not have, and for one that it cannot do without. */
export function refuseUnknownParameters(parameters: Parameters, raw: RawParameters): void {
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined || Object.hasOwn(parameters, name)) continue
    throw invalid(name, value, `one of: ${Object.keys(parameters).join(', ')}`)
  }
  for (const [name, { required }] of Object.entries(parameters)) {
    if (required === true && (raw[name] ?? '') === '') throw invalid(name, 'nothing', 'a value')
  }
}

/** A day, or undefined where none is given. Refuses `input_invalid`. */
export function readDay(raw: RawParameters, name: string): AccountingDate | undefined {
  const text = raw[name]
  if (text === undefined) return undefined
  const day = parseAccountingDate(text)
  if (day === undefined) throw invalid(name, text, 'a day such as 2011-01-31')
  return day
}

/** One of the choices, or undefined where none is given. Refuses `input_invalid`. */
export function readChoice<Choice extends string>(
  raw: RawParameters,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = raw[name]
  if (text === undefined) return undefined
  const choice = choices.find((known) => known === text)
  if (choice === undefined) throw invalid(name, text, `one of: ${choices.join(', ')}`)
  return choice
}

/**
 * A list, separated by commas; one that holds a comma itself stands in double quotes: `A1,"B,2"`. Undefined where none is given. Refuses
 * `input_invalid` for a quote that is never closed.
 */
export function readList(raw: RawParameters, name: string): string[] | undefined {
  const text = raw[name]
  if (text === undefined) return undefined
  try {
    const [record = []] = parse(text, { relax_quotes: true, record_delimiter: '\u0000' })
    return record
  } catch {
    throw invalid(name, text, 'numbers separated by commas, one with a comma in double quotes: A1,"B,2"')
  }
}

/** Whether a flag is set. Refuses `input_invalid` for anything but true and false. */
export const readFlag = (raw: RawParameters, name: string): boolean =>
  readChoice(raw, name, ['true', 'false'] as const) === 'true'

/** Rows on a page. Refuses `input_invalid`. */
export function readLimit(raw: RawParameters): number {
  const text = raw.limit ?? '100'
  const limit = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > 1000) throw invalid('limit', text, 'a whole number from 1 to 1000')
  return limit
}

type Days = { first: AccountingDate | null; last: AccountingDate | null; timeZone: string }

async function daysOfBooks(tx: Tx): Promise<Days> {
  return only(
    await tx.query<Days>(
      `select (select min(posted_on) from journal_entry where company_id = $1) as first,
          (select max(posted_on) from journal_entry where company_id = $1) as last, time_zone as "timeZone"
         from company where id = $1`,
      [tx.companyId],
    ),
  )
}

/** The day of a report: the one given, or today where the company is. Refuses `input_invalid`. */
export async function readAsOf(tx: Tx, raw: RawParameters): Promise<AccountingDate> {
  return readDay(raw, 'asOf') ?? today((await daysOfBooks(tx)).timeZone)
}

/**
 * The range of a report: without days it covers the books from their first day until today, or, by period, until the last month that has an
 * entry, so that no empty columns follow. Refuses `input_invalid`.
 */
export async function readRange(
  tx: Tx,
  raw: RawParameters,
  { byPeriod = false } = {},
): Promise<{ from: AccountingDate; to: AccountingDate }> {
  const given = { from: readDay(raw, 'from'), to: readDay(raw, 'to') }
  const days = given.from === undefined || given.to === undefined ? await daysOfBooks(tx) : undefined
  const now = today(days?.timeZone ?? 'UTC')
  const lastMonth = byPeriod && given.from === undefined && days?.last ? endOfMonth(days.last) : undefined
  const isOver = lastMonth !== undefined && lastMonth < now
  const to = given.to ?? (isOver ? lastMonth : now)
  const from = given.from ?? (days?.first && days.first < to ? days.first : to)
  if (from > to) throw invalid('from', from, `a day not after ${to}`)
  return { from, to }
}

/** Parts of a cursor, as many as expected; undefined where there is no cursor. Refuses `input_invalid`. */
export function readCursor(raw: RawParameters): { day: AccountingDate; entryId: bigint; lineNo: number } | undefined {
  const text = raw.cursor
  if (text === undefined) return undefined
  const [date = '', entry = '', line = '', ...more] = text.split('_')
  const day = parseAccountingDate(date)
  if (day === undefined || !/^[0-9]{1,18}$/.test(entry) || !/^[0-9]{1,9}$/.test(line) || more.length > 0) {
    throw invalid('cursor', text, 'what the page before gave as next')
  }
  return { day, entryId: BigInt(entry), lineNo: Number(line) }
}

/** The id of the item that a page begins after; undefined where there is no cursor. Refuses `input_invalid`. */
export function readItemCursor(raw: RawParameters): bigint | undefined {
  const text = raw.cursor
  if (text === undefined) return undefined
  if (!/^[0-9]{1,18}$/.test(text)) throw invalid('cursor', text, 'what the page before gave as next')
  return BigInt(text)
}

/** Names a place in the journal, for `readCursor`. */
export const cursorOf = (day: string, entryId: bigint, lineNo: number): string => `${day}_${entryId}_${lineNo}`
