import { Badge, Button, FileButton, Group, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { z } from 'zod'
import type { Account } from '../../../../../clients/typescript/src/api.ts'
import { NewLegacyAccount } from '../../../../../src/contracts/structures.ts'
import { AccountField, useAccounts } from '../../../../ui/account-field.tsx'
import { useChange } from '../../../../ui/api.ts'
import { readTable } from '../../../../ui/csv.ts'
import { EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { LoadingRows } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath } from '../../../../ui/workplace.tsx'
import { type EarlierAccount, readChart } from './chart-table.ts'
import classes from './mapping.module.css'
import { t } from './texts.ts'

/** An earlier chart from a spreadsheet: read, placed account by account, and kept. */
export function BringChart() {
  const accounts = useAccounts()
  return (
    <Screen title={t('bringTitle')} subtitle={t('bringText')} padded>
      {accounts === undefined ? <LoadingRows /> : <Form accounts={accounts} />}
    </Screen>
  )
}

type Values = { structure: string; table: string; rows: readonly EarlierAccount[] }
const Body = z.array(NewLegacyAccount)

function Form({ accounts }: { accounts: readonly Account[] }) {
  const path = useCompanyPath()
  const to = useAddress()
  const go = useGo()
  const [{ structure = '' }] = useSearchState()
  const save = useChange('createStructuresAccounts', {
    forgets: ['listStructuresAccounts', 'listStructuresTrialBalance'],
  })
  const form = useEntryForm<Values, z.output<typeof Body>>({
    name: 'earlier-chart',
    initial: { structure, table: '', rows: [] },
    schema: Body,
    check: problemsOf,
    body: ({ structure: name, rows }) =>
      rows.flatMap(({ account, ...row }) => (account === '' ? [] : [{ ...row, account, structure: name.trim() }])),
    save: async (requests, { values }) => {
      await save.mutateAsync({ path, body: { requests } })
      notifications.show({ message: t('accountsSaved', { count: requests.length }) })
      const left = values.rows.filter(({ account }) => account === '')
      if (left.length === 0) return await go(to(`mapping/structures/${values.structure.trim()}`))
      form.fields.setValues({ ...values, table: '', rows: left })
    },
  })
  const { structure: name, table, rows } = form.fields.values
  const put = (some: Partial<Values>) => {
    form.fields.setValues(some)
    for (const field of Object.keys(some)) form.fields.clearFieldError(field)
  }
  const read = (text: string) => put({ table: text, rows: readChart(readTable(text), accounts) })
  return (
    <EntryFormFrame form={form} wide submitLabel={t('saveAccounts')} onCancel={() => void go(to('mapping/structures'))}>
      <TextInput
        label={t('structure')}
        description={t('structureNameText')}
        maw={320}
        value={name}
        error={form.fields.errors.structure}
        onChange={(event) => put({ structure: event.currentTarget.value })}
      />
      <Textarea
        label={t('chartTable')}
        description={t('chartTableText')}
        rows={6}
        classNames={{ input: classes.pasted }}
        value={table}
        error={form.fields.errors.table}
        onChange={(event) => read(event.currentTarget.value)}
      />
      <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={async (file) => file && read(await file.text())}>
        {(props) => (
          <Button {...props} variant="default" size="xs" className={classes.start}>
            {t('chartFile')}
          </Button>
        )}
      </FileButton>
      {rows.length > 0 && (
        <Placed
          of={rows}
          onPlace={(code, account) => put({ rows: rows.map((row) => (row.code === code ? { ...row, account } : row)) })}
        />
      )}
    </EntryFormFrame>
  )
}

function problemsOf({ structure, rows }: Values): Record<string, string> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(structure.trim())) return { structure: t('structureNameText') }
  if (rows.length === 0) return { table: t('chartEmpty') }
  if (rows.every(({ account }) => account === '')) return { table: t('nothingPlaced') }
  return {}
}

/** The accounts that were read, each with the one of ours that it becomes. */
function Placed({ of, onPlace }: { of: readonly EarlierAccount[]; onPlace(code: string, account: string): void }) {
  const left = of.filter(({ account }) => account === '').length
  return (
    <div>
      <Group gap="xs" mb="xs" role="status">
        <Badge color={left === 0 ? 'green' : 'yellow'} variant="light">
          {left === 0 ? t('allPlaced') : t('unplaced', { count: left })}
        </Badge>
        <span className={classes.quiet}>{t('ofAccounts', { count: of.length })}</span>
      </Group>
      <ReportTable
        label={t('chartRead')}
        columns={[
          { id: 'code', header: t('earlierCode') },
          { id: 'name', header: t('name') },
          { id: 'account', header: t('hasBecome') },
        ]}
        rows={of.map(({ code, name, account }) => ({
          key: code,
          cells: {
            code,
            name,
            account: (
              <AccountField
                size="xs"
                aria-label={t('becomes', { code })}
                placeholder={t('chooseAccount')}
                value={account}
                onChange={(ours) => onPlace(code, ours)}
              />
            ),
          },
        }))}
      />
    </div>
  )
}
