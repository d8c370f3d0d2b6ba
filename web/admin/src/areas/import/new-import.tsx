import '@mantine/dropzone/styles.css'
import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { IconFileUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportFormats, Recognition } from '../../../../../clients/typescript/src/api.ts'
import { api, useChange, useRead } from '../../../../ui/api.ts'
import { count } from '../../../../ui/figures.ts'
import { useHotkeys } from '../../../../ui/hotkeys.tsx'
import { LeaveQuestion } from '../../../../ui/leave-question.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Problem } from '../../../../ui/problem.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { Wizard } from '../../../../ui/wizard.tsx'
import { useAddress, useCompanyPath } from '../../../../ui/workplace.tsx'
import { FileList } from './file-list.tsx'
import classes from './import.module.css'
import { t } from './texts.ts'
import { useUploads } from './uploads.ts'
import { writtenSize } from './words.ts'

/** The first step: files are dropped, sent and recognised. Nothing is an import yet. */
export function NewImport() {
  const formats = useRead('listImportFormats', { path: useCompanyPath() })
  const closed = (['check', 'map', 'run', 'done'] as const).map((id) => ({
    id,
    label: { check: t('stepCheck'), map: t('stepMap'), run: t('stepRun'), done: t('stepDone') }[id],
    open: false,
    content: null,
  }))
  return (
    <Screen title={t('newTitle')} subtitle={t('nothingWritten')} padded>
      <Wizard
        label={t('steps')}
        steps={[
          {
            id: 'files',
            label: t('stepFiles'),
            open: true,
            content: <Loaded of={formats}>{(found) => <Files formats={found} />}</Loaded>,
          },
          ...closed,
        ]}
      />
    </Screen>
  )
}

const hasEnding = (name: string, endings: readonly string[]): boolean =>
  endings.some((ending) => name.toLowerCase().replace(/\.gz$/, '').endsWith(ending))

function Files({ formats }: { formats: ImportFormats }) {
  const { endings, largestFile, mostFiles } = formats
  const uploads = useUploads()
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => uploads.isBusy && current.pathname !== next.pathname,
    enableBeforeUnload: () => uploads.isBusy,
    withResolver: true,
  })
  const [declined, setDeclined] = useState<readonly string[]>([])
  const take = (files: readonly File[]) => {
    const room = mostFiles - uploads.items.length
    const size = writtenSize(largestFile)
    const why = (file: File) => {
      if (file.size > largestFile) return t('tooLarge', { size })
      return hasEnding(file.name, endings) ? undefined : t('wrongEnding', { endings: endings.join(', ') })
    }
    const fit = files.filter((file) => why(file) === undefined)
    setDeclined([
      ...files.flatMap((file) => (why(file) === undefined ? [] : [`${file.name}: ${why(file)}`])),
      ...(fit.length > room ? [t('tooMany', { most: count(mostFiles, locale) })] : []),
    ])
    uploads.add(fit.slice(0, Math.max(0, room)))
  }
  return (
    <Stack gap="lg" maw={880}>
      <Dropzone onDrop={take} inputProps={{ 'aria-label': t('choose') }} className={classes.drop}>
        <Group gap="md" wrap="nowrap" justify="center">
          <IconFileUpload size={30} stroke={1.3} aria-hidden />
          <div>
            <Text fw={600}>{t('drop')}</Text>
            <Text size="sm" c="dimmed">
              {t('dropText', {
                endings: endings.join(', '),
                size: writtenSize(largestFile),
                most: count(mostFiles, locale),
              })}
            </Text>
          </div>
        </Group>
      </Dropzone>
      {declined.length > 0 && (
        <Alert variant="light" color="yellow" role="alert">
          {declined.map((line) => (
            <Text key={line} size="sm">
              {line}
            </Text>
          ))}
        </Alert>
      )}
      {uploads.items.length === 0 ? <WhatCanBe of={formats} /> : <Chosen uploads={uploads} />}
      <LeaveQuestion
        blocker={blocker}
        title={t('leaveUploading')}
        text={t('leaveUploadingText')}
        onLeave={uploads.clear}
      />
    </Stack>
  )
}

const WhatCanBe = ({ of }: { of: ImportFormats }) => (
  <section aria-label={t('formats')}>
    <h2 className={classes.heading}>{t('formats')}</h2>
    <dl className={classes.formats}>
      {of.rows.map(({ format, label, description }) => (
        <div key={format}>
          <dt>{label}</dt>
          <dd>{description}</dd>
        </div>
      ))}
    </dl>
  </section>
)

function Chosen({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  const path = useCompanyPath()
  const arrived = uploads.items.flatMap(({ name, sha256 }) => (sha256 === undefined ? [] : [{ name, sha256 }]))
  const isWhole = arrived.length === uploads.items.length
  const recognition = useQuery({
    queryKey: ['createImportsRecognitions', path, arrived],
    queryFn: () => api.call('createImportsRecognitions', { path, body: { files: arrived } }),
    enabled: isWhole && arrived.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      <FileList items={uploads.items} uploads={uploads} recognition={isWhole ? recognition.data : undefined} />
      {recognition.error && <Problem error={recognition.error} retry={() => void recognition.refetch()} />}
      {isWhole && recognition.isLoading && (
        <Text size="sm" c="dimmed" role="status">
          {t('reading')}
        </Text>
      )}
      {isWhole && recognition.data && <Format files={arrived} recognition={recognition.data} onBegun={uploads.clear} />}
    </>
  )
}

type FormatProps = {
  files: readonly { name: string; sha256: string }[]
  recognition: Recognition
  onBegun(): void
}

/** What the files are; asked where it is not clear. The button keeps them as an import and has it checked. */
function Format({ files, recognition, onBegun }: FormatProps) {
  const path = useCompanyPath()
  const to = useAddress()
  const go = useGo()
  const [chosen, setChosen] = useState<string | null>(null)
  const keep = useChange('createImports', { forgets: ['listImports'] })
  const check = useChange('checkImport')
  const { formats, message } = recognition
  const format = recognition.format ?? chosen
  const begin = async () => {
    if (format === null) return
    const body = { files: [...files], format, dryRun: false, start: false }
    const { id } = await keep.mutateAsync({ path, body })
    await check.mutateAsync({ path: { ...path, importId: id } })
    onBegun()
    await go(to(`imports/${id}`, { step: 'check' }))
  }
  const start = () => void begin().catch(() => {}) // the problem stands below
  useHotkeys([{ keys: 'mod+Enter', label: t('checkButton'), group: t('title'), run: start }])
  const problem = keep.error ?? check.error
  if (formats.length === 0)
    return (
      <Alert variant="light" color="yellow" title={t('formatNone')} role="alert">
        <Text size="sm">{message}</Text>
        <Text size="sm" mt={4}>
          {t('formatNoneText')}
        </Text>
      </Alert>
    )
  return (
    <Stack gap="md" align="flex-start">
      {recognition.format === null ? (
        <Radio.Group label={t('formatQuestion')} value={chosen} onChange={setChosen}>
          <Stack gap="xs" mt="xs">
            {formats.map(({ format: value, label, description }) => (
              <Radio key={value} value={value} label={label} description={description} />
            ))}
          </Stack>
        </Radio.Group>
      ) : (
        <p className={classes.recognised}>{message}</p>
      )}
      {problem && <Problem error={problem} />}
      <Button disabled={format === null} loading={keep.isPending || check.isPending} onClick={start}>
        {t('checkButton')}
      </Button>
    </Stack>
  )
}
