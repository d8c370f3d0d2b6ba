import type { Area } from './area.ts'
import { approvals } from './areas/approvals/area.ts'
import { budgets } from './areas/budgets/area.ts'
import { cards } from './areas/cards/area.ts'
import { customers } from './areas/customers/area.ts'
import { documents } from './areas/documents/area.ts'
import { entries } from './areas/entries/area.ts'
import { explain } from './areas/explain/area.ts'
import { home } from './areas/home/area.ts'
import { imports } from './areas/import/area.ts'
import { inbox } from './areas/inbox/area.ts'
import { items } from './areas/items/area.ts'
import { journal } from './areas/journal/area.ts'
import { mapping } from './areas/mapping/area.ts'
import { owed } from './areas/owed/area.ts'
import { payments } from './areas/payments/area.ts'
import { proof } from './areas/proof/area.ts'
import { rates } from './areas/rates/area.ts'
import { reports } from './areas/reports/area.ts'
import { settings } from './areas/settings/area.ts'

/** Every area of the application, a line each. Their order in the rail is their own `order`. */
export const areas: readonly Area[] = [
  approvals,
  budgets,
  cards,
  customers,
  documents,
  entries,
  explain,
  home,
  imports,
  inbox,
  items,
  journal,
  mapping,
  owed,
  payments,
  proof,
  rates,
  reports,
  settings,
]
