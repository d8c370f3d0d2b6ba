import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { Import } from '../../../../../clients/typescript/src/api.ts'
import { count } from '../../../../ui/figures.ts'
import { useHotkeys } from '../../../../ui/hotkeys.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Problem } from '../../../../ui/problem.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { useAddress } from '../../../../ui/workplace.tsx'
import { CheckButton } from './check-step.tsx'
import classes from './import.module.css'
import { ImportProblem } from './problem.tsx'
import { ImportProgress } from './progress.tsx'
import { t } from './texts.ts'
import { useMove } from './use-import.ts'
import { numberOf } from './words.ts'

/** The fourth step: it runs, is paused, goes on. It does so whether anybody looks or not. */
export function RunStep({ of, isCut }: { of: Import; isCut: boolean }) {
  const { state } = of
  const [, change] = useSearchState()
  const before = useRef(state)
  useEffect(() => {
    // Whoever watched it run is shown what came of it.
    if (before.current === 'running' && state === 'done') change({ step: 'done' }, { replace: true })
    before.current = state
  }, [state, change])
  if (state === 'ready') return <Ready of={of} />
  if (state === 'done') return <ImportProgress of={of} title={t('done')} still />
  if (state === 'running')
    return (
      <ImportProgress of={of} title={t('runningTitle')} isCut={isCut}>
        <Moves of={of} />
        <Text size="sm" c="dimmed">
          {t('runText')}
        </Text>
      </ImportProgress>
    )
  return <Stopped of={of} />
}

function Ready({ of }: { of: Import }) {
  const run = useMove('runImport', of.id)
  const left = of.check?.decisions.length ?? 0
  const kinds = Object.entries(of.check?.byKind ?? {}).filter(([, number]) => number > 0)
  const start = () => void run.run().catch(() => {})
  useHotkeys([{ keys: 'mod+Enter', label: t('run'), group: t('title'), run: start }])
  return (
    <Stack gap="md" maw={640}>
      <h2 className={classes.heading}>{t('runTitle')}</h2>
      <p className={classes.large}>
        {kinds.length > 0 ? kinds.map(([kind, number]) => numberOf(kind, number)).join(', ') : t('nothingNew')}
      </p>
      {left > 0 && <Text size="sm">{t('runLeft', { count: left })}</Text>}
      <Text size="sm" c="dimmed">
        {t('runText')}
      </Text>
      {run.problem && <Problem error={run.problem} />}
      <Group gap="xs">
        <Button loading={run.busy} leftSection={<IconPlayerPlay size={15} stroke={1.8} />} onClick={start}>
          {t('run')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Pause and cancel, or go on, as its state allows. */
function Moves({ of }: { of: Import }) {
  const { id, actions, state, posted } = of
  const pause = useMove('pauseImport', id)
  const run = useMove('runImport', id)
  const cancel = useMove('cancelImport', id)
  const [asked, question] = useDisclosure(false)
  const problem = pause.problem ?? run.problem ?? cancel.problem
  return (
    <>
      {actions.includes('run') && state !== 'ready' && (
        <Button
          loading={run.busy}
          leftSection={<IconPlayerPlay size={15} stroke={1.8} />}
          onClick={() => void run.run().catch(() => {})}
        >
          {t('resume')}
        </Button>
      )}
      {actions.includes('pause') && (
        <Button
          variant="default"
          loading={pause.busy}
          leftSection={<IconPlayerPause size={15} stroke={1.8} />}
          onClick={() => void pause.run().catch(() => {})}
        >
          {t('pause')}
        </Button>
      )}
      {actions.includes('cancel') && (
        <Button variant="subtle" color="red" onClick={question.open}>
          {t('cancel')}
        </Button>
      )}
      {problem && <Problem error={problem} />}
      <Modal opened={asked} onClose={question.close} title={t('cancelTitle')} withCloseButton={false} size="sm">
        <Text size="sm">{t('cancelText', { entries: entriesIn(posted.entries) })}</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button
            variant="subtle"
            color="red"
            loading={cancel.busy}
            onClick={() => {
              question.close()
              void cancel.run().catch(() => {})
            }}
          >
            {t('cancel')}
          </Button>
          <Button data-autofocus onClick={question.close}>
            {t('keepIt')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

const entriesIn = (number: number): string =>
  t('entriesCount', { count: number }).replace(String(number), count(number, locale))

function Stopped({ of }: { of: Import }) {
  const to = useAddress()
  const { state, message } = of
  const texts = {
    paused: [t('pausedTitle'), t('pausedText')],
    cancelled: [t('cancelledTitle'), message || t('startAgain')],
    failed: [t('failedTitle'), t('failedText')],
  } as const
  const [title, text] = texts[state as keyof typeof texts] ?? texts.failed
  return (
    <Stack gap="lg">
      {state === 'failed' && <ImportProblem of={of} title={t('failedTitle')} />}
      <ImportProgress of={of} title={title} still>
        <Moves of={of} />
        {state === 'failed' && <CheckButton of={of} label={t('checkAgain')} />}
        {state === 'cancelled' && (
          <GoButton variant="default" to={to('imports/new')}>
            {t('otherFiles')}
          </GoButton>
        )}
      </ImportProgress>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    </Stack>
  )
}
