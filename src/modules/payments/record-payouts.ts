import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import type { JournalDraft } from '../../posting/draft.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { abroad, toBase } from '../../posting/exchange.ts'
import { type Payout, payoutArrived } from '../../posting/payout-arrived.ts'
import { payoutSent } from '../../posting/payout-sent.ts'
import { post } from '../../posting/post.ts'
import { ratesOf } from './other-currencies.ts'

/**
 * A payout, negative where the processor takes money back. Without a day of arrival it arrives on the day on which it is sent. A processor that pays
 * out in another currency than it collects says what arrived (`arrived`).
 */
export type PayoutRequest = {
  method: string
  reference: string
  sentOn: AccountingDate
  arrivedOn?: AccountingDate | undefined
  amountMinor: bigint
  /** Without it the base currency. */
  currency?: string | undefined
  arrived?: { currency: string; amountMinor: bigint } | undefined
}

/**
 * Books payouts from a processor's clearing through transit to the bank, and returns the entries of their arrival. Refuses `line_is_zero`, `rate_missing`.
 * A retry finds its entries.
 */
export async function recordPayouts(tx: Tx, requests: readonly PayoutRequest[]): Promise<Posted[]> {
  refuseRepeated(requests.map(sourceId))
  const payouts = requests.map((request): Payout => {
    const { method, reference, sentOn, arrivedOn = sentOn, amountMinor } = request
    if (amountMinor === 0n) throw new Refusal('line_is_zero', { payout: reference })
    return { id: sourceId(request), method, sentOn, arrivedOn, amountMinor }
  })
  const rates = await ratesOfPayouts(tx, requests)
  const arrived = payoutArrived(payouts).map((entry, index) =>
    arrivedAbroad(entry, requests[index] as PayoutRequest, rates),
  )
  const sent = payoutSent(payouts).map((entry) => {
    const request = requests.find((each) => sourceId(each) === entry.source.id) as PayoutRequest
    const { currency = rates.base, sentOn } = request
    return abroad(entry, { currency, base: rates.base, rate: rates.rateFor(entry.source.id, currency, sentOn) })
  })
  const posted = await post(tx, [...sent, ...arrived])
  return posted.slice(sent.length)
}

type Rates = Awaited<ReturnType<typeof ratesOf>>

const ratesOfPayouts = (tx: Tx, requests: readonly PayoutRequest[]): Promise<Rates> =>
  ratesOf(
    tx,
    'payout',
    requests.flatMap((request) => {
      const { currency, sentOn, arrivedOn = sentOn, arrived } = request
      const id = sourceId(request)
      return [
        { id, currency, on: sentOn },
        { id, currency: arrived?.currency, on: arrivedOn },
      ]
    }),
  )

/** What arrives takes out of transit what was sent, at the value at which it was sent; a difference is realised. */
function arrivedAbroad(entry: JournalDraft, request: PayoutRequest, { base, rateFor }: Rates): JournalDraft {
  const { currency = base, sentOn, arrivedOn = sentOn, amountMinor, arrived } = request
  const rate = rateFor(entry.source.id, currency, sentOn)
  if (arrived === undefined || arrived.currency === currency) return abroad(entry, { currency, base, rate })
  if (arrived.amountMinor > 0n !== amountMinor > 0n) throw new Refusal('input_invalid', { payout: request.reference })
  const money = { ...arrived, rate: rateFor(entry.source.id, arrived.currency, arrivedOn) }
  const lines = entry.lines.map((line) =>
    line.role === 'bank'
      ? line
      : { ...line, bookedMinor: rate === null ? line.amountMinor : toBase(line.amountMinor, rate) },
  )
  return abroad({ ...entry, lines }, { currency, base, rate, money })
}

const sourceId = ({ method, reference }: PayoutRequest): string => `${method}/${reference}`
