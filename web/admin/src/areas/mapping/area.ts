import { IconArrowsSplit } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { t } from './texts.ts'

export const mapping: Area = {
  name: 'mapping',
  rail: { label: t('title'), icon: IconArrowsSplit, path: 'mapping', key: 'u', permission: 'company.read', order: 54 },
  screens: [
    {
      path: 'mapping',
      permission: 'company.read',
      name: t('title'),
      load: async () => (await import('./account-rules.tsx')).AccountRules,
    },
    {
      path: 'mapping/change',
      permission: 'settings.write',
      name: t('newRule'),
      load: async () => (await import('./change-mapping.tsx')).ChangeMapping,
    },
    {
      path: 'mapping/line-codes',
      permission: 'company.read',
      name: t('lineCodes'),
      load: async () => (await import('./other-rules.tsx')).LineCodes,
    },
    {
      path: 'mapping/destinations',
      permission: 'company.read',
      name: t('destinations'),
      load: async () => (await import('./other-rules.tsx')).Destinations,
    },
    {
      path: 'mapping/names',
      permission: 'company.read',
      name: t('names'),
      load: async () => (await import('./other-rules.tsx')).Names,
    },
    {
      path: 'mapping/posting-days',
      permission: 'company.read',
      name: t('postingDays'),
      load: async () => (await import('./other-rules.tsx')).PostingDays,
    },
    {
      path: 'mapping/tax-codes',
      permission: 'company.read',
      name: t('taxCodes'),
      load: async () => (await import('./tax-codes.tsx')).TaxCodes,
    },
    {
      path: 'mapping/history',
      permission: 'company.read',
      name: t('history'),
      load: async () => (await import('./history.tsx')).History,
    },
    {
      path: 'mapping/structures',
      permission: 'company.read',
      name: t('structures'),
      load: async () => (await import('./structures.tsx')).Structures,
    },
    {
      path: 'mapping/structures/bring',
      permission: 'settings.write',
      name: t('bringChart'),
      load: async () => (await import('./bring-chart.tsx')).BringChart,
    },
    {
      path: 'mapping/structures/$structure',
      permission: 'company.read',
      load: async () => (await import('./structure-page.tsx')).StructurePage,
    },
    {
      path: 'mapping/structures/$structure/trial-balance',
      permission: 'reports.read',
      load: async () => (await import('./structure-balance.tsx')).StructureBalance,
    },
  ],
}
