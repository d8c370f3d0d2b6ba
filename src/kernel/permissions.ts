/**
 * What a person or a key may do within a company, as `area.verb`. Closed: every route names one of these, and every permission set is made
 * of them.
 */
export const permissions = {
  'company.read': 'see the company, its chart of accounts, periods, mapping, tax codes and rates',
  'company.write': 'change what the company is called, who it is before the law, its time zone and its fiscal year',
  'settings.write': "change the company's settings, accounts, mapping, tax numbers, tax rules and rates",
  'journal.read': 'see entries, and the exports of the journal',
  'journal.post': 'post, reverse and reclassify entries by hand',
  'periods.close': 'close periods and fiscal years, and seal the journal',
  'periods.reopen': 'reopen a closed period',
  'reports.read': 'read the reports and prove the books',
  'sales.read': 'see customers, documents and what is open',
  'sales.write': 'issue invoices and credit notes',
  'payments.write': 'capture, receive and refund payments, apply them, and sell and redeem gift cards',
  'catalog.write': 'add and change items, channels and prices',
  'purchasing.write': 'enter what suppliers deliver and bill',
  'stock.write': 'receive, move, count and ship goods',
  'imports.read': 'see imports and what became of them',
  'imports.run': 'upload files and import them',
  'exceptions.read': 'see what waits for a decision',
  'exceptions.write': 'take on, remedy and close exceptions',
  'integrations.manage': 'manage webhooks and other connections, and their logs',
  'people.read': 'see who may do what',
  'people.manage': 'invite people, and change and end what they may do',
  'audit.read': 'read the audit log',
  'approvals.read': 'see what waits for a second person',
  'approvals.decide': 'approve and decline what another person asked for',
  'backup.run': 'back the company up and take its backups away',
} as const

export type Permission = keyof typeof permissions

export const permissionNames = Object.keys(permissions) as Permission[]

/** What no key may do: deciding who may do what, and being somebody's second pair of eyes, stays with people. */
export const notForKeys: readonly Permission[] = ['people.manage', 'approvals.decide']

/**
 * What a route asks of whoever calls it: a permission within its company; or `signed_in`; or `session`, a person who signed in and no key;
 * or `installation`, the owner of the installation; or nothing, `public`.
 */
export type RoutePermission = Permission | 'signed_in' | 'session' | 'installation' | 'public'

const reading = [
  'company.read',
  'journal.read',
  'reports.read',
  'sales.read',
  'imports.read',
  'exceptions.read',
] as const satisfies readonly Permission[]

const bookkeeping = [
  ...reading,
  'journal.post',
  'sales.write',
  'payments.write',
  'catalog.write',
  'purchasing.write',
  'imports.run',
  'exceptions.write',
  'approvals.read',
] as const satisfies readonly Permission[]

/** The permission sets that a member of a company can have: one each. */
export const permissionSets = {
  owner: permissionNames,
  accountant: [
    ...bookkeeping,
    'settings.write',
    'periods.close',
    'periods.reopen',
    'people.read',
    'audit.read',
    'approvals.decide',
    'backup.run',
  ],
  bookkeeper: bookkeeping,
  sales: ['company.read', 'sales.read', 'sales.write', 'payments.write', 'catalog.write', 'exceptions.read'],
  customer_service: ['company.read', 'sales.read', 'payments.write', 'exceptions.read', 'exceptions.write'],
  purchasing: ['company.read', 'catalog.write', 'purchasing.write', 'exceptions.read', 'exceptions.write'],
  warehouse: ['company.read', 'stock.write', 'exceptions.read'],
  read_only: reading,
} as const satisfies Record<string, readonly Permission[]>

export type PermissionSet = keyof typeof permissionSets
