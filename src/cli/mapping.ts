import { inCompany, readCompany, requireCompany } from '../kernel/database.ts'
import {
  addMappingRulesByCode,
  listMappingRules,
  type MappingRuleView,
  mappingRuleById,
  type NewMappingRuleByCode,
} from '../posting/mapping-by-code.ts'
import { type Command, UsageError } from './command.ts'
import { table } from './table.ts'
import { exactly, neededCompany, optionalDay, readWords } from './words.ts'

export const mappingList: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    role: { type: 'string' },
    json: { type: 'boolean' },
  })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const rows = await readCompany(database, companyId, (tx) => listMappingRules(tx, values.role ?? null))
    if (values.json) await terminal.json({ rows })
    else await terminal.write(asTable(rows))
    return 0
  }
}

/** What the options of a rule are called. */
export const ruleOptions = {
  company: { type: 'string' },
  account: { type: 'string' },
  end: { type: 'boolean' },
  item: { type: 'string' },
  'item-group': { type: 'string' },
  'tax-code': { type: 'string' },
  channel: { type: 'string' },
  'payment-method': { type: 'string' },
  'document-kind': { type: 'string' },
  from: { type: 'string' },
  reason: { type: 'string' },
  json: { type: 'boolean' },
} as const

type RuleValues = { [name in Exclude<keyof typeof ruleOptions, 'end' | 'json'>]?: string | undefined } & {
  end?: boolean | undefined
}

/** The rule that words and options name. */
export function ruleOf(values: RuleValues, positionals: readonly string[]): NewMappingRuleByCode {
  const [role] = exactly(positionals, ['the role that is mapped']) as [string]
  if ((values.account !== undefined) === (values.end === true)) {
    throw new UsageError('Say either the account, --account CODE, or --end to end the rule.')
  }
  const effectiveFrom = optionalDay(values.from, 'from')
  return {
    role,
    account: values.account ?? null,
    item: values.item ?? null,
    itemGroup: values['item-group'] ?? null,
    taxCode: values['tax-code'] ?? null,
    channel: values.channel ?? null,
    paymentMethod: values['payment-method'] ?? null,
    documentKind: values['document-kind'] ?? null,
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    ...(values.reason === undefined ? {} : { reason: values.reason }),
  }
}

export const mappingAdd: Command = (words) => {
  const { values, positionals } = readWords(words, ruleOptions)
  const rule = ruleOf(values, positionals)
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const added = await inCompany(database, companyId, async (tx) => {
      const [id] = await addMappingRulesByCode(tx, [rule], tx.actor)
      return await mappingRuleById(tx, id as bigint, rule.role)
    })
    if (values.json) await terminal.json(added)
    else await terminal.write(asTable([added]))
    return 0
  }
}

/** The conditions of a rule, as its options are called. */
const conditionNames = {
  item: 'item',
  itemGroup: 'item group',
  taxCode: 'tax code',
  channel: 'channel',
  paymentMethod: 'payment method',
  documentKind: 'document kind',
} as const

function asTable(rules: readonly MappingRuleView[]): string {
  const conditions = (rule: MappingRuleView): string =>
    (Object.keys(conditionNames) as (keyof typeof conditionNames)[])
      .filter((name) => rule[name] !== null)
      .map((name) => `${conditionNames[name]} ${rule[name]}`)
      .join(', ')
  return table(
    ['role', 'when', 'account', 'from', 'version', 'author', 'reason'],
    rules.map((rule) => [
      rule.role,
      conditions(rule),
      rule.account === null ? 'ended' : `${rule.account} ${rule.accountName}`,
      rule.effectiveFrom < '1000' ? 'the beginning' : rule.effectiveFrom,
      `v${rule.version}`,
      rule.author,
      rule.reason,
    ]),
  )
}
