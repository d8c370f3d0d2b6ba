import { IconBook2 } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { t } from './texts.ts'

export const entries: Area = {
  name: 'entries',
  rail: { label: t('title'), icon: IconBook2, path: 'entries', key: 'j', permission: 'journal.read', order: 50 },
  screens: [
    {
      path: 'entries',
      permission: 'journal.read',
      name: t('title'),
      load: async () => (await import('./entry-list.tsx')).EntryList,
    },
  ],
  details: {
    entry: {
      path: 'entries',
      permission: 'journal.read',
      load: async () => (await import('./entry-detail.tsx')).EntryDetail,
    },
  },
}
