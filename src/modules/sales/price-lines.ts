import type { Decimal } from '../../kernel/decimal.ts'
import { decimal, divideRounded, multiply, multiplyMinor, toMinor } from '../../kernel/decimal.ts'
import { allocate } from '../../kernel/money.ts'
import { taxInGross } from '../tax/index.ts'

/** A line before tax: `grossMinor` is quantity times price, with tax in it where prices are gross. */
export type PricedLine = { quantity: string; unitPrice: string; taxCodeId: bigint }

/** An amount that is spread over the goods' tax codes, such as shipping or a discount; signed. */
export type Charge = { amountMinor: bigint }

export type PricedDocument = {
  /** Net of each line, in order. */
  lineNets: bigint[]
  /** Of each charge, its net for each tax code that the goods have. */
  chargeNets: Map<bigint, bigint>[]
  taxes: { taxCodeId: bigint; baseMinor: bigint; taxMinor: bigint }[]
}

/**
 * Prices a document: the tax of each code is computed once, on the sum of what it taxes, rounded half away from zero. Charges follow the goods:
 * they are spread over the tax codes by the goods' value (UK VAT Notice 700, section 8.1). From gross prices the tax is
 * gross × rate ÷ (1 + rate), and the lines' nets add up to the rest.
 */
export function priceDocument(
  lines: readonly PricedLine[],
  charges: readonly Charge[],
  options: { prices: 'net' | 'gross'; exponent: number; rate: (taxCodeId: bigint) => Decimal },
): PricedDocument {
  const amounts = lines.map(({ quantity, unitPrice }) =>
    toMinor(multiply(decimal(quantity), decimal(unitPrice)), options.exponent),
  )
  const codes = [...new Set(lines.map((line) => line.taxCodeId))]
  const goodsOf = (code: bigint) =>
    lines.reduce((sum, line, index) => (line.taxCodeId === code ? sum + (amounts[index] ?? 0n) : sum), 0n)
  const weights = codes.map((code) => positive(goodsOf(code)))
  const chargeAmounts = charges.map(({ amountMinor }) => toMap(codes, allocate(amountMinor, weights)))
  const lineNets = [...amounts]
  const chargeNets = chargeAmounts.map((charge) => new Map(charge))
  const taxes = codes.map((code) => {
    const rate = options.rate(code)
    const total = goodsOf(code) + chargeAmounts.reduce((sum, charge) => sum + (charge.get(code) ?? 0n), 0n)
    if (options.prices === 'net') return { taxCodeId: code, baseMinor: total, taxMinor: multiplyMinor(total, rate) }
    const taxMinor = taxInGross(total, rate)
    takeTaxOut(code, taxMinor, { lines, lineNets, chargeNets })
    return { taxCodeId: code, baseMinor: total - taxMinor, taxMinor }
  })
  return { lineNets, chargeNets, taxes }
}

/** Takes a code's tax out of the gross amounts, in proportion, so that what is left is exactly the net. */
function takeTaxOut(
  code: bigint,
  taxMinor: bigint,
  {
    lines,
    lineNets,
    chargeNets,
  }: { lines: readonly PricedLine[]; lineNets: bigint[]; chargeNets: Map<bigint, bigint>[] },
): void {
  const places = lines.flatMap((line, index) => (line.taxCodeId === code ? [index] : []))
  const grosses = [
    ...places.map((place) => lineNets[place] ?? 0n),
    ...chargeNets.map((charge) => charge.get(code) ?? 0n),
  ]
  const shares = allocateSigned(taxMinor, grosses)
  for (const [index, place] of places.entries()) lineNets[place] = (lineNets[place] ?? 0n) - (shares[index] ?? 0n)
  for (const [index, charge] of chargeNets.entries())
    charge.set(code, (charge.get(code) ?? 0n) - (shares[places.length + index] ?? 0n))
}

/** As `allocate`, by weights of either sign: the rounded differences of running totals. */
function allocateSigned(amountMinor: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n) return weights.map((_, index) => (index === 0 ? amountMinor : 0n))
  let [given, running] = [0n, 0n]
  return weights.map((weight) => {
    running += weight
    const upTo = multiplyShare(amountMinor, running, total)
    const part = upTo - given
    given = upTo
    return part
  })
}

const multiplyShare = (amountMinor: bigint, part: bigint, total: bigint): bigint =>
  divideRounded(amountMinor * part, total)

const positive = (amountMinor: bigint): bigint => (amountMinor > 0n ? amountMinor : 0n)

const toMap = (codes: readonly bigint[], parts: readonly bigint[]): Map<bigint, bigint> =>
  new Map(codes.map((code, index) => [code, parts[index] ?? 0n]))
