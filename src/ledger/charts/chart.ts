import type { AccountClass, Role } from './roles.ts'

/** The charts that the product brings along. A company starts from one and changes it as it likes. */
export type ChartName = 'uk' | 'us' | 'de' | 'fr' | 'generic'

/**
 * The headings of every chart, in the order in which a balance sheet and a profit and loss account show them. They are
 * the same in each chart, so that a report finds its subtotals by code whatever the chart's language calls them: gross
 * profit is `revenue` less `cost_of_sales`. A heading under another has that one's class.
 */
export const headings = [
  { code: 'fixed_assets', class: 'asset', parent: null },
  { code: 'current_assets', class: 'asset', parent: null },
  { code: 'stock', class: 'asset', parent: 'current_assets' },
  { code: 'debtors', class: 'asset', parent: 'current_assets' },
  { code: 'money', class: 'asset', parent: 'current_assets' },
  { code: 'current_liabilities', class: 'liability', parent: null },
  { code: 'creditors', class: 'liability', parent: 'current_liabilities' },
  { code: 'customer_credit', class: 'liability', parent: 'current_liabilities' },
  { code: 'taxes_due', class: 'liability', parent: 'current_liabilities' },
  { code: 'long_term_liabilities', class: 'liability', parent: null },
  { code: 'equity', class: 'equity', parent: null },
  { code: 'revenue', class: 'income', parent: null },
  { code: 'cost_of_sales', class: 'expense', parent: null },
  { code: 'other_income', class: 'income', parent: null },
  { code: 'overheads', class: 'expense', parent: null },
  { code: 'selling_costs', class: 'expense', parent: 'overheads' },
  { code: 'staff_costs', class: 'expense', parent: 'overheads' },
  { code: 'administration', class: 'expense', parent: 'overheads' },
  { code: 'depreciation', class: 'expense', parent: 'overheads' },
  { code: 'finance_costs', class: 'expense', parent: null },
  { code: 'taxation', class: 'expense', parent: null },
] as const satisfies readonly { code: string; class: AccountClass; parent: string | null }[]

export type HeadingCode = (typeof headings)[number]['code']

/** A heading in the words of a chart. */
export type ChartGroup = {
  readonly code: HeadingCode
  readonly name: string
  readonly class: AccountClass
  readonly parent: HeadingCode | null
}

/** An account. `group` is the code of its ChartGroup, and its class is that group's. */
export type ChartAccount = {
  readonly code: string
  readonly name: string
  readonly group: HeadingCode
  readonly class: AccountClass
  readonly role: Role | null
}

/** `country` is the one whose books the chart follows, null where it follows none. Accounts stand in order of code. */
export type Chart = {
  readonly name: ChartName
  readonly title: string
  readonly country: string | null
  readonly groups: readonly ChartGroup[]
  readonly accounts: readonly ChartAccount[]
}

/** A chart as it is keyed: its words for the headings, and a row for each account: code, name, heading, role. */
export type KeyedChart = {
  readonly name: ChartName
  readonly title: string
  readonly country: string | null
  readonly groupNames: Readonly<Record<HeadingCode, string>>
  readonly accounts: readonly KeyedAccount[]
}

type KeyedAccount = readonly [code: string, name: string, group: HeadingCode, role: Role | null]

/** Writes a keyed chart out. Classes come from the headings, so that no account can disagree with its own. */
export function chartFromKeyed(keyed: KeyedChart): Chart {
  const { name, title, country, groupNames } = keyed
  const classes = new Map<HeadingCode, AccountClass>(headings.map((heading) => [heading.code, heading.class]))
  return {
    name,
    title,
    country,
    groups: headings.map((heading) => ({ ...heading, name: groupNames[heading.code] })),
    accounts: keyed.accounts.map(([code, accountName, group, role]) => {
      const accountClass = classes.get(group)
      if (accountClass === undefined) throw new Error(`Account ${code} of chart ${name} stands under no heading.`)
      return { code, name: accountName, group, class: accountClass, role }
    }),
  }
}
