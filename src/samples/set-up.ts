import type { AccountingDate } from '../kernel/accounting-date.ts'
import { previousDay } from '../kernel/accounting-date.ts'
import type { Tx } from '../kernel/database.ts'
import {
  addLineCodeRules,
  changeItems,
  findOrAddChannels,
  findOrAddItems,
  saveItemGroups,
} from '../modules/catalog/index.ts'
import { recordIdentity, saveTaxNumbers } from '../modules/company/index.ts'
import { setDuties } from '../modules/inbox/index.ts'
import {
  addAccounts,
  addMappingRulesByCode,
  postJournals,
  postOpeningBalances,
  saveTemplates,
  startRecurring,
} from '../modules/journal/index.ts'
import { addCustomers, findCustomers, findOrAddParties } from '../modules/parties/index.ts'
import { receivePayments } from '../modules/payments/index.ts'
import { addCompanyRates } from '../modules/rates/index.ts'
import { earlierDocumentKey, itemsOfEarlierDocuments } from '../modules/receivables/index.ts'
import { listTaxCodes } from '../modules/tax/index.ts'
import { dayIn, daysAfter, monthsBefore } from './calendar.ts'
import { goods, groups } from './goods.ts'
import { suppliers, tradeCustomers } from './people.ts'
import { commissioned } from './plan-commissions.ts'
import type { ShopPlan } from './shop-plan.ts'

/** In whose name the people of the sample decide. */
export const bookkeeper = 'Ruth Pemberton, bookkeeper'

const account = (code: string, name: string, role: string, groupCode: string) =>
  ({ code, name, class: role === 'sales' ? 'income' : 'asset', role, groupCode }) as const

const accounts = [
  account('1244', 'PayPal', 'payment_clearing', 'money'),
  account('1245', 'Harbour Market clearing', 'payment_clearing', 'money'),
  account('1246', 'Pop-up card reader', 'payment_clearing', 'money'),
  account('4001', 'Sales: home and garden', 'sales', 'revenue'),
  account('4002', 'Sales: paper, books and games', 'sales', 'revenue'),
  account('4003', 'Sales: Christmas', 'sales', 'revenue'),
  account('4004', 'Sales: candles', 'sales', 'revenue'),
]

const accountOfGroup = {
  candles: '4001',
  ceramics: '4001',
  kitchen: '4001',
  textiles: '4001',
  garden: '4001',
  stationery: '4002',
  books: '4002',
  games: '4002',
  festive: '4003',
} as const satisfies Record<keyof typeof groups, string>

/** What the shop is before its first sale: accounts, mapping, items, customers, suppliers, rates, and who answers for what. */
export async function setUp(tx: Tx, plan: ShopPlan): Promise<void> {
  await addAccounts(tx, accounts)
  await sayWhoItIs(tx, plan)
  await saveItemGroups(
    tx,
    Object.entries(groups).map(([code, name]) => ({ code, name })),
  )
  await findOrAddChannels(tx, ['web-shop', 'trade', 'harbour-market'])
  await addItems(tx)
  await addCustomers(tx, plan.customers)
  await findOrAddParties(
    tx,
    'supplier',
    Object.values(suppliers).map((supplier) => ({ ...supplier, kind: 'supplier', country: 'GB', paymentDays: 30 })),
  )
  await addCompanyRates(
    tx,
    plan.rates.map(({ day, rate }) => ({ source: 'company', currency: 'EUR', day, rate })),
    bookkeeper,
  )
  await addMapping(tx, plan)
  await answerForExceptions(tx)
}

async function addItems(tx: Tx): Promise<void> {
  const taxCodes = new Map((await listTaxCodes(tx)).map(({ code, id }) => [code, id]))
  const added = await findOrAddItems(tx, [
    ...goods.map(({ code, name, taxCode }) => ({ code, name, taxCodeId: taxCodes.get(taxCode) ?? null })),
    { ...commissioned, taxCodeId: taxCodes.get('standard') ?? null },
  ])
  const groupOf = new Map(goods.map(({ code, group }) => [code, group as string]))
  await changeItems(
    tx,
    [...added.values()].map(({ id, code }) => ({ id, itemGroup: groupOf.get(code) ?? 'ceramics' })),
  )
}

