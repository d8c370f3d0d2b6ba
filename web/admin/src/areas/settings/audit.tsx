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
import { wordsOfRole } from '../../../../ui/words.ts'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { auditedTables } from './audited-tables.ts'
import { SettingsFrame } from './frame.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

const words = (name: string): string =>
  name
    .replace(/^auth\./, '')
    .replace(/_minor$/, '')
    .replace(/_id$/, '')
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
                { id: 'what', header: t('what'), cell: (row) => <What of={row} /> },
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
          data={auditedTables.map((value) => ({ value, label: words(value) }))}
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
  company_identity: new Set(['recorded_at']),
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

/** What kind of thing was changed and which one; on a phone, where there is no column for it, also how. */
function What({ of }: { of: AuditedChange }) {
  const subject = subjectOf(of)
  return (
    <>
      {`${words(of.table)}, ${t(`did_${of.operation}`)}`}
      {subject !== '' && <div>{subject}</div>}
      <div className={classes.phone}>
        <Changed of={of} />
      </div>
    </>
  )
}

/** The columns that say which one it is, of each table in which no `name` does. */
const subjects: Readonly<Record<string, readonly string[]>> = {
  account: ['code', 'name'],
  account_group: ['code', 'name'],
  accounting_period: ['month'],
  approval_request: ['summary'],
  approval_rule: ['kind'],
  budget_amount: ['budget_id', 'account_id', 'month'],
  company_address: ['kind', 'line_1'],
  company_identity: ['legal_name'],
  company_rate: ['currency', 'day'],
  company_tax_number: ['scheme', 'number'],
  destination_rule: ['destination'],
  early_payment_ending: ['reason'],
  exception_duty: ['data_kind'],
  exception_escalation: ['data_kind'],
  journal_template: ['title'],
  legacy_account: ['structure', 'code'],
  line_code_rule: ['source', 'pattern'],
  mapping_rule: ['role', 'item_id', 'item_group_id', 'tax_code_id', 'channel_id', 'payment_method', 'document_kind'],
  period_decision: ['month'],
  posting_day_rule: ['source', 'channel'],
  source_name_rule: ['source', 'pattern'],
  tax_code: ['code', 'name'],
  tax_rate: ['tax_code_id'],
  webhook_endpoint: ['url'],
  invitation: ['email'],
  membership: ['user_id'],
}

/** Which one it is, as people call it: '4000 Sales', 'Sales MUG Mug'. */
function subjectOf(of: AuditedChange): string {
  const row = of.after ?? of.before ?? {}
  return (subjects[of.table] ?? ['name'])
    .flatMap((name) => {
      const value = row[name]
      if (value === null || value === undefined || value === '') return []
      return [named(of, name, value) ?? (name === 'role' ? wordsOfRole(String(value)) : said(value))]
    })
    .join(' ')
}

/** What a column names by its id. */
function named({ accounts, names }: AuditedChange, name: string, value: unknown): string | undefined {
  const account = /(^|_)account_id$/.test(name) ? accounts[String(value)] : undefined
  return account === undefined ? names[`${name} ${value}`] : `${account.code} ${account.name}`
}

function Changed({ of }: { of: AuditedChange }) {
  const { table, before, after } = of
  const { company } = useWorkplace()
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => !dull.has(name) && !dullOf[table]?.has(name) && said(before?.[name]) !== said(after?.[name]),
  )
  const written = (name: string, value: unknown): string => named(of, name, value) ?? plainly(name, value)
  const plainly = (name: string, value: unknown): string =>
    name === 'role' && typeof value === 'string'
      ? wordsOfRole(value)
      : name.endsWith(MINOR) && /^-?\d+$/.test(String(value))
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
