/** What the area is called where it is offered: that is loaded before anything is shown, and all its other texts only with its screens. */
export const names = {
  account: 'Your account',
  accounts: 'Chart of accounts',
  apiKeys: 'API keys',
  approvalRules: 'Approval rules',
  audit: 'Audit log',
  backup: 'Backup',
  bankAccounts: 'Bank accounts',
  rates: 'Exchange rates',
  duties: 'Exception duties',
  goCompany: 'Settings',
  people: 'People',
  periods: 'Periods',
  title: 'Settings',
  webhooks: 'Webhooks',
} as const

/** The same of the screens that say who the company is. */
export const legalNames = {
  identity: 'Legal identity',
  taxNumbers: 'Tax numbers',
} as const
