import type { ReactNode } from 'react'
import { type Amount, given, negated } from '../../../../ui/exact.ts'
import { Go } from '../../../../ui/links.tsx'
import { Money } from '../../../../ui/money.tsx'
import { type Source, useSourceAddress } from '../../../../ui/sources.ts'
import classes from './home.module.css'

/** A part of the first screen under its heading. */
export const Card = ({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) => (
  <section className={classes.card} aria-label={title}>
    <header className={classes.cardHead}>
      <h2>{title}</h2>
      {aside}
    </header>
    {children}
  </section>
)

type FigureProps = {
  of: { amount: Amount | null; source: Source | null }
  /** Where the screen of its source is not there: another address that shows what it is made of. */
  otherwise?: string
  large?: boolean
  withCurrency?: boolean
}

/** A figure that leads to what it is made of. */
export function Figure({ of, otherwise, large = false, withCurrency = false }: FigureProps) {
  const address = useSourceAddress()(of.source) ?? otherwise
  const amount = <Money of={given(of.amount)} withCurrency={withCurrency} alarming={!large} />
  const className = large ? classes.large : classes.figure
  return address === undefined ? (
    <span className={className}>{amount}</span>
  ) : (
    <Go to={address} className={`${className} ${classes.link}`}>
      {amount}
    </Go>
  )
}

/** By how much something is more than last year, in words that need no colour. */
export const Change = ({
  percent,
  words,
}: {
  percent: string | null
  words: (kind: 'more' | 'less' | 'same' | 'none', percent: string) => string
}) => {
  if (percent === null) return words('none', '')
  if (/^-?0+(\.0+)?$/.test(percent)) return words('same', '')
  return percent.startsWith('-') ? words('less', negated(percent)) : words('more', percent)
}
