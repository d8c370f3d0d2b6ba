import { endOfMonth } from '../kernel/accounting-date.ts'
import { inCompany, requireCompany } from '../kernel/database.ts'
import { formatMinor, moneyJson } from '../kernel/money.ts'
import { companyFacts } from '../ledger/accounts.ts'
import { revalue } from '../modules/revaluation/index.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'
import { exactly, month, neededCompany, readWords } from './words.ts'

export const revalueCommand: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  const [name] = exactly(positionals, ['the month, such as 2011-01']) as [string]
  const on = endOfMonth(month(name))
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const { base, revalued } = await inCompany(database, companyId, async (tx) => ({
      base: (await companyFacts(tx)).baseCurrency,
      revalued: await revalue(tx, on, tx.actor),
    }))
    if (values.json) {
      const rows = revalued.map(({ account, currency, currencyMinor, beforeMinor, afterMinor, kept, entryId }) => ({
        account,
        balance: moneyJson(currencyMinor, currency),
        before: moneyJson(beforeMinor, base),
        after: moneyJson(afterMinor, base),
        reversed: !kept,
        entryId: String(entryId),
      }))
      await terminal.json({ month: name, rows })
    } else if (revalued.length === 0) await terminal.line(`Nothing of ${name} is left to revalue.`)
    else
      await terminal.write(
        table(
          ['account', 'currency', 'balance', 'before', 'after'],
          revalued.map((r) => [
            r.account,
            r.currency,
            formatMinor(r.currencyMinor, r.currency),
            formatMinor(r.beforeMinor, base),
            formatMinor(r.afterMinor, base),
          ]),
        ),
      )
    return 0
  }
}
