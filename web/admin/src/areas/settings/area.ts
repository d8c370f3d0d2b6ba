import { IconSettings } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { legalNames, names } from './names.ts'

export const settings: Area = {
  name: 'settings',
  rail: { label: names.title, icon: IconSettings, path: 'settings', key: 's', permission: 'company.read', order: 90 },
  screens: [
    {
      path: 'settings',
      permission: 'company.read',
      name: names.goCompany,
      load: async () => (await import('./company.tsx')).CompanySettings,
    },
    {
      path: 'settings/identity',
      permission: 'company.read',
      name: legalNames.identity,
      load: async () => (await import('./identity.tsx')).Identity,
    },
    {
      path: 'settings/tax-numbers',
      permission: 'company.read',
      name: legalNames.taxNumbers,
      load: async () => (await import('./tax-numbers.tsx')).TaxNumbers,
    },
    {
      path: 'settings/accounts',
      permission: 'company.read',
      name: names.accounts,
      load: async () => (await import('./accounts.tsx')).Accounts,
    },
    {
      path: 'settings/periods',
      permission: 'company.read',
      name: names.periods,
      load: async () => (await import('./periods.tsx')).Periods,
    },
    {
      path: 'settings/bank-accounts',
      permission: 'company.read',
      name: names.bankAccounts,
      load: async () => (await import('./bank-accounts.tsx')).BankAccounts,
    },
    {
      path: 'settings/people',
      permission: 'people.read',
      name: names.people,
      load: async () => (await import('./people.tsx')).People,
    },
    {
      path: 'settings/approval-rules',
      permission: 'company.read',
      name: names.approvalRules,
      load: async () => (await import('./approval-rules.tsx')).ApprovalRules,
    },
    {
      path: 'settings/duties',
      permission: 'exceptions.read',
      name: names.duties,
      load: async () => (await import('./duties.tsx')).Duties,
    },
    {
      path: 'settings/api-keys',
      permission: 'company.read',
      name: names.apiKeys,
      load: async () => (await import('./api-keys.tsx')).ApiKeys,
    },
    {
      path: 'settings/webhooks',
      permission: 'integrations.manage',
      name: names.webhooks,
      load: async () => (await import('./webhooks.tsx')).Webhooks,
    },
    {
      path: 'settings/audit',
      permission: 'audit.read',
      name: names.audit,
      load: async () => (await import('./audit.tsx')).Audit,
    },
    {
      path: 'settings/backup',
      permission: 'company.read',
      name: names.backup,
      load: async () => (await import('./backup.tsx')).Backup,
    },
    {
      path: 'settings/account',
      permission: 'company.read',
      name: names.account,
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
