import { amountIn } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { smaller } from './other-currencies.ts'

/** What is open of something that a receipt pays, and how much of it is to be settled where somebody has said so. In the currency of both. */
export type Owed = { openMinor: bigint; partMinor?: bigint | undefined; name: string }

export type SharedReceipt = { settledMinor: bigint[]; leftMinor: bigint }

/**
 * Puts money to what it pays: first the parts that somebody has said, then, in order, as much of the others as there is left. Refuses
 * `amount_not_positive` for a part that is nothing, `open_item_exceeded` for one above what is open, `parts_exceed_payment` where they come to more than
 * the money.
 */
export function shareReceipt(paidMinor: bigint, owed: readonly Owed[], currency: string): SharedReceipt {
  const said = owed.reduce((sum, { partMinor = 0n }) => sum + partMinor, 0n)
  for (const { partMinor, openMinor, name } of owed) {
    if (partMinor === undefined) continue
    const [amount, open] = [partMinor, openMinor].map((minor) => amountIn(minor, currency))
    if (partMinor <= 0n) throw new Refusal('amount_not_positive', { document: name, amount })
    if (partMinor > openMinor) throw new Refusal('open_item_exceeded', { document: name, open, amount })
  }
  if (said > paidMinor)
    throw new Refusal('parts_exceed_payment', {
      parts: amountIn(said, currency),
      settles: amountIn(paidMinor, currency),
    })
  let leftMinor = paidMinor - said
  const settledMinor = owed.map(({ partMinor, openMinor }) => {
    if (partMinor !== undefined) return partMinor
    const settled = openMinor > 0n ? smaller(openMinor, leftMinor) : 0n
    leftMinor -= settled
    return settled
  })
  return { settledMinor, leftMinor }
}
