import type { Area } from '../../area.ts'
import { t } from './texts.ts'

/** Plans beside the reports: the rail shows them as part of those. */
export const budgets: Area = {
  name: 'budgets',
  screens: [
    {
      path: 'reports/budgets',
      permission: 'reports.read',
      name: t('title'),
      load: async () => (await import('./budget-list.tsx')).BudgetList,
    },
    {
      path: 'reports/budgets/$code',
      permission: 'reports.read',
      load: async () => (await import('./budget-page.tsx')).BudgetPage,
    },
  ],
}
