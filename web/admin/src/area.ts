import type { ComponentType } from 'react'
import type { Permission } from '../../../src/kernel/permissions.ts'
import type { DetailKind } from '../../ui/details.tsx'
import type { RailEntry } from '../../ui/frame.tsx'

/** A screen of a company. What is after a `$` in its path is given to `useParams`. */
export type AreaScreen = {
  /** Within the company: 'documents', 'reports/trial-balance', 'entries/$entryId'. */
  path: string
  permission: Permission
  load: () => Promise<ComponentType>
  /** Begins to read what it asks for whatever its address says, while its code is loaded. */
  ahead?: (companyId: string) => unknown
  /** How the palette calls it; screens without a name of their own are reached otherwise. */
  name?: string
}

/** What an area adds to the application. Its folder holds all of it; `areas.ts` lists it. */
export type Area = {
  name: string
  /** Its entry in the rail, shown to those who have the permission. `order` is the place among the others. */
  rail?: Omit<RailEntry, 'id' | 'badge'> & { permission: Permission; order: number; useBadge?: () => number }
  screens: readonly AreaScreen[]
  /** What it can show in the drawer and as a page. */
  details?: Readonly<Record<string, DetailKind & { permission: Permission }>>
}
