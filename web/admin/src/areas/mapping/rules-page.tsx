import { Button, Group, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { today } from '../../../../ui/days.ts'
import { writtenDay } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './mapping.module.css'
import { blank, type RuleField, RuleForm, type RuleValues } from './rule-form.tsx'
import { type Part, Sections } from './sections.tsx'
import { t } from './texts.ts'
import { shownRules, since } from './words.ts'

type Rule = { id: string; version: number; effectiveFrom: string; authorName?: string; reason?: string }

type RuleColumn<Row> = {
  id: string
  header: string
  cell(rule: Row): ReactNode
  right?: boolean
  wide?: boolean
}

type RulesPageProps<Row extends Rule, Body> = {
  part: Part
  found: {
    data: { rows: Row[] } | undefined
    error: unknown
    isPending: boolean
    refetch(): Promise<{ data: { rows: Row[] } | undefined }>
  }
  filter?: { name: string; label: string; value: string; options: readonly { value: string; label: string }[] }
  /** What is the same for all versions of a rule. */
  keyOf(rule: Row): string
  columns: readonly RuleColumn<Row>[]
  fields: readonly RuleField[]
  initial: RuleValues
  schema: z.ZodType<Body>
  save(body: Body & { follows?: number }): Promise<void>
}

/** Rules of one kind as a table: what each says, since when and by whom; a change is its next version. */
export function RulesPage<Row extends Rule, Body>(props: RulesPageProps<Row, Body>) {
  const { part, found, filter } = props
  const { may } = useWorkplace()
  const [{ rule, versions }, change] = useSearchState()
  const close = () => change({ rule: undefined })
  const open =
    rule === undefined || found.data === undefined ? undefined : found.data.rows.find(({ id }) => id === rule)
  const editing = rule === 'new' || open !== undefined
  const add = may('settings.write') && (
    <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => change({ rule: 'new' })}>
      {t('new')}
    </Button>
  )
  return (
    <Screen title={t('title')} actions={add}>
      <Sections at={part} />
      <Group className={classes.tools} gap="xs">
        {filter && (
          <Select
            size="xs"
            w={200}
            aria-label={filter.label}
            allowDeselect={false}
            data={[...filter.options]}
            value={filter.value}
            onChange={(value) => change({ [filter.name]: value ?? undefined })}
          />
        )}
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          aria-pressed={versions === 'all'}
          onClick={() => change({ versions: versions === 'all' ? undefined : 'all' })}
        >
          {versions === 'all' ? t('earlierHide') : t('earlierShow')}
        </Button>
      </Group>
      {editing && may('settings.write') && (
        <Editing {...props} key={rule} name={`${part}.${rule}`} open={open} close={close} />
      )}
      <Loaded of={found}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t('empty')} text={t('emptyText')} action={add} />
          ) : (
            <Table {...props} rows={rows} withEarlier={versions === 'all'} onChange={(id) => change({ rule: id })} />
          )
        }
      </Loaded>
    </Screen>
  )
}

type EditingProps<Row extends Rule, Body> = RulesPageProps<Row, Body> & {
  name: string
  open: Row | undefined
  close(): void
}

/** A new rule, or the next version of one: of that, both versions are shown where somebody else has added one meanwhile. */
function Editing<Row extends Rule, Body>(props: EditingProps<Row, Body>) {
  const { name, open, close, found, keyOf, fields, initial, schema, save } = props
  const reread = async (rule: Row) => {
    const newest = newestOf(props, rule, (await found.refetch()).data?.rows)
    const values = newest === undefined ? {} : valuesOf(newest, fields)
    return { values, tag: newest === undefined ? null : String(newest.version) }
  }
  return (
    <RuleForm
      name={name}
      fields={fields}
      initial={open === undefined ? initial : valuesOf(open, fields)}
      schema={schema}
      {...(open === undefined ? {} : { tag: String(newestOf(props, open)?.version), reread: () => reread(open) })}
      save={async (body, seen) => {
        // With another name it is another rule, whose versions nobody has read.
        const isSame = open !== undefined && keyOf({ ...open, ...blank(fields), ...body }) === keyOf(open)
        await save({ ...body, ...(isSame && seen !== undefined ? { follows: seen } : {}) })
        notifications.show({ message: t('ruleSaved') })
        close()
      }}
      onCancel={close}
    />
  )
}

/** Of the versions of a rule the newest, whether it holds by now or not. */
function newestOf<Row extends Rule, Body>(
  { found, keyOf }: Pick<RulesPageProps<Row, Body>, 'found' | 'keyOf'>,
  rule: Row,
  rows: readonly Row[] = found.data?.rows ?? [],
): Row | undefined {
  return rows.filter((one) => keyOf(one) === keyOf(rule)).toSorted((a, b) => b.version - a.version)[0]
}

/** A rule as its form takes it, for the next version. */
const valuesOf = (rule: Rule, fields: readonly RuleField[]): RuleValues =>
  Object.fromEntries(
    fields.flatMap(({ name, kind }): [string, string | boolean | null][] => {
      const value = (rule as Readonly<Record<string, unknown>>)[name]
      if (name === 'reason' || value === null || value === undefined) return []
      if (kind === 'day') return [[name, since(String(value)) ?? null]]
      return [[name, kind === 'check' ? value === true : String(value)]]
    }),
  )

type TableProps<Row extends Rule> = {
  part: Part
  rows: readonly Row[]
  keyOf(rule: Row): string
  columns: readonly RuleColumn<Row>[]
  withEarlier: boolean
  onChange(id: string): void
}

function Table<Row extends Rule>({ part, rows, keyOf, columns, withEarlier, onChange }: TableProps<Row>) {
  const { may, company } = useWorkplace()
  const shown = shownRules(rows, { keyOf, today: today(company.timeZone), withEarlier })
  // Some kinds of rules say who wrote them, and why.
  const isTold = rows.some(({ authorName }) => authorName !== undefined)
  return (
    <ReportTable
      label={t(part)}
      columns={[
        ...columns.map(({ id, header, right, wide }) => ({ id, header, right, wide })),
        { id: 'from', header: t('from'), wide: true },
        ...(isTold ? [{ id: 'by', header: t('by'), wide: true }] : []),
        { id: 'change', header: t('change') },
      ]}
      rows={shown.map(({ rule, place }): ReportRow => {
        const from = since(rule.effectiveFrom)
        const cells = columns.map(({ id, cell }, at): [string, ReactNode] => [
          id,
          at === 0 && place === 'coming' ? (
            <>
              {cell(rule)}
              <div className={classes.coming}>{t('coming', { day: writtenDay(rule.effectiveFrom, locale) })}</div>
            </>
          ) : (
            cell(rule)
          ),
        ])
        return {
          key: rule.id,
          depth: place === 'now' ? 0 : 1,
          cells: {
            ...Object.fromEntries(cells),
            from: from === undefined ? <span className={classes.always}>{t('always')}</span> : <Day of={from} />,
            by: [rule.authorName, rule.reason].filter(Boolean).join(' · '),
            change: place !== 'earlier' && may('settings.write') && (
              <Button size="compact-xs" variant="default" onClick={() => onChange(rule.id)}>
                {t('change')}
              </Button>
            ),
          },
        }
      })}
    />
  )
}
