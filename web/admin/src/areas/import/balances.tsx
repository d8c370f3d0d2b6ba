import { Switch } from '@mantine/core'
import { useState } from 'react'
import type { ImportTrialBalance } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { type Amount, given, isZero, negated } from '../../../../ui/exact.ts'
import { type ReportColumn, type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath } from '../../../../ui/workplace.tsx'
import classes from './import.module.css'
import { t } from './texts.ts'

const columns: ReportColumn[] = [
  { id: 'account', header: t('account') },
  { id: 'before', header: t('before'), right: true },
  { id: 'change', header: t('movement'), right: true, wide: true },
  { id: 'after', header: t('after'), right: true },
]

/** The trial balance without the import and with it, side by side; a debit is positive. */
export function BalancesTable({ importId }: { importId: string }) {
  const found = useRead('listImportsTrialBalance', { path: { ...useCompanyPath(), importId } }, { fresh: true })
  return <Loaded of={found}>{(of) => <Table of={of} />}</Loaded>
}

const opposite = (amount: Amount): Amount => ({ ...amount, amount: negated(amount.amount) })

function Table({ of }: { of: ImportTrialBalance }) {
  const to = useAddress()
  const [isShort, setShort] = useState(true)
  const shown = of.rows.filter(({ change, before }) =>
    isShort ? !isZero(given(change).amount) : !isZero(given(change).amount) || !isZero(given(before).amount),
  )
  const rows = shown.map(({ account, name, before, change, after }): ReportRow => {
    const ledger = to(`ledger/${account}`)
    return {
      key: account,
      cells: {
        account: (
          <>
            <span className={classes.code}>{account}</span> {name}
          </>
        ),
        before: { money: before, ...(isZero(given(before).amount) ? {} : { to: ledger }) },
        change: { money: change },
        after: { money: after, ...(of.written && !isZero(given(after).amount) ? { to: ledger } : {}) },
      },
    }
  })
  const { debit, credit } = of.totals
  const sums: ReportRow[] = [
    {
      key: 'debit',
      kind: 'sum',
      cells: { account: t('sumDebit'), before: { money: debit.before }, after: { money: debit.after } },
    },
    {
      key: 'credit',
      kind: 'sum',
      cells: {
        account: t('sumCredit'),
        before: { money: opposite(given(credit.before)) },
        after: { money: opposite(given(credit.after)) },
      },
    },
  ]
  return (
    <>
      <div className={classes.balanceTools}>
        <span className={classes.quiet}>{of.currency}</span>
        <Switch
          size="xs"
          label={t('onlyChanged')}
          checked={isShort}
          onChange={({ currentTarget }) => setShort(currentTarget.checked)}
        />
      </div>
      <div className={classes.balances}>
        <ReportTable label={t('balances')} columns={columns} rows={[...rows, ...sums]} />
      </div>
    </>
  )
}
