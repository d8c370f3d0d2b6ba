import { IconScale } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { t } from './texts.ts'

export const owed: Area = {
  name: 'owed',
  rail: { label: t('title'), icon: IconScale, path: 'open-items', key: 'w', permission: 'sales.read', order: 40 },
  screens: [
    {
      path: 'open-items',
      permission: 'sales.read',
      name: t('receivable'),
      load: async () => (await import('./owed-list.tsx')).ReceivableList,
    },
    {
      path: 'open-items/suppliers',
      permission: 'journal.read',
      name: t('payable'),
      load: async () => (await import('./owed-list.tsx')).PayableList,
    },
    {
      path: 'suppliers',
      permission: 'journal.read',
      name: t('suppliers'),
      load: async () => (await import('./supplier-list.tsx')).SupplierList,
    },
  ],
  details: {
    supplier: {
      path: 'suppliers',
      permission: 'journal.read',
      load: async () => (await import('./supplier-detail.tsx')).SupplierDetail,
    },
  },
}
