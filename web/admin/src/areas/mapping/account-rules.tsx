import { Button, Group, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ListedMappingRule } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import { writtenDay } from '../../../../ui/figures.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { type ReportColumn, type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './mapping.module.css'
import { Sections } from './sections.tsx'
import { t } from './texts.ts'
import { conditionNames, conditionsOf, roleNamed, shownRules, since } from './words.ts'

const columns: ReportColumn[] = [
  { id: 'what', header: t('what') },
  { id: 'account', header: t('account') },
  { id: 'from', header: t('from'), wide: true },
  { id: 'version', header: t('version'), right: true, wide: true },
  { id: 'by', header: t('by'), wide: true },
  { id: 'why', header: t('why'), wide: true },
  { id: 'change', header: t('change') },
]

const keyOf = (rule: ListedMappingRule): string =>
  [rule.role, ...conditionNames.map((name) => rule[name])].join('\u0000')

/** Which account plays which role, since when, by whom and why. */
export function AccountRules() {
  const found = useRead('listMappingRules', { path: useCompanyPath() })
  const to = useAddress()
  const { may } = useWorkplace()
  const [{ find = '', versions }, change] = useSearchState()
  const add = may('settings.write') && (
    <GoButton size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} to={to('mapping/change')}>
      {t('new')}
    </GoButton>
  )
  return (
    <Screen title={t('title')} actions={add}>
      <Sections at="accounts" />
      <Group className={classes.tools} gap="xs">
        <TextInput
          size="xs"
          w={220}
          aria-label={t('find')}
          placeholder={t('find')}
          value={find}
          onChange={(event) => change({ find: event.currentTarget.value || undefined }, { replace: true })}
        />
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
      <Loaded of={found}>{({ rows }) => <Table of={rows} find={find} withEarlier={versions === 'all'} />}</Loaded>
    </Screen>
  )
}

type TableProps = { of: readonly ListedMappingRule[]; find: string; withEarlier: boolean }

function Table({ of, find, withEarlier }: TableProps) {
  const to = useAddress()
  const { may, company } = useWorkplace()
  const words = find.toLocaleLowerCase().split(/\s+/)
  const shown = shownRules(of, { keyOf, today: today(company.timeZone), withEarlier }).filter(({ rule }) => {
    const text = [roleNamed(rule.role), conditionsOf(rule), rule.account, rule.accountName].join(' ')
    return words.every((word) => text.toLocaleLowerCase().includes(word))
  })
  if (shown.length === 0) return <Empty title={t('nothingFound')} text={t('nothingFoundText')} />
  const rows = shown.map(({ rule, place }): ReportRow => {
    const conditions = conditionsOf(rule)
    const from = since(rule.effectiveFrom)
    return {
      key: rule.id,
      depth: place === 'now' ? 0 : 1,
      cells: {
        what: (
          <>
            {roleNamed(rule.role)} <span className={classes.quiet}>{conditions}</span>
            {place === 'coming' && (
              <div className={classes.coming}>{t('coming', { day: writtenDay(rule.effectiveFrom, locale) })}</div>
            )}
          </>
        ),
        account: rule.account === null ? t('endsHere') : `${rule.account} ${rule.accountName ?? ''}`,
        from: from === undefined ? <span className={classes.always}>{t('always')}</span> : <Day of={from} />,
        version: String(rule.version),
        by: rule.authorName,
        why: rule.reason,
        change: place !== 'earlier' && may('settings.write') && (
          <GoButton
            size="compact-xs"
            variant="default"
            to={to('mapping/change', { rule: rule.id })}
            aria-label={[`${t('change')}: ${roleNamed(rule.role)}`, conditions, place === 'coming' && from]
              .filter(Boolean)
              .join(' ')}
          >
            {t('change')}
          </GoButton>
        ),
      },
    }
  })
  return <ReportTable label={t('accounts')} columns={columns} rows={rows} />
}
