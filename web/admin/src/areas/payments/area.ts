import type { Area } from '../../area.ts'
import { t } from './texts.ts'

export const payments: Area = {
  name: 'payments',
  screens: [
    {
      path: 'payments',
      permission: 'sales.read',
      name: t('title'),
      load: async () => (await import('./payment-list.tsx')).PaymentList,
    },
  ],
  details: {
    payment: {
      path: 'payments',
      permission: 'sales.read',
      load: async () => (await import('./payment-detail.tsx')).PaymentDetail,
    },
  },
}
