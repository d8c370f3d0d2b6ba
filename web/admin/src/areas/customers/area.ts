import { IconUsers } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { t } from './texts.ts'

export const customers: Area = {
  name: 'customers',
  rail: { label: t('title'), icon: IconUsers, path: 'customers', key: 'c', permission: 'sales.read', order: 30 },
  screens: [
    {
      path: 'customers',
      permission: 'sales.read',
      name: t('title'),
      load: async () => (await import('./customer-list.tsx')).CustomerList,
    },
    {
      path: 'customers/new',
      permission: 'sales.write',
      name: t('new'),
      load: async () => (await import('./new-customer.tsx')).NewCustomer,
    },
    {
      path: 'customers/$id/edit',
      permission: 'sales.write',
      load: async () => (await import('./edit-customer.tsx')).EditCustomer,
    },
  ],
  details: {
    customer: {
      path: 'customers',
      permission: 'sales.read',
      load: async () => (await import('./customer-detail.tsx')).CustomerDetail,
    },
  },
}
