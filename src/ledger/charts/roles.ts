/** The five classes of accounts. A debit is positive and a credit negative in every one of them. */
export const accountClasses = ['asset', 'liability', 'equity', 'income', 'expense'] as const
export type AccountClass = (typeof accountClasses)[number]

/**
 * The sub-ledgers that an account controls, and what a line on such an account names so that the two can be compared.
 * Where several are listed, one of them is enough.
 */
export const controls = {
  receivable: { lineNames: ['party'] },
  unbilled: { lineNames: ['order', 'party'] },
  dispute: { lineNames: ['payment', 'party'] },
  stock: { lineNames: ['item'] },
  prepayment: { lineNames: ['party'] },
  payable: { lineNames: ['party'] },
  'received-not-invoiced': { lineNames: ['party', 'receipt'] },
  deposit: { lineNames: ['order', 'party'] },
  deferred: { lineNames: ['order', 'party'] },
  'gift-card': { lineNames: ['card'] },
  'store-credit': { lineNames: ['party'] },
} as const satisfies Record<string, { lineNames: readonly string[] }>

export type Control = keyof typeof controls

type RoleDefinition = {
  readonly name: string
  readonly class: AccountClass
  /** The sub-ledger that the account's balance must equal, or null where it has none. */
  readonly control: Control | null
  readonly meaning: string
}

/**
 * Every role that an account can play. Posting rules name roles and never accounts; a chart says which account plays
 * which. The list is closed: a new role comes with its rule and with an account in every chart.
 */
