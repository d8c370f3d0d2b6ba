import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { type Payout, payoutArrived } from '../../posting/payout-arrived.ts'
import { payoutSent } from '../../posting/payout-sent.ts'
import { post } from '../../posting/post.ts'

/** A payout, negative where the processor takes money back. Without a day of arrival it arrives on the day on which it is sent. */
export type PayoutRequest = {
  method: string
  reference: string
  sentOn: AccountingDate
  arrivedOn?: AccountingDate
  amountMinor: bigint
}

/**
 * Books payouts from a processor's clearing through transit to the bank, and returns the entries of their arrival. Refuses `line_is_zero`.
 * A retry finds its entries.
 */
export async function recordPayouts(tx: Tx, requests: readonly PayoutRequest[]): Promise<Posted[]> {
  refuseRepeated(requests.map(sourceId))
  const payouts = requests.map((request): Payout => {
    const { method, reference, sentOn, arrivedOn = sentOn, amountMinor } = request
    if (amountMinor === 0n) throw new Refusal('line_is_zero', { payout: reference })
    return { id: sourceId(request), method, sentOn, arrivedOn, amountMinor }
  })
  const arrived = payoutArrived(payouts)
  const posted = await post(tx, [...arrived, ...payoutSent(payouts)])
  return posted.slice(0, arrived.length)
}

const sourceId = ({ method, reference }: PayoutRequest): string => `${method}/${reference}`