/** Each processor has a clearing account of its own, and each shelf its sales account; candles have had theirs for half a year. */
async function addMapping(tx: Tx, { calendar }: ShopPlan): Promise<void> {
  const clearing = (paymentMethod: string, code: string) => ({ role: 'payment_clearing', paymentMethod, account: code })
  await addMappingRulesByCode(
    tx,
    [
      clearing('paypal', '1244'),
      clearing('harbour-market', '1245'),
      clearing('shopify_payments', '1246'),
      ...Object.entries(accountOfGroup).flatMap(([itemGroup, code]) => [
        { role: 'sales', itemGroup, account: code },
        // What comes back stands apart, whatever shelf it was on.
        { role: 'sales', itemGroup, documentKind: 'credit_note', account: '4010' },
      ]),
    ],
    bookkeeper,
  )
  await addMappingRulesByCode(
    tx,
    [
      {
        role: 'sales',
        itemGroup: 'candles',
        account: '4004',
        effectiveFrom: monthsBefore(calendar.today, 6),
        reason: 'Candles have grown into a business of their own: we want to see them apart',
      },
    ],
    bookkeeper,
  )
  // The pop-up shop's till knows our codes; what else is rung up there somebody has to explain.
  await addLineCodeRules(
    tx,
    'shopify-orders',
    [
      { priority: 20, pattern: 'TF-.*', standsFor: 'item', role: 'sales', taxed: true },
      { priority: 90, pattern: '.*', standsFor: 'unknown', role: 'sales_suspense', taxed: true },
    ],
    bookkeeper,
  )
}

/** Made up: no company has this number in the register, the tax number is one that HMRC gives as an example, and nobody answers the phone. */
async function sayWhoItIs(tx: Tx, { calendar: { start } }: ShopPlan): Promise<void> {
  const place = { city: 'Sampleton', postcode: 'ZZ99 9ZZ', country: 'GB' }
  const identity = {
    legalName: 'Thistle & Finch Sample Ltd',
    tradingName: 'Thistle & Finch',
    registrationNumber: '00000000',
    registeredAddress: { line1: '1 Sample Wharf', ...place },
    returnsAddress: { line1: 'Unit 2', line2: 'Sample Wharf', ...place },
    contact: 'Ruth Pemberton',
    phone: '+44 20 7946 0000',
    email: 'accounts@thistle-and-finch.example',
    website: 'https://thistle-and-finch.example',
  }
  await recordIdentity(tx, identity, null)
  const number = { country: 'GB', validFrom: start }
  await saveTaxNumbers(tx, [
    { ...number, scheme: 'vat', number: 'GB999999973' },
    { ...number, scheme: 'eori', number: 'GB999999973000', onDocuments: false },
  ])
}

const answerForExceptions = (tx: Tx): Promise<void> => {
  const duty = { email: null, escalation: [{ daysPastDue: 3, responsible: 'Ruth Pemberton' }] }
  return setDuties(tx, [
    { ...duty, dataKind: 'orders', responsible: 'Callum Oakes', days: 3 },
    { ...duty, dataKind: 'items', responsible: 'Nadia Varga', days: 5 },
    { ...duty, dataKind: 'tax', responsible: 'Hobday & Marsh', days: 7 },
    { ...duty, dataKind: 'bank', responsible: 'Ruth Pemberton', days: 2 },
  ])
}

const owedBefore = [
  { customer: tradeCustomers[0], number: 'OLD-2291', amountMinor: 1_240_50n, paidAfter: 9 },
  { customer: tradeCustomers[4], number: 'OLD-2304', amountMinor: 612_00n, paidAfter: 16 },
  { customer: tradeCustomers[8], number: 'OLD-2310', amountMinor: 388_40n, paidAfter: 41 },
] as const

