import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { depositForfeited } from '../../posting/deposit-forfeited.ts'
import { entriesOfSources, refuseRepeated } from '../../posting/entries-of-sources.ts'
import { abroad } from '../../posting/exchange.ts'
import { post } from '../../posting/post.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'
import { findRates } from '../rates/index.ts'
import { type Capture, heldBy, lockCaptures } from './refundable.ts'
import { saveDepositsUsed, takeDepositBase } from './take-deposit.ts'

/** A prepayment of which all that is left is kept: what goes back to the customer is refunded before. */
export type ForfeitRequest = { paymentId: bigint; on: AccountingDate; reason: string }

type Forfeit = ForfeitRequest & { capture: Capture; parts: { netMinor: bigint; bookedMinor: bigint }[] }

/**
 * Keeps what is left of prepayments as other income; their tax stays declared. Refuses `reason_missing`, `payment_unknown`,
 * `input_invalid` for a day before the payment, `deposit_spent` where nothing is left, `fact_posted_differently` for a payment
 * forfeited on another day or for another reason, and `approval_needed` where the company wants a second person for so much and none has
 * approved it. A retry finds its entry.
 */
export async function forfeitDeposits(
  tx: Tx,
  requests: readonly ForfeitRequest[],
  postedBy = tx.actor,
  { approved = false }: Approved = {},
): Promise<Posted[]> {
  if (requests.length === 0) return []
  const ids = requests.map(({ paymentId }) => String(paymentId))
  refuseRepeated(ids)
  const captures = await lockCaptures(
    tx,
    requests.map(({ paymentId }) => paymentId),
  )
  const before = await entriesOfSources(tx, 'deposit_forfeited', ids)
  await refuseOtherContent(tx, requests, before)
  const fresh = requests.filter(({ paymentId }) => !before.has(String(paymentId)))
  const forfeits = fresh.map((request) => takeAllLeft(request, captures))
  if (!approved) await refuseUnapproved(tx, 'journal', forfeits.map(amountForfeited))
  const { base } = await findRates(tx, [])
  const drafts = depositForfeited(
    forfeits.map(({ capture, on, ...forfeit }) => ({
      ...forfeit,
      date: on,
      partyId: capture.party_id,
      reference: capture.reference,
    })),
  )
  const posted = await post(
    tx,
    drafts.map((entry, index) =>
      abroad(entry, { currency: (forfeits[index] as Forfeit).capture.deposits[0]?.currency ?? base, base, rate: null }),
    ),
    { postedBy },
  )
  await saveDepositsUsed(
    tx,
    forfeits.flatMap(({ capture }) => capture.deposits),
  )
  const now = new Map(fresh.map(({ paymentId }, index) => [String(paymentId), posted[index] as Posted]))
  return ids.map((id) => (before.get(id) ?? now.get(id)) as Posted)
}

/** What becomes income, in minor units of the base currency. */
const amountForfeited = ({ parts }: Forfeit): bigint => parts.reduce((sum, { bookedMinor }) => sum + bookedMinor, 0n)

/** Takes net and tax out of the deposit; only the net leaves its account. */
function takeAllLeft(request: ForfeitRequest, captures: ReadonlyMap<bigint, Capture>): Forfeit {
  const { paymentId, on, reason } = request
  if (reason.trim() === '') throw new Refusal('reason_missing', { payment: paymentId })
  const capture = captures.get(paymentId)
  if (capture === undefined) throw new Refusal('payment_unknown', { payment: paymentId })
  if (on < capture.paid_on) throw new Refusal('input_invalid', { on, expected: `a day not before ${capture.paid_on}` })
  const holding = capture.deposits.filter((deposit) => heldBy(deposit) > 0n)
  if (holding.length === 0) throw new Refusal('deposit_spent', { payment: capture.reference })
  const parts = holding.map((deposit) => {
    const netMinor = deposit.netMinor - deposit.appliedNetMinor
    const booked = takeDepositBase(deposit, { netMinor, taxMinor: deposit.taxMinor - deposit.appliedTaxMinor })
    return { netMinor, bookedMinor: booked.netMinor }
  })
  return { ...request, capture, parts }
}

async function refuseOtherContent(
  tx: Tx,
  requests: readonly ForfeitRequest[],
  before: ReadonlyMap<string, Posted>,
): Promise<void> {
  const repeated = requests.filter(({ paymentId }) => before.has(String(paymentId)))
  if (repeated.length === 0) return
  const rows = await tx.query<{ id: bigint; on: AccountingDate; reason: string }>(
    `select e.id, e.effective_on as on, e.description as reason from unnest($2::bigint[]) as wanted (id)
       join journal_entry e on e.company_id = $1 and e.id = wanted.id`,
    [tx.companyId, column(repeated, ({ paymentId }) => before.get(String(paymentId))?.entryId)],
  )
  const stored = new Map(rows.map((row) => [row.id, row]))
  for (const { paymentId, on, reason } of repeated) {
    const row = stored.get(before.get(String(paymentId))?.entryId as bigint)
    if (row?.on !== on || row.reason !== reason)
      throw new Refusal('fact_posted_differently', { rule: 'deposit-forfeited', source: paymentId })
  }
}
