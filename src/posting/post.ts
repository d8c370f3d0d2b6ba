import { only, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type AppendOptions, appendEntries } from '../ledger/append-entries.ts'
import { controls, roleNamed } from '../ledger/charts/index.ts'
import type { Entry, Line, Posted } from '../ledger/journal.ts'
import type { DraftLine, JournalDraft } from './draft.ts'
import { saveEntryRates } from './entry-rates.ts'
import { saveLineConditions } from './line-conditions.ts'
import { loadMappingRules, type Mapping, mappingOf } from './mapping.ts'

/**
 * Posts what the posting rules drafted: turns roles into accounts by the mapping in effect on each entry's day and appends the entries,
 * all or none. Returns what became of each, in order; see `appendEntries` for the refusals, and `mapping_missing` and
 * `control_account_needs_party`.
 */
export async function post(tx: Tx, drafts: readonly JournalDraft[], options: AppendOptions = {}): Promise<Posted[]> {
  if (drafts.length === 0) return []
  const mapping = mappingOf(await loadMappingRules(tx))
  const { currency } = only(await tx.query<{ currency: string }>('select base_currency as currency from company'))
  const posted = await appendEntries(
    tx,
    drafts.map((entry) => resolve(entry, mapping, currency)),
    options,
  )
  await saveLineConditions(tx, drafts, posted)
  await saveEntryRates(
    tx,
    drafts.flatMap(({ rates = [] }, index) => {
      const { entryId, existing } = posted[index] as Posted
      return existing ? [] : rates.map((rate) => ({ entryId, rate }))
    }),
  )
  return posted
}

function resolve(entry: JournalDraft, mapping: Mapping, baseCurrency: string): Entry {
  const { date, lines, documentKind, rates: _, ...rest } = entry
  refuseUnbalanced(entry)
  return { ...rest, effectiveOn: date, lines: lines.map((line) => resolveLine(line, entry, mapping, baseCurrency)) }
}

function refuseUnbalanced(entry: JournalDraft): void {
  if (entry.lines.length < 2) throw new Refusal('entry_too_short', { rule: entry.rule, source: entry.source.id })
  const sum = entry.lines.reduce((total, line) => total + line.amountMinor, 0n)
  if (sum !== 0n)
    throw new Refusal('entry_not_balanced', { rule: entry.rule, source: entry.source.id, difference: sum })
}

function resolveLine(line: DraftLine, entry: JournalDraft, mapping: Mapping, baseCurrency: string): Line {
  const { role, accountId, mappingRuleId = null } = line
  const currency = line.currency ?? baseCurrency
  const currencyAmountMinor = line.currencyAmountMinor ?? line.amountMinor
  if (role !== null) refuseWithoutSubLedger(line)
  if (accountId !== undefined) return { ...line, accountId, currency, currencyAmountMinor, mappingRuleId }
  if (role === null) throw new Error(`${entry.rule}: a line names neither role nor account`)
  const { itemGroupId, paymentMethod } = line
  const { itemId, taxCodeId, channelId } = line
  const { documentKind } = entry
  const mapped = mapping(role, entry.date, { itemId, itemGroupId, taxCodeId, channelId, paymentMethod, documentKind })
  // Written out, so that all lines are objects of one shape: with spread ones a batch takes half as long again.
  return {
    accountId: mapped.accountId,
    mappingRuleId: mapped.mappingRuleId,
    amountMinor: line.amountMinor,
    currency,
    currencyAmountMinor,
    partyId: line.partyId,
    itemId,
    documentId: line.documentId,
    documentLineNo: line.documentLineNo,
    orderId: line.orderId,
    channelId,
    locationId: line.locationId,
    giftCardId: line.giftCardId,
    processorReference: line.processorReference,
    taxCodeId,
    taxAuthority: line.taxAuthority,
    taxPoint: line.taxPoint,
    taxBaseMinor: line.taxBaseMinor,
  }
}

// How a line names what its account's sub-ledger is kept by.
const namedBy = {
  party: (line: DraftLine) => line.partyId,
  order: (line: DraftLine) => line.orderId ?? line.documentId,
  payment: (line: DraftLine) => line.processorReference,
  item: (line: DraftLine) => line.itemId,
  receipt: (line: DraftLine) => line.documentId,
  card: (line: DraftLine) => line.giftCardId,
} as const

function refuseWithoutSubLedger(line: DraftLine): void {
  if (line.role === null) return
  const { control } = roleNamed(line.role)
  if (control === null) return
  const names = controls[control].lineNames
  if (names.some((name) => (namedBy[name](line) ?? null) !== null)) return
  throw new Refusal('control_account_needs_party', { role: line.role, needs: names.join(' or ') })
}
