import { IconPlus } from '@tabler/icons-react'
import type { Customer } from '../../../../../clients/typescript/src/api.ts'
import { Country, countryChoices } from '../../../../ui/country.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { exportRows } from '../../../../ui/list-export.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Count } from '../../../../ui/money.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

const columns: Column<Customer>[] = [
  { id: 'number', header: t('number'), cell: (row) => row.number, text: (row) => row.number },
  { id: 'name', header: t('name'), cell: (row) => row.name, text: (row) => row.name },
  {
    id: 'country',
    header: t('country'),
    cell: (row) => <Country of={row.country} />,
    text: (row) => row.country ?? '',
    wide: true,
  },
  {
    id: 'paymentDays',
    header: t('paymentDays'),
    right: true,
    wide: true,
    cell: (row) => <Count of={row.paymentDays} />,
    text: (row) => String(row.paymentDays),
  },
]

const filters: Filter[] = [
  { name: 'like', label: t('like'), kind: 'text' },
  { name: 'number', label: t('number'), kind: 'text' },
  { name: 'country', label: t('country'), kind: 'choice', options: countryChoices },
  { name: 'open', label: t('open'), kind: 'choice', options: [{ value: 'true', label: t('openOnly') }] },
]

/** A number as it stands in a list that commas separate. */
const quoted = (number: string): string => (/[,"]/.test(number) ? `"${number.replaceAll('"', '""')}"` : number)

/** Whom one sells to. */
export function CustomerList() {
  const { may } = useWorkplace()
  const to = useAddress()
  const { companyId } = useCompanyPath()
  const print = (rows: readonly Customer[]) => {
    const asked = new URLSearchParams({ parties: rows.map(({ number }) => quoted(number)).join(','), format: 'pdf' })
    window.location.assign(`/api/v1/companies/${companyId}/reports/statements?${asked}`)
  }
  const add = may('sales.write') && (
    <GoButton size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} to={to('customers/new')}>
      {t('new')}
    </GoButton>
  )
  return (
    <ListPage
      name="customers"
      exports="customers"
      counting="listCustomersCount"
      title={t('title')}
      operation="listCustomers"
      columns={columns}
      filters={filters}
      bulk={[
        ...(may('reports.read') ? [{ id: 'statements', label: t('statements'), run: print }] : []),
        { id: 'export', label: t('exportThese'), run: (rows) => exportRows('customers', columns, rows) },
      ]}
      keyOf={(row) => row.id}
      nameOf={(row) => row.number}
      opens={(row) => ({ kind: 'customer', id: row.id })}
      actions={add}
      empty={{ title: t('empty'), text: t('emptyText'), action: add }}
    />
  )
}
