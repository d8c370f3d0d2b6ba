import type { Permission } from './permissions.ts'

/** What can happen to a document. */
export const timelineKinds = [
  'issued',
  'credited',
  'credits',
  'paid',
  'refunded',
  'applied',
  'deposit_applied',
  'store_credit',
  'written_off',
  'reversed',
  'reclassified',
  'exception_opened',
  'exception_closed',
  'attached',
] as const

export type TimelineKind = (typeof timelineKinds)[number]

/** What whoever reads a document's timeline must be permitted to see of what happened, beside the documents themselves. */
export const timelinePermissions: Readonly<Partial<Record<TimelineKind, Permission>>> = {
  reclassified: 'journal.read',
  exception_opened: 'exceptions.read',
  exception_closed: 'exceptions.read',
  attached: 'journal.read',
}