/** Brings in the balances of the shop's earlier books, and what came of them in the first weeks. */
export async function bringIn(tx: Tx, { calendar: { start } }: ShopPlan): Promise<void> {
  const customers = await findCustomers(
    tx,
    owedBefore.map(({ customer }) => customer?.number ?? ''),
  )
  const lines = [
    { account: '0030', amountMinor: 14_200_00n },
    { account: '0031', amountMinor: -5_680_00n },
    ...owedBefore.map(({ customer, number, amountMinor }) => ({
      account: '1100',
      amountMinor,
      partyId: customers.get(customer?.number ?? '')?.id ?? null,
      documentNumber: number,
      openedOn: previousDay(start),
      dueOn: daysAfter(start, 13),
    })),
    { account: '1200', amountMinor: 18_650_00n },
    { account: '2109', amountMinor: -1_120_00n },
    { account: '2210', amountMinor: -1_215_00n },
    { account: '2300', amountMinor: -16_000_00n },
    { account: '3000', amountMinor: -100_00n },
  ]
  const left = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  await postOpeningBalances(
    tx,
    [
      {
        reference: 'opening-balances',
        date: previousDay(start),
        lines: [...lines, { account: '3200', amountMinor: -left }],
      },
    ],
    bookkeeper,
  )
  await payOffOld(tx, start)
}

async function payOffOld(tx: Tx, start: AccountingDate): Promise<void> {
  const named = owedBefore.map(({ customer, number }) => ({ number, partyNumber: customer?.number ?? '' }))
  const items = await itemsOfEarlierDocuments(tx, 'receivable', named)
  await receivePayments(
    tx,
    owedBefore.flatMap(({ customer, number, amountMinor, paidAfter }) => {
      const item = items.get(earlierDocumentKey(customer?.number ?? '', number))
      if (item === undefined || customer === undefined) return []
      const name = { number: customer.number, name: customer.name }
      const on = daysAfter(start, paidAfter)
      const shared = { source: 'bank', into: 'bank' as const, customer: name, documentIds: [] }
      return [{ ...shared, reference: `receipt-${number}`, earlierItems: [item], on, amountMinor }]
    }),
  )
  await postJournals(
    tx,
    [
      {
        reference: 'accruals-paid',
        date: dayIn(start, 12),
        description: 'Energy and accountancy of last year, paid',
        lines: [
          { account: '2109', amountMinor: 1_120_00n },
          { account: '1200', amountMinor: -1_120_00n },
        ],
      },
    ],
    bookkeeper,
  )
}

/** What the shop pays again and again, by templates. What fell due is posted afterwards, as the server does it. */
export async function startOverheads(tx: Tx, { calendar: { start } }: ShopPlan): Promise<void> {
  await saveTemplates(
    tx,
    [
      {
        name: 'paid-by-bank',
        title: 'Paid by standing order',
        reason: 'Rent, rates and the like bear no VAT',
        definition: {
          description: 'Paid by standing order: {about}',
          parameters: [
            { name: 'amount', kind: 'amount', label: 'What is paid' },
            { name: 'account', kind: 'account', label: 'The account of the cost, or of what is owed' },
            { name: 'about', kind: 'text', label: 'What it is about', default: '' },
          ],
          lines: [
            { accountOf: 'account', side: 'debit', amount: 'amount' },
            { role: 'bank', side: 'credit', rest: true },
          ],
        },
      },
    ],
    bookkeeper,
  )
  const monthly = (name: string, template: string, dayOfMonth: number | null, parameters: Record<string, string>) =>
    ({ name, template, parameters, every: 'month', dayOfMonth, startsOn: start, endsOn: null }) as const
  const order = (about: string, accountCode: string, amount: string, day: number) =>
    monthly(about.toLowerCase().replaceAll(' ', '-'), 'paid-by-bank', day, { amount, account: accountCode, about })
  await startRecurring(
    tx,
    [
      order('Rent', '7100', '1450.00', 1),
      order('Business rates', '7103', '285.00', 5),
      order('Insurance', '7104', '96.40', 8),
      order('PAYE and National Insurance', '2210', '1215.00', 22),
      monthly('loan', 'loan-repaid', 15, { principal: '400.00', interest: '92.00', about: 'van and shop fittings' }),
      monthly('wages', 'payroll', null, {
        gross: '4250.00',
        employer: '365.00',
        withheld: '850.00',
        contributions: '7006',
        liabilities: '2210',
        about: 'two people',
      }),
      monthly('depreciation', 'depreciation', null, { amount: '118.00', accumulated: '0031', about: 'fittings' }),
      monthly('energy-to-come', 'accrual', null, { amount: '165.00', expense: '7200', about: 'energy' }),
    ],
    bookkeeper,
  )
}
