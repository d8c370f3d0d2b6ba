import { Go } from './links.tsx'
import classes from './tabs.module.css'

type TabsProps<Id extends string> = {
  label: string
  of: readonly { id: Id; label: string; to: string }[]
  at: Id
  /** They stand in the tools of a list and not above a screen of their own. */
  inside?: boolean
}

/** Parts of an area beside each other, each at an address of its own. */
export const Tabs = <Id extends string>({ label, of, at, inside = false }: TabsProps<Id>) => (
  <nav className={classes.tabs} data-inside={inside || undefined} aria-label={label}>
    {of.map(({ id, label: name, to }) => (
      <Go key={id} to={to} className={classes.tab} exact data-at={id === at || undefined}>
        {name}
      </Go>
    ))}
  </nav>
)
