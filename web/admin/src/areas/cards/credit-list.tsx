import type { StoreCredit } from '../../../../../clients/typescript/src/api.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { Sections } from './parts.tsx'
import { t } from './texts.ts'

const columns: Column<StoreCredit>[] = [
  {
    id: 'customer',
    header: t('customer'),
    cell: (row) => row.customerName,
    text: (row) => row.customerNumber,
  },
  {
    id: 'lastMovedOn',
    header: t('lastMovedOn'),
    cell: (row) => <Day of={row.lastMovedOn} />,
    text: (row) => row.lastMovedOn ?? '',
  },
  {
    id: 'balance',
    header: t('balance'),
    right: true,
    cell: (row) => <Money of={row.balance} withCurrency />,
    text: (row) => row.balance?.amount ?? '',
    sort: { ascending: 'balance', descending: '-balance' },
  },
]

const filters: Filter[] = [
  { name: 'customer', label: t('customer'), kind: 'text' },
  {
    name: 'balance',
    label: t('balance'),
    kind: 'choice',
    options: (['some', 'none'] as const).map((value) => ({ value, label: t(value) })),
  },
  { name: 'atLeast', label: t('atLeast'), kind: 'text' },
  { name: 'atMost', label: t('atMost'), kind: 'text' },
]

/** What customers have as credit, the most first. */
export function CreditList() {
  const { may } = useWorkplace()
  const to = useAddress()
  const issue = may('payments.write') && (
    <GoButton size="xs" to={to('store-credit/issue')}>
      {t('issue')}
    </GoButton>
  )
  return (
    <ListPage
      name="store-credit"
      exports="store-credit"
      counting="listStoreCreditCount"
      title={t('credit')}
      operation="listStoreCredit"
      columns={columns}
      filters={filters}
      keyOf={(row) => row.id}
      nameOf={(row) => row.customerName}
      opens={(row) => ({ kind: 'store-credit', id: row.id })}
      views={<Sections at="credit" />}
      actions={
        <>
          {may('reports.read') && (
            <GoButton size="xs" variant="subtle" to={to('reports/store-credit')}>
              {t('report')}
            </GoButton>
          )}
          {issue}
        </>
      }
      empty={{ title: t('emptyCredit'), text: t('emptyCreditText'), action: issue }}
    />
  )
}
