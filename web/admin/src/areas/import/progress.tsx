import { Alert, Group, Progress, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Import } from '../../../../../clients/typescript/src/api.ts'
import { count } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Count } from '../../../../ui/money.tsx'
import classes from './import.module.css'
import { t } from './texts.ts'
import { writtenPercent, writtenSeconds } from './words.ts'

/** How much of it is done, from 0 to 1: files while it reads, documents while it posts. */
function partOf({ phase, filesRead, files, documents, documentsDone }: Import): number {
  if (phase === 'reading' || phase === '') return files.length > 0 ? filesRead / files.length : 0
  return documents > 0 ? documentsDone / documents : 1
}

function phaseOf({ phase, state }: Import): string {
  if (phase === 'posting') return state === 'checking' ? t('phaseChecking') : t('phase_posting')
  if (phase === 'linking') return t('phase_linking')
  return phase === 'sealing' ? t('phase_sealing') : t('phase_reading')
}

type ProgressProps = { of: Import; title: string; isCut?: boolean; still?: boolean; children?: ReactNode }

/** How far an import is, in figures that change as it goes. */
export function ImportProgress({ of, title, isCut = false, still = false, children }: ProgressProps) {
  const part = Math.min(1, partOf(of))
  const pair = (some: number, all: number) => t('ofAll', { some: count(some, locale), all: count(all, locale) })
  return (
    <Stack gap="md" maw={760}>
      <div>
        <Group justify="space-between" align="baseline">
          <h2 className={classes.heading}>{title}</h2>
          <span className={classes.quiet}>{writtenPercent(part)}</span>
        </Group>
        <Progress value={part * 100} aria-label={t('progress')} transitionDuration={120} animated={!still} />
        {!still && (
          <p className={classes.phase} role="status">
            {phaseOf(of)}
          </p>
        )}
      </div>
      {isCut && (
        <Alert variant="light" color="yellow" role="status">
          {t('cut')}
        </Alert>
      )}
      <dl className={classes.figures}>
        <div>
          <dt>{t('filesRead')}</dt>
          <dd>{pair(of.filesRead, of.files.length)}</dd>
        </div>
        <div>
          <dt>{t('linesDone')}</dt>
          <dd>{pair(of.linesDone, of.lines)}</dd>
        </div>
        <div>
          <dt>{t('documentsDone')}</dt>
          <dd>{pair(of.documentsDone, of.documents)}</dd>
        </div>
        <div>
          <dt>{t('entriesSoFar')}</dt>
          <dd>
            <Count of={of.entries} />
          </dd>
        </div>
        {!still && (
          <>
            <div>
              <dt>{t('speed')}</dt>
              <dd>
                <Count of={of.entriesPerSecond} />
              </dd>
            </div>
            <div>
              <dt>{t('timeLeft')}</dt>
              <dd>{writtenSeconds(of.secondsLeft)}</dd>
            </div>
          </>
        )}
      </dl>
      {children && <Group gap="xs">{children}</Group>}
    </Stack>
  )
}
