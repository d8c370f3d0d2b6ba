import type { Permission } from './permissions.ts'

/** What the search finds, in the order in which equals stand, and what whoever searches must be permitted to see of it. */
export const searchKinds = {
  document: 'sales.read',
  customer: 'sales.read',
  supplier: 'journal.read',
  item: 'company.read',
  account: 'company.read',
  payment: 'sales.read',
  entry: 'journal.read',
  import: 'imports.read',
} as const satisfies Record<string, Permission>

export type SearchKind = keyof typeof searchKinds

export const searchKindNames = Object.keys(searchKinds) as SearchKind[]
