import { IconPackage } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { names } from './names.ts'

export const items: Area = {
  name: 'items',
  rail: { label: names.title, icon: IconPackage, path: 'items', key: 't', permission: 'sales.read', order: 35 },
  screens: [
    {
      path: 'items',
      permission: 'sales.read',
      name: names.title,
      load: async () => (await import('./item-list.tsx')).ItemList,
    },
    {
      path: 'items/new',
      permission: 'catalog.write',
      name: names.new,
      load: async () => (await import('./new-item.tsx')).NewItem,
    },
    {
      path: 'items/groups',
      permission: 'company.read',
      name: names.groups,
      load: async () => (await import('./group-list.tsx')).GroupList,
    },
    {
      path: 'items/$id/edit',
      permission: 'catalog.write',
      load: async () => (await import('./edit-item.tsx')).EditItem,
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
