import { t } from './texts.ts'

const kinds = [
  'journal',
  'draft',
  'reversal',
  'reclassification',
  'applied_mapping',
  'account_merge',
  'remedy',
  'recurring_day',
  'period_reopening',
  'bank_details',
  'approval_rule',
  'opening_balances',
  'bad_debt',
  'forfeiture',
  'year_closing',
] as const

/** What kind of thing is asked for, in words. */
export function kindWords(kind: string): string {
  const known = kinds.find((one) => one === kind)
  return known === undefined ? kind.replaceAll('_', ' ') : t(known)
}

export const stateColours = { pending: 'yellow', approved: 'green', declined: 'gray' } as const
