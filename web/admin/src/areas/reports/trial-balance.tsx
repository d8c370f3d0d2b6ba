import { useRead } from '../../../../ui/api.ts'
import { type Amount, isNegative, isZero, negated, sumOf } from '../../../../ui/exact.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { useReportDays } from '../../../../ui/report-days.ts'
import { ReportPage } from '../../../../ui/report-page.tsx'
import { type ReportColumn, type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { type Source, useSourceAddress } from '../../../../ui/sources.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

type Row = { code: string; name: string; balance: Amount; source: Source }

const columns: ReportColumn[] = [
  { id: 'code', header: t('code') },
  { id: 'name', header: t('account') },
  { id: 'debit', header: t('debit'), right: true },
  { id: 'credit', header: t('credit'), right: true },
]

/** Every account's balance at the end of a day. Both columns have the same sum. */
export function TrialBalance() {
  const { asOf } = useReportDays()
  const found = useRead('getReport', { path: { ...useCompanyPath(), name: 'trial-balance' }, query: { asOf } })
  return (
    <ReportPage title={t('trialBalance')} report="trial-balance" of="day">
      <Loaded of={found}>{({ rows }) => <Accounts of={rows as unknown as Row[]} />}</Loaded>
    </ReportPage>
  )
}

function Accounts({ of }: { of: readonly Row[] }) {
  const addressOf = useSourceAddress()
  const { may } = useWorkplace()
  const to = useAddress()
  if (of.length === 0) {
    const action = may('imports.run') && <GoButton to={to('imports/new')}>{t('importSales')}</GoButton>
    return <Empty title={t('nothing')} text={t('nothingText')} action={action} />
  }
  const debits = of.flatMap(({ balance }) => (isNegative(balance.amount) ? [] : [balance]))
  const credits = of.flatMap(({ balance }) =>
    isNegative(balance.amount) ? [{ ...balance, amount: negated(balance.amount) }] : [],
  )
  const lines = of.map(({ code, name, balance, source }): ReportRow => {
    const isCredit = isNegative(balance.amount)
    const cell = {
      money: isCredit ? { ...balance, amount: negated(balance.amount) } : balance,
      to: addressOf(source),
    }
    const side = isZero(balance.amount) ? {} : isCredit ? { credit: cell } : { debit: cell }
    return { key: code, cells: { code, name, ...side } }
  })
  const total: ReportRow = {
    key: 'total',
    kind: 'sum',
    cells: {
      name: t('total'),
      debit: { money: sumOf(debits) ?? null },
      credit: { money: sumOf(credits) ?? null },
    },
  }
  return <ReportTable label={t('trialBalance')} columns={columns} rows={[...lines, total]} />
}