export const roles = [
  { name: 'bank', class: 'asset', control: null, meaning: 'Money at a bank; one account per bank account.' },
  { name: 'cash', class: 'asset', control: null, meaning: 'Notes and coins in the till or the safe.' },
  {
    name: 'payment_clearing',
    class: 'asset',
    control: null,
    meaning:
      'What a payment processor has captured for us and not yet paid out; one account per processor and currency.',
  },
  {
    name: 'payment_reserve',
    class: 'asset',
    control: null,
    meaning: 'What a processor holds back from payouts as security; one account per processor and currency.',
  },
  {
    name: 'payment_suspense',
    class: 'asset',
    control: null,
    meaning: 'Processor lines that match nothing yet; each has an open exception.',
  },
  {
    name: 'payout_in_transit',
    class: 'asset',
    control: null,
    meaning: 'Payouts that the processor has sent and the bank has not received.',
  },
  {
    name: 'currency_exchange',
    class: 'asset',
    control: null,
    meaning: 'The two halves of a conversion meet here, so that an entry balances in each currency.',
  },
  {
    name: 'receivable',
    class: 'asset',
    control: 'receivable',
    meaning: 'What customers owe on issued invoices, less their credit notes and payments.',
  },
  {
    name: 'unbilled_receivable',
    class: 'asset',
    control: 'unbilled',
    meaning: 'Goods delivered and not yet invoiced, with their pending tax.',
  },
  {
    name: 'disputes_receivable',
    class: 'asset',
    control: 'dispute',
    meaning: 'Amounts taken back by a processor while a chargeback is open.',
  },
  {
    name: 'right_to_returns',
    class: 'asset',
    control: null,
    meaning: "Cost of goods that customers are expected to send back after the period's end.",
  },
  { name: 'inventory', class: 'asset', control: 'stock', meaning: 'Cost of the goods in stock.' },
  {
    name: 'inventory_in_transit',
    class: 'asset',
    control: 'stock',
    meaning: 'Cost of goods between two places, or dispatched and not yet delivered.',
  },
  {
    name: 'supplier_prepayments',
    class: 'asset',
    control: 'prepayment',
    meaning: 'Paid to suppliers before their goods or bills.',
  },
  {
    name: 'prepayments',
    class: 'asset',
    control: null,
    meaning: 'Expenses paid for a later period, such as rent or insurance.',
  },
  {
    name: 'fixed_assets',
    class: 'asset',
    control: null,
    meaning: 'Equipment and other assets kept for years, at cost.',
  },
  {
    name: 'input_tax',
    class: 'asset',
    control: null,
    meaning: 'Tax on purchases that the authority lets us recover, in the return of its tax point.',
  },
  {
    name: 'input_tax_pending',
    class: 'asset',
    control: null,
    meaning: 'Tax on purchases that can be recovered only later, such as after payment.',
  },
  {
    name: 'payable',
    class: 'liability',
    control: 'payable',
    meaning: 'What we owe suppliers on their bills, less credit notes and payments.',
  },
  {
    name: 'goods_received_not_invoiced',
    class: 'liability',
    control: 'received-not-invoiced',
    meaning: 'Goods received whose bill has not come, or billed goods that have not.',
  },
  {
    name: 'landed_cost_accrual',
    class: 'liability',
    control: null,
    meaning: "Freight and duty added to the cost of goods before the carrier's bill came.",
  },
  {
    name: 'customer_deposits',
    class: 'liability',
    control: 'deposit',
    meaning: 'Paid by customers before shipment or invoice, and credits not yet applied.',
  },
  {
    name: 'deferred_revenue',
    class: 'liability',
    control: 'deferred',
    meaning: 'Net value invoiced for goods that have not shipped.',
  },
  {
    name: 'refund_liability',
    class: 'liability',
    control: null,
    meaning: "Sales that customers are expected to send back after the period's end.",
  },
  {
    name: 'gift_card_liability',
    class: 'liability',
    control: 'gift-card',
    meaning: 'Paid for gift cards and not yet used.',
  },
  {
    name: 'store_credit_liability',
    class: 'liability',
    control: 'store-credit',
    meaning: 'Credit given to customers instead of money back.',
  },
  {
    name: 'employee_payable',
    class: 'liability',
    control: null,
    meaning: 'Owed to employees for expenses that they paid.',
  },
  { name: 'accruals', class: 'liability', control: null, meaning: 'Expenses of the period whose bill has not come.' },
  { name: 'loans', class: 'liability', control: null, meaning: 'Borrowed money still to be repaid.' },
  {
    name: 'output_tax',
    class: 'liability',
    control: null,
    meaning: 'Tax on sales, due in the return of its tax point.',
  },
  {
    name: 'output_tax_pending',
    class: 'liability',
    control: null,
    meaning: 'Tax on sales whose tax point or repayment has not come.',
  },
  {
    name: 'tax_payable',
    class: 'liability',
    control: null,
    meaning: 'What filed returns say we owe the authority, or it owes us.',
  },
  {
    name: 'facilitator_tax',
    class: 'liability',
    control: null,
    meaning: 'Tax that a marketplace collects and pays itself: it passes through and is never ours.',
  },
  { name: 'share_capital', class: 'equity', control: null, meaning: 'Paid in for shares.' },
  { name: 'owner_account', class: 'equity', control: null, meaning: 'What the owner puts in and takes out.' },
  {
    name: 'opening_balances',
    class: 'equity',
    control: null,
    meaning: 'The other side of balances brought in from earlier books; ends at zero.',
  },
  {
    name: 'retained_earnings',
    class: 'equity',
    control: null,
    meaning: 'Results of closed years that were not paid out.',
  },
  { name: 'sales', class: 'income', control: null, meaning: 'Net value of goods and services sold.' },
  {
    name: 'sales_returns',
    class: 'income',
    control: null,
    meaning: 'Net value of goods sold and credited again; reduces sales.',
  },
  {
    name: 'sales_discounts',
    class: 'income',
    control: null,
    meaning: 'Discounts and promotions granted; reduces sales.',
  },
  { name: 'shipping_income', class: 'income', control: null, meaning: 'Carriage and postage charged to customers.' },
  { name: 'gift_card_breakage', class: 'income', control: null, meaning: 'Gift cards that will not be used any more.' },
  {
    name: 'other_income',
    class: 'income',
    control: null,
    meaning: 'Income that is not from sales, such as forfeited deposits.',
  },
  {
    name: 'sales_suspense',
    class: 'income',
    control: null,
    meaning: 'Sales of something not mapped yet; each has an open exception.',
  },
  {
    name: 'cost_of_goods_sold',
    class: 'expense',
    control: null,
    meaning: 'Cost of the goods that customers received.',
  },
  {
    name: 'purchase_price_variance',
    class: 'expense',
    control: null,
    meaning: 'Differences between the price ordered and the price billed, by setting.',
  },
  {
    name: 'inventory_adjustments',
    class: 'expense',
    control: null,
    meaning: 'Stock counted more or less, damaged or used ourselves.',
  },
  {
    name: 'inventory_write_down',
    class: 'expense',
    control: null,
    meaning: 'Stock written down to what it will bring in, and back.',
  },
  { name: 'freight_out', class: 'expense', control: null, meaning: 'Carriage of goods to customers.' },
  { name: 'payment_fees', class: 'expense', control: null, meaning: 'What banks and payment processors charge.' },
  {
    name: 'channel_fees',
    class: 'expense',
    control: null,
    meaning: 'What marketplaces charge: commission, advertising, storage.',
  },
  {
    name: 'chargeback_losses',
    class: 'expense',
    control: null,
    meaning: 'Chargebacks lost where the goods are gone too.',
  },
  { name: 'bad_debts', class: 'expense', control: null, meaning: 'What customers owed and will not pay.' },
  {
    name: 'expense',
    class: 'expense',
    control: null,
    meaning: 'Other expenses; further accounts tell their kinds apart.',
  },
  { name: 'interest', class: 'expense', control: null, meaning: 'Interest on loans and overdrafts.' },
  { name: 'payroll', class: 'expense', control: null, meaning: 'Wages and salaries.' },
  { name: 'depreciation', class: 'expense', control: null, meaning: 'The part of fixed assets used up in the period.' },
  { name: 'corporation_tax', class: 'expense', control: null, meaning: "Tax on the company's profit." },
  { name: 'realised_fx', class: 'expense', control: null, meaning: 'Exchange gains and losses on settled amounts.' },
  {
    name: 'unrealised_fx',
    class: 'expense',
    control: null,
    meaning: 'Exchange gains and losses from revaluing open amounts.',
  },
  {
    name: 'rounding',
    class: 'expense',
    control: null,
    meaning: 'A total that is not its lines plus tax, within the tolerance.',
  },
  {
    name: 'bank_suspense',
    class: 'asset',
    control: null,
    meaning: 'Bank lines that match nothing yet; each has an open exception.',
  },
] as const satisfies readonly RoleDefinition[]

export type Role = (typeof roles)[number]['name']

const byName: ReadonlyMap<string, (typeof roles)[number]> = new Map(roles.map((role) => [role.name, role]))

/** Whether `name` is a role. */
export const isRole = (name: string): name is Role => byName.has(name)

/** The class, control and meaning of a role. */
export function roleNamed(name: Role): (typeof roles)[number] {
  const role = byName.get(name)
  if (role === undefined) throw new Error(`There is no role ${name}.`)
  return role
}
