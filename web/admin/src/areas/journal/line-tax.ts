import type { Account, TaxCode } from '../../../../../clients/typescript/src/api.ts'
import { currencyExponent, isCurrencyCode } from '../../../../../src/kernel/currencies.ts'
import { type Decimal, divideRounded, multiplyMinor } from '../../../../../src/kernel/decimal.ts'
import { decimalOf } from '../../../../ui/exact.ts'
import { nameWithRate, rateOn } from '../../../../ui/tax-rate.ts'
import type { Typed } from './journal-values.ts'
import { blankLine, type LineValues, netOf, tidied, unitsOf } from './journal-values.ts'

const taxRoles: ReadonlySet<string> = new Set(['output_tax', 'output_tax_pending', 'input_tax', 'input_tax_pending'])

/** What a line stands on, as far as tax goes: a tax account, what is sold or bought with tax, or neither. */
export type TaxPlace = 'tax' | 'output_tax' | 'input_tax' | undefined

// What is bought to be kept bears tax as an expense does.
const boughtToKeep: ReadonlySet<string> = new Set(['fixed_assets', 'prepayments', 'inventory', 'supplier_prepayments'])

export function taxPlaceOf(account: Account | undefined, role = account?.role ?? ''): TaxPlace {
  if (taxRoles.has(role)) return 'tax'
  if (account === undefined) return undefined
  if (account.class === 'income') return 'output_tax'
  return account.class === 'expense' || boughtToKeep.has(role) ? 'input_tax' : undefined
}

export type CodeChoice = { value: string; label: string }

/** The codes that a line may take: on a tax account all that are declared, on others those that come to some tax on that day. */
export const codesFor = (place: TaxPlace, codes: readonly TaxCode[], date: string | null): CodeChoice[] =>
  codes.flatMap((code) => {
    const rate = rateOn(code, date)
    const bears = rate !== undefined && rate.unscaled > 0n
    if (code.authority === null || (place !== 'tax' && !bears)) return []
    // Whoever buys declares it; nobody sells with it.
    if (place === 'output_tax' && code.kind === 'reverse_charge') return []
    return [{ value: code.code, label: nameWithRate(code, date) }]
  })

/** Tax on a net, rounded half away from zero; and the tax in a gross: gross × rate ÷ (1 + rate), the net is the rest. */
const onTop = multiplyMinor
const within = (gross: bigint, { unscaled, scale }: Decimal): bigint =>
  divideRounded(gross * unscaled, 10n ** BigInt(scale) + unscaled)

/** What tax a line may get, as decimals without a sign; and what tax it has already, on which line. */
export type Offer = {
  onTop: string
  /** Undefined for a reverse charge, which nobody pays and no amount has in it. */
  within: string | undefined
  /** The numbers of the lines that have its tax, and of what; null where none has. */
  made: { lines: number[]; tax: string; base: string; fits: boolean } | null
}

const size = (minor: bigint): bigint => (minor < 0n ? -minor : minor)

type Taxable = { line: LineValues; code: TaxCode; rate: Decimal; units: bigint; side: 'output_tax' | 'input_tax' }

function taxableOf(line: LineValues, { accounts, taxCodes, typing }: Typed, date: string | null): Taxable | undefined {
  const side = taxPlaceOf(accounts.get(line.account), line.role || undefined)
  if (line.taxCode === '' || side === undefined || side === 'tax') return undefined
  const code = taxCodes.find((one) => one.code === line.taxCode)
  const rate = code && rateOn(code, date)
  const units = netOf(line, typing)
  if (code === undefined || rate === undefined || units === undefined || units === 0n) return undefined
  return { line, code, rate, units, side }
}

const isTaxLine = (line: LineValues, { accounts }: Typed): boolean =>
  taxPlaceOf(accounts.get(line.account), line.role || undefined) === 'tax'

/** The lines that hold the tax of another: those made for it, or those that a draft brought back with its code and its net. */
function madeFor({ line, units }: Taxable, lines: readonly LineValues[], how: Typed): number[] {
  const places = (is: (one: LineValues) => boolean) => lines.flatMap((one, at) => (is(one) ? [at] : []))
  const own = places((one) => one.taxOf === line.key)
  if (own.length > 0) return own
  return places(
    (one) =>
      one.taxOf === '' &&
      one.taxCode === line.taxCode &&
      isTaxLine(one, how) &&
      unitsOf(one.taxBase, how.typing) === size(units),
  )
}

