import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chartFromKeyed } from '../../src/ledger/charts/chart.ts'
import {
  accountClasses,
  chartForCountry,
  charts,
  controls,
  headings,
  isChartName,
  isRole,
  roleNamed,
  roles,
} from '../../src/ledger/charts/index.ts'

const shared = process.env.COUNTINGHOUSE_SHARED ?? '../shared'
const contract = join(shared, 'accounting.md')

const duplicates = (values: readonly string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at)

describe('roles', () => {
  it('are named once each', () => {
    expect(duplicates(roles.map((role) => role.name))).toEqual([])
  })

  it('have a class and a control that exist, and a sentence of meaning', () => {
    for (const role of roles) {
      expect(accountClasses).toContain(role.class)
      if (role.control !== null) expect(Object.keys(controls)).toContain(role.control)
      expect(role.meaning, role.name).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('use every control', () => {
    expect(new Set(roles.flatMap((role) => role.control ?? []))).toEqual(new Set(Object.keys(controls)))
  })

  it('have the classes that decide on which statement they stand', () => {
    const ofClass = (wanted: string) => roles.filter((role) => role.class === wanted).map((role) => role.name)
    expect(ofClass('equity')).toEqual(['share_capital', 'owner_account', 'opening_balances', 'retained_earnings'])
    expect(ofClass('income')).toEqual([
      'sales',
      'sales_returns',
      'sales_discounts',
      'shipping_income',
      'gift_card_breakage',
      'other_income',
      'sales_suspense',
    ])
    expect(roleNamed('customer_deposits').class).toBe('liability')
    expect(roleNamed('payment_clearing').class).toBe('asset')
  })

  it('are found by name and by nothing else', () => {
    expect(isRole('receivable')).toBe(true)
    expect(isRole('receivables')).toBe(false)
    expect(roleNamed('gift_card_liability').control).toBe('gift-card')
  })

  it.skipIf(!existsSync(contract))('are exactly those that the accounting contract lists', () => {
    const section = readFileSync(contract, 'utf8').split('## Roles every chart must map')[1]?.split('\n## ')[0] ?? ''
    const listed = [...section.matchAll(/`([a-z_]+)`/g)].map((match) => match[1])
    expect(listed.length).toBeGreaterThan(50)
    expect(roles.map((role) => role.name).toSorted()).toEqual(listed.toSorted())
  })
})

describe('headings', () => {
  it('form a tree in which a child follows its parent and has its class', () => {
    expect(duplicates(headings.map((heading) => heading.code))).toEqual([])
    const classBefore = new Map<string, string>()
    for (const heading of headings) {
      if (heading.parent !== null) expect(classBefore.get(heading.parent), heading.code).toBe(heading.class)
      classBefore.set(heading.code, heading.class)
    }
  })
})

describe.each(Object.entries(charts))('chart %s', (name, chart) => {
  it('goes by its own name', () => {
    expect(chart.name).toBe(name)
    expect(isChartName(name)).toBe(true)
  })

  it('lets exactly one account play each role', () => {
    const played = chart.accounts.flatMap((account) => account.role ?? [])
    expect(played.toSorted()).toEqual(roles.map((role) => role.name).toSorted())
  })

  it('gives each code once, in ascending order', () => {
    const codes = chart.accounts.map((account) => account.code)
    expect(duplicates(codes)).toEqual([])
    expect(codes).toEqual(codes.toSorted())
    for (const code of codes) expect(code).toMatch(/^\d{2,5}$/)
  })

  it('gives each name once, among accounts and among headings', () => {
    expect(duplicates(chart.accounts.map((account) => account.name))).toEqual([])
    expect(duplicates(chart.groups.map((group) => group.name))).toEqual([])
  })

  it('stands every account under a heading of its class, and of its role’s class', () => {
    const groups = new Map(chart.groups.map((group) => [group.code, group]))
    for (const account of chart.accounts) {
      expect(groups.get(account.group)?.class, account.code).toBe(account.class)
      if (account.role !== null) expect(account.class, account.code).toBe(roleNamed(account.role).class)
    }
  })

  it('leaves no heading without accounts below it', () => {
    const filled = new Set<string>(chart.accounts.map((account) => account.group))
    for (const group of chart.groups) {
      const children = chart.groups.filter((child) => child.parent === group.code)
      expect(filled.has(group.code) || children.length > 0, group.code).toBe(true)
    }
  })

  it('puts the roles of gross profit where gross profit is taken', () => {
    const groupOf = (role: string) => chart.accounts.find((account) => account.role === role)?.group
    for (const role of ['sales', 'sales_returns', 'sales_discounts', 'shipping_income', 'sales_suspense']) {
      expect(groupOf(role), role).toBe('revenue')
    }
    for (const role of ['cost_of_goods_sold', 'purchase_price_variance', 'inventory_adjustments']) {
      expect(groupOf(role), role).toBe('cost_of_sales')
    }
  })
})

describe('a chart', () => {
  it('refuses an account under a heading that does not exist', () => {
    const groupNames = Object.fromEntries(charts.uk.groups.map((group) => [group.code, group.name]))
    const keyed = { name: 'uk', title: 'x', country: null, groupNames, accounts: [['1', 'Lost', 'nowhere', null]] }
    expect(() => chartFromKeyed(keyed as never)).toThrow('Account 1 of chart uk stands under no heading.')
  })

  it('is chosen by country', () => {
    expect(
      ['GB', 'IM', 'US', 'DE', 'FR', 'MC', 'IE', 'JE', 'JP'].map((country) => chartForCountry(country).name),
    ).toEqual(['uk', 'uk', 'us', 'de', 'fr', 'fr', 'generic', 'generic', 'generic'])
  })

  it('carries the numbers that accountants know', () => {
    const codeOf = (chart: keyof typeof charts, role: string) =>
      charts[chart].accounts.find((account) => account.role === role)?.code
    expect(['receivable', 'payable', 'output_tax', 'bank', 'sales'].map((role) => codeOf('fr', role))).toEqual([
      '411',
      '401',
      '44571',
      '512',
      '707',
    ])
    expect(['receivable', 'payable', 'output_tax', 'bank', 'sales'].map((role) => codeOf('de', role))).toEqual([
      '1200',
      '3300',
      '3800',
      '1800',
      '4200',
    ])
  })
})

const publicPlans = [
  {
    chart: 'de',
    file: 'charts-gnucash/de_DE_acctchrt_skr04.gnucash-xea',
    code: /<act:code>(\d+)<\/act:code>/g,
    known: 0.7,
  },
  {
    chart: 'fr',
    file: 'charts-tax-tryton/account_fr/account_fr.xml',
    code: /name="code">(\d+)</g,
    known: 0.8,
  },
] as const

describe.each(publicPlans)('chart $chart beside a public plan', ({ chart, file, code, known }) => {
  const path = join(shared, 'data/reference', file)
  it.skipIf(!existsSync(path))('keeps to numbers that the plan has, but for our own subdivisions', () => {
    const plan = new Set([...readFileSync(path, 'utf8').matchAll(code)].map((match) => match[1]))
    const { accounts } = charts[chart]
    const ours = accounts.filter((account) => !plan.has(account.code)).map((account) => account.code)
    expect(1 - ours.length / accounts.length, ours.join(' ')).toBeGreaterThan(known)
  })
})
