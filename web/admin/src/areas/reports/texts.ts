import { defineTexts } from '../../../../ui/language.ts'

export const t = defineTexts('reports', {
  title: 'Reports',
  trialBalance: 'Trial balance',
  code: 'Code',
  account: 'Account',
  debit: 'Debit',
  credit: 'Credit',
  total: 'Total',
  nothing: 'Nothing is posted up to this day',
  nothingText: 'Choose a later day, or import your sales.',
})
