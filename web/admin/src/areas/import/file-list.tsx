import { ActionIcon, Button, Group, Progress } from '@mantine/core'
import { IconCheck, IconRefresh, IconX } from '@tabler/icons-react'
import type { Recognition } from '../../../../../clients/typescript/src/api.ts'
import { wordsOf } from '../../../../ui/problem.tsx'
import classes from './import.module.css'
import { t } from './texts.ts'
import type { UploadItem, Uploads } from './uploads.ts'
import { writtenPercent, writtenSize } from './words.ts'

type FileListProps = { items: readonly UploadItem[]; uploads: Uploads; recognition: Recognition | undefined }

/** The files that were chosen: how far each is, and then what each is. */
export function FileList({ items, uploads, recognition }: FileListProps) {
  const bytes = items.reduce((sum, one) => sum + one.bytes, 0)
  return (
    <section aria-label={t('filesColumn')}>
      <Group justify="space-between" mb={6}>
        <span className={classes.quiet}>
          {t('total', { files: t('files', { count: items.length }), size: writtenSize(bytes) })}
        </span>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={uploads.clear}>
          {t('removeAll')}
        </Button>
      </Group>
      <ul className={classes.files} tabIndex={items.length > 8 ? 0 : undefined}>
        {items.map((item, place) => (
          <li key={item.key}>
            <span className={classes.fileName}>{item.name}</span>
            <span className={classes.fileSize}>{writtenSize(item.bytes)}</span>
            <FileState of={item} words={recognition?.files[place]?.message} />
            {item.error !== undefined && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('tryAgain', { name: item.name })}
                onClick={() => uploads.retry(item.key)}
              >
                <IconRefresh size={16} stroke={1.6} />
              </ActionIcon>
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('remove', { name: item.name })}
              onClick={() => uploads.remove(item.key)}
            >
              <IconX size={16} stroke={1.6} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  )
}

function FileState({ of: { name, sent, sha256, error }, words }: { of: UploadItem; words: string | undefined }) {
  if (error !== undefined) {
    const { title, text, remedy } = wordsOf(error)
    return <span className={classes.fileWrong}>{[title, text, remedy].filter(Boolean).join(' ')}</span>
  }
  if (sha256 !== undefined)
    return (
      <span className={classes.fileState}>
        <IconCheck size={14} stroke={2} aria-hidden className={classes.arrived} />
        {words}
      </span>
    )
  return (
    <span className={classes.fileState}>
      <Progress value={sent * 100} size="sm" w={90} aria-label={name} />
      {sent > 0 ? t('uploading', { percent: writtenPercent(sent) }) : t('waiting')}
    </span>
  )
}
