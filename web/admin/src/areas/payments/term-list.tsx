import type { EarlyPaymentTerm } from '../../../../../clients/typescript/src/api.ts'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { t } from './texts.ts'

const columns: Column<EarlyPaymentTerm>[] = [
  { id: 'number', header: t('invoice'), cell: (row) => row.number, text: (row) => row.number },
  {
    id: 'customer',
    header: t('customer'),
    cell: (row) => row.customerName,
    text: (row) => row.customerName ?? '',
    wide: true,
  },
  { id: 'percent', header: t('percent'), right: true, cell: (row) => row.percent, text: (row) => row.percent },
  {
    id: 'until',
    header: t('lastDay'),
    cell: (row) => <Day of={row.until} />,
    text: (row) => row.until,
    sort: { ascending: 'until', descending: '-until' },
  },
  {
    id: 'endedOn',
    header: t('endedOn'),
    cell: (row) => <Day of={row.endedOn} />,
    text: (row) => row.endedOn ?? '',
    wide: true,
  },
  { id: 'reason', header: t('reason'), cell: (row) => row.reason, text: (row) => row.reason ?? '', optional: true },
  {
    id: 'gross',
    header: t('gross'),
    right: true,
    wide: true,
    cell: (row) => <Money of={row.gross} withCurrency />,
    text: (row) => row.gross?.amount ?? '',
  },
  {
    id: 'open',
    header: t('open'),
    right: true,
    cell: (row) => <Money of={row.open} withCurrency />,
    text: (row) => row.open?.amount ?? '',
  },
]

const filters: Filter[] = [
  { name: 'customer', label: t('customer'), kind: 'text' },
  { name: 'from', label: t('endsFrom'), kind: 'day' },
  { name: 'to', label: t('endsTo'), kind: 'day' },
  {
    name: 'ended',
    label: t('endedOn'),
    kind: 'choice',
    options: [
      { value: 'false', label: t('notEnded') },
      { value: 'true', label: t('wasEnded') },
    ],
  },
]

/** What customers may keep by paying early, invoice by invoice. */
export const TermList = () => (
  <ListPage
    name="early-payment-terms"
    exports="early-payment-terms"
    counting="listEarlyPaymentTermsCount"
    title={t('terms')}
    operation="listEarlyPaymentTerms"
    columns={columns}
    filters={filters}
    keyOf={({ id }) => id}
    nameOf={({ number }) => number}
    opens={({ id }) => ({ kind: 'document', id })}
    empty={{ title: t('noTerms'), text: t('noTermsText') }}
  />
)
