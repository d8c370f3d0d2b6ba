import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import { findOrAddChannels } from '../modules/catalog/index.ts'
import { chargeFees, type FeeRequest, type PayoutRequest, recordPayouts } from '../modules/payments/index.ts'
import type { Calendar } from './calendar.ts'
import { marketplace } from './plan-marketplace.ts'

/** What a processor keeps: thousandths of what it takes, and so much for each payment. */
type Processor = {
  method: string
  account: string
  perMille: bigint
  eachMinor: bigint
  taxCode?: string
  everyWeeks: number
}

const processors: readonly Processor[] = [
  { method: 'card', account: '1240', perMille: 15n, eachMinor: 20n, everyWeeks: 1 },
  { method: 'paypal', account: '1244', perMille: 29n, eachMinor: 30n, everyWeeks: 1 },
  { method: marketplace, account: '1245', perMille: 120n, eachMinor: 0n, taxCode: 'standard', everyWeeks: 2 },
  { method: 'shopify_payments', account: '1246', perMille: 17n, eachMinor: 0n, everyWeeks: 1 },
]

type Taken = { on: AccountingDate; takenMinor: bigint; payments: bigint; movedMinor: bigint }

/**
 * Books what each processor kept and paid out, for weeks or fortnights that have ended: its fee on the last day, its payout two days later, which
 * reaches the bank after two more.
 */
export async function settleProcessors(tx: Tx, calendar: Calendar): Promise<void> {
  const channels = await findOrAddChannels(tx, [marketplace])
  const fees: FeeRequest[] = []
  const payouts: PayoutRequest[] = []
  for (const processor of processors) {
    const { method, perMille, eachMinor, taxCode, everyWeeks } = processor
    const days = new Map((await takenBy(tx, processor.account)).map((day) => [day.on, day]))
    for (let from = 0; from < calendar.days.length; from += 7 * everyWeeks) {
      const week = calendar.days.slice(from, from + 7 * everyWeeks)
      const [last, sentOn, arrivedOn] = [-1, 1, 3].map((place) => calendar.days[from + 7 * everyWeeks + place])
      if (last === undefined) break
      const moved = week.flatMap((day) => days.get(day) ?? [])
      const sum = (of: (day: Taken) => bigint) => moved.reduce((total, day) => total + of(day), 0n)
      const netMinor =
        (sum(({ takenMinor }) => takenMinor) * perMille + 500n) / 1_000n + sum(({ payments }) => payments) * eachMinor
      if (netMinor <= 0n) continue
      const isChannel = method === marketplace
      const fee: FeeRequest = {
        method,
        reference: `fee-${last}`,
        on: last,
        netMinor,
        role: isChannel ? 'channel_fees' : 'payment_fees',
      }
      const taxMinor = taxCode === undefined ? 0n : (netMinor + 2n) / 5n
      fees.push({
        ...fee,
        ...(taxCode === undefined ? {} : { taxCode, taxMinor }),
        channelId: isChannel ? (channels.get(marketplace) ?? null) : null,
      })
      const amountMinor = sum(({ movedMinor }) => movedMinor) - netMinor - taxMinor
      if (sentOn !== undefined && arrivedOn !== undefined && amountMinor !== 0n)
        payouts.push({ method, reference: `payout-${last}`, sentOn, arrivedOn, amountMinor })
    }
  }
  await chargeFees(tx, fees)
  await recordPayouts(tx, payouts)
}

/** What came into a clearing account by day, and what is left of it after refunds. */
const takenBy = (tx: Tx, account: string): Promise<Taken[]> =>
  tx.query<Taken>(
    `select l.posted_on as on, coalesce(sum(l.amount_minor) filter (where l.amount_minor > 0), 0)::bigint as "takenMinor",
        count(*) filter (where l.amount_minor > 0) as payments, sum(l.amount_minor)::bigint as "movedMinor"
      from account a join journal_line l on l.company_id = $1 and l.account_id = a.id
      where a.company_id = $1 and a.code = $2 group by 1`,
    [tx.companyId, account],
  )
