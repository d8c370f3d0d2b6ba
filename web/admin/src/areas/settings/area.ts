import { IconSettings } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { legal } from './identity-texts.ts'
import { t } from './texts.ts'

export const settings: Area = {
  name: 'settings',
  rail: { label: t('title'), icon: IconSettings, path: 'settings', key: 's', permission: 'company.read', order: 90 },
  screens: [
    {
      path: 'settings',
      permission: 'company.read',
      name: t('goCompany'),
      load: async () => (await import('./company.tsx')).CompanySettings,
    },
    {
      path: 'settings/identity',
      permission: 'company.read',
      name: legal('identity'),
      load: async () => (await import('./identity.tsx')).Identity,
    },
    {
      path: 'settings/tax-numbers',
      permission: 'company.read',
      name: legal('taxNumbers'),
      load: async () => (await import('./tax-numbers.tsx')).TaxNumbers,
    },
    {
      path: 'settings/accounts',
      permission: 'company.read',
      name: t('accounts'),
      load: async () => (await import('./accounts.tsx')).Accounts,
    },
    {
      path: 'settings/periods',
      permission: 'company.read',
      name: t('periods'),
      load: async () => (await import('./periods.tsx')).Periods,
    },
    {
      path: 'settings/bank-accounts',
      permission: 'company.read',
      name: t('bankAccounts'),
      load: async () => (await import('./bank-accounts.tsx')).BankAccounts,
    },
    {
      path: 'settings/people',
      permission: 'people.read',
      name: t('people'),
      load: async () => (await import('./people.tsx')).People,
    },
    {
      path: 'settings/approval-rules',
      permission: 'company.read',
      name: t('approvalRules'),
      load: async () => (await import('./approval-rules.tsx')).ApprovalRules,
    },
    {
      path: 'settings/duties',
      permission: 'exceptions.read',
      name: t('duties'),
      load: async () => (await import('./duties.tsx')).Duties,
    },
    {
      path: 'settings/api-keys',
      permission: 'company.read',
      name: t('apiKeys'),
      load: async () => (await import('./api-keys.tsx')).ApiKeys,
    },
    {
      path: 'settings/webhooks',
      permission: 'integrations.manage',
      name: t('webhooks'),
      load: async () => (await import('./webhooks.tsx')).Webhooks,
    },
    {
      path: 'settings/audit',
      permission: 'audit.read',
      name: t('audit'),
      load: async () => (await import('./audit.tsx')).Audit,
    },
    {
      path: 'settings/backup',
      permission: 'company.read',
      name: t('backup'),
      load: async () => (await import('./backup.tsx')).Backup,
    },
    {
      path: 'settings/account',
      permission: 'company.read',
      name: t('account'),
      load: async () => (await import('./own-account.tsx')).OwnAccount,
    },
  ],
  details: {
    'chart-account': {
      path: 'settings/accounts',
      permission: 'company.read',
      load: async () => (await import('./account-detail.tsx')).AccountDetail,
    },
    webhook: {
      path: 'settings/webhooks',
      permission: 'integrations.manage',
      load: async () => (await import('./webhook-detail.tsx')).WebhookDetail,
    },
  },
}
