import { Alert, Badge } from '@mantine/core'
import { IconPlayerPause, IconPlus } from '@tabler/icons-react'
import type { Import } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { Go, GoButton } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Count } from '../../../../ui/money.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './import.module.css'
import { t } from './texts.ts'
import { useFormats } from './use-formats.ts'
import { moment, namesOf } from './words.ts'

const states = ['uploaded', 'checking', 'ready', 'running', 'paused', 'failed', 'done', 'cancelled'] as const
const colours: Readonly<Record<Import['state'], string>> = {
  uploaded: 'gray',
  checking: 'ink',
  ready: 'ink',
  running: 'ink',
  paused: 'yellow',
  failed: 'red',
  cancelled: 'gray',
  done: 'green',
}

export const StateBadge = ({ of }: { of: Import['state'] }) => (
  <Badge variant="light" color={colours[of]} size="sm">
    {t(of)}
  </Badge>
)

const columnsFor = (nameOf: (format: string) => string): Column<Import>[] => [
  {
    id: 'requestedAt',
    header: t('asked'),
    cell: (row) => moment(row.requestedAt),
    text: (row) => row.requestedAt,
  },
  { id: 'format', header: t('what'), cell: (row) => nameOf(row.format), text: (row) => nameOf(row.format) },
  {
    id: 'files',
    header: t('filesColumn'),
    cell: (row) => namesOf(row.files),
    text: (row) => row.files.map(({ name }) => name).join(' '),
    wide: true,
  },
  { id: 'state', header: t('state'), cell: (row) => <StateBadge of={row.state} />, text: (row) => t(row.state) },
  {
    id: 'documents',
    header: t('documents'),
    right: true,
    wide: true,
    cell: (row) => <Count of={row.posted.documents} />,
    text: (row) => String(row.posted.documents),
  },
  {
    id: 'entries',
    header: t('entries'),
    right: true,
    wide: true,
    cell: (row) => <Count of={row.posted.entries} />,
    text: (row) => String(row.posted.entries),
  },
  { id: 'who', header: t('who'), wide: true, cell: (row) => row.requester.name, text: (row) => row.requester.name },
  {
    id: 'finishedAt',
    header: t('finished'),
    optional: true,
    cell: (row) => row.finishedAt && moment(row.finishedAt),
    text: (row) => row.finishedAt ?? '',
  },
]

const filtersFor = (formats: readonly { value: string; label: string }[]): Filter[] => [
  { name: 'file', label: t('fileName'), kind: 'text' },
  { name: 'format', label: t('what'), kind: 'choice', options: formats },
  {
    name: 'state',
    label: t('state'),
    kind: 'choice',
    options: states.map((value) => ({ value, label: t(value) })),
  },
]

/** Every import, with how far it is, who asked for it, and the way back to it. */
export function ImportList() {
  const { may } = useWorkplace()
  const to = useAddress()
  const { nameOf, formats } = useFormats()
  const add = may('imports.run') && (
    <GoButton size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} to={to('imports/new')}>
      {t('new')}
    </GoButton>
  )
  return (
    <>
      {may('imports.run') && <Unfinished />}
      <ListPage
        name="imports"
        title={t('title')}
        operation="listImports"
        columns={columnsFor(nameOf)}
        filters={filtersFor((formats?.rows ?? []).map(({ format, label }) => ({ value: format, label })))}
        keyOf={(row) => row.id}
        nameOf={(row) => t('importTitle', { number: row.id })}
        leadsTo={(row) => to(`imports/${row.id}`)}
        actions={add}
        empty={{ title: t('emptyList'), text: t('emptyListText'), action: add }}
      />
    </>
  )
}

/** What stopped and waits for somebody, on top. */
function Unfinished() {
  const path = useCompanyPath()
  const to = useAddress()
  const paused = useRead('listImports', { path, query: { state: 'paused', limit: '5' } })
  const failed = useRead('listImports', { path, query: { state: 'failed', limit: '5' } })
  const rows = [...(paused.data?.rows ?? []), ...(failed.data?.rows ?? [])]
  if (rows.length === 0) return null
  return (
    <Alert
      variant="light"
      color="yellow"
      icon={<IconPlayerPause size={18} />}
      className={classes.unfinished}
      title={t('needsYou', { count: rows.length })}
    >
      {rows.map(({ id, files }) => (
        <div key={id}>
          <Go to={to(`imports/${id}`, { step: 'run' })} aria-label={t('goOnWith', { number: id })}>
            {namesOf(files)}
          </Go>
        </div>
      ))}
    </Alert>
  )
}
