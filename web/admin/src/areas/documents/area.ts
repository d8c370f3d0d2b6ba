import { IconFileInvoice } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { names } from './names.ts'
import { t } from './texts.ts'

export const documents: Area = {
  name: 'documents',
  rail: { label: t('title'), icon: IconFileInvoice, path: 'documents', key: 'd', permission: 'sales.read', order: 20 },
  screens: [
    {
      path: 'documents',
      permission: 'sales.read',
      name: t('title'),
      load: async () => (await import('./document-list.tsx')).DocumentList,
    },
    {
      path: 'documents/new-invoice',
      permission: 'sales.write',
      name: names.newInvoice,
      load: async () => (await import('./new-invoice.tsx')).NewInvoice,
    },
    {
      path: 'documents/new-credit-note',
      permission: 'sales.write',
      load: async () => (await import('./new-credit-note.tsx')).NewCreditNote,
    },
  ],
  details: {
    document: {
      path: 'documents',
      permission: 'sales.read',
      load: async () => (await import('./document-detail.tsx')).DocumentDetail,
    },
  },
}
