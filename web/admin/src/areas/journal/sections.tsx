import { Go } from '../../../../ui/links.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { useAddress } from '../../../../ui/workplace.tsx'
import classes from './journal.module.css'
import { t } from './texts.ts'

/** The parts of the journal, beside each other. */
export function Sections({ at }: { at: 'journals' | 'drafts' | 'templates' | 'recurring' }) {
  const to = useAddress()
  const parts = [
    ['journals', to('journal')],
    ['drafts', to('journal', { state: 'draft' })],
    ['templates', to('journal/templates')],
    ['recurring', to('journal/recurring')],
  ] as const
  return (
    <nav
      className={classes.tabs}
      data-inside={at === 'journals' || at === 'drafts' || undefined}
      aria-label={t('sections')}
    >
      {parts.map(([part, address]) => (
        <Go key={part} to={address} className={classes.tab} exact data-at={part === at || undefined}>
          {t(part)}
        </Go>
      ))}
    </nav>
  )
}

/** Which part a list of journals is, as its address says. */
export const usePart = (): 'journals' | 'drafts' => (useSearchState()[0].state === 'draft' ? 'drafts' : 'journals')
