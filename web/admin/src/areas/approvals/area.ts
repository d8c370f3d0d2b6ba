import { IconUserCheck } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { t } from './texts.ts'
import { useForMe } from './use-for-me.ts'

export const approvals: Area = {
  name: 'approvals',
  rail: {
    label: t('title'),
    icon: IconUserCheck,
    path: 'approvals',
    key: 'a',
    permission: 'approvals.read',
    order: 72,
    useBadge: useForMe,
  },
  screens: [
    {
      path: 'approvals',
      permission: 'approvals.read',
      name: t('title'),
      load: async () => (await import('./approval-list.tsx')).ApprovalList,
    },
  ],
  details: {
    approval: {
      path: 'approvals',
      permission: 'approvals.read',
      load: async () => (await import('./approval-detail.tsx')).ApprovalDetail,
    },
  },
}
