import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Role } from '../ledger/charts/roles.ts'
import type { Dimensions, Source } from '../ledger/journal.ts'
import type { UsedRate } from './exchange.ts'

/** What mapping rules can look at beside a line's role. */
export type MappingConditions = {
  itemId?: bigint | null
  itemGroupId?: bigint | null
  taxCodeId?: bigint | null
  channelId?: bigint | null
  paymentMethod?: string | null
  documentKind?: string | null
}

/** An amount in another currency than the base, beside its base amount; without it a line is in base currency. */
export type InCurrency = { currency?: string; currencyAmountMinor?: bigint }

/**
 * A line of a posting rule: an account by its role, and a signed amount in minor units of the base currency, debit positive. A line that names
 * its account (a journal by hand, a year's closing) is not mapped.
 */
export type DraftLine = Dimensions &
  InCurrency &
  Pick<MappingConditions, 'itemGroupId' | 'paymentMethod'> & {
    role: Role | null
    accountId?: bigint
    /** Why a line that names its account is there: of a line that moved because of the mapping. */
    mappingRuleId?: bigint | null
    amountMinor: bigint
    /** In an entry drafted in another currency: the base amount at which what this line settles was booked, signed as the line. */
    bookedMinor?: bigint | undefined
    /** The same of what was taxed. */
    taxBaseBookedMinor?: bigint | undefined
  }

/** What a posting rule returns: an entry whose accounts are still roles. */
export type JournalDraft = {
  rule: string
  source: Source
  revision?: number
  /** The day on which the fact took effect. */
  date: AccountingDate
  documentKind?: string
  lines: DraftLine[]
  reversesId?: bigint
  closesYear?: boolean
  description?: string
  /** The rates by which amounts of other currencies became base amounts: kept beside the entry. */
  rates?: readonly UsedRate[]
}

type LineDetail = Omit<DraftLine, 'role' | 'amountMinor'>

export const debit = (role: Role, amountMinor: bigint, detail: LineDetail = {}): DraftLine => ({
  ...detail,
  role,
  amountMinor,
})

export const credit = (role: Role, amountMinor: bigint, detail: LineDetail = {}): DraftLine => ({
  ...detail,
  role,
  amountMinor: -amountMinor,
})

/** What a credit line settles, booked at a value above zero. */
export const negated = (minor: bigint | undefined): bigint | undefined => (minor === undefined ? undefined : -minor)

/** An entry without its lines of zero: a line must move something. */
export const draft = (entry: JournalDraft): JournalDraft => ({ ...entry, lines: entry.lines.filter(movesSomething) })

const movesSomething = (line: DraftLine): boolean => line.amountMinor !== 0n || (line.currencyAmountMinor ?? 0n) !== 0n

/** Whether a draft books anything. A document of free items does not. */
export const books = (entry: JournalDraft): boolean => entry.lines.length > 0
