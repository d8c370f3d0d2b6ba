import { inCompany, readCompany, requireCompany, type Tx } from '../kernel/database.ts'
import { printedIban } from '../kernel/iban.ts'
import { type BankAccount, listBankAccounts } from '../modules/bank-accounts/index.ts'
import { type DoneOrWaiting, endBankAccountOrAsk, saveBankAccountOrAsk } from '../modules/second-person/index.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'
import { exactly, needed, neededCompany, readWords } from './words.ts'

const companyAndJson = { company: { type: 'string' }, json: { type: 'boolean' } } as const

const asTable = (accounts: readonly BankAccount[]): string =>
  table(
    ['name', 'holder', 'bank', 'currency', 'IBAN', 'BIC', 'code', 'account', 'told to customers'],
    accounts.map((account) => [
      account.name,
      account.holder,
      account.bank,
      account.currency,
      account.iban === null ? '' : printedIban(account.iban),
      account.bic ?? '',
      account.sortCode ?? account.routingNumber ?? '',
      account.accountNumber ?? '',
      account.active ? 'yes' : 'no',
    ]),
  )

export const bankAccountList: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), listBankAccounts)
    if (values.json) await terminal.json({ rows })
    else if (rows.length === 0) await terminal.line('Customers are told of no bank account.')
    else await terminal.write(asTable(rows))
    return 0
  }
}

export const bankAccountSet: Command = (words) => {
  const { values, positionals } = readWords(words, {
    ...companyAndJson,
    holder: { type: 'string' },
    currency: { type: 'string' },
    bank: { type: 'string' },
    iban: { type: 'string' },
    bic: { type: 'string' },
    'sort-code': { type: 'string' },
    'routing-number': { type: 'string' },
    'account-number': { type: 'string' },
  })
  const [name] = exactly(positionals, ['your name for the account, such as main']) as [string]
  const account = {
    name,
    holder: needed(values.holder, 'the account holder: --holder NAME'),
    currency: needed(values.currency, 'its currency: --currency GBP'),
    bank: values.bank,
    iban: values.iban,
    bic: values.bic,
    sortCode: values['sort-code'],
    routingNumber: values['routing-number'],
    accountNumber: values['account-number'],
  }
  return changing(values, (tx) => saveBankAccountOrAsk(tx, account))
}

export const bankAccountEnd: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  const [name] = exactly(positionals, ['the name of the account']) as [string]
  return changing(values, (tx) => endBankAccountOrAsk(tx, name))
}

function changing(
  values: { company?: string | undefined; json?: boolean | undefined },
  change: (tx: Tx) => Promise<DoneOrWaiting<BankAccount>>,
): ReturnType<Command> {
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const outcome = await inCompany(database, await requireCompany(database, company), change)
    if (values.json) await terminal.json('waiting' in outcome ? { waiting: outcome.waiting } : outcome.done)
    else if ('waiting' in outcome) await terminal.line(`It waits for approval as request ${outcome.waiting.id}.`)
    else await terminal.write(asTable([outcome.done]))
    return 0
  }
}
