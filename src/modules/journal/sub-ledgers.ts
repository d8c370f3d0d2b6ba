import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { moveGiftCards } from '../gift-cards/index.ts'
import { applyItems, type Ledger, type OpenItem, openItems } from '../receivables/index.ts'
import { type StoreCreditMovement, saveMovements } from '../store-credit/index.ts'
import { rememberLegacyCodes } from '../structures/index.ts'
import type { ResolvedLine } from './journal-lines.ts'

type PostedLine = ResolvedLine & { sourceId: string; date: AccountingDate }

/** What a line of an entry is called where its sub-ledger names its source. */
export const lineSource = (entryId: bigint, lineNo: number): string => `${entryId}/${lineNo}`

type Moved = { date: AccountingDate; lines: readonly ResolvedLine[]; posted: Posted | undefined }

/**
 * Entries that are there already must have opened the same items: one with another number or another day is another fact under an old name,
 * though its lines are the same. Refuses `fact_posted_differently`.
 */
export async function refuseOtherItems(tx: Tx, rule: string, journals: readonly Moved[]): Promise<void> {
  const items = journals.flatMap(({ date, lines, posted }) =>
    posted?.existing !== true
      ? []
      : lines.flatMap((line, index) =>
          opensItem(line) ? [itemOf(line, lineSource(posted.entryId, index + 1), date)] : [],
        ),
  )
  if (items.length === 0) return
  const [other] = await tx.query<{ source: string }>(
    `select wanted.source from unnest($2::text[], $3::text[], $4::date[], $5::date[]) as wanted (source, number, opened_on, due_on)
       join open_item i on i.company_id = $1 and i.source_kind = 'journal_line' and i.source_id = wanted.source
       where i.document_number is distinct from wanted.number or i.opened_on <> wanted.opened_on or i.due_on <> wanted.due_on limit 1`,
    [
      tx.companyId,
      column(items, (item) => item.sourceId),
      column(items, (item) => item.documentNumber),
      column(items, (item) => item.openedOn),
      column(items, (item) => item.dueOn),
    ],
  )
  if (other !== undefined) throw new Refusal('fact_posted_differently', { rule, source: `line ${other.source}` })
}

/** The item that a line opens, as far as the line itself does not say it. */
const itemOf = ({ openedOn, dueOn, documentNumber }: ResolvedLine, sourceId: string, date: AccountingDate) => ({
  sourceId,
  documentNumber,
  openedOn: openedOn ?? date,
  dueOn: dueOn ?? openedOn ?? date,
})

/** Writes what the lines of new entries moved in the sub-ledgers of their accounts, so that both stay equal. */
export async function writeSubLedgers(tx: Tx, journals: readonly Moved[]): Promise<void> {
  const lines = journals.flatMap(({ date, lines, posted }) =>
    posted === undefined || posted.existing
      ? []
      : lines.map((line, index): PostedLine => ({ ...line, date, sourceId: lineSource(posted.entryId, index + 1) })),
  )
  await rememberLegacyCodes(
    tx,
    journals.flatMap(({ lines, posted }) =>
      posted === undefined || posted.existing
        ? []
        : lines.flatMap(({ legacy }, index) =>
            legacy === null ? [] : [{ entryId: posted.entryId, lineNo: index + 1, ...legacy }],
          ),
    ),
  )
  const { currency } = only(await tx.query<{ currency: string }>('select base_currency as currency from company'))
  await openItems(
    tx,
    lines.filter(opensItem).map(({ sourceId, date, ...resolved }) => ({
      ...itemOf(resolved, sourceId, date),
      ledger: resolved.line.role as Ledger,
      partyId: resolved.line.partyId as bigint,
      sourceKind: 'journal_line',
      currency: resolved.line.currency ?? currency,
      amountMinor: resolved.line.currencyAmountMinor ?? resolved.line.amountMinor,
      baseMinor: resolved.line.amountMinor,
    })),
  )
  await moveGiftCards(
    tx,
    lines
      .filter(({ line }) => line.role === 'gift_card_liability')
      .map(({ line, sourceId, date }) => ({
        giftCardId: line.giftCardId as bigint,
        kind: line.amountMinor < 0n ? 'sold' : 'redeemed',
        sourceKind: 'journal_line',
        sourceId,
        movedOn: date,
        amountMinor: -line.amountMinor,
        taxMinor: 0n,
      })),
  )
  await writeStoreCredit(tx, lines, currency)
}

/** Lines on what customers can pay with beside money: the credit that they have is below zero. */
async function writeStoreCredit(tx: Tx, lines: readonly PostedLine[], base: string): Promise<void> {
  await saveMovements(
    tx,
    lines
      .filter(({ line }) => line.role === 'store_credit_liability')
      .map(({ line, sourceId, date }): StoreCreditMovement => {
        const amountMinor = -(line.currencyAmountMinor ?? line.amountMinor)
        return {
          partyId: line.partyId as bigint,
          currency: line.currency ?? base,
          kind: amountMinor > 0n ? 'issued' : 'redeemed',
          reference: `entry ${sourceId}`,
          movedOn: date,
          amountMinor,
        }
      }),
  )
}

