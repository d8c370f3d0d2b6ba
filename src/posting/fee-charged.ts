import type { AccountingDate } from '../kernel/accounting-date.ts'
import { credit, debit, draft, type JournalDraft } from './draft.ts'
import { type TaxPart, taxDimensions } from './tax-part.ts'

/**
 * What a processor or marketplace keeps of our money. `netMinor` is without tax. Tax is either charged by a domestic supplier, and then part
 * of what is kept, or a reverse charge on a foreign one's: declared and recovered by us, and nothing to pay.
 */
export type FeeCharged = {
  id: string
  date: AccountingDate
  role: 'payment_fees' | 'channel_fees'
  method: string
  reference?: string | null
  channelId?: bigint | null
  netMinor: bigint
  tax?: (TaxPart & { reverseCharge: boolean }) | null
}

/**
 * Fees stand on their own, and sales stay gross.
 *
 * Dr payment_fees or channel_fees, input_tax · Cr payment_clearing; with a reverse charge also Cr output_tax, as much as input_tax.
 */
export const feeCharged = (fees: readonly FeeCharged[]): JournalDraft[] =>
  fees.map(({ id, date, role, method, reference, channelId, netMinor, tax }) => {
    const about = { channelId, processorReference: reference }
    const taxMinor = tax?.taxMinor ?? 0n
    const declared = tax?.reverseCharge ? taxMinor : 0n
    const taxed = tax ? taxDimensions(tax, date, netMinor) : {}
    return draft({
      rule: 'fee-charged',
      source: { kind: 'fee', id },
      date,
      lines: [
        debit(role, netMinor, { ...about, paymentMethod: method, taxCodeId: tax?.taxCodeId }),
        debit('input_tax', taxMinor, { ...about, ...taxed }),
        credit('output_tax', declared, { ...about, ...taxed }),
        credit('payment_clearing', netMinor + taxMinor - declared, { ...about, paymentMethod: method }),
      ],
    })
  })
