import type { Document } from '../../../../../clients/typescript/src/api.ts'
import { decimalOf, minorUnits, placesOf } from '../../../../ui/exact.ts'

/** The source of documents that are issued here: of others, the credit notes come from where they do. */
const OWN_SOURCE = 'countinghouse'

type DocumentLine = NonNullable<Document['lines']>[number]

/** A line of an invoice of which something can be credited, and how much. */
export type Creditable = DocumentLine & { left: string }

/** The lines of an invoice of our own of which something is left. */
export function creditableOf({ kind, source, lines = [] }: Document): Creditable[] {
  if (kind !== 'invoice' || source !== OWN_SOURCE) return []
  return lines.flatMap((line) => {
    const places = Math.max(placesOf(line.quantity), placesOf(line.creditedQuantity))
    const units = minorUnits(line.quantity, places) - minorUnits(line.creditedQuantity, places)
    const left = decimalOf(units, places)
    return units > 0n ? [{ ...line, left: left.includes('.') ? left.replace(/\.?0+$/, '') : left }] : []
  })
}
