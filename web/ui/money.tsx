import { type Amount, isNegative, isZero, placesOf } from './exact.ts'
import classes from './figures.module.css'
import { count, decimal, figure, writtenDay } from './figures.ts'
import { locale } from './locale.ts'

type MoneyProps = {
  of: Amount | null | undefined
  /** With the code of its currency; in columns it stands once, in the header. */
  withCurrency?: boolean
  /** Red where below zero means trouble. */
  alarming?: boolean
  strong?: boolean
}

/** An amount: tabular figures, a minus before what is below zero, a dash for zero, in the reader's locale, exact. */
export function Money({ of, withCurrency = false, alarming = false, strong = false }: MoneyProps) {
  if (of === null || of === undefined) return null
  const wrong = alarming && isNegative(of.amount)
  return (
    <span className={classes.figure} data-wrong={wrong || undefined} data-strong={strong || undefined}>
      {figure(of.amount, locale)}
      {withCurrency && !isZero(of.amount) && <span className={classes.currency}> {of.currency}</span>}
    </span>
  )
}

/** How many of something, which may be a part of one. */
export const Quantity = ({ of }: { of: string | null }) =>
  of === null ? null : <span className={classes.figure}>{decimal(of, locale)}</span>

/** The price of one: with the places of the currency, and more where it is more exact. */
export const Price = ({ of, like }: { of: string | null; like: Amount | null }) =>
  of === null ? null : <span className={classes.figure}>{decimal(of, locale, placesOf(like?.amount ?? ''))}</span>

/** A number of things. */
export const Count = ({ of }: { of: number }) => <span className={classes.figure}>{count(of, locale)}</span>

/** A day of the books, or that of a moment where the reader is. */
export const Day = ({ of }: { of: string | null | undefined }) =>
  of ? (
    <time dateTime={of} className={classes.day}>
      {writtenDay(of, locale)}
    </time>
  ) : null
