import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Dimensions } from '../ledger/journal.ts'

/** The tax in an amount: how much, by which code and to whom. Zero where there is none. */
export type TaxPart = { taxMinor: bigint; taxCodeId: bigint | null; taxAuthority: string | null }

/** What a tax line says beside its amount, so that a return can be built from it. The base is signed as on the document. */
export const taxDimensions = (
  { taxCodeId, taxAuthority }: TaxPart,
  taxPoint: AccountingDate,
  taxBaseMinor: bigint,
): Pick<Dimensions, 'taxCodeId' | 'taxAuthority' | 'taxPoint' | 'taxBaseMinor'> => ({
  taxCodeId,
  taxAuthority,
  taxPoint,
  taxBaseMinor,
})
