import { SegmentedControl } from '@mantine/core'
import type { OpenItem, PayableItem } from '../../../../../clients/typescript/src/api.ts'
import { daysBetween, today } from '../../../../ui/days.ts'
import { DetailLink } from '../../../../ui/details.tsx'
import { GoButton, useGo } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Count, Day, Money } from '../../../../ui/money.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

type Open = OpenItem | PayableItem

const lateness = ({ dueOn }: Open, now: string): number => Math.max(0, daysBetween(dueOn, now))

const Source = ({ of: { source, documentNumber } }: { of: Open }) =>
  source.kind === 'sales_document' && documentNumber !== null ? (
    <DetailLink kind="document" id={source.id}>
      {documentNumber}
    </DetailLink>
  ) : (
    (documentNumber ?? t('noDocument'))
  )

const columnsOf = <Row extends Open>(party: Column<Row>, now: string): Column<Row>[] => [
  party,
  {
    id: 'document',
    header: t('document'),
    cell: (row) => <Source of={row} />,
    text: ({ documentNumber }) => documentNumber ?? '',
  },
  {
    id: 'openedOn',
    header: t('openedOn'),
    cell: ({ openedOn }) => <Day of={openedOn} />,
    text: ({ openedOn }) => openedOn,
    wide: true,
  },
  {
    id: 'dueOn',
    header: t('dueOn'),
    cell: ({ dueOn }) => <Day of={dueOn} />,
    text: ({ dueOn }) => dueOn,
    wide: true,
    sort: { ascending: 'dueOn', descending: '-dueOn' },
  },
  {
    id: 'overdue',
    header: t('overdue'),
    right: true,
    wide: true,
    cell: (row) => lateness(row, now) > 0 && <Count of={lateness(row, now)} />,
    text: (row) => String(lateness(row, now)),
  },
  {
    id: 'amount',
    header: t('amount'),
    right: true,
    wide: true,
    cell: ({ amount }) => <Money of={amount} withCurrency />,
    text: ({ amount }) => amount?.amount ?? '',
  },
  {
    id: 'open',
    header: t('open'),
    right: true,
    cell: ({ open }) => <Money of={open} withCurrency />,
    text: ({ open }) => open?.amount ?? '',
  },
]

const filtersOf = (party: 'customer' | 'supplier'): Filter[] => [
  { name: party, label: party === 'customer' ? t('customerNumber') : t('supplierNumber'), kind: 'text' },
  { name: 'dueBefore', label: t('dueBefore'), kind: 'day' },
  { name: 'atLeast', label: t('atLeast'), kind: 'text' },
  { name: 'atMost', label: t('atMost'), kind: 'text' },
]

/** What customers owe, or are owed, one by one: the longest due first. */
export function ReceivableList() {
  const { company, may } = useWorkplace()
  const to = useAddress()
  const party: Column<OpenItem> = {
    id: 'customer',
    header: t('party'),
    cell: ({ customerName }) => customerName,
    text: ({ customerName }) => customerName,
  }
  return (
    <ListPage
      name="open-items"
      exports="open-items"
      counting="listOpenItemsCount"
      title={t('receivable')}
      operation="listOpenItems"
      columns={columnsOf(party, today(company.timeZone))}
      filters={filtersOf('customer')}
      keyOf={({ id }) => id}
      nameOf={({ customerName }) => customerName}
      opens={({ customer }) => ({ kind: 'customer', id: String(customer) })}
      views={may('journal.read') && <Sides at="open-items" />}
      actions={
        <>
          {may('reports.read') && (
            <GoButton size="xs" variant="default" to={to('reports/aged-receivables')}>
              {t('aged')}
            </GoButton>
          )}
          {may('payments.write') && (
            <GoButton size="xs" to={to('payments/receive')}>
              {t('receive')}
            </GoButton>
          )}
        </>
      }
      empty={{ title: t('empty'), text: t('emptyText') }}
    />
  )
}

/** What we owe suppliers, or are owed. */
export function PayableList() {
  const { company, may } = useWorkplace()
  const to = useAddress()
  const party: Column<PayableItem> = {
    id: 'supplier',
    header: t('supplier'),
    cell: ({ supplierName }) => supplierName,
    text: ({ supplierName }) => supplierName,
  }
  return (
    <ListPage
      name="payable-items"
      exports="payable-items"
      counting="listPayableItemsCount"
      title={t('payable')}
      operation="listPayableItems"
      columns={columnsOf(party, today(company.timeZone))}
      filters={filtersOf('supplier')}
      keyOf={({ id }) => id}
      nameOf={({ supplierName }) => supplierName}
      opens={({ supplier }) => ({ kind: 'supplier', id: supplier })}
      views={may('sales.read') && <Sides at="open-items/suppliers" />}
      actions={
        may('reports.read') && (
          <GoButton size="xs" variant="default" to={to('reports/aged-payables')}>
            {t('aged')}
          </GoButton>
        )
      }
      empty={{ title: t('emptyPayable'), text: t('emptyPayableText') }}
    />
  )
}

/** Debts of customers, ours, and those to whom we have them. */
export function Sides({ at }: { at: string }) {
  const go = useGo()
  const to = useAddress()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('section')}
      value={at}
      onChange={(path) => void go(to(path))}
      data={[
        { value: 'open-items', label: t('receivable') },
        { value: 'open-items/suppliers', label: t('payable') },
        { value: 'suppliers', label: t('suppliers') },
      ]}
    />
  )
}
