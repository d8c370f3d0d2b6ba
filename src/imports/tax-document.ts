import type { AccountingDate } from '../kernel/accounting-date.ts'
import { divideRounded, multiplyMinor } from '../kernel/decimal.ts'
import { allocate } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { DepositTax } from '../modules/payments/index.ts'
import type { DocumentTax } from '../modules/sales/index.ts'
import { rateOn, type TaxCode, taxInGross } from '../modules/tax/index.ts'

/** An amount to tax, signed, with its tax where the source gives it. */
export type Taxable = { amountMinor: bigint; taxCode: TaxCode; taxMinor: bigint | null }

export type TaxedDocument = { netMinors: bigint[]; taxes: DocumentTax[] }

/**
 * Taxes the amounts of a document. The tax of a code is what the source gives for each of its amounts, or, where it gives none, the rate of the
 * day on their sum, rounded once; from gross amounts it is taken out of them, and their nets add up to the rest. What is outside the scope of
 * tax carries none. Refuses `input_invalid` for a code of which some amounts have their tax and others have not, and for tax outside the scope;
 * `tax_code_unknown` where no rate is known.
 */
export function taxDocument(amounts: readonly Taxable[], prices: 'net' | 'gross', day: AccountingDate): TaxedDocument {
  const netMinors = amounts.map(({ amountMinor }) => amountMinor)
  const taxes: DocumentTax[] = []
  const codes = new Map(amounts.map(({ taxCode }) => [taxCode.id, taxCode]))
  for (const code of codes.values()) {
    const places = amounts.flatMap(({ taxCode }, place) => (taxCode.id === code.id ? [place] : []))
    const given = places.flatMap((place) => amounts[place]?.taxMinor ?? [])
    if (given.length > 0 && given.length < places.length)
      throw new Refusal('input_invalid', { taxCode: code.code, tax: 'given for some amounts and not for others' })
    if (code.kind === 'outside_scope') {
      if (given.some((tax) => tax !== 0n))
        throw new Refusal('input_invalid', { taxCode: code.code, tax: 'outside the scope' })
      continue
    }
    const sum = places.reduce((total, place) => total + (netMinors[place] as bigint), 0n)
    const taxMinor = given.length > 0 ? sumOf(given) : taxOf(sum, code, prices, day)
    if (prices === 'gross') takeOut(taxMinor, given, places, netMinors)
    const baseMinor = places.reduce((total, place) => total + (netMinors[place] as bigint), 0n)
    taxes.push({ taxCodeId: code.id, authority: code.authority, baseMinor, taxMinor })
  }
  return { netMinors, taxes }
}

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)

const taxOf = (sum: bigint, code: TaxCode, prices: 'net' | 'gross', day: AccountingDate): bigint =>
  prices === 'gross' ? taxInGross(sum, rateOn(code, day)) : multiplyMinor(sum, rateOn(code, day))

/** Takes the tax out of gross amounts: each its own where that is given, else by rounded differences of running totals. */
function takeOut(taxMinor: bigint, given: readonly bigint[], places: readonly number[], netMinors: bigint[]): void {
  const total = places.reduce((sum, place) => sum + (netMinors[place] as bigint), 0n)
  let [running, taken] = [0n, 0n]
  for (const [index, place] of places.entries()) {
    const amount = netMinors[place] as bigint
    running += amount
    const upTo = total === 0n ? taxMinor : divideRounded(taxMinor * running, total)
    netMinors[place] = amount - (given[index] ?? upTo - taken)
    taken = upTo
  }
}

/**
 * The taxes that are due on money that comes before the invoice, by the invoice's own taxes: of each code the money's share of its gross, and the
 * tax in that (UK VATA 1994 s6(4), directive 2006/112/EC art. 65). None of a code without a rate of its own, as with the sales taxes of the United
 * States, which are due with the sale. What is paid beyond the invoice is untaxed.
 */
export function depositTaxesOf(
  amountMinor: bigint,
  { taxes, grossMinor }: { taxes: readonly DocumentTax[]; grossMinor: bigint },
  taxCodes: readonly TaxCode[],
): DepositTax[] {
  const rated = new Set(taxCodes.filter(({ rates }) => rates.length > 0).map(({ id }) => id))
  const carrying = taxes.filter(
    ({ taxCodeId, taxMinor, baseMinor }) => rated.has(taxCodeId) && taxMinor > 0n && baseMinor > 0n,
  )
  const grosses = carrying.map(({ baseMinor, taxMinor }) => baseMinor + taxMinor)
  const restMinor = grossMinor - grosses.reduce((sum, gross) => sum + gross, 0n)
  if (grossMinor <= 0n || restMinor < 0n) return []
  const parts = allocate(amountMinor < grossMinor ? amountMinor : grossMinor, [...grosses, restMinor])
  return carrying.flatMap(({ taxCodeId, authority, taxMinor }, place): DepositTax[] => {
    const partMinor = parts[place] ?? 0n
    if (partMinor <= 0n) return []
    const tax = divideRounded(partMinor * taxMinor, grosses[place] as bigint)
    return [{ taxCodeId, taxAuthority: authority, grossMinor: partMinor, taxMinor: tax }]
  })
}
