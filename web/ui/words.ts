import { roleWords } from '../../src/kernel/role-words.ts'
import { defineTexts } from './language.ts'

type OfRoles = { readonly [role in keyof typeof roleWords as `role_${role}`]: (typeof roleWords)[role] }
const ofRoles = Object.fromEntries(Object.entries(roleWords).map(([role, words]) => [`role_${role}`, words])) as OfRoles

/** What the books call by codes, in words: rules that posted, roles that accounts play, kinds of what waits. */
const catalogue = {
  'rule_invoice-issued': 'Invoice',
  'rule_credit-note-issued': 'Credit note',
  'rule_bad-debt-written-off': 'Bad debt written off',
  'rule_payment-captured': 'Payment',
  'rule_refund-paid': 'Refund',
  'rule_customer-paid': 'Customer payment',
  'rule_deposit-applied': 'Deposit used',
  'rule_deposit-forfeited': 'Deposit kept',
  'rule_difference-realised': 'Exchange difference realised',
  'rule_early-payment-discount-taken': 'Early-payment discount',
  'rule_fee-charged': 'Fee',
  'rule_gift-card-sold': 'Gift card sold',
  'rule_gift-card-redeemed': 'Gift card redeemed',
  'rule_gift-card-refunded': 'Gift card refunded',
  'rule_gift-card-lapsed': 'Gift card lapsed',
  'rule_manual-journal': 'Journal by hand',
  'rule_opening-balance': 'Opening balance',
  'rule_payout-sent': 'Payout sent',
  'rule_payout-arrived': 'Payout arrived',
  rule_reclassification: 'Reclassification',
  rule_reversal: 'Reversal',
  rule_revaluation: 'Revaluation',
  'rule_store-credit-moved': 'Store credit',
  'rule_year-closed': 'Year-end closing',
  ...ofRoles,
  exception_unknown_code: 'Unknown codes',
  exception_unclear_destination: 'Unclear destinations',
  exception_document_changed: 'Same number, other content',
  exception_document_refused: 'Refused documents',
  exception_rows_differ: 'Contradicting rows',
  exception_order_without_items: 'Orders without items',
  exception_payments_differ: 'Differing payments',
  exception_sale_not_shipped: 'Sales that were not shipped',
  exception_total_differs: 'Differing totals',
  exception_unknown_payment_method: 'Unknown payment methods',
  exception_unknown_tax: 'Unknown taxes',
  exception_tax_base_unclear: 'Unclear tax bases',
  exception_refund_unclear: 'Unclear refunds',
  exception_recurring_journal_refused: 'Refused recurring journals',
  exception_recurring_journal_waits: 'Recurring journals that wait',
} as const
const t = defineTexts('words', catalogue)

/** The words of a code, where the catalogue has any: those of a newer server are said by themselves. */
const said = (kind: 'rule' | 'role' | 'exception', code: string): string => {
  const key = `${kind}_${code}`
  return key in catalogue ? t(key as keyof typeof catalogue) : code.replaceAll(/[-_]/g, ' ')
}

/** Every rule that posts. */
export const rules: readonly string[] = Object.keys(catalogue).flatMap((key) =>
  key.startsWith('rule_') ? [key.slice('rule_'.length)] : [],
)

/** 'invoice-issued' as 'Invoice': what an entry was posted for. */
export const wordsOfRule = (rule: string): string => said('rule', rule)
/** 'receivable' as 'what customers owe'. */
export const wordsOfRole = (role: string): string => said('role', role)
/** Every kind of what waits. */
export const exceptionKinds: readonly string[] = Object.keys(catalogue).flatMap((key) =>
  key.startsWith('exception_') ? [key.slice('exception_'.length)] : [],
)
/** 'unknown_code' as 'Unknown codes'. */
export const wordsOfException = (kind: string): string => said('exception', kind)
