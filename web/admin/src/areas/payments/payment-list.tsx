import { IconPlus } from '@tabler/icons-react'
import type { Payment } from '../../../../../clients/typescript/src/api.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

const kindOf = ({ kind }: Payment): string => t(kind === 'refund' ? 'refund' : 'payment')

const columns: Column<Payment>[] = [
  { id: 'reference', header: t('reference'), cell: (row) => row.reference, text: (row) => row.reference },
  { id: 'kind', header: t('kind'), cell: kindOf, text: (row) => row.kind, wide: true },
  {
    id: 'paidOn',
    header: t('paidOn'),
    cell: (row) => <Day of={row.paidOn} />,
    text: (row) => row.paidOn,
    sort: { ascending: 'paidOn', descending: '-paidOn' },
  },
  { id: 'method', header: t('method'), cell: (row) => row.method, text: (row) => row.method, wide: true },
  {
    id: 'customer',
    header: t('customer'),
    cell: (row) => (typeof row.customer === 'object' && row.customer ? row.customer.name : row.customerNumber),
    text: (row) => row.customerNumber ?? '',
    wide: true,
  },
  { id: 'order', header: t('order'), cell: (row) => row.order, text: (row) => row.order ?? '', optional: true },
  { id: 'source', header: t('source'), cell: (row) => row.source, text: (row) => row.source, optional: true },
  {
    id: 'amount',
    header: t('amount'),
    right: true,
    cell: (row) => <Money of={row.amount} withCurrency />,
    text: (row) => row.amount?.amount ?? '',
  },
]

const filters: Filter[] = [
  { name: 'reference', label: t('reference'), kind: 'text' },
  { name: 'customer', label: t('customer'), kind: 'text' },
  {
    name: 'kind',
    label: t('kind'),
    kind: 'choice',
    options: [
      { value: 'capture', label: t('payment') },
      { value: 'refund', label: t('refund') },
    ],
  },
  { name: 'from', label: t('from'), kind: 'day' },
  { name: 'to', label: t('to'), kind: 'day' },
  { name: 'order', label: t('order'), kind: 'text' },
]

/** What customers paid, and what was paid back. */
export function PaymentList() {
  const { may } = useWorkplace()
  const to = useAddress()
  const receive = may('payments.write') && (
    <GoButton size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} to={to('payments/receive')}>
      {t('receive')}
    </GoButton>
  )
  return (
    <ListPage
      name="payments"
      exports="payments"
      counting="listPaymentsCount"
      title={t('title')}
      operation="listPayments"
      query={{ 'expand[]': 'customer' }}
      columns={columns}
      filters={filters}
      keyOf={(row) => row.id}
      nameOf={(row) => row.reference}
      opens={(row) => ({ kind: 'payment', id: row.id })}
      actions={
        <>
          <GoButton size="xs" variant="subtle" to={to('payments/early-terms')}>
            {t('terms')}
          </GoButton>
          {may('payments.write') && (
            <>
              <GoButton size="xs" variant="subtle" to={to('payments/fee')}>
                {t('fee')}
              </GoButton>
              <GoButton size="xs" variant="subtle" to={to('payments/payout')}>
                {t('payout')}
              </GoButton>
              {receive}
            </>
          )}
        </>
      }
      empty={{ title: t('empty'), text: t('emptyText'), action: receive }}
    />
  )
}
