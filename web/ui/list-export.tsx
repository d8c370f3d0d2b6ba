import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { csvField } from './csv.ts'
import type { ListState } from './list-state.ts'
import { wordsOf } from './problem.tsx'
import { t } from './texts.ts'

const MOST_ROWS = 50_000

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Every row that the filters let through, with the columns that are shown, as a file. */
export function Export<Row>({ list, name }: { list: ListState<Row>; name: string }) {
  const [done, setDone] = useState<number>()
  const columns = list.columns.flatMap(({ header, text }) => (text === undefined ? [] : [{ header, text }]))
  const run = async () => {
    setDone(0)
    try {
      const lines = [columns.map(({ header }) => csvField(header)).join(',')]
      for await (const row of list.all()) {
        lines.push(columns.map(({ text }) => csvField(text(row))).join(','))
        if (lines.length % 200 === 1) setDone(lines.length - 1)
        if (lines.length > MOST_ROWS) break
      }
      saveFile(`${name}.csv`, new Blob([`\uFEFF${lines.join('\r\n')}\r\n`], { type: 'text/csv' }))
      const rows = lines.length - 1
      const isAll = rows < MOST_ROWS
      notifications.show({ message: isAll ? t('exportDone', { count: rows }) : t('exportStopped', { count: rows }) })
    } catch (error) {
      const { title, text } = wordsOf(error)
      notifications.show({ color: 'red', title, message: text ?? '' })
    } finally {
      setDone(undefined)
    }
  }
  if (columns.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconDownload size={15} stroke={1.6} />}
          disabled={done !== undefined}
        >
          {done === undefined ? t('export') : t('exporting', { count: done })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void run()}>{t('exportCsv')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
