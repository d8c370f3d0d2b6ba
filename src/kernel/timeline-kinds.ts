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
