import type { Tx } from '../../kernel/database.ts'
import { amountIn } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { lockItems, type OpenItem } from './find-items.ts'
import { type Application, applyItems } from './open-items.ts'

/**
 * Settles what customers owe with what they have paid or been credited, and what we owe suppliers likewise. Posts nothing: both sides stand on the same account already. Refuses
 * `amount_not_positive`, `open_item_unknown`, `open_items_of_different_parties`, and `open_item_exceeded` for more than is open or for two
 * items of the same side.
 */
export async function applyOpenItems(tx: Tx, applications: readonly Application[]): Promise<void> {
  if (applications.length === 0) return
  const items = await lockItems(
    tx,
    applications.flatMap(({ debitItemId, creditItemId }) => [debitItemId, creditItemId]),
  )
  for (const { debitItemId, creditItemId, amountMinor } of applications) {
    const [debit, credit] = [items.get(debitItemId) as OpenItem, items.get(creditItemId) as OpenItem]
    if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { amount: amountIn(amountMinor, debit.currency) })
    if (debit.ledger !== credit.ledger || debit.partyId !== credit.partyId || debit.currency !== credit.currency)
      throw new Refusal('open_items_of_different_parties', { debit: debitItemId, credit: creditItemId })
  }
  await applyItems(tx, applications)
}
