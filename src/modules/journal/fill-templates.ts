import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { multiplyMinor } from '../../kernel/decimal.ts'
import { parseMinor } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Role } from '../../ledger/charts/index.ts'
import { findCustomers, findSuppliers, type Party } from '../parties/index.ts'
import { type AccountFinder, accountFinder, type JournalLine } from './journal-lines.ts'
import type { Journal } from './post-journals.ts'
import { baseSignOf } from './tax-lines.ts'
import { type ParameterKind, percentOf, type TemplateLine } from './template-definition.ts'
import { type Template, usableTemplates } from './templates.ts'

/** A template with what a person fills in: amounts and percentages as decimals, accounts by code, parties by number. */
export type FilledTemplate = Omit<Journal, 'lines' | 'templateId' | 'recurringId'> & {
  template: string
  parameters: Readonly<Record<string, string>>
}

/**
 * Writes journals from the newest versions of templates. What a person leaves out is the parameter's default. Refuses `template_unknown` and
 * `template_parameter_invalid`, which names the parameter and what it should be.
 */
export async function fillTemplates(tx: Tx, requests: readonly FilledTemplate[]): Promise<Journal[]> {
  const names = [...new Set(requests.map(({ template }) => template))]
  const templates = new Map((await usableTemplates(tx, names)).map((template) => [template.name, template]))
  return await fillVersions(
    tx,
    requests.map((request) => {
      const template = templates.get(request.template)
      if (template === undefined) throw new Refusal('template_unknown', { template: request.template })
      return { ...request, template }
    }),
  )
}

/** As `fillTemplates`, from versions that the caller has. */
export async function fillVersions(
  tx: Tx,
  requests: readonly (Omit<FilledTemplate, 'template'> & { template: Template })[],
): Promise<Journal[]> {
  const { currency } = only(await tx.query<{ currency: string }>('select base_currency as currency from company'))
  const values = requests.map(({ template, parameters }) => valuesOf(template, parameters))
  const taxed = requests.some(({ template }) => template.definition.lines.some(({ taxBase }) => taxBase !== undefined))
  const accounts = taxed ? await accountFinder(tx) : () => undefined
  const named = (kind: ParameterKind) =>
    requests.flatMap(({ template }, index) =>
      template.definition.parameters
        .filter((parameter) => parameter.kind === kind)
        .map(({ name }) => values[index]?.get(name) ?? ''),
    )
  const parties: Parties = {
    customer: await findCustomers(tx, named('customer')),
    supplier: await findSuppliers(tx, named('supplier')),
  }
  return requests.map(({ template, parameters: _, ...journal }, index) => {
    const filling = { template, values: values[index] as Values, currency, parties, accounts }
    return {
      ...journal,
      description: journal.description || describe(filling, journal.date),
      reverse: journal.reverse === undefined ? (template.definition.reverse ?? null) : journal.reverse,
      templateId: template.id,
      lines: linesOf(filling),
    }
  })
}

type Values = ReadonlyMap<string, string>
type Parties = Record<'customer' | 'supplier', Map<string, Party>>
type Filling = { template: Template; values: Values; currency: string; parties: Parties; accounts: AccountFinder }

function valuesOf({ name: template, definition }: Template, given: Readonly<Record<string, string>>): Values {
  const known = new Set(definition.parameters.map(({ name }) => name))
  const unknown = Object.keys(given).find((name) => !known.has(name))
  if (unknown !== undefined)
    throw new Refusal('template_parameter_invalid', {
      template,
      parameter: unknown,
      expected: `one of ${[...known].join(', ')}`,
    })
  return new Map(
    definition.parameters.map(({ name, kind, default: usual }) => {
      const value = given[name] ?? usual
      if (value === undefined)
        throw new Refusal('template_parameter_invalid', { template, parameter: name, expected: article(kind) })
      return [name, value]
    }),
  )
}

const articles = {
  amount: 'an amount, zero or more',
  percent: 'a percentage from 0 to 100',
  text: 'a text',
  account: 'the code of an account',
  customer: 'the number of a customer',
  supplier: 'the number of a supplier',
} as const satisfies Record<ParameterKind, string>

const article = (kind: ParameterKind): string => articles[kind]

function describe({ template, values }: Filling, date: AccountingDate): string {
  const words = template.definition.description.replace(/\{([^}]*)\}/g, (_, name: string) => {
    if (values.has(name)) return values.get(name) as string
    return name === 'month' ? date.slice(0, 7) : date
  })
  return words.trim()
}

function linesOf(filling: Filling): JournalLine[] {
  const { lines } = filling.template.definition
  const amounts = lines.map((line) => (line.rest === true ? 0n : signed(line, amountOf(line, filling))))
  const sum = amounts.reduce((total, minor) => total + minor, 0n)
  return lines.flatMap((line, index): JournalLine[] => {
    const amountMinor = line.rest === true ? -sum : (amounts[index] as bigint)
    if (amountMinor === 0n) return []
    const place = placeOf(line, filling.values)
    return [{ ...place, amountMinor, partyId: partyOf(line, filling), ...taxOf(line, { place, amountMinor }, filling) }]
  })
}

/** What was taxed is given as amounts are, without a sign: the line's own side says which sign it takes. */
function taxOf(
  { taxCode, taxBase }: TemplateLine,
  { place: { role, account }, amountMinor }: { place: Pick<JournalLine, 'account' | 'role'>; amountMinor: bigint },
  filling: Filling,
): Pick<JournalLine, 'taxCode' | 'taxBaseMinor'> {
  if (taxCode === undefined || taxBase === undefined) return taxCode === undefined ? {} : { taxCode }
  const minor = amountIn(taxBase, filling)
  const sign = baseSignOf(role ?? filling.accounts(account as string)?.account.role ?? null) ?? 1n
  return { taxCode, taxBaseMinor: amountMinor < 0n ? -minor * sign : minor * sign }
}

const signed = ({ side }: TemplateLine, minor: bigint): bigint => (side === 'debit' ? minor : -minor)

function amountOf({ amount, percent }: TemplateLine, filling: Filling): bigint {
  const minor = amountIn(amount as string, filling)
  if (percent === undefined) return minor
  const share = percentOf(filling.values.get(percent) ?? percent)
  if (share === undefined) throw wrongParameter(percent, 'percent', filling)
  return multiplyMinor(minor, share)
}

function amountIn(parameter: string, filling: Filling): bigint {
  const minor = parseMinor(filling.values.get(parameter) as string, filling.currency)
  if (minor === undefined || minor < 0n) throw wrongParameter(parameter, 'amount', filling)
  return minor
}

const wrongParameter = (parameter: string, kind: ParameterKind, { template, values }: Filling): Refusal =>
  new Refusal('template_parameter_invalid', {
    template: template.name,
    parameter,
    found: values.get(parameter) ?? parameter,
    expected: article(kind),
  })

function placeOf({ account, role, accountOf }: TemplateLine, values: Values): Pick<JournalLine, 'account' | 'role'> {
  if (role !== undefined) return { role: role as Role }
  return { account: account ?? (values.get(accountOf as string) as string) }
}

function partyOf({ party }: TemplateLine, { template, values, parties }: Filling): bigint | null {
  if (party === undefined) return null
  const kind = template.definition.parameters.find(({ name }) => name === party)?.kind as 'customer' | 'supplier'
  const number = values.get(party) as string
  const id = parties[kind].get(number)?.id
  if (id === undefined)
    throw new Refusal('template_parameter_invalid', {
      template: template.name,
      parameter: party,
      found: number,
      expected: article(kind),
    })
  return id
}
