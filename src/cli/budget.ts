import { readBudget } from '../imports/index.ts'
import { inCompany, readCompany, requireCompany, type Tx } from '../kernel/database.ts'
import { parseMinor } from '../kernel/money.ts'
import { companyFacts } from '../ledger/accounts.ts'
import { listBudgets, saveBudgets, setBudgetAmounts } from '../modules/budgets/index.ts'
import { type Command, UsageError } from './command.ts'
import { table } from './table.ts'
import { exactly, month, neededCompany, readWords } from './words.ts'

const companyAndJson = { company: { type: 'string' }, json: { type: 'boolean' } } as const

export const budgetList: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), listBudgets)
    if (values.json) await terminal.json({ rows })
    else {
      const cells = rows.map(({ code, name, from, to, amounts }) => [code, name, from ?? '', to ?? '', String(amounts)])
      await terminal.write(table(['code', 'name', 'from', 'to', 'amounts'], cells))
    }
    return 0
  }
}

const isNew = async (tx: Tx, code: string): Promise<boolean> =>
  !(await listBudgets(tx)).some((budget) => budget.code === code)

/** The whole file is read before anything is stored; the budget then holds what the file says and nothing else. */
export const budgetImport: Command = (words) => {
  const { values, positionals } = readWords(words, { ...companyAndJson, name: { type: 'string' } })
  const [code, path] = exactly(positionals, ['the code of the budget', 'the CSV file']) as [string, string]
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const { baseCurrency } = await readCompany(database, companyId, companyFacts)
    const amounts = await readBudget(path, baseCurrency)
    await inCompany(database, companyId, async (tx) => {
      if (values.name !== undefined || (await isNew(tx, code)))
        await saveBudgets(tx, [{ code, name: values.name ?? code }])
      await setBudgetAmounts(tx, code, amounts, { replace: true })
    })
    if (values.json) await terminal.json({ code, amounts: amounts.length })
    else await terminal.line(`Budget ${code} holds ${amounts.length} amounts.`)
    return 0
  }
}

export const budgetSet: Command = (words) => {
  const { values, positionals } = readWords(words, { ...companyAndJson, channel: { type: 'string' } })
  const names = ['the code of the budget', 'the code of the account', 'the month, such as 2011-01', 'the amount']
  const [code, account, monthName, amount] = exactly(positionals, names) as [string, string, string, string]
  const of = month(monthName)
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    await inCompany(database, companyId, async (tx) => {
      const { baseCurrency } = await companyFacts(tx)
      const amountMinor = parseMinor(amount, baseCurrency)
      if (amountMinor === undefined) throw new UsageError(`The amount must be one in ${baseCurrency}, not '${amount}'.`)
      await setBudgetAmounts(tx, code, [{ account, month: of, channel: values.channel ?? null, amountMinor }])
    })
    if (values.json) await terminal.json({ code, account, month: monthName, amount })
    else await terminal.line(`Budget ${code}: ${account} is ${amount} in ${monthName}.`)
    return 0
  }
}
