import type { z } from 'zod'
import type { ImportDecision, Remedy } from '../contracts/imports.ts'
import type { Decision } from '../imports/index.ts'
import type { Permission } from '../kernel/permissions.ts'
import { type RefusalCode, refusals } from '../kernel/refusal.ts'

type RemedyView = z.output<typeof Remedy>
type Body = NonNullable<RemedyView['call']>['body']
type Input = RemedyView['inputs'][number]
type Where = { companyId: bigint; importId: bigint }

/** What a kind of decision is called. */
const labels: Readonly<Record<string, string>> = {
  unknown_code: 'Code that nobody has explained',
  unclear_destination: 'Destination that nobody can place',
  document_refused: 'Documents that the books refuse',
  document_changed: 'Document that is here with other content',
  rows_differ: 'Document whose lines contradict each other',
  order_without_items: 'Order without items',
  payments_differ: 'Payments that are not what the order comes to',
  sale_not_shipped: 'Orders that were not shipped',
  total_differs: 'Total that is not what the lines come to',
  unknown_payment_method: 'Payment method that nobody has explained',
  unknown_tax: 'Tax that nobody has explained',
  tax_base_unclear: 'Tax without a base',
  refund_unclear: 'Refund without its lines or its day',
  account_unknown: 'Account that the chart does not have',
}

/** What becomes of what is left as it is. */
const leftAs: Readonly<Record<string, string>> = {
  unknown_code: 'Its lines wait in suspense, with an exception, until somebody says what it is.',
  unclear_destination: 'Taxed at the standard rate, with an exception for each document.',
  document_refused: 'The documents are set aside, each with an exception; the rest is imported.',
  document_changed: 'What is in the books stays as it is; an exception tells of the other content.',
  rows_differ: 'It is booked as its first line says, with an exception.',
  total_differs: 'The difference waits in suspense, with an exception.',
  unknown_payment_method: 'Its money waits in suspense, with an exception.',
  unknown_tax: 'It waits in suspense, with an exception.',
}

/** A decision in the words of a person, with the ways to decide it, each with the request that does it. */
export function decisionView(decision: Decision, where: Where): z.output<typeof ImportDecision> {
  const { kind, source, subject, message, count, amount } = decision
  return {
    kind,
    label: labels[kind] ?? kind.replaceAll('_', ' '),
    source,
    subject,
    message,
    count,
    amount,
    remedies: [...(remediesByKind[kind]?.(decision, where) ?? []), ...leftAlone(decision)],
  }
}

const remediesByKind: Readonly<Record<string, (decision: Decision, where: Where) => RemedyView[]>> = {
  unknown_code: ({ source, subject }, where) => codeRemedies(source, subject, where),
  unclear_destination: ({ subject }, where) => destinationRemedies(subject, where),
  unknown_payment_method: ({ source, subject, amount }, where) => [
    paymentRemedy(source, withoutCurrency(subject, amount.currency), where),
  ],
  unknown_tax: ({ source, subject }, where) => [taxRemedy(source, subject, where)],
  document_refused: refusedRemedies,
  account_unknown: ({ subject }, where) => accountRemedies(subject, where),
}

type Call = { path: string; permission: Permission; body: Body; method?: 'post' | 'put' }

const remedy = (
  words: { code: string; label: string; description: string },
  { companyId }: Where,
  { path, permission, body, method = 'post' }: Call,
  inputs: Input[] = [],
): RemedyView => ({
  ...words,
  call: { method, path: `/api/v1/companies/${companyId}/${path}`, permission, body },
  inputs,
  recheck: true,
})

/** Running the import as it is decides it too. */
const leftAlone = ({ kind }: Decision): RemedyView[] =>
  kind === 'account_unknown'
    ? []
    : [
        {
          code: 'leave',
          label: 'Decide later',
          description: leftAs[kind] ?? 'It is booked as the message says, with an exception.',
          call: null,
          inputs: [],
          recheck: false,
        },
      ]

/** A pattern that stands for a text alone. */
const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

// Below the rules that a company starts with, so that what is said of one code or name goes before what is said of many.
const priority = 5

const taxed: Input = { name: 'taxed', label: 'Taxed', kind: 'flag', required: false }

const chargeRoles: Input = {
  name: 'role',
  label: 'What it is',
  kind: 'choice',
  required: true,
  choices: [
    { value: 'shipping_income', label: 'Shipping that the customer pays' },
    { value: 'sales_discounts', label: 'A discount' },
    { value: 'sales', label: 'Sales without an item' },
    { value: 'payment_fees', label: 'A fee of a payment processor' },
    { value: 'bad_debts', label: 'A bad debt' },
    { value: 'rounding', label: 'Rounding' },
  ],
}

