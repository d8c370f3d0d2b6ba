import { Progress } from '@mantine/core'
import type { HomeImport } from '../../../../../clients/typescript/src/api.ts'
import { ago } from '../../../../ui/figures.ts'
import { Go } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { useScreenAddress } from '../../../../ui/sources.ts'
import { Card } from './card.tsx'
import classes from './home.module.css'
import { t } from './texts.ts'

/** The import that was asked for last: how far it is, or what became of it. */
export function ImportCard({ of }: { of: HomeImport }) {
  const addressOf = useScreenAddress()
  const list = addressOf('imports')
  const one = of && addressOf('imports/$id', { id: of.id })
  if (of === null)
    return (
      <Card title={t('imports')}>
        <p className={classes.none}>
          {t('noImport')}{' '}
          {list && (
            <Go to={list} className={classes.more}>
              {t('bring')}
            </Go>
          )}
        </p>
      </Card>
    )
  const [first = '', ...others] = of.files
  const files = others.length === 0 ? first : t('severalFiles', { first, count: others.length })
  const words = wordsOf({ ...of, files })
  return (
    <Card
      title={t('imports')}
      aside={<span className={classes.hint}>{ago(of.finishedAt ?? of.requestedAt, locale)}</span>}
    >
      <p className={classes.import} data-state={of.state}>
        {one ? (
          <Go to={one} className={classes.rowLink}>
            {words}
          </Go>
        ) : (
          words
        )}
        {of.dryRun && <span className={classes.hint}>{t('importDry')}</span>}
      </p>
      {of.state === 'running' && (
        <Progress
          mt={6}
          size="sm"
          aria-label={words}
          value={of.documents === 0 ? 0 : (100 * of.documentsDone) / of.documents}
        />
      )}
    </Card>
  )
}

function wordsOf({ state, files, message, ...of }: Omit<NonNullable<HomeImport>, 'files'> & { files: string }): string {
  const [done, all] = [of.documentsDone, of.documents]
  if (state === 'running' || state === 'paused' || state === 'cancelled') return t(state, { files, done, all })
  if (state === 'failed') return t(state, { files, message })
  if (state === 'done') return all === 0 ? t('importEnded', { files }) : t(state, { files, count: all })
  return t(state, { files })
}
