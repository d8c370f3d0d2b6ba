import { IconPackage } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { t } from './texts.ts'

export const items: Area = {
  name: 'items',
  rail: { label: t('title'), icon: IconPackage, path: 'items', key: 't', permission: 'sales.read', order: 35 },
  screens: [
    {
      path: 'items',
      permission: 'sales.read',
      name: t('title'),
      load: async () => (await import('./item-list.tsx')).ItemList,
    },
  ],
  details: {
    item: {
      path: 'items',
      permission: 'sales.read',
      load: async () => (await import('./item-detail.tsx')).ItemDetail,
    },
  },
}
