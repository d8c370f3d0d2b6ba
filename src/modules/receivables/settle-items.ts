import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import type { OpenItem } from './find-items.ts'
import { applyItems, openItems } from './open-items.ts'

/** What settles an item wholly or in part, such as a payment, and is known by its own source. */
export type Settlement = {
  item: Pick<OpenItem, 'id' | 'partyId' | 'currency' | 'amountMinor'>
  sourceKind: string
  sourceId: string
  on: AccountingDate
  /** The day on which its entry stands. */
  postedOn: AccountingDate
  /** Above zero, in the currency of the item. */
  amountMinor: bigint
  /** The base value at which both sides go; left out for items in base currency. */
  baseMinor?: bigint | undefined
}

/**
 * Opens an item on the other side for each settlement and applies it wholly, so that on every day the open items are what the control account
 * holds. The settled items are locked. Refuses `open_item_exceeded`.
 */
export async function settleItems(tx: Tx, settlements: readonly Settlement[]): Promise<void> {
  const opened = await openItems(
    tx,
    settlements.map(({ item, sourceKind, sourceId, on, postedOn, amountMinor, baseMinor = amountMinor }) => {
      const sign = item.amountMinor > 0n ? -1n : 1n
      return {
        partyId: item.partyId,
        sourceKind,
        sourceId,
        openedOn: postedOn,
        dueOn: on,
        currency: item.currency,
        amountMinor: amountMinor * sign,
        baseMinor: baseMinor * sign,
      }
    }),
  )
  await applyItems(
    tx,
    settlements.map(({ item, on, amountMinor, baseMinor }, index) => {
      const own = opened[index] as bigint
      const [debitItemId, creditItemId] = item.amountMinor > 0n ? [item.id, own] : [own, item.id]
      return { debitItemId, creditItemId, appliedOn: on, amountMinor, baseMinor }
    }),
  )
}
