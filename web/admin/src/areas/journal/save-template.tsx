import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { isConflict, useChange, useRead } from '../../../../ui/api.ts'
import { Problem } from '../../../../ui/problem.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import type { Typed } from './journal-values.ts'
import { isBlank, type JournalValues, templateOf } from './journal-values.ts'
import { t } from './texts.ts'

/** Keeps what is typed as a template, for those who may change settings. */
export function SaveTemplate({ values, how }: { values: JournalValues; how: Typed }) {
  const { may } = useWorkplace()
  const [opened, setOpened] = useState(false)
  if (!may('settings.write')) return null
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        disabled={values.lines.filter((line) => !isBlank(line)).length < 2}
        onClick={() => setOpened(true)}
      >
        {t('saveTemplate')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('saveTemplate')}
        closeButtonProps={{ 'aria-label': t('cancel') }}
      >
        <Naming values={values} how={how} onClose={() => setOpened(false)} />
      </Modal>
    </>
  )
}

type NamingProps = { values: JournalValues; how: Typed; onClose(): void }

/** A name that another template has is asked about: it would become the next version of that one. */
function Naming({ values, how, onClose }: NamingProps) {
  const path = useCompanyPath()
  const [title, setTitle] = useState(values.description)
  const [asking, setAsking] = useState(false)
  const known = useRead('listJournalTemplates', { path }, { fresh: true })
  const save = useChange('createJournalTemplates', { forgets: ['listJournalTemplates'] })
  const words = title.trim()
  const name = words.toLocaleLowerCase().replaceAll(/\s+/g, '-')
  const existing = known.data?.rows.find((one) => one.name === name)
  const isReady = words !== '' && known.data !== undefined
  const send = () => {
    if (!isReady || save.isPending) return
    if (existing !== undefined && !asking) return setAsking(true)
    const follows = existing?.version ?? 0
    save.mutate(
      { path, body: { requests: [{ ...templateOf(values, { ...how, name, title: words }), follows }] } },
      {
        onSuccess: () => {
          notifications.show({ message: t('templateSaved', { title: words }) })
          onClose()
        },
        // Somebody has saved one of this name meanwhile: it is asked about, and nothing is lost.
        onError: (error) => {
          if (isConflict(error)) void known.refetch().then(() => setAsking(true))
        },
      },
    )
  }
  return (
    <Stack gap="sm">
      {save.error && <Problem error={save.error} />}
      {known.error && <Problem error={known.error} />}
      <Text size="sm" c="dimmed">
        {t('saveTemplateText')}
      </Text>
      <TextInput
        label={t('name')}
        data-autofocus
        value={title}
        onChange={(event) => {
          setTitle(event.currentTarget.value)
          setAsking(false)
        }}
        onKeyDown={(event) => event.key === 'Enter' && send()}
      />
      {asking && existing !== undefined && (
        <Text size="sm" role="alert">
          {t('templateThere', { title: existing.title, version: existing.version })}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button onClick={send} loading={save.isPending} disabled={!isReady}>
          {asking && existing !== undefined ? t('templateNext', { version: existing.version + 1 }) : t('saveTemplate')}
        </Button>
      </Group>
    </Stack>
  )
}
