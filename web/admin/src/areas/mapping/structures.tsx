import { IconPlus } from '@tabler/icons-react'
import type { LegacyAccount } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { Go, GoButton } from '../../../../ui/links.tsx'
import { Count } from '../../../../ui/money.tsx'
import { ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { Sections } from './sections.tsx'
import { t } from './texts.ts'

/** The charts of accounts that came before ours, by name. */
export function Structures() {
  const { may } = useWorkplace()
  const to = useAddress()
  const found = useRead('listStructuresAccounts', { path: useCompanyPath() })
  const bring = may('settings.write') && (
    <GoButton size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} to={to('mapping/structures/bring')}>
      {t('bringChart')}
    </GoButton>
  )
  return (
    <Screen title={t('title')} actions={bring}>
      <Sections at="structures" />
      <Loaded of={found}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t('structuresEmpty')} text={t('structuresEmptyText')} action={bring} />
          ) : (
            <Table of={rows} />
          )
        }
      </Loaded>
    </Screen>
  )
}

function Table({ of }: { of: readonly LegacyAccount[] }) {
  const to = useAddress()
  const { may } = useWorkplace()
  const charts = [...Map.groupBy(of, ({ structure }) => structure)]
  return (
    <ReportTable
      label={t('structures')}
      columns={[
        { id: 'name', header: t('structure') },
        { id: 'accounts', header: t('accounts'), right: true },
        { id: 'ours', header: t('oursOfThem'), right: true, wide: true },
        { id: 'balance', header: t('trialBalance') },
      ]}
      rows={charts.map(([name, accounts]) => ({
        key: name,
        cells: {
          name: <Go to={to(`mapping/structures/${name}`)}>{name}</Go>,
          accounts: <Count of={accounts.length} />,
          ours: <Count of={new Set(accounts.map(({ account }) => account)).size} />,
          balance: may('reports.read') && (
            <Go
              to={to(`mapping/structures/${name}/trial-balance`)}
              aria-label={t('trialBalanceOf', { structure: name })}
            >
              {t('trialBalance')}
            </Go>
          ),
        },
      }))}
    />
  )
}
