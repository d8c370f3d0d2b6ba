import { Button, Group, SegmentedControl, Select } from '@mantine/core'
import type { AuditedChange } from '../../../../../clients/typescript/src/api.ts'
import { type CurrencyCode, currencyExponent } from '../../../../../src/kernel/currencies.ts'
import { useRead } from '../../../../ui/api.ts'
import { decimalOf } from '../../../../ui/exact.ts'
import { figure, writtenDay, writtenMoment } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Rows } from '../../../../ui/rows.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { SettingsFrame } from './frame.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

/** What the log of a company tells of, by table. */
const tables = [
  'account',
  'account_group',
  'accounting_period',
  'approval_request',
  'approval_rule',
  'bank_account',
  'company',
  'exception_duty',
  'line_code_rule',
  'mapping_rule',
  'period_decision',
  'recurring_journal',
  'source_name_rule',
  'tax_code',
  'tax_rate',
] as const

const words = (name: string): string =>
  name
    .replace(/^auth\./, '')
    .replace(/_minor$/, '')
    .replace(/account_id$/, 'account')
    .replaceAll('_', ' ')
    .trim()

/** Who changed which setting, when, and from what to what. */
export function Audit() {
  const [search, change] = useSearchState()
  const area = search.area === 'people' ? 'people' : 'company'
  const query = {
    area,
    limit: 50,
    ...(search.table ? { table: search.table } : {}),
    ...(search.after ? { after: search.after } : {}),
  } as const
  const found = useRead('listAuditLog', { path: useCompanyPath(), query })
  return (
    <SettingsFrame title={t('audit')} text={t('auditText')} actions={<Tools area={area} />}>
      <Loaded of={found}>
        {({ rows, next }) => (
          <>
            <Rows
              label={t('audit')}
              of={rows}
              keyOf={({ id }) => id}
              empty={<Empty title={t('noChanges')} text={t('noChangesText')} />}
              columns={[
                {
                  id: 'at',
                  header: t('when'),
                  cell: ({ at }) => <span className={classes.moment}>{writtenMoment(at, locale)}</span>,
                },
                { id: 'who', header: t('who'), cell: ({ actorName }) => actorName },
                { id: 'what', header: t('what'), cell: (row) => `${words(row.table)}, ${t(`did_${row.operation}`)}` },
                { id: 'change', header: t('fromTo'), wide: true, cell: (row) => <Changed of={row} /> },
              ]}
            />
            {next !== null && (
              <Group justify="flex-end" p="md">
                <Button size="xs" variant="default" onClick={() => change({ after: next })}>
                  {t('older')}
                </Button>
              </Group>
            )}
          </>
        )}
      </Loaded>
    </SettingsFrame>
  )
}

function Tools({ area }: { area: 'company' | 'people' }) {
  const [search, change] = useSearchState()
  return (
    <Group gap="xs">
      {area === 'company' && (
        <Select
          size="xs"
          aria-label={t('auditTable')}
          placeholder={t('auditTable')}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': t('clear') }}
          data={tables.map((value) => ({ value, label: words(value) }))}
          value={search.table ?? null}
          onChange={(value) => change({ table: value ?? undefined, after: undefined })}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('auditArea')}
        value={area}
        onChange={(value) =>
          change({ area: value === 'people' ? value : undefined, table: undefined, after: undefined })
        }
        data={[
          { value: 'company', label: t('auditCompany') },
          { value: 'people', label: t('auditPeople') },
        ]}
      />
    </Group>
  )
}

// What every row has and nobody reads.
const dull = new Set(['company_id', 'id', 'author', 'created_at', 'version'])
// A request tells all of itself where it is decided.
const dullOf: Readonly<Record<string, ReadonlySet<string>>> = {
  approval_request: new Set(['payload', 'subject', 'requested_by', 'requested_at', 'decided_by', 'decided_at']),
}

const isDay = /^\d{4}-\d{2}-\d{2}$/
const isMoment = /^\d{4}-\d{2}-\d{2}T/
const BEGINNING = '0001-01-01'

/** A value as people write it: days and moments in the reader's way, names of the database as words. */
function plain(value: string): string {
  if (value === BEGINNING) return t('beginning')
  if (isMoment.test(value)) return writtenMoment(value, locale)
  if (isDay.test(value)) return writtenDay(value, locale)
  return /^[a-z]+(_[a-z]+)+$/.test(value) ? words(value) : value
}

const said = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? '–'
    : typeof value === 'object'
      ? Object.entries(value)
          .map(([name, one]) => `${words(name)} ${said(one)}`)
          .join(', ')
      : typeof value === 'boolean'
        ? t(value ? 'yes' : 'no')
        : plain(String(value))

/** Amounts are kept in minor units. */
const MINOR = '_minor'

function Changed({ of: { table, before, after, accounts } }: { of: AuditedChange }) {
  const { company } = useWorkplace()
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => !dull.has(name) && !dullOf[table]?.has(name) && said(before?.[name]) !== said(after?.[name]),
  )
  const accountOf = (name: string, value: unknown) =>
    /(^|_)account_id$/.test(name) ? accounts[String(value)] : undefined
  const written = (name: string, value: unknown): string => {
    const account = accountOf(name, value)
    return account === undefined ? plainly(name, value) : `${account.code} ${account.name}`
  }
  const plainly = (name: string, value: unknown): string =>
    name.endsWith(MINOR) && /^-?\d+$/.test(String(value))
      ? `${figure(decimalOf(BigInt(String(value)), currencyExponent(company.baseCurrency as CurrencyCode)), locale)} ${company.baseCurrency}`
      : said(value)
  return names.map((name) => (
    <div key={name}>
      <span className={classes.quiet}>{words(name)}</span> {before !== null && <del>{written(name, before[name])}</del>}{' '}
      {before !== null && after !== null && '→ '}
      {after !== null && <span>{written(name, after[name])}</span>}
    </div>
  ))
}
