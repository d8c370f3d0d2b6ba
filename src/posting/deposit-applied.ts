import type { AccountingDate } from '../kernel/accounting-date.ts'
import { divideRounded } from '../kernel/decimal.ts'
import { credit, debit, draft, type JournalDraft, negated } from './draft.ts'
import { type TaxPart, taxDimensions } from './tax-part.ts'

/** What is taken from a deposit to settle an invoice: net and tax, at the deposit's own rates. */
export type DepositApplied = TaxPart & {
  id: string
  date: AccountingDate
  partyId: bigint
  documentId: bigint
  orderId?: bigint | null
  netMinor: bigint
  /** What each side stands at in base currency, where it is in another: the deposit at its own rate, what is owed at the invoice's. */
  booked?: { netMinor: bigint; taxMinor: bigint; receivableMinor: bigint } | undefined
}

/**
 * A prepayment settles its invoice. The tax that was due on the day of the payment comes back here, since the invoice declares the tax of
 * the whole sale: none of it is declared twice.
 *
 * Dr customer_deposits (net), output_tax · Cr receivable (gross).
 */
export const depositApplied = (applications: readonly DepositApplied[]): JournalDraft[] =>
  applications.map((application) => {
    const { id, date, partyId, documentId, orderId, netMinor, taxMinor, booked } = application
    const about = { partyId, documentId, orderId }
    return draft({
      rule: 'deposit-applied',
      source: { kind: 'deposit_application', id },
      date,
      lines: [
        debit('customer_deposits', netMinor, { ...about, bookedMinor: booked?.netMinor }),
        debit('output_tax', taxMinor, {
          ...about,
          ...taxDimensions(application, date, -netMinor),
          bookedMinor: booked?.taxMinor,
          taxBaseBookedMinor: negated(booked?.netMinor),
        }),
        credit('receivable', netMinor + taxMinor, { ...about, bookedMinor: negated(booked?.receivableMinor) }),
      ],
    })
  })

export type DepositLeft = { netMinor: bigint; taxMinor: bigint; appliedNetMinor: bigint; appliedTaxMinor: bigint }

/**
 * What of a deposit settles an amount owed: min(owed, left), split as the deposit is split into net and tax, the net rounded half away
 * from zero. The application that uses the deposit up takes what is left of both, so that no penny stays behind.
 */
export function shareOfDeposit(deposit: DepositLeft, owedMinor: bigint): { netMinor: bigint; taxMinor: bigint } {
  const leftNet = deposit.netMinor - deposit.appliedNetMinor
  const leftTax = deposit.taxMinor - deposit.appliedTaxMinor
  const taken = smaller(owedMinor, leftNet + leftTax)
  if (taken <= 0n) return { netMinor: 0n, taxMinor: 0n }
  if (taken === leftNet + leftTax) return { netMinor: leftNet, taxMinor: leftTax }
  const inProportion = divideRounded(taken * deposit.netMinor, deposit.netMinor + deposit.taxMinor)
  // Rounded parts of many small applications can use one side up before the other; the other then gives the rest.
  const netMinor = larger(smaller(inProportion, leftNet), taken - leftTax)
  return { netMinor, taxMinor: taken - netMinor }
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
