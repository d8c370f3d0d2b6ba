import {
  type AccountingDate,
  accountingDate,
  dateOf,
  endOfMonth,
  nextDay,
  previousDay,
  startOfMonth,
} from '../kernel/accounting-date.ts'
import { column } from '../kernel/column.ts'
import type { Range } from './periods.ts'

type Grain = 'day' | 'month' | 'quarter' | 'year'

/** Stored sums of a grain whose first days lie in a range, to be added (1) or taken off again (-1). */
export type StoredPiece = Range & { grain: Grain; sign: 1 | -1 }

/**
 * The stored sums that come to a range: whole years, quarters of the calendar and months, and days at its edges. Of one of which more than half lies in the
 * range the whole is taken, and what lies outside taken off, so that no more than half of one is read in its parts. Where months are told apart, none larger
 * is taken.
 */
export function storedPieces({ from, to }: Range, largest: 'month' | 'year'): StoredPiece[] {
  return largest === 'year' ? inYears(from, to, 1) : inMonths(from, to, 1)
}

type Sign = StoredPiece['sign']

type Unit = {
  grain: Grain
  startOf(day: AccountingDate): AccountingDate
  endOf(day: AccountingDate): AccountingDate
  /** Of more days than these the whole is taken. */
  half: number
  inParts(from: AccountingDate, to: AccountingDate, sign: Sign): StoredPiece[]
}

const inDays = (from: AccountingDate, to: AccountingDate, sign: Sign): StoredPiece[] => [
  { grain: 'day', from, to, sign },
]

const month: Unit = { grain: 'month', startOf: startOfMonth, endOf: endOfMonth, half: 15, inParts: inDays }
/** The first month of the quarter of a day, counted from zero. */
const quarterStart = (day: AccountingDate): number => Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3
const quarter: Unit = {
  grain: 'quarter',
  startOf: (day) => dateOf(Number(day.slice(0, 4)), quarterStart(day) + 1, 1),
  endOf: (day) => endOfMonth(dateOf(Number(day.slice(0, 4)), quarterStart(day) + 3, 1)),
  half: 46,
  inParts: inMonths,
}
const year: Unit = {
  grain: 'year',
  startOf: (day) => accountingDate(`${day.slice(0, 4)}-01-01`),
  endOf: (day) => accountingDate(`${day.slice(0, 4)}-12-31`),
  half: 183,
  inParts: inQuarters,
}

function inMonths(from: AccountingDate, to: AccountingDate, sign: Sign): StoredPiece[] {
  return inUnits(month, { from, to }, sign)
}

function inQuarters(from: AccountingDate, to: AccountingDate, sign: Sign): StoredPiece[] {
  return inUnits(quarter, { from, to }, sign)
}

const inYears = (from: AccountingDate, to: AccountingDate, sign: Sign): StoredPiece[] =>
  inUnits(year, { from, to }, sign)

function inUnits(unit: Unit, { from, to }: Range, sign: Sign): StoredPiece[] {
  const [firstEnd, lastStart] = [unit.endOf(from), unit.startOf(to)]
  if (firstEnd >= to) return inOneUnit(unit, { from, to }, sign)
  const between = nextDay(firstEnd)
  return [
    ...inOneUnit(unit, { from, to: firstEnd }, sign),
    ...(between < lastStart ? [{ grain: unit.grain, from: between, to: previousDay(lastStart), sign }] : []),
    ...inOneUnit(unit, { from: lastStart, to }, sign),
  ]
}

function inOneUnit(unit: Unit, { from, to }: Range, sign: Sign): StoredPiece[] {
  const [start, end] = [unit.startOf(from), unit.endOf(to)]
  if (daysFrom(from, to) <= unit.half) return unit.inParts(from, to, sign)
  const off: Sign = sign === 1 ? -1 : 1
  return [
    { grain: unit.grain, from: start, to: end, sign },
    ...(start < from ? unit.inParts(start, previousDay(from), off) : []),
    ...(to < end ? unit.inParts(nextDay(to), end, off) : []),
  ]
}

const DAY_MS = 86_400_000

const daysFrom = (from: AccountingDate, to: AccountingDate): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1

/**
 * SQL for the pieces of ranges: `place` of the range from one, `grain`, `first_start` and `last_start`, `sign`. Its parameters, from the given place on, are
 * those of `piecesOfRanges`.
 */
export const wantedPieces = (at: number): string =>
  `unnest($${at}::int[], $${at + 1}::text[], $${at + 2}::date[], $${at + 3}::date[], $${at + 4}::int[])
    as w (place, grain, first_start, last_start, sign)`

/** The parameters of `wantedPieces`. */
export function piecesOfRanges(ranges: readonly Range[], largest: 'month' | 'year'): (string | null)[] {
  const pieces = ranges.flatMap((range, index) =>
    storedPieces(range, largest).map((piece) => ({ ...piece, place: index + 1 })),
  )
  return [
    column(pieces, ({ place }) => place),
    column(pieces, ({ grain }) => grain),
    column(pieces, ({ from }) => from),
    column(pieces, ({ to }) => to),
    column(pieces, ({ sign }) => sign),
  ]
}
