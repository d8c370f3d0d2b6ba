import { IconReportAnalytics } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { t } from './texts.ts'

export const reports: Area = {
  name: 'reports',
  rail: {
    label: t('title'),
    icon: IconReportAnalytics,
    path: 'reports',
    key: 'r',
    permission: 'reports.read',
    order: 60,
  },
  screens: [
    {
      path: 'reports',
      permission: 'reports.read',
      name: t('title'),
      load: async () => (await import('./report-index.tsx')).ReportIndex,
    },
    {
      path: 'reports/$report',
      permission: 'reports.read',
      load: async () => (await import('./any-report.tsx')).AnyReport,
    },
    {
      path: 'reports/trial-balance',
      permission: 'reports.read',
      name: t('trialBalance'),
      load: async () => (await import('./trial-balance.tsx')).TrialBalance,
    },
  ],
}
