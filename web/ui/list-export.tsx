import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { csvField } from './csv.ts'
import type { ListState } from './list-state.ts'
import type { Column } from './list-types.ts'
import { noteProblem } from './problem.tsx'
import { t } from './texts.ts'
import { useCompanyPath } from './workplace.tsx'

const MOST_ROWS = 50_000

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** What is chosen in a list as a CSV file, with the columns that can be written. */
export function exportRows<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  const written = columns.flatMap(({ header, text }) => (text === undefined ? [] : [{ header, text, isNumber: false }]))
  saveFile(`${name}.csv`, csvOf(written, rows))
}

type Written = { header: string; isNumber: boolean; text(row: never): string }
type Kind = 'csv' | 'xlsx'

const headed = (columns: readonly Written[]) => columns.map(({ header }) => header)

function csvOf(columns: readonly Written[], rows: readonly unknown[]): Blob {
  const lines = [
    headed(columns).map(csvField),
    ...rows.map((row) => columns.map(({ text }) => csvField(text(row as never)))),
  ]
  return new Blob([`\uFEFF${lines.map((fields) => fields.join(',')).join('\r\n')}\r\n`], { type: 'text/csv' })
}

const isFigure = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)

/** As the server writes its workbooks: figures are numbers, exactly as they are written. */
async function workbookOf(name: string, columns: readonly Written[], rows: readonly unknown[]): Promise<Blob> {
  const { sheetParts, zipOf } = await import('./workbook.ts')
  async function* lines() {
    yield [headed(columns).map((text) => ({ text, isNumber: false }))]
    yield rows.map((row) =>
      columns.map(({ text, isNumber }) => {
        const said = text(row as never)
        return { text: said, isNumber: isNumber && isFigure(said) }
      }),
    )
  }
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const part of zipOf(sheetParts(name, lines()))) parts.push(part as Uint8Array<ArrayBuffer>)
  return new Blob(parts, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' })
}

/** Every row that the filters let through, with the columns that are shown, as a file. `path`: the whole list as the server gives it, too. */
export function Export<Row>({ list, name, path }: { list: ListState<Row>; name: string; path?: string | undefined }) {
  const [done, setDone] = useState<number>()
  const columns = list.columns.flatMap(({ header, text, right = false }) =>
    text === undefined ? [] : [{ header, text, isNumber: right }],
  )
  const run = async (kind: Kind) => {
    setDone(0)
    try {
      const rows: Row[] = []
      for await (const row of list.all()) {
        rows.push(row)
        if (rows.length % 200 === 0) setDone(rows.length)
        if (rows.length >= MOST_ROWS) break
      }
      saveFile(`${name}.${kind}`, kind === 'csv' ? csvOf(columns, rows) : await workbookOf(name, columns, rows))
      const count = rows.length
      notifications.show({ message: count < MOST_ROWS ? t('exportDone', { count }) : t('exportStopped', { count }) })
    } catch (error) {
      noteProblem(error)
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
        {path && <Menu.Label>{t('exportShown')}</Menu.Label>}
        <Menu.Item onClick={() => void run('csv')}>{t('exportCsv')}</Menu.Item>
        <Menu.Item onClick={() => void run('xlsx')}>{t('exportXlsx')}</Menu.Item>
        {path && <Whole path={path} asked={list.asked} />}
      </Menu.Dropdown>
    </Menu>
  )
}

/** All fields of all rows, written by the server while they are read: of a list of any size. */
function Whole({ path, asked }: { path: string; asked: Readonly<Record<string, string>> }) {
  const { companyId } = useCompanyPath()
  const addressOf = (format: Kind) =>
    `/api/v1/companies/${companyId}/exports/${path}?${new URLSearchParams({ ...asked, format })}`
  return (
    <>
      <Menu.Label>{t('exportAllFields')}</Menu.Label>
      <Menu.Item component="a" href={addressOf('csv')} download>
        {t('exportFieldsCsv')}
      </Menu.Item>
      <Menu.Item component="a" href={addressOf('xlsx')} download>
        {t('exportFieldsXlsx')}
      </Menu.Item>
    </>
  )
}