/** What each line is offered, by its place; nothing where no line names a code. */
export function offersOf(lines: readonly LineValues[], how: Typed, date: string | null): ReadonlyMap<number, Offer> {
  const offers = new Map<number, Offer>()
  const written = (units: bigint) => decimalOf(units, how.typing.places)
  for (const [at, line] of lines.entries()) {
    const taxable = taxableOf(line, how, date)
    if (taxable === undefined) continue
    const { code, rate, units } = taxable
    const places = madeFor(taxable, lines, how)
    const [first] = places
    const made = first === undefined ? undefined : lines[first]
    const base = made && unitsOf(made.taxBase, how.typing)
    offers.set(at, {
      onTop: written(onTop(size(units), rate)),
      within: code.kind === 'reverse_charge' ? undefined : written(within(size(units), rate)),
      made:
        made === undefined
          ? null
          : {
              lines: places.map((place) => place + 1),
              tax: written(size(netOf(made, how.typing) ?? 0n)),
              base: written(base ?? 0n),
              fits: base === size(units) && made.taxCode === line.taxCode,
            },
    })
  }
  return offers
}

/** How the tax of a line is taken: beside its amount, out of it, or not at all. */
export type TaxMode = 'onTop' | 'within' | 'none'

/**
 * The lines with the tax of line `at` as lines of their own right below it, in place of those that it had. Within: the line keeps its net. A
 * reverse charge is one line on each side.
 */
export function withTax(
  lines: readonly LineValues[],
  { at, mode, date }: { at: number; mode: TaxMode; date: string | null },
  how: Typed,
): LineValues[] {
  const line = lines[at]
  const taxable = line && taxableOf(line, how, date)
  if (line === undefined || taxable === undefined) return [...lines]
  const before = new Set(madeFor(taxable, lines, how))
  const net = netLine(taxable, mode, how)
  const made = mode === 'none' ? [] : taxLines(taxable, net, mode, how)
  return lines.flatMap((one, place) => (place === at ? [net, ...made] : before.has(place) ? [] : [one]))
}

function netLine(taxable: Taxable, mode: TaxMode, how: Typed): LineValues {
  const { line, rate, units } = taxable
  if (mode === 'none') return { ...line, taxCode: '' }
  if (mode === 'onTop') return line
  const net = size(units) - within(size(units), rate)
  const abroad = abroadOf(taxable, mode, how)
  return { ...line, ...onSide(units, net, how.typing), ...(abroad && { currencyAmount: abroad.net }) }
}

function taxLines(taxable: Taxable, net: LineValues, mode: TaxMode, how: Typed): LineValues[] {
  const { line, code, rate, units, side } = taxable
  const { typing } = how
  const amount = mode === 'within' ? within(size(units), rate) : onTop(size(units), rate)
  if (amount === 0n) return []
  const taxed = size(netOf(net, typing) ?? 0n)
  const abroad = abroadOf(taxable, mode, how)
  const lineOn = (role: 'output_tax' | 'input_tax', sign: bigint): LineValues => ({
    ...blankLine(),
    ...standingOn(role, how),
    ...onSide(sign, amount, typing),
    taxCode: line.taxCode,
    taxBase: tidied(decimalOf(taxed, typing.places), typing),
    taxOf: line.key,
    ...(abroad && { currency: line.currency, currencyAmount: abroad.tax }),
  })
  if (code.kind !== 'reverse_charge') return [lineOn(side, units)]
  return [lineOn('input_tax', units), lineOn('output_tax', -units)]
}

/** An account that alone plays the role, or else the role, so that the mapping chooses. */
function standingOn(role: string, { accounts }: Typed): Pick<LineValues, 'account' | 'role'> {
  const [only, another] = [...accounts.values()].filter((account) => account.role === role)
  return only === undefined || another !== undefined ? { account: '', role } : { account: only.code, role: '' }
}

const onSide = (sign: bigint, units: bigint, typing: Typed['typing']): Pick<LineValues, 'debit' | 'credit'> => {
  const typed = tidied(decimalOf(units, typing.places), typing)
  return sign < 0n ? { debit: '', credit: typed } : { debit: typed, credit: '' }
}

/** The tax and the net of what a line says in its own currency, by the same rate. */
function abroadOf({ line: { currency, currencyAmount }, rate }: Taxable, mode: TaxMode, { typing: { locale } }: Typed) {
  if (currency === null || !isCurrencyCode(currency)) return undefined
  const typing = { places: currencyExponent(currency), locale }
  const units = unitsOf(currencyAmount, typing) ?? 0n
  const tax = mode === 'within' ? within(units, rate) : onTop(units, rate)
  const written = (of: bigint) => tidied(decimalOf(of, typing.places), typing)
  return { tax: written(tax), net: written(mode === 'within' ? units - tax : units) }
}
