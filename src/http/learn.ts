import { type Database, inCompanyAsOwner } from '../kernel/database.ts'
import { freshenStatistics } from '../kernel/statistics.ts'

/** What a company has done through this server: how much, and after how much its statistics are looked at again. */
type Done = { much: number; next: number }

const FEW = 64
/** It is looked at again once so large a part of all is new: of customers, then of items, then of what they buy. */
const PART = 1 / 4

const doneBy = new WeakMap<object, Map<bigint, Done>>()

/** How many things an answer tells of: the rows of its longest list, and one where it has none. */
const countOf = (answer: unknown): number =>
  answer === null || typeof answer !== 'object'
    ? 1
    : Math.max(1, ...Object.values(answer).map((value) => (Array.isArray(value) ? value.length : 0)))

/**
 * Lets the database know of a company that other programs fill, before somebody reads what they wrote: after the first scores of what commands have
 * answered, and each time that there is a quarter more. In between it costs nothing. What goes wrong is logged and spoils nothing, since the command is done.
 */
export async function learnFrom(
  database: Database,
  companyId: bigint,
  answer: unknown,
  log: (line: string) => void,
): Promise<void> {
  const companies = doneBy.get(database.owner) ?? new Map<bigint, Done>()
  doneBy.set(database.owner, companies)
  const done = companies.get(companyId) ?? { much: 0, next: FEW }
  companies.set(companyId, done)
  done.much += countOf(answer)
  if (done.much < done.next) return
  done.next = done.much + Math.max(FEW, done.much * PART)
  try {
    await inCompanyAsOwner(database, companyId, freshenStatistics)
  } catch (error) {
    log(`The statistics of company ${companyId} stay as they were: ${error instanceof Error ? error.message : error}`)
  }
}
