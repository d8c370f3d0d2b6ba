import { IconHome } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { t } from './texts.ts'

export const home: Area = {
  name: 'home',
  rail: { label: t('title'), icon: IconHome, path: 'home', key: 'o', permission: 'company.read', order: 10 },
  screens: [
    {
      path: 'home',
      permission: 'company.read',
      name: t('title'),
      load: async () => (await import('./home.tsx')).Home,
    },
  ],
}
