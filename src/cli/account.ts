import { inCompany, readCompany, requireCompany, type Tx } from '../kernel/database.ts'
import { accountByCode, addAccounts, changeAccounts, listAccounts } from '../ledger/accounts.ts'
import { accountClasses, chosenActivities } from '../ledger/charts/index.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'
import { exactly, needed, neededCompany, oneOf, optionalDay, readWords } from './words.ts'

const companyAndJson = { company: { type: 'string' }, json: { type: 'boolean' } } as const

export const accountList: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), listAccounts)
    if (values.json) await terminal.json({ rows })
    else
      await terminal.write(
        table(
          ['code', 'name', 'class', 'role', 'group', 'ended'],
          rows.map((a) => [a.code, a.name, a.class, a.role ?? '', a.groupCode ?? '', a.endedOn ?? '']),
        ),
      )
    return 0
  }
}

export const accountAdd: Command = (words) => {
  const { values, positionals } = readWords(words, {
    ...companyAndJson,
    class: { type: 'string' },
    role: { type: 'string' },
    group: { type: 'string' },
  })
  const [code, name] = exactly(positionals, ["the account's code", "the account's name"]) as [string, string]
  const account = {
    code,
    name,
    class: oneOf(needed(values.class, 'what it is: --class asset'), accountClasses, '--class'),
    role: values.role ?? null,
    groupCode: values.group ?? null,
  }
  return changing(code, values, (tx) => addAccounts(tx, [account]))
}

export const accountRename: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  const [code, name] = exactly(positionals, ["the account's code", "the account's new name"]) as [string, string]
  return changing(code, values, (tx) => changeAccounts(tx, [{ code, name }]))
}

export const accountEnd: Command = (words) => {
  const { values, positionals } = readWords(words, { ...companyAndJson, on: { type: 'string' } })
  const [code] = exactly(positionals, ["the account's code"]) as [string]
  const endedOn = optionalDay(needed(values.on, 'its last day: --on 2011-01-31'), 'on')
  return changing(code, values, (tx) => changeAccounts(tx, [{ code, endedOn }]))
}

export const accountGroup: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  const [code, groupCode] = exactly(positionals, ["the account's code", 'the code of its group']) as [string, string]
  return changing(code, values, (tx) => changeAccounts(tx, [{ code, groupCode }]))
}

export const accountCashFlow: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  const [code, activity] = exactly(positionals, [
    "the account's code",
    `where it stands: ${chosenActivities.join(', ')}, or default`,
  ]) as [string, string]
  const cashFlow = activity === 'default' ? null : oneOf(activity, chosenActivities, 'where the account stands')
  return changing(code, values, (tx) => changeAccounts(tx, [{ code, cashFlow }]))
}

/** Makes a change and prints the account as it is then. */
function changing(
  code: string,
  values: { company?: string; json?: boolean },
  change: (tx: Tx) => Promise<unknown>,
): ReturnType<Command> {
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const account = await inCompany(database, companyId, async (tx) => {
      await change(tx)
      return await accountByCode(tx, code)
    })
    if (values.json) await terminal.json(account)
    else
      await terminal.line(`${account.code}  ${account.name}${account.endedOn ? `  ended on ${account.endedOn}` : ''}`)
    return 0
  }
}
