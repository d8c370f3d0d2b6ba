import { IconPlus } from '@tabler/icons-react'
import type { ItemSales } from '../../../../../clients/typescript/src/api.ts'
import { writtenDay } from '../../../../ui/figures.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { locale } from '../../../../ui/locale.ts'
import { MoneyLink } from '../../../../ui/money-link.tsx'
import { useSourceAddress } from '../../../../ui/sources.ts'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

const Sales = ({ of: { sales, source } }: { of: ItemSales }) => <MoneyLink of={sales} to={useSourceAddress()(source)} />

const columns: Column<ItemSales>[] = [
  {
    id: 'code',
    header: t('code'),
    cell: ({ code }) => code,
    text: ({ code }) => code,
    sort: { ascending: 'code', descending: 'code' },
  },
  { id: 'name', header: t('name'), cell: ({ name }) => name, text: ({ name }) => name },
  {
    id: 'group',
    header: t('group'),
    cell: ({ itemGroup }) => itemGroup,
    text: ({ itemGroup }) => itemGroup ?? '',
    wide: true,
  },
  { id: 'kind', header: t('kind'), cell: ({ kind }) => t(kind), text: ({ kind }) => t(kind), wide: true },
  {
    id: 'sales',
    header: t('sales'),
    right: true,
    cell: (row) => <Sales of={row} />,
    text: ({ sales }) => sales?.amount ?? '',
    sort: { ascending: 'sales', descending: '-sales' },
  },
]

const kinds = ['goods', 'service'] as const

const filters: Filter[] = [
  { name: 'like', label: t('like'), kind: 'text' },
  { name: 'from', label: t('from'), kind: 'day' },
  { name: 'to', label: t('to'), kind: 'day' },
  { name: 'itemGroup', label: t('group'), kind: 'text' },
  { name: 'kind', label: t('kind'), kind: 'choice', options: kinds.map((value) => ({ value, label: t(value) })) },
]

/** What is sold, and how much of it: the most first. */
export function ItemList() {
  const { may } = useWorkplace()
  const to = useAddress()
  const add = may('catalog.write') && (
    <GoButton size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} to={to('items/new')}>
      {t('new')}
    </GoButton>
  )
  return (
    <ListPage
      name="items"
      exports="item-sales"
      counting="listItemSalesCount"
      title={t('title')}
      subtitle={({ rows: [first] }) =>
        first &&
        t('soldIn', {
          from: writtenDay(first.from, locale),
          to: writtenDay(first.to, locale),
          currency: first.sales?.currency ?? '',
        })
      }
      operation="listItemSales"
      columns={columns}
      filters={filters}
      keyOf={({ id }) => id}
      nameOf={({ code }) => code}
      opens={({ id }) => ({ kind: 'item', id })}
      actions={
        <>
          <GoButton size="xs" variant="subtle" to={to('items/groups')}>
            {t('groups')}
          </GoButton>
          {add}
        </>
      }
      empty={{ title: t('empty'), text: t('emptyText'), action: add }}
    />
  )
}
