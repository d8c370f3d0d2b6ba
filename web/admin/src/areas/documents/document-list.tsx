import { VisuallyHidden } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Document } from '../../../../../clients/typescript/src/api.ts'
import { documentKinds } from '../../../../../src/kernel/document-kinds.ts'
import { Country, countryChoices } from '../../../../ui/country.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { exportRows } from '../../../../ui/list-export.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './documents.module.css'
import { names } from './names.ts'
import { t } from './texts.ts'

/** What an order is worth stands with the amounts of the others, quietly: nobody owes it. */
const Ordered = ({ of }: { of: NonNullable<Document['ordered']> }) => (
  <span className={classes.ordered} title={t('orderedNotOwed')}>
    <Money of={of} />
    <VisuallyHidden> {t('orderedNotOwed')}</VisuallyHidden>
  </span>
)

const columns: Column<Document>[] = [
  { id: 'number', header: t('number'), cell: (row) => row.number, text: (row) => row.number },
  { id: 'kind', header: t('kind'), cell: (row) => t(row.kind), text: (row) => row.kind, wide: true },
  {
    id: 'issuedOn',
    header: t('issuedOn'),
    cell: (row) => <Day of={row.issuedOn} />,
    text: (row) => row.issuedOn,
    sort: { ascending: 'issuedOn', descending: '-issuedOn' },
  },
  {
    id: 'dueOn',
    header: t('dueOn'),
    cell: (row) => <Day of={row.dueOn} />,
    text: (row) => row.dueOn ?? '',
    optional: true,
  },
  {
    id: 'customer',
    header: t('customer'),
    cell: (row) => (typeof row.customer === 'object' && row.customer ? row.customer.name : row.customerNumber),
    text: (row) => row.customerNumber ?? '',
    wide: true,
  },
  {
    id: 'country',
    header: t('country'),
    cell: (row) => <Country of={row.country} />,
    text: (row) => row.country ?? '',
    wide: true,
  },
  { id: 'order', header: t('order'), cell: (row) => row.order, text: (row) => row.order ?? '', optional: true },
  { id: 'source', header: t('source'), cell: (row) => row.source, text: (row) => row.source, optional: true },
  {
    id: 'net',
    header: t('net'),
    right: true,
    optional: true,
    cell: (row) => <Money of={row.net} />,
    text: (row) => row.net?.amount ?? '',
  },
  {
    id: 'tax',
    header: t('tax'),
    right: true,
    wide: true,
    cell: (row) => <Money of={row.tax} />,
    text: (row) => row.tax?.amount ?? '',
  },
  {
    id: 'gross',
    header: t('gross'),
    right: true,
    cell: (row) => (row.ordered ? <Ordered of={row.ordered} /> : <Money of={row.gross} />),
    text: (row) => (row.ordered ?? row.gross)?.amount ?? '',
  },
  {
    id: 'open',
    header: t('open'),
    right: true,
    wide: true,
    cell: (row) => <Money of={row.open} />,
    text: (row) => row.open?.amount ?? '',
  },
]

const filters: Filter[] = [
  { name: 'number', label: t('number'), kind: 'text' },
  { name: 'customer', label: t('customer'), kind: 'text' },
  {
    name: 'kind',
    label: t('kind'),
    kind: 'choice',
    options: documentKinds.map((value) => ({ value, label: t(value) })),
  },
  { name: 'from', label: t('from'), kind: 'day' },
  { name: 'to', label: t('to'), kind: 'day' },
  { name: 'open', label: t('open'), kind: 'choice', options: [{ value: 'true', label: t('openOnly') }] },
  { name: 'item', label: t('item'), kind: 'text' },
  { name: 'country', label: t('country'), kind: 'choice', options: countryChoices },
  { name: 'dueBefore', label: t('dueBefore'), kind: 'day' },
  { name: 'order', label: t('order'), kind: 'text' },
  { name: 'import', label: t('import'), kind: 'text' },
]

/** Invoices, credit notes and what else was issued. */
export function DocumentList() {
  const { may } = useWorkplace()
  const to = useAddress()
  const add = may('sales.write') && (
    <GoButton size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} to={to('documents/new-invoice')}>
      {names.newInvoice}
    </GoButton>
  )
  return (
    <ListPage
      name="documents"
      exports="documents"
      counting="listDocumentsCount"
      title={t('title')}
      operation="listDocuments"
      query={{ 'expand[]': 'customer' }}
      columns={columns}
      filters={filters}
      bulk={[{ id: 'export', label: t('exportThese'), run: (rows) => exportRows('documents', columns, rows) }]}
      keyOf={(row) => row.id}
      nameOf={(row) => row.number}
      opens={(row) => ({ kind: 'document', id: row.id })}
      actions={add}
      empty={{ title: t('empty'), text: t('emptyText'), action: add }}
    />
  )
}
