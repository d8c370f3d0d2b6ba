import { Alert, Group, Progress, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { SampleCompany } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { GoButton, useGo } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { Door } from '../doors/door.tsx'
import { t } from './texts.ts'

const EVERY_MS = 700

/** How far a sample company is. It opens when its books are whole. */
export function Making() {
  const { companyId } = useParams({ strict: false }) as { companyId: string }
  const found = useRead('listSample', { path: { companyId } }, { refetchEvery: EVERY_MS })
  return (
    <Door title={t('makingTitle')} text={t('makingText')}>
      <Loaded of={found} rows={3}>
        {(sample) => <Progressing key={companyId} of={sample} />}
      </Loaded>
    </Door>
  )
}

/** 'Trading in 2026-03' with the month as the reader's locale writes it. */
const withMonth = (phase: string): string =>
  phase.replace(/(\d{4})-(\d\d)$/, (_, year: string, month: string) =>
    new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(Date.UTC(Number(year), Number(month) - 1)),
    ),
  )

function Progressing({ of }: { of: SampleCompany }) {
  const { companyId, state, phase, steps, stepsDone, message } = of
  const go = useGo()
  const client = useQueryClient()
  const address = `/companies/${companyId}`
  useEffect(() => {
    if (state !== 'done') return
    // What was looked up while it was made is not whole.
    void client.invalidateQueries().then(() => go(address, { replace: true }))
  }, [state, client, go, address])
  if (state === 'failed')
    return (
      <>
        <Alert variant="light" color="red" title={t('makingFailed')} role="alert">
          {message}
        </Alert>
        <GoButton to="/" variant="default" fullWidth mt="md">
          {t('otherCompanies')}
        </GoButton>
      </>
    )
  return (
    <>
      <Progress value={steps > 0 ? (stepsDone / steps) * 100 : 2} aria-label={t('makingProgress')} animated />
      <Group justify="space-between" mt={8}>
        <Text size="sm" role="status">
          {phase === '' ? t('makingBegins') : withMonth(phase)}
        </Text>
        {steps > 0 && (
          <Text size="sm" c="dimmed">
            {t('makingSteps', { done: stepsDone, all: steps })}
          </Text>
        )}
      </Group>
      <GoButton to={address} variant="default" fullWidth mt="lg">
        {state === 'done' ? t('openDone') : t('openNow')}
      </GoButton>
    </>
  )
}
