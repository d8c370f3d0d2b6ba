import type { Area } from '../../area.ts'
import { names } from './names.ts'

export const rates: Area = {
  name: 'rates',
  screens: [
    {
      path: 'rates',
      permission: 'company.read',
      name: names.title,
      load: async () => (await import('./rate-list.tsx')).RateList,
    },
    {
      path: 'rates/revaluations',
      permission: 'journal.read',
      name: names.revaluations,
      load: async () => (await import('./revaluation-list.tsx')).RevaluationList,
    },
    {
      path: 'rates/revalue',
      permission: 'journal.post',
      name: names.revalue,
      load: async () => (await import('./revalue.tsx')).Revalue,
    },
  ],
}