async function takeBackStoreCredit(tx: Tx, values: readonly unknown[]): Promise<void> {
  const moved = await tx.query<
    Omit<StoreCreditMovement, 'kind' | 'reference'> & { reversalId: bigint; lineNo: number }
  >(
    `select m.party_id as "partyId", m.currency, m.amount_minor as "amountMinor", r.date as "movedOn", r.reversal_id as "reversalId",
        l.line_no as "lineNo"
      from ${reversedLines}
      join store_credit_movement m on m.company_id = $1 and m.reference = 'entry ' || l.entry_id || '/' || l.line_no order by m.id`,
    values,
  )
  await saveMovements(
    tx,
    moved.map(({ reversalId, lineNo, amountMinor, ...movement }) => ({
      ...movement,
      kind: amountMinor > 0n ? 'redeemed' : 'issued',
      reference: `entry ${lineSource(reversalId, lineNo)}`,
      amountMinor: -amountMinor,
    })),
  )
}

/** An exchange difference moves the base amount alone: nobody owes more or less for it. */
const opensItem = ({ line }: ResolvedLine): boolean =>
  (line.role === 'receivable' || line.role === 'payable') && (line.currencyAmountMinor ?? line.amountMinor) !== 0n

/** An entry and the one that took it back. */
export type Reversed = { entryId: bigint; reversalId: bigint; date: AccountingDate }

type TakenItem = OpenItem & { documentNumber: string | null; reversalId: bigint; lineNo: number; date: AccountingDate }

/**
 * Takes back what entries moved in the sub-ledgers. An item gets its opposite, and both are settled against each other as far as the item
 * is still open; what had been paid of it stays as the party's credit.
 */
export async function takeBackSubLedgers(tx: Tx, reversed: readonly Reversed[]): Promise<void> {
  if (reversed.length === 0) return
  const values = [
    tx.companyId,
    column(reversed, (r) => r.entryId),
    column(reversed, (r) => r.reversalId),
    column(reversed, (r) => r.date),
  ]
  await takeBackOpenItems(tx, values)
  await takeBackGiftCards(tx, values)
  await takeBackStoreCredit(tx, values)
}

const reversedLines = `unnest($2::bigint[], $3::bigint[], $4::date[]) as r (entry_id, reversal_id, date)
  join journal_line l on l.company_id = $1 and l.entry_id = r.entry_id`

async function takeBackOpenItems(tx: Tx, values: readonly unknown[]): Promise<void> {
  const items = await tx.query<TakenItem>(
    `select i.id, i.ledger, i.document_number as "documentNumber", i.party_id as "partyId", i.currency, i.amount_minor as "amountMinor", i.applied_minor as "appliedMinor",
        i.base_minor as "baseMinor", r.reversal_id as "reversalId", l.line_no as "lineNo", r.date
      from ${reversedLines}
      join open_item i on i.company_id = $1 and i.source_kind = 'journal_line' and i.source_id = l.entry_id || '/' || l.line_no
      order by i.id for update of i`,
    values,
  )
  const opposite = await openItems(
    tx,
    items.map(({ ledger, documentNumber, partyId, currency, amountMinor, baseMinor, reversalId, lineNo, date }) => ({
      ledger,
      documentNumber,
      partyId,
      sourceKind: 'journal_line',
      sourceId: lineSource(reversalId, lineNo),
      openedOn: date,
      dueOn: date,
      currency,
      amountMinor: -amountMinor,
      baseMinor: -baseMinor,
    })),
  )
  await applyItems(
    tx,
    items.flatMap((item, index) => settlement(item, opposite[index] as bigint)),
  )
}

function settlement(item: TakenItem, oppositeId: bigint) {
  const left = item.amountMinor - item.appliedMinor
  if (left === 0n) return []
  const sides = left > 0n ? [item.id, oppositeId] : [oppositeId, item.id]
  const [debitItemId, creditItemId] = sides as [bigint, bigint]
  return [{ debitItemId, creditItemId, appliedOn: item.date, amountMinor: left > 0n ? left : -left }]
}

async function takeBackGiftCards(tx: Tx, values: readonly unknown[]): Promise<void> {
  const moved = await tx.query<{
    giftCardId: bigint
    amountMinor: bigint
    reversalId: bigint
    lineNo: number
    date: AccountingDate
  }>(
    `select m.gift_card_id as "giftCardId", m.amount_minor as "amountMinor", r.reversal_id as "reversalId", l.line_no as "lineNo", r.date
      from ${reversedLines}
      join gift_card_movement m on m.company_id = $1 and m.gift_card_id = l.gift_card_id and m.source_kind = 'journal_line'
        and m.source_id = l.entry_id || '/' || l.line_no
      order by m.id`,
    values,
  )
  await moveGiftCards(
    tx,
    moved.map(({ giftCardId, amountMinor, reversalId, lineNo, date }) => ({
      giftCardId,
      kind: amountMinor > 0n ? 'refunded' : 'sold',
      sourceKind: 'journal_line',
      sourceId: lineSource(reversalId, lineNo),
      movedOn: date,
      amountMinor: -amountMinor,
      taxMinor: 0n,
    })),
  )
}
