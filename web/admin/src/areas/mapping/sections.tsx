import { Go } from '../../../../ui/links.tsx'
import { useAddress } from '../../../../ui/workplace.tsx'
import classes from './mapping.module.css'
import { t } from './texts.ts'

const parts = {
  accounts: 'mapping',
  taxCodes: 'mapping/tax-codes',
  destinations: 'mapping/destinations',
  lineCodes: 'mapping/line-codes',
  names: 'mapping/names',
  postingDays: 'mapping/posting-days',
  structures: 'mapping/structures',
  history: 'mapping/history',
} as const

export type Part = keyof typeof parts

/** The kinds of rules, beside each other. */
export function Sections({ at }: { at: Part }) {
  const to = useAddress()
  return (
    <nav className={classes.tabs} aria-label={t('sections')}>
      {(Object.keys(parts) as Part[]).map((part) => (
        <Go key={part} to={to(parts[part])} className={classes.tab} exact data-at={part === at || undefined}>
          {t(part)}
        </Go>
      ))}
    </nav>
  )
}
