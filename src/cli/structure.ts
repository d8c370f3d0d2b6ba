import { today } from '../kernel/accounting-date.ts'
import { inCompany, readCompany, requireCompany } from '../kernel/database.ts'
import { formatMinor, moneyJson } from '../kernel/money.ts'
import { companyFacts } from '../ledger/accounts.ts'
import { mergeOrAsk } from '../modules/second-person/index.ts'
import { listLegacyAccounts, setLegacyAccounts } from '../modules/structures/index.ts'
import { structureBalance } from '../reports/structure-balance.ts'
import { type Command, UsageError } from './command.ts'
import { counted } from './counted.ts'
import { table } from './table.ts'
import { sayOneWaits } from './waiting.ts'
import { exactly, needed, neededCompany, optionalDay, readWords } from './words.ts'

const usual = { company: { type: 'string' }, json: { type: 'boolean' } } as const

export const structureList: Command = (words) => {
  const { values, positionals } = readWords(words, usual)
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), listLegacyAccounts)
    if (values.json) await terminal.json({ rows })
    else
      await terminal.write(
        table(
          ['structure', 'code', 'name', 'account'],
          rows.map(({ structure, code, name, account }) => [structure, code, name, account]),
        ),
      )
    return 0
  }
}

export const structureSet: Command = (words) => {
  const { values, positionals } = readWords(words, { ...usual, account: { type: 'string' }, name: { type: 'string' } })
  const [structure, code] = exactly(positionals, ['the structure', 'the earlier code']) as [string, string]
  const account = needed(values.account, 'what it has become: --account CODE')
  const company = neededCompany(values.company)
  const legacy = { structure, code, name: values.name ?? '', account }
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    await inCompany(database, companyId, (tx) => setLegacyAccounts(tx, [legacy]))
    if (values.json) await terminal.json(legacy)
    else await terminal.line(`${code} of ${structure} is ${account}.`)
    return 0
  }
}

export const structureBalanceCommand: Command = (words) => {
  const { values, positionals } = readWords(words, { ...usual, 'as-of': { type: 'string' } })
  const [structure] = exactly(positionals, ['the structure, or before:ID']) as [string]
  const company = neededCompany(values.company)
  const day = optionalDay(values['as-of'], 'as-of')
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const { asOf, currency, rows } = await readCompany(database, companyId, async (tx) => {
      const { baseCurrency, timeZone } = await companyFacts(tx)
      const asOf = day ?? today(timeZone)
      return { asOf, currency: baseCurrency, rows: await structureBalance(tx, { structure, asOf }) }
    })
    if (values.json) {
      const balances = rows.map(({ balanceMinor, ...row }) => ({ ...row, balance: moneyJson(balanceMinor, currency) }))
      await terminal.json({ structure, asOf, rows: balances })
    } else
      await terminal.write(
        table(
          ['code', 'name', 'balance'],
          rows.map(({ code, name, balanceMinor }) => [code, name, formatMinor(balanceMinor, currency)]),
          ['balance'],
        ),
      )
    return 0
  }
}

export const accountMerge: Command = (words) => {
  const { values, positionals } = readWords(words, {
    ...usual,
    into: { type: 'string' },
    reason: { type: 'string' },
    end: { type: 'boolean' },
  })
  if (positionals.length === 0) throw new UsageError('Give the code of an account, or several.')
  const into = needed(values.into, 'into which account: --into CODE')
  const reason = needed(values.reason, 'why: --reason TEXT')
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const { outcome, currency } = await inCompany(database, companyId, async (tx) => ({
      outcome: await mergeOrAsk(tx, { from: positionals, into, reason, end: values.end }),
      currency: (await companyFacts(tx)).baseCurrency,
    }))
    if ('waiting' in outcome) return await sayOneWaits(terminal, outcome.waiting, values.json)
    const { applicationId, lines, entries, amountMinor, ended, stay } = outcome.done
    if (values.json)
      await terminal.json({
        applicationId: String(applicationId),
        lines,
        entries,
        amount: moneyJson(amountMinor, currency),
        ended,
        stay,
      })
    else {
      await terminal.line(
        `${counted(lines, 'line', 'lines')} moved, by ${counted(entries, 'entry', 'entries')}. Read as before: structure balance before:${applicationId}`,
      )
      if (ended.length > 0) await terminal.line(`Ended: ${ended.join(', ')}.`)
      for (const { account, why } of stay) await terminal.line(`${account} stays in use. ${why}.`)
    }
    return 0
  }
}
