import type { HeadingCode } from './chart.ts'
import type { AccountClass, Role } from './roles.ts'

/**
 * Where money that moves against an account stands in a cash flow statement (IAS 7.10, FRS 102 section 7). `cash` is the money itself;
 * `exchange` what a change of rates does to it (IAS 7.28); `brought_in` what earlier books held, which moved before ours began.
 */
export const cashFlowActivities = ['operating', 'investing', 'financing', 'exchange', 'brought_in'] as const
export type CashFlowActivity = (typeof cashFlowActivities)[number]

/** What a company may say of an account of its own. */
export const chosenActivities = ['cash', 'operating', 'investing', 'financing'] as const
export type ChosenActivity = (typeof chosenActivities)[number]

/**
 * By heading, the same in every chart. Money held by a payment processor is ours and had on demand, so the whole heading `money` is cash.
 * Interest and tax on profit are operating, as IAS 7.33 and 7.35 allow.
 */
export const activityOfHeading = {
  fixed_assets: 'investing',
  current_assets: 'operating',
  stock: 'operating',
  debtors: 'operating',
  money: 'cash',
  current_liabilities: 'operating',
  creditors: 'operating',
  customer_credit: 'operating',
  taxes_due: 'operating',
  long_term_liabilities: 'financing',
  equity: 'financing',
  revenue: 'operating',
  cost_of_sales: 'operating',
  other_income: 'operating',
  overheads: 'operating',
  selling_costs: 'operating',
  staff_costs: 'operating',
  administration: 'operating',
  depreciation: 'operating',
  finance_costs: 'operating',
  taxation: 'operating',
} as const satisfies Record<HeadingCode, CashFlowActivity | 'cash'>

/** Roles that say more than the heading under which a company keeps their accounts. */
export const activityOfRole: Readonly<Partial<Record<Role, CashFlowActivity | 'cash'>>> = {
  bank: 'cash',
  cash: 'cash',
  payment_clearing: 'cash',
  payment_reserve: 'cash',
  payout_in_transit: 'cash',
  fixed_assets: 'investing',
  loans: 'financing',
  share_capital: 'financing',
  owner_account: 'financing',
  retained_earnings: 'financing',
  unrealised_fx: 'exchange',
  opening_balances: 'brought_in',
}

/** Of an account that stands under none of the headings. */
export const activityOfClass = {
  asset: 'operating',
  liability: 'operating',
  equity: 'financing',
  income: 'operating',
  expense: 'operating',
} as const satisfies Record<AccountClass, CashFlowActivity>
