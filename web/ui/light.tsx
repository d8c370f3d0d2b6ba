import { useRead } from './api.ts'
import { ago } from './figures.ts'
import classes from './light.module.css'
import { Go } from './links.tsx'
import { locale } from './locale.ts'
import { t } from './texts.ts'
import { useCompanyPath, useWorkplace } from './workplace.tsx'

const LOOK_EVERY_MS = 60_000

/** Whether the books are proven: green when every check held as they ran last, red when one is broken. */
export function ProvenLight({ to }: { to?: string }) {
  const { may } = useWorkplace()
  const path = useCompanyPath()
  const proof = useRead('listChecks', may('reports.read') ? { path } : undefined, { refetchEvery: LOOK_EVERY_MS })
  if (proof.data === undefined) return null
  const { ok, ranAt } = proof.data
  const words = ok ? t('proven', { ago: ago(ranAt, locale) }) : t('provenBroken')
  const content = (
    <>
      <span className={classes.dot} aria-hidden />
      <span className={classes.words}>{words}</span>
    </>
  )
  return to === undefined ? (
    <span className={`${classes.light} ${ok ? '' : classes.broken}`} title={words}>
      {content}
    </span>
  ) : (
    <Go to={to} className={`${classes.light} ${ok ? '' : classes.broken}`} aria-label={words}>
      {content}
    </Go>
  )
}
