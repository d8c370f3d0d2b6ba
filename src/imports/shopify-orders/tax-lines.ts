import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { divideRounded, multiplyMinor } from '../../kernel/decimal.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { DocumentTax } from '../../modules/sales/index.ts'
import { rateOn, type TaxCode, taxInGross } from '../../modules/tax/index.ts'
import { minorOf, type OrderRules } from '../plan-support.ts'
import type { ShopifyHead } from './rows.ts'

/** An amount of an order that tax can be on; gross where prices include taxes. */
export type TaxableAmount = { amountMinor: bigint; isGoods: boolean; taxable: boolean }

export type TaxedAmounts = {
  netMinors: bigint[]
  /** The tax code of each amount, null where the export does not tell which. */
  codes: (TaxCode | null)[]
  taxes: DocumentTax[]
  /** Taxes whose names nobody has explained. */
  unknown: { name: string; taxMinor: bigint }[]
  /** Whether on what the taxes are is computed back from them. */
  baseIsUnclear: boolean
}

type KnownTax = { code: TaxCode; taxMinor: bigint; rate: { unscaled: bigint; scale: number } }

/**
 * Books the taxes of an order as the export gives them, by name. It does not say on which lines they are: of one tax it is tried whether it is that
 * of all taxable amounts, or of the goods alone; where neither comes to it, and of several taxes always, what was taxed is the tax divided by its
 * rate, and that is said to be unclear. From prices that include them the taxes are taken out in proportion.
 */
export function taxAmounts(
  head: ShopifyHead,
  amounts: readonly TaxableAmount[],
  { day, taxesIncluded }: { day: AccountingDate; taxesIncluded: boolean },
  rules: OrderRules,
): TaxedAmounts {
  const { known, unknown } = readTaxes(head, day, rules)
  const netMinors = amounts.map(({ amountMinor }) => amountMinor)
  const codes = amounts.map((): TaxCode | null => null)
  const all = amounts.map(({ taxable }) => taxable)
  const goods = amounts.map(({ taxable, isGoods }) => taxable && isGoods)
  const [first, another] = known
  const only = first !== undefined && another === undefined && unknown.length === 0 ? first : undefined
  const taxed = only && [all, goods].find((chosen) => isTaxOf(only, amounts, chosen, taxesIncluded))
  const totalTax = [...known, ...unknown].reduce((sum, { taxMinor }) => sum + taxMinor, 0n)
  if (taxesIncluded) takeOut(totalTax, taxed ?? (all.some(Boolean) ? all : all.map(() => true)), netMinors)
  const taxes = known.map(({ code, taxMinor, rate }): DocumentTax => {
    const baseMinor = taxed
      ? netMinors.reduce((sum, net, place) => (taxed[place] ? sum + net : sum), 0n)
      : rate.unscaled === 0n
        ? 0n
        : divideRounded(taxMinor * 10n ** BigInt(rate.scale), rate.unscaled)
    return { taxCodeId: code.id, authority: code.authority, baseMinor, taxMinor }
  })
  if (taxed && only) for (const [place, isTaxed] of taxed.entries()) if (isTaxed) codes[place] = only.code
  return { netMinors, codes, taxes, unknown, baseIsUnclear: known.length > 0 && taxed === undefined }
}

/** The taxes by their names; of one code together, and what the total of taxes is beyond the named ones under no name. */
function readTaxes(head: ShopifyHead, day: AccountingDate, rules: OrderRules) {
  const known = new Map<bigint, KnownTax>()
  const unknown: TaxedAmounts['unknown'] = []
  const named = head.namedTaxes.map(([name, value]) => ({ name, taxMinor: minorOf(value, head.currency) }))
  const rest = minorOf(head.taxes, head.currency) - named.reduce((sum, { taxMinor }) => sum + taxMinor, 0n)
  for (const { name, taxMinor } of [...named, { name: 'Taxes', taxMinor: rest }]) {
    if (taxMinor === 0n) continue
    const code = codeOf(name, day, rules)
    const rate = code && rateOrNone(code, day)
    if (code === undefined || rate === undefined) {
      unknown.push({ name, taxMinor })
      continue
    }
    const before = known.get(code.id)?.taxMinor ?? 0n
    known.set(code.id, { code, rate, taxMinor: before + taxMinor })
  }
  return { known: [...known.values()], unknown }
}

/** The tax code that a rule of the company names, or else the only one of the company that has the rate in the tax's name on that day. */
function codeOf(name: string, day: AccountingDate, { names, taxCodes }: OrderRules): TaxCode | undefined {
  const ruled = names.tax(name, day)
  if (ruled !== undefined) return taxCodes.find(({ code }) => code === ruled)
  const match = /(\d{1,2})(?:[.,](\d{1,4}))?\s?%/.exec(name)
  if (match === null) return undefined
  const fraction = match[2] ?? ''
  const percent = { unscaled: BigInt((match[1] as string) + fraction), scale: fraction.length + 2 }
  const [code, another] = taxCodes.filter((one) => {
    if (one.kind !== 'standard' && one.kind !== 'reduced') return false
    const rate = rateOrNone(one, day)
    return (
      rate !== undefined &&
      rate.unscaled * 10n ** BigInt(percent.scale) === percent.unscaled * 10n ** BigInt(rate.scale)
    )
  })
  return another === undefined ? code : undefined
}

function rateOrNone(code: TaxCode, day: AccountingDate) {
  try {
    return rateOn(code, day)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Whether a tax is that of the chosen amounts, to a minor unit for each of them: shops round each line. */
function isTaxOf(
  { taxMinor, rate }: KnownTax,
  amounts: readonly TaxableAmount[],
  chosen: readonly boolean[],
  taxesIncluded: boolean,
): boolean {
  const ofChosen = amounts.filter((_, place) => chosen[place])
  const sum = ofChosen.reduce((total, { amountMinor }) => total + amountMinor, 0n)
  const expected = taxesIncluded ? taxInGross(sum, rate) : multiplyMinor(sum, rate)
  const difference = taxMinor - expected
  return ofChosen.length > 0 && (difference < 0n ? -difference : difference) <= BigInt(ofChosen.length)
}

/** Takes taxes out of the chosen gross amounts, by rounded differences of running totals. */
function takeOut(taxMinor: bigint, chosen: readonly boolean[], netMinors: bigint[]): void {
  const total = netMinors.reduce((sum, amount, place) => (chosen[place] ? sum + amount : sum), 0n)
  const last = chosen.lastIndexOf(true)
  let [running, taken] = [0n, 0n]
  for (const [place, amount] of netMinors.entries()) {
    if (!chosen[place]) continue
    running += amount
    const upTo = place === last || total === 0n ? taxMinor : divideRounded(taxMinor * running, total)
    netMinors[place] = amount - (upTo - taken)
    taken = upTo
  }
}
