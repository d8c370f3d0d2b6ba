import type { NewTemplate, TemplateLine, TemplateParameter } from '../template-definition.ts'

const amount = (name: string, label: string, usual?: string): TemplateParameter => ({
  name,
  kind: 'amount',
  label,
  ...(usual === undefined ? {} : { default: usual }),
})
const account = (name: string, label: string): TemplateParameter => ({ name, kind: 'account', label })
const about: TemplateParameter = { name: 'about', kind: 'text', label: 'What it is about', default: '' }

const debit = (place: Partial<TemplateLine>, of: string): TemplateLine => ({ ...place, side: 'debit', amount: of })
const credit = (place: Partial<TemplateLine>, of: string): TemplateLine => ({ ...place, side: 'credit', amount: of })
const bankTakesTheRest: TemplateLine = { role: 'bank', side: 'credit', rest: true }

const template = (
  name: string,
  title: string,
  parameters: readonly TemplateParameter[],
  lines: readonly TemplateLine[],
): NewTemplate => ({
  name,
  title,
  definition: { description: `${title} {about}`, parameters: [...parameters, about], lines },
})

const accrual = template(
  'accrual',
  'Accrual of',
  [amount('amount', 'Cost of the period whose bill has not come'), account('expense', 'The account of the cost')],
  [debit({ accountOf: 'expense' }, 'amount'), credit({ role: 'accruals' }, 'amount')],
)

/**
 * What the contract of facts posts by manual journals: interest, loans, capital, assets, depreciation, payroll, accruals and prepayments,
 * corporation tax. Accounts without a role of their own are parameters, since each chart has others.
 */
export const builtInTemplates: readonly NewTemplate[] = [
  template(
    'interest',
    'Interest',
    [amount('amount', 'Interest paid')],
    [debit({ role: 'interest' }, 'amount'), bankTakesTheRest],
  ),
  template(
    'loan-received',
    'Loan received',
    [amount('amount', 'The sum borrowed')],
    [debit({ role: 'bank' }, 'amount'), credit({ role: 'loans' }, 'amount')],
  ),
  template(
    'loan-repaid',
    'Loan repaid',
    [amount('principal', 'What of the loan is repaid'), amount('interest', 'Interest paid with it', '0')],
    [debit({ role: 'loans' }, 'principal'), debit({ role: 'interest' }, 'interest'), bankTakesTheRest],
  ),
  template(
    'share-capital',
    'Share capital paid in',
    [amount('amount', 'Paid in for shares')],
    [debit({ role: 'bank' }, 'amount'), credit({ role: 'share_capital' }, 'amount')],
  ),
  template(
    'owner-contribution',
    "Owner's contribution",
    [amount('amount', 'What the owner puts in')],
    [debit({ role: 'bank' }, 'amount'), credit({ role: 'owner_account' }, 'amount')],
  ),
  template(
    'owner-drawing',
    "Owner's drawing",
    [amount('amount', 'What the owner takes out')],
    [debit({ role: 'owner_account' }, 'amount'), bankTakesTheRest],
  ),
  template(
    'asset-bought',
    'Fixed asset bought',
    [amount('amount', 'Its cost')],
    [debit({ role: 'fixed_assets' }, 'amount'), bankTakesTheRest],
  ),
  template(
    'depreciation',
    'Depreciation',
    [
      amount('amount', 'What is used up in the period'),
      account('accumulated', 'The account of accumulated depreciation'),
    ],
    [debit({ role: 'depreciation' }, 'amount'), credit({ accountOf: 'accumulated' }, 'amount')],
  ),
  template(
    'payroll',
    'Payroll',
    [
      amount('gross', 'Gross wages and salaries'),
      amount('employer', "The employer's contributions", '0'),
      amount('withheld', 'Tax and contributions withheld from wages', '0'),
      account('contributions', "The account of the employer's contributions"),
      account('liabilities', 'The account of what is owed to authorities'),
    ],
    [
      debit({ role: 'payroll' }, 'gross'),
      debit({ accountOf: 'contributions' }, 'employer'),
      credit({ accountOf: 'liabilities' }, 'employer'),
      credit({ accountOf: 'liabilities' }, 'withheld'),
      bankTakesTheRest,
    ],
  ),
  { ...accrual, definition: { ...accrual.definition, reverse: 'next_period' } },
  template(
    'prepayment',
    'Prepaid',
    [amount('amount', 'Paid for later periods')],
    [debit({ role: 'prepayments' }, 'amount'), bankTakesTheRest],
  ),
  template(
    'prepayment-used',
    'Used up of what was prepaid',
    [amount('amount', 'The part of this period'), account('expense', 'The account of the cost')],
    [debit({ accountOf: 'expense' }, 'amount'), credit({ role: 'prepayments' }, 'amount')],
  ),
  template(
    'corporation-tax',
    'Corporation tax',
    [amount('amount', 'Tax on the profit of the period'), account('liability', 'The account of the tax owed')],
    [debit({ role: 'corporation_tax' }, 'amount'), credit({ accountOf: 'liability' }, 'amount')],
  ),
]
