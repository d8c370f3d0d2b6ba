import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useChange } from '../../../../ui/api.ts'
import { Problem } from '../../../../ui/problem.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { isBlank, type JournalValues, templateOf } from './journal-values.ts'
import { t } from './texts.ts'
import type { Typed } from './typing.ts'

/** Keeps what is typed as a template, for those who may change settings. */
export function SaveTemplate({ values, how }: { values: JournalValues; how: Typed }) {
  const { may } = useWorkplace()
  const path = useCompanyPath()
  const [title, setTitle] = useState<string>()
  const save = useChange('createJournalTemplates', { forgets: ['listJournalTemplates'] })
  if (!may('settings.write')) return null
  const close = () => setTitle(undefined)
  const send = () => {
    const words = (title ?? '').trim()
    if (words === '') return
    const name = words.toLocaleLowerCase().replaceAll(/\s+/g, '-')
    save.mutate(
      { path, body: { requests: [templateOf(values, { ...how, name, title: words })] } },
      {
        onSuccess: () => {
          notifications.show({ message: t('templateSaved', { title: words }) })
          close()
        },
      },
    )
  }
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        disabled={values.lines.filter((line) => !isBlank(line)).length < 2}
        onClick={() => setTitle(values.description)}
      >
        {t('saveTemplate')}
      </Button>
      <Modal
        opened={title !== undefined}
        onClose={close}
        title={t('saveTemplate')}
        closeButtonProps={{ 'aria-label': t('cancel') }}
      >
        <Stack gap="sm">
          {save.error && <Problem error={save.error} />}
          <Text size="sm" c="dimmed">
            {t('saveTemplateText')}
          </Text>
          <TextInput
            label={t('name')}
            data-autofocus
            value={title ?? ''}
            onChange={(event) => setTitle(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && send()}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="subtle" color="gray" onClick={close}>
              {t('cancel')}
            </Button>
            <Button onClick={send} loading={save.isPending} disabled={(title ?? '').trim() === ''}>
              {t('saveTemplate')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
