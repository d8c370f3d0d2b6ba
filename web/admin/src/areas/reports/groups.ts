import { t } from './texts.ts'

/** Where a report stands on the page of them all. Lines stand on none: a figure leads to them. */
export const groups: readonly { title: string; reports: readonly string[] }[] = [
  { title: t('groupResults'), reports: ['profit-and-loss', 'balance-sheet', 'cash-flow', 'sales', 'budget'] },
  { title: t('groupOwed'), reports: ['aged-receivables', 'aged-payables', 'statements'] },
  { title: t('groupTax'), reports: ['tax-summary', 'currency-balances'] },
  { title: t('groupCards'), reports: ['gift-cards', 'store-credit', 'deposits'] },
  { title: t('groupBooks'), reports: ['trial-balance', 'general-ledger', 'journal', 'chart-of-accounts'] },
]
