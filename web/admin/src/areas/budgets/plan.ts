import { decimalOf, isZero, minorUnits, typedDecimal } from '../../../../ui/exact.ts'

/** What reading a typed amount needs: the places of the currency, and how the reader writes decimals. */
export type Typing = { places: number; locale: string }

export type PlanAmount = { account: string; month: string; channel: string | null; amount: string }

/** Where an amount stands. As a key it is one text, so that what was typed can be kept in the browser. */
export type Place = { account: string; month: string; channel: string | null }

const BETWEEN = '\u001f'
export const keyOf = ({ account, month, channel }: Place): string => [account, month, channel ?? ''].join(BETWEEN)
export function placeOf(key: string): Place {
  const [account = '', month = '', channel = ''] = key.split(BETWEEN)
  return { account, month, channel: channel === '' ? null : channel }
}

/** What a budget holds, by place. */
export type Plan = ReadonlyMap<string, string>
export const planOf = (amounts: readonly PlanAmount[]): Plan => new Map(amounts.map((one) => [keyOf(one), one.amount]))

/** What was typed and is not saved yet, by place, as it was typed; nothing takes the amount out. */
export type Typed = Readonly<Record<string, string>>

/** An amount as typed, exact; zero for nothing, undefined where it is no amount. */
export function amountIn(typed: string, typing: Typing): string | undefined {
  if (/^[\s–-]*$/.test(typed)) return decimalOf(0n, typing.places)
  return typedDecimal(typed, typing)
}

/** The minor units that stand at a place; what is no amount counts as nothing. */
export function unitsAt(key: string, { plan, typed, typing }: { plan: Plan; typed: Typed; typing: Typing }): bigint {
  const own = typed[key]
  const amount = own === undefined ? plan.get(key) : amountIn(own, typing)
  return amount === undefined ? 0n : minorUnits(amount, typing.places)
}

/** Written as the reader writes it, without thousands of zeros behind: whole amounts stand without places where all of them are whole. */
export function writtenAmount(
  amount: string | undefined,
  { typing, whole }: { typing: Typing; whole: boolean },
): string {
  if (amount === undefined || isZero(amount)) return ''
  const places = whole ? 0 : typing.places
  const format = new Intl.NumberFormat(typing.locale, {
    minimumFractionDigits: places,
    maximumFractionDigits: typing.places,
  })
  return format.format(amount as Intl.StringNumericLiteral)
}

/** What differs from the plan once it is read: the amounts to send, zero where one is taken out. */
export function changesOf(typed: Typed, { plan, typing }: { plan: Plan; typing: Typing }): PlanAmount[] {
  return Object.entries(typed).flatMap(([key, text]) => {
    const amount = amountIn(text, typing)
    if (amount === undefined) return []
    const before = plan.get(key) ?? '0'
    if (minorUnits(before, typing.places) === minorUnits(amount, typing.places)) return []
    return [{ ...placeOf(key), amount }]
  })
}

/** Places whose text is no amount. */
export const wrongIn = (typed: Typed, typing: Typing): string[] =>
  Object.entries(typed).flatMap(([key, text]) => (amountIn(text, typing) === undefined ? [key] : []))

/** What was typed without what says the same as the plan. */
export const pruned = (typed: Typed, { plan, typing }: { plan: Plan; typing: Typing }): Typed => {
  const changed = new Set([...changesOf(typed, { plan, typing }).map(keyOf), ...wrongIn(typed, typing)])
  return Object.fromEntries(Object.entries(typed).filter(([key]) => changed.has(key)))
}

/** '105' percent of an amount, exact and rounded half away from zero, to minor units or to whole ones. */
export function percentOf(
  amount: string,
  { percent, whole, places }: { percent: string; whole: boolean; places: number },
): string {
  // Two decimals of a percentage and the percent itself: ten thousandths.
  const scaled = minorUnits(amount, places) * minorUnits(percent, 2)
  const step = 10_000n * (whole ? 10n ** BigInt(places) : 1n)
  const size = scaled < 0n ? -scaled : scaled
  const rounded = ((size + step / 2n) / step) * (step / 10_000n)
  return decimalOf(scaled < 0n ? -rounded : rounded, places)
}

/**
 * What a table that was pasted into a cell says of that one and those to its right and below. Cells beyond the last row or column are left
 * out.
 */
export function spread(
  table: readonly (readonly string[])[],
  {
    accounts,
    months,
    at,
    channel,
  }: { accounts: readonly string[]; months: readonly string[]; at: Place; channel: string | null },
): Typed {
  const row = accounts.indexOf(at.account)
  const column = months.indexOf(at.month)
  return Object.fromEntries(
    table.flatMap((cells, down) =>
      cells.flatMap((text, right) => {
        const account = accounts[row + down]
        const month = months[column + right]
        return account === undefined || month === undefined ? [] : [[keyOf({ account, month, channel }), text]]
      }),
    ),
  )
}
