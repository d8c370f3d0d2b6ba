import type { BankDetails } from '../kernel/bank-details.ts'
import type { Tx } from '../kernel/database.ts'
import { printedIban } from '../kernel/iban.ts'
import { type Table, textColumn } from './report.ts'

/** Where customers are told to pay what they owe in a currency: the company's accounts in it, or all of them where it has none. */
export type PayToIn = (currency: string) => BankDetails[]

export async function payToOf(tx: Tx): Promise<PayToIn> {
  const accounts = await tx.query<BankDetails>(
    `select holder, bank, currency, iban, bic, sort_code as "sortCode", routing_number as "routingNumber", account_number as "accountNumber"
      from bank_account where company_id = $1 and active order by name`,
    [tx.companyId],
  )
  return (currency) => {
    const inIt = accounts.filter((account) => account.currency === currency)
    return inIt.length > 0 ? inIt : accounts
  }
}

const columns = [
  textColumn('holder', 'Pay to'),
  textColumn('bank', 'Bank'),
  textColumn('iban', 'IBAN'),
  textColumn('bic', 'BIC'),
  textColumn('sortCode', 'Sort code'),
  textColumn('routingNumber', 'Routing number'),
  textColumn('accountNumber', 'Account number'),
  textColumn('currency', 'Currency'),
]

/** The accounts as they are printed, with what any of them tells. */
export function payToTable(accounts: readonly BankDetails[]): Table {
  const rows = accounts.map((account) => ({
    ...account,
    iban: account.iban === null ? null : printedIban(account.iban),
    sortCode: account.sortCode?.replace(/(..)(?=.)/g, '$1-') ?? null,
  }))
  const told = columns.filter(({ key }) => rows.some((row) => (row[key as keyof BankDetails] ?? '') !== ''))
  return { columns: told, rows }
}
