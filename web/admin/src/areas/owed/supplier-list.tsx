import type { Supplier } from '../../../../../clients/typescript/src/api.ts'
import { Country, countryChoices } from '../../../../ui/country.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Count } from '../../../../ui/money.tsx'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import { Sides } from './owed-list.tsx'
import { t } from './texts.ts'

const columns: Column<Supplier>[] = [
  { id: 'number', header: t('number'), cell: ({ number }) => number, text: ({ number }) => number },
  { id: 'name', header: t('name'), cell: ({ name }) => name, text: ({ name }) => name },
  {
    id: 'country',
    header: t('country'),
    cell: ({ country }) => <Country of={country} />,
    text: ({ country }) => country ?? '',
    wide: true,
  },
  {
    id: 'paymentDays',
    header: t('paymentDays'),
    right: true,
    wide: true,
    cell: ({ paymentDays }) => <Count of={paymentDays} />,
    text: ({ paymentDays }) => String(paymentDays),
  },
]

const filters: Filter[] = [
  { name: 'like', label: t('like'), kind: 'text' },
  { name: 'country', label: t('country'), kind: 'choice', options: countryChoices },
  { name: 'open', label: t('openItems'), kind: 'choice', options: [{ value: 'true', label: t('openItems') }] },
]

/** Whom one buys from. */
export function SupplierList() {
  const { may } = useWorkplace()
  return (
    <ListPage
      name="suppliers"
      exports="suppliers"
      counting="listSuppliersCount"
      title={t('suppliers')}
      operation="listSuppliers"
      columns={columns}
      filters={filters}
      keyOf={({ id }) => id}
      nameOf={({ number }) => number}
      opens={({ id }) => ({ kind: 'supplier', id })}
      views={may('sales.read') && <Sides at="suppliers" />}
      empty={{ title: t('emptySuppliers'), text: t('emptySuppliersText') }}
    />
  )
}
