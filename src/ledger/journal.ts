import type { AccountingDate } from '../kernel/accounting-date.ts'

/** What a line is about beside its account. All optional; ids are of the line's company. */
export type Dimensions = {
  partyId?: bigint | null
  itemId?: bigint | null
  documentId?: bigint | null
  documentLineNo?: number | null
  orderId?: bigint | null
  channelId?: bigint | null
  locationId?: bigint | null
  giftCardId?: bigint | null
  processorReference?: string | null
  taxCodeId?: bigint | null
  taxAuthority?: string | null
  taxPoint?: AccountingDate | null
  taxBaseMinor?: bigint | null
}

/** One line of an entry: debit positive, credit negative, in minor units of the base currency and of the line's own. */
export type Line = Dimensions & {
  accountId: bigint
  amountMinor: bigint
  currency: string
  currencyAmountMinor: bigint
  mappingRuleId?: bigint | null
}

/** What makes a fact one fact: the same source, rule and revision posts once. */
export type Source = { kind: string; id: string }

/** An entry on its way into the journal. */
export type Entry = {
  rule: string
  source: Source
  revision?: number
  /** The day on which the fact took effect. */
  effectiveOn: AccountingDate
  lines: readonly Line[]
  reversesId?: bigint
  closesYear?: boolean
  description?: string
}

/** A posted entry: `existing` tells that the fact had been posted before and nothing was written. */
export type Posted = { entryId: bigint; postedOn: AccountingDate; existing: boolean }