function codeRemedies(source: string, code: string, where: Where): RemedyView[] {
  const rule = { source, priority, pattern: literally(code), taxed: true }
  const call = (body: Body): Call => ({
    path: 'line-code-rules',
    permission: 'settings.write',
    body: { ...rule, ...body },
  })
  return [
    remedy(
      {
        code: 'is_item',
        label: 'Is an item',
        description: `${code} is something that is sold, and its lines are sales.`,
      },
      where,
      call({ standsFor: 'item', role: 'sales' }),
      [taxed],
    ),
    remedy(
      { code: 'is_charge', label: 'Is a fee or charge', description: `${code} is no item: say what its amounts are.` },
      where,
      call({ standsFor: 'charge', role: 'shipping_income' }),
      [chargeRoles, taxed],
    ),
  ]
}

const destinationRemedies = (name: string, where: Where): RemedyView[] =>
  name.trim() === ''
    ? []
    : [
        remedy(
          {
            code: 'is_country',
            label: 'Is a country',
            description: `All documents that went to '${name}' went there.`,
          },
          where,
          { path: 'destination-names', permission: 'settings.write', body: { requests: [{ name }] } },
          [{ name: 'requests.0.country', label: 'Country', kind: 'country', required: true }],
        ),
      ]

/** A method in another currency than the company's is told apart by that. */
const withoutCurrency = (subject: string, currency: string): string =>
  subject.endsWith(` ${currency}`) ? subject.slice(0, -currency.length - 1) : subject

const paymentRemedy = (source: string, name: string, where: Where): RemedyView =>
  remedy(
    { code: 'is_method', label: 'Say where its money is', description: `Where money that was paid by '${name}' is.` },
    where,
    {
      path: 'source-name-rules',
      permission: 'settings.write',
      body: { source, about: 'payment', pattern: literally(name), priority, standsFor: 'clearing' },
    },
    [
      {
        name: 'standsFor',
        label: 'Where it is',
        kind: 'choice',
        required: true,
        choices: [
          { value: 'clearing', label: 'With a payment processor' },
          { value: 'bank', label: 'On a bank account' },
          { value: 'cash', label: 'In the till' },
          { value: 'gift_card', label: 'It was a gift card' },
          { value: 'ignored', label: 'It books nothing' },
        ],
      },
      { name: 'method', label: 'Name of the processor, for the mapping', kind: 'text', required: false },
    ],
  )

const taxRemedy = (source: string, name: string, where: Where): RemedyView =>
  remedy(
    { code: 'is_tax', label: 'Is a tax', description: `Which of the company's taxes '${name}' is.` },
    where,
    {
      path: 'source-name-rules',
      permission: 'settings.write',
      body: { source, about: 'tax', pattern: literally(name), priority, standsFor: 'tax_code' },
    },
    [{ name: 'taxCode', label: 'Tax code', kind: 'tax_code', required: true }],
  )

function accountRemedies(legacyAccount: string, where: Where): RemedyView[] {
  const call: Call = {
    method: 'put',
    path: `imports/${where.importId}/accounts`,
    permission: 'imports.run',
    body: { accounts: [{ legacyAccount }] },
  }
  const classes = ['asset', 'liability', 'equity', 'income', 'expense']
  return [
    remedy(
      { code: 'is_account', label: 'Is an account', description: `'${legacyAccount}' is an account of the chart.` },
      where,
      call,
      [{ name: 'accounts.0.account', label: 'Account', kind: 'account', required: true }],
    ),
    remedy(
      {
        code: 'add_account',
        label: 'Add an account',
        description: `'${legacyAccount}' becomes an account of its own.`,
      },
      where,
      call,
      [
        { name: 'accounts.0.account', label: 'Its code', kind: 'text', required: true },
        { name: 'accounts.0.name', label: 'Its name', kind: 'text', required: true },
        {
          name: 'accounts.0.class',
          label: 'Its class',
          kind: 'choice',
          required: true,
          choices: classes.map((value) => ({ value, label: value })),
        },
      ],
    ),
  ]
}

/** What the books refuse for a reason that a rule removes has that rule; for the rest the words of the refusal say what to do. */
function refusedRemedies({ source, subject, detail = {} }: Decision, where: Where): RemedyView[] {
  if (subject === 'mapping_missing' && detail.code !== undefined) return codeRemedies(source, detail.code, where)
  if (subject === 'mapping_missing' && detail.role !== undefined) return [mappingRemedy(detail.role, where)]
  const words = refusals[subject as RefusalCode]
  return words === undefined
    ? []
    : [{ code: 'mend', label: words.title, description: words.remedy, call: null, inputs: [], recheck: true }]
}

const mappingRemedy = (role: string, where: Where): RemedyView =>
  remedy(
    { code: 'map_role', label: 'Choose an account', description: `Which account takes amounts of the role ${role}.` },
    where,
    { path: 'mapping-rules', permission: 'settings.write', body: { role, reason: 'Said while checking an import' } },
    [{ name: 'account', label: 'Account', kind: 'account', required: true }],
  )
