/** What may wait for a second person. All before `year_closing` are what people post or move by hand, which one rule is about. */
export const approvalKinds = [
  'journal',
  'draft',
  'reversal',
  'reclassification',
  'applied_mapping',
  'account_merge',
  'remedy',
  'recurring_day',
  'opening_balances',
  'bad_debt',
  'forfeiture',
  'year_closing',
  'period_reopening',
  'bank_details',
  'approval_rule',
] as const
export type ApprovalKind = (typeof approvalKinds)[number]

/** What a rule can be about: entries by hand above an amount, and every change of the other kinds. */
export const ruleKinds = ['journal', 'period_reopening', 'year_closing', 'bank_details'] as const
