import { ruleKinds } from '../kernel/approval-kinds.ts'
import { inCompany, readCompany, requireCompany } from '../kernel/database.ts'
import { formatMinor, parseMinor } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { companyFacts } from '../ledger/accounts.ts'
import { type ApprovalRequest, type ApprovalRule, approvalRules, listApprovals } from '../modules/approvals/index.ts'
import { decide, setRuleOrAsk } from '../modules/second-person/index.ts'
import { type Command, UsageError } from './command.ts'
import { table } from './table.ts'
import { exactly, neededCompany, oneOf, readWords } from './words.ts'

const states = ['pending', 'approved', 'declined'] as const

const asTable = (requests: readonly ApprovalRequest[]): string =>
  table(
    ['id', 'kind', 'amount', '', 'asked by', 'state', 'decided by', 'what'],
    requests.map((request) => [
      String(request.id),
      request.kind,
      request.amountMinor === null ? '' : formatMinor(request.amountMinor, request.currency),
      request.amountMinor === null ? '' : request.currency,
      request.requestedBy,
      request.state,
      request.decidedBy ?? '',
      request.summary,
    ]),
    ['amount'],
  )

export const approvalList: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean' },
  })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  const state = values.state === undefined ? null : oneOf(values.state, states, '--state')
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), (tx) => listApprovals(tx, state))
    if (values.json) await terminal.json({ rows })
    else if (rows.length === 0) await terminal.line('Nothing waits for anybody.')
    else await terminal.write(asTable(rows))
    return 0
  }
}

/** The number of a request, which is all that is said. */
export function requestNumber(positionals: readonly string[]): bigint {
  const [id] = exactly(positionals, ['the number of the request']) as [string]
  if (!/^[1-9][0-9]{0,17}$/.test(id)) throw new UsageError(`A request has a number, not '${id}'.`)
  return BigInt(id)
}

const deciding =
  (decision: 'approved' | 'declined'): Command =>
  (words) => {
    const { values, positionals } = readWords(words, {
      company: { type: 'string' },
      reason: { type: 'string' },
      json: { type: 'boolean' },
    })
    const id = requestNumber(positionals)
    const company = neededCompany(values.company)
    return async ({ database, terminal }) => {
      const decided = await inCompany(database, await requireCompany(database, company), (tx) =>
        decide(tx, { id, decision, reason: values.reason ?? '' }),
      )
      if (values.json) await terminal.json(decided)
      else await terminal.line(`Request ${id} is ${decision}.`)
      return 0
    }
  }

export const approvalApprove = deciding('approved')
export const approvalDecline = deciding('declined')

const ruleTable = (rules: readonly ApprovalRule[], currency: string): string =>
  table(
    ['for', 'above', 'in force'],
    rules.map(({ kind, aboveMinor, active }) => [
      kind,
      kind === 'journal' && aboveMinor !== null ? `${formatMinor(aboveMinor, currency)} ${currency}` : 'every one',
      active ? 'yes' : 'no',
    ]),
  )

export const approvalRulesCommand: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const { rows, currency } = await readCompany(database, await requireCompany(database, company), async (tx) => ({
      rows: await approvalRules(tx),
      currency: (await companyFacts(tx)).baseCurrency,
    }))
    if (values.json) await terminal.json({ rows, currency })
    else if (rows.length === 0) await terminal.line('Nothing needs a second person.')
    else await terminal.write(ruleTable(rows, currency))
    return 0
  }
}

export const approvalRule: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    above: { type: 'string' },
    always: { type: 'boolean' },
    off: { type: 'boolean' },
    json: { type: 'boolean' },
  })
  const [name] = exactly(positionals, [`what the rule is for: ${ruleKinds.join(', ').replaceAll('_', '-')}`]) as [
    string,
  ]
  const kind = oneOf(name.replaceAll('-', '_'), ruleKinds, 'The rule')
  const { above, always = false, off = false } = values
  if ([above !== undefined, always, off].filter(Boolean).length !== 1 || (kind !== 'journal' && above !== undefined))
    throw new UsageError('Say one of: --above 10000.00 (of journals), --always, --off.')
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const outcome = await inCompany(database, await requireCompany(database, company), async (tx) => {
      const { baseCurrency } = await companyFacts(tx)
      const aboveMinor = above === undefined ? null : parseMinor(above, baseCurrency)
      if (aboveMinor === undefined || (aboveMinor ?? 0n) < 0n)
        throw new Refusal('input_invalid', { above, expected: `an amount in ${baseCurrency}` })
      const set = await setRuleOrAsk(tx, { kind, aboveMinor, active: !off })
      return { set, currency: baseCurrency }
    })
    const { set, currency } = outcome
    if (values.json) await terminal.json('waiting' in set ? { waiting: set.waiting } : set.done)
    else if ('waiting' in set) await terminal.line(`It waits for approval as request ${set.waiting.id}.`)
    else await terminal.write(ruleTable([set.done], currency))
    return 0
  }
}
