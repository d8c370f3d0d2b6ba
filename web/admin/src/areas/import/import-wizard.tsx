import { useParams } from '@tanstack/react-router'
import type { Import } from '../../../../../clients/typescript/src/api.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { Wizard, type WizardStep } from '../../../../ui/wizard.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { CheckStep } from './check-step.tsx'
import { DoneStep } from './done-step.tsx'
import classes from './import.module.css'
import { StateBadge } from './import-list.tsx'
import { MapStep } from './map-step.tsx'
import { RunStep } from './run-step.tsx'
import { t } from './texts.ts'
import { useFormats } from './use-formats.ts'
import { decisionsOf, type FollowedImport, useImport } from './use-import.ts'

/** An import, from its files to its result. The address says the step; where it does not, the one at which the work stands. */
export function ImportWizard() {
  const { id } = useParams({ strict: false }) as { id: string }
  const followed = useImport(id)
  return <Loaded of={followed.found}>{(of) => <Steps key={id} of={of} followed={followed} />}</Loaded>
}

/** The step at which an import stands. */
function stepOf({ state, check, posted }: Import): string {
  if (state === 'done') return 'done'
  if (state === 'running' || state === 'paused' || state === 'cancelled') return 'run'
  if (state === 'failed' && (check !== null || posted.entries > 0)) return 'run'
  return 'check'
}

const runStates: readonly Import['state'][] = ['ready', 'running', 'paused', 'failed', 'cancelled', 'done']

function Steps({ of, followed }: { of: Import; followed: FollowedImport }) {
  const { nameOf } = useFormats()
  const { may } = useWorkplace()
  const to = useAddress()
  const { state, files } = of
  const isOver = state === 'done' || state === 'cancelled'
  const steps: WizardStep[] = [
    { id: 'files', label: t('stepFiles'), open: true, content: <FilesStep of={of} /> },
    { id: 'check', label: t('stepCheck'), open: true, content: <CheckStep of={of} isCut={followed.isCut} /> },
    {
      id: 'map',
      label: t('stepMap'),
      open: !isOver && state !== 'running' && decisionsOf(of).length > 0,
      content: <MapStep of={of} />,
    },
    {
      id: 'run',
      label: t('stepRun'),
      open: runStates.includes(state) && !(state === 'failed' && stepOf(of) === 'check'),
      content: <RunStep of={of} isCut={followed.isCut} />,
    },
    { id: 'done', label: t('stepDone'), open: state === 'done', content: <DoneStep of={of} /> },
  ]
  const again = may('imports.run') && (isOver || state === 'failed') && (
    <GoButton size="xs" variant="default" to={to('imports/new')}>
      {t('otherFiles')}
    </GoButton>
  )
  return (
    <Screen
      title={t('importTitle', { number: of.id })}
      subtitle={
        <span className={classes.subtitle}>
          {t('importOf', { format: nameOf(of.format), files: t('files', { count: files.length }) })}
          <StateBadge of={state} />
        </span>
      }
      actions={again}
      padded
    >
      <Wizard label={t('steps')} steps={steps} at={stepOf(of)} />
    </Screen>
  )
}

const FilesStep = ({ of }: { of: Import }) => (
  <section aria-label={t('filesOfImport')}>
    <h2 className={classes.heading}>{t('filesOfImport')}</h2>
    <ul className={classes.files}>
      {of.files.map(({ name, sha256 }) => (
        <li key={`${name} ${sha256}`}>
          <span className={classes.fileName}>{name}</span>
        </li>
      ))}
    </ul>
  </section>
)
