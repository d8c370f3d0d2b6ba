import { defineTexts } from './language.ts'

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
  role_bank: 'bank',
  role_cash: 'cash',
  role_payment_clearing: 'payment clearing',
  role_payment_reserve: 'payment reserve',
  role_payment_suspense: 'processor lines not explained yet',
  role_payout_in_transit: 'payout in transit',
  role_currency_exchange: 'currency exchange',
  role_receivable: 'what customers owe',
  role_unbilled_receivable: 'unbilled receivable',
  role_disputes_receivable: 'disputes receivable',
  role_right_to_returns: 'right to returns',
  role_inventory: 'inventory',
  role_inventory_in_transit: 'inventory in transit',
  role_supplier_prepayments: 'supplier prepayments',
  role_prepayments: 'prepayments',
  role_fixed_assets: 'fixed assets',
  role_input_tax: 'input tax',
  role_input_tax_pending: 'input tax pending',
  role_payable: 'what we owe suppliers',
  role_goods_received_not_invoiced: 'goods received not invoiced',
  role_landed_cost_accrual: 'landed cost accrual',
  role_customer_deposits: 'customer deposits',
  role_deferred_revenue: 'deferred revenue',
  role_refund_liability: 'refund liability',
  role_gift_card_liability: 'gift card liability',
  role_store_credit_liability: 'store credit liability',
  role_employee_payable: 'employee payable',
  role_accruals: 'accruals',
  role_loans: 'loans',
  role_output_tax: 'output tax',
  role_output_tax_pending: 'output tax pending',
  role_tax_payable: 'tax payable',
  role_facilitator_tax: 'facilitator tax',
  role_share_capital: 'share capital',
  role_owner_account: "owner's account",
  role_opening_balances: 'opening balances',
  role_retained_earnings: 'retained earnings',
  role_sales: 'sales',
  role_sales_returns: 'sales returns',
  role_sales_discounts: 'sales discounts',
  role_shipping_income: 'shipping income',
  role_gift_card_breakage: 'gift card breakage',
  role_other_income: 'other income',
  role_sales_suspense: 'sales not explained yet',
  role_cost_of_goods_sold: 'cost of goods sold',
  role_purchase_price_variance: 'purchase price variance',
  role_inventory_adjustments: 'inventory adjustments',
  role_inventory_write_down: 'inventory write down',
  role_freight_out: 'freight out',
  role_payment_fees: 'payment fees',
  role_channel_fees: 'channel fees',
  role_chargeback_losses: 'chargeback losses',
  role_bad_debts: 'bad debts',
  role_expense: 'expense',
  role_interest: 'interest',
  role_payroll: 'payroll',
  role_depreciation: 'depreciation',
  role_corporation_tax: 'corporation tax',
  role_realised_fx: 'realised exchange differences',
  role_unrealised_fx: 'unrealised exchange differences',
  role_rounding: 'rounding',
  role_bank_suspense: 'bank lines not explained yet',
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
