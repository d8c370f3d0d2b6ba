import { inCompany, readCompany, requireCompany } from '../kernel/database.ts'
import { addPostingDayRules, listPostingDayRules, type PostingDayRule, postingBases } from '../modules/sales/index.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'
import { exactly, neededCompany, oneOf, optionalDay, readWords } from './words.ts'

export const postingDayList: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), listPostingDayRules)
    if (values.json) await terminal.json({ rows: rows.map(ruleJson) })
    else if (rows.length === 0) await terminal.line("Every entry takes its document's day.")
    else await terminal.write(asTable(rows))
    return 0
  }
}

export const postingDaySet: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    channel: { type: 'string' },
    from: { type: 'string' },
    reason: { type: 'string' },
    json: { type: 'boolean' },
  })
  const [source, basis] = exactly(positionals, ['the source', 'which day: document, payment, shipment or payout']) as [
    string,
    string,
  ]
  const company = neededCompany(values.company)
  const rule = {
    source,
    basis: oneOf(basis, postingBases, 'The day'),
    channel: values.channel,
    effectiveFrom: optionalDay(values.from, 'from'),
    reason: values.reason,
  }
  return async ({ database, terminal }) => {
    const rows = await inCompany(database, await requireCompany(database, company), async (tx) => {
      await addPostingDayRules(tx, [rule])
      return await listPostingDayRules(tx)
    })
    if (values.json) await terminal.json({ rows: rows.map(ruleJson) })
    else await terminal.write(asTable(rows))
    return 0
  }
}

const ruleJson = (rule: PostingDayRule) => ({ ...rule, id: String(rule.id) })

const asTable = (rules: readonly PostingDayRule[]): string =>
  table(
    ['source', 'channel', 'day', 'from', 'version', 'author', 'reason'],
    rules.map(({ source, channel, basis, effectiveFrom, version, author, reason }) => [
      source,
      channel,
      basis,
      effectiveFrom,
      `v${version}`,
      author,
      reason,
    ]),
  )
