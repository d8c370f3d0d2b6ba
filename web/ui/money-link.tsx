import type { Amount } from './exact.ts'
import { CellLink } from './links.tsx'
import { Money } from './money.tsx'
import classes from './report-table.module.css'

/** An amount that leads to what it is made of, where that can be seen. */
export const MoneyLink = ({ of, to }: { of: Amount | null; to: string | undefined }) =>
  to === undefined ? (
    <Money of={of} />
  ) : (
    <CellLink to={to} className={classes.figure}>
      <Money of={of} />
    </CellLink>
  )
