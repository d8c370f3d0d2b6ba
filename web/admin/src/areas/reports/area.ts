import { IconReportAnalytics } from '@tabler/icons-react'
import { api, keyOf } from '../../../../ui/api.ts'
import type { Area } from '../../area.ts'
import { queries } from '../../queries.ts'
import { t } from './texts.ts'

/** What reports there are, and what each can be asked. */
const kinds = (companyId: string) => {
  const asked = { path: { companyId } }
  return queries.prefetchQuery({
    queryKey: keyOf('listReports', asked),
    queryFn: () => api.call('listReports', asked),
  })
}

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
      ahead: kinds,
      load: async () => (await import('./report-index.tsx')).ReportIndex,
    },
    {
      path: 'reports/$report',
      permission: 'reports.read',
      ahead: kinds,
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
