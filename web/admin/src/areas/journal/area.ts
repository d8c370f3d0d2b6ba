import { IconNotebook } from '@tabler/icons-react'
import { defineTexts } from '../../../../ui/language.ts'
import type { Area } from '../../area.ts'
import { names } from './names.ts'

const t = defineTexts('journal', names)

export const journal: Area = {
  name: 'journal',
  rail: { label: t('title'), icon: IconNotebook, path: 'journal', key: 'h', permission: 'journal.read', order: 52 },
  screens: [
    {
      path: 'journal',
      permission: 'journal.read',
      name: t('journals'),
      load: async () => (await import('./journal-list.tsx')).JournalList,
    },
    {
      path: 'journal/new',
      permission: 'journal.post',
      name: t('new'),
      load: async () => (await import('./new-journal.tsx')).NewJournal,
    },
    {
      path: 'journal/$id/edit',
      permission: 'journal.post',
      load: async () => (await import('./edit-draft.tsx')).EditDraft,
    },
    {
      path: 'journal/templates',
      permission: 'journal.read',
      name: t('templates'),
      load: async () => (await import('./templates.tsx')).Templates,
    },
    {
      path: 'journal/recurring',
      permission: 'journal.read',
      name: t('recurring'),
      load: async () => (await import('./recurring.tsx')).Recurring,
    },
  ],
  details: {
    journal: {
      path: 'journal',
      permission: 'journal.read',
      load: async () => (await import('./journal-detail.tsx')).JournalDetail,
    },
  },
}
