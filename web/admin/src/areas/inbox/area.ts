import { IconInbox } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { t } from './texts.ts'
import { useWaiting } from './use-waiting.ts'

export const inbox: Area = {
  name: 'inbox',
  rail: {
    label: t('title'),
    icon: IconInbox,
    path: 'inbox',
    key: 'i',
    permission: 'exceptions.read',
    order: 70,
    useBadge: useWaiting,
  },
  screens: [
    {
      path: 'inbox',
      permission: 'exceptions.read',
      name: t('title'),
      load: async () => (await import('./exception-list.tsx')).ExceptionList,
    },
  ],
  details: {
    exception: {
      path: 'inbox',
      permission: 'exceptions.read',
      load: async () => (await import('./exception-detail.tsx')).ExceptionDetail,
    },
  },
}
