import { type BankDetails, readBankDetails, type WrittenBankDetails } from '../../kernel/bank-details.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Approved, refuseUnapproved } from '../approvals/index.ts'

/** An account of the company's own into which it is paid, by the name that the company has for it. */
export type BankAccount = BankDetails & {
  name: string
  /** Whether customers are told to pay here. */
  active: boolean
}

export type WrittenBankAccount = WrittenBankDetails & { name: string; active?: boolean | undefined }

const columns = `name, holder, bank, currency, iban, bic, sort_code as "sortCode", routing_number as "routingNumber",
  account_number as "accountNumber", active`

/** The company's bank accounts by name, also those that are no longer told to customers. */
export const listBankAccounts = (tx: Tx): Promise<BankAccount[]> =>
  tx.query<BankAccount>(`select ${columns} from bank_account where company_id = $1 order by name`, [tx.companyId])

/** Lets nobody else change bank accounts until the transaction ends: to be asked before they are compared with what was read. */
export const lockBankAccounts = (tx: Tx): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', ['countinghouse.bank_accounts', tx.companyId])

/** What somebody wrote, in the form in which it is kept. Refuses `bank_details_invalid`. */
export function readBankAccounts(written: readonly WrittenBankAccount[]): BankAccount[] {
  const accounts = written.map(({ name, active = true, ...details }) => {
    if (name.trim() === '') throw new Refusal('bank_details_invalid', { field: 'name', expected: 'a name' })
    return { name: name.trim(), ...readBankDetails(details), active }
  })
  const names = accounts.map(({ name }) => name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined)
    throw new Refusal('bank_details_invalid', {
      field: 'name',
      expected: `each account once, and ${repeated} is there twice`,
    })
  return accounts
}

/** Which of the accounts say something else than what is kept, beside what is kept of them (null for a new one). */
export async function changedBankAccounts(
  tx: Tx,
  accounts: readonly BankAccount[],
): Promise<{ account: BankAccount; was: BankAccount | null }[]> {
  const kept = new Map((await listBankAccounts(tx)).map((account) => [account.name, account]))
  return accounts.flatMap((account) => {
    const was = kept.get(account.name) ?? null
    return was !== null && sameBankAccount(was, account) ? [] : [{ account, was }]
  })
}

/** Whether two say the same. */
export const sameBankAccount = (one: BankAccount | null, other: BankAccount | null): boolean =>
  one === null || other === null
    ? one === other
    : (Object.keys(one) as (keyof BankAccount)[]).every((key) => one[key] === other[key])

/**
 * Adds and changes bank accounts by their names; one that is not told any more stays, `active` false. Refuses `bank_details_invalid`, and
 * `approval_needed` where the company wants a second person for a change of bank details and none has approved it.
 */
export async function saveBankAccounts(
  tx: Tx,
  written: readonly WrittenBankAccount[],
  { approved = false }: Approved = {},
): Promise<BankAccount[]> {
  const accounts = readBankAccounts(written)
  const changed = await changedBankAccounts(tx, accounts)
  if (!approved)
    await refuseUnapproved(
      tx,
      'bank_details',
      changed.map(() => null),
    )
  const saved = changed.map(({ account }) => account)
  await tx.query(
    `insert into bank_account (company_id, name, holder, bank, currency, iban, bic, sort_code, routing_number, account_number, active)
       select $1, b.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bool[]) b
       on conflict (company_id, name) do update set holder = excluded.holder, bank = excluded.bank, currency = excluded.currency,
         iban = excluded.iban, bic = excluded.bic, sort_code = excluded.sort_code, routing_number = excluded.routing_number,
         account_number = excluded.account_number, active = excluded.active`,
    [
      tx.companyId,
      column(saved, (a) => a.name),
      column(saved, (a) => a.holder),
      column(saved, (a) => a.bank),
      column(saved, (a) => a.currency),
      column(saved, (a) => a.iban),
      column(saved, (a) => a.bic),
      column(saved, (a) => a.sortCode),
      column(saved, (a) => a.routingNumber),
      column(saved, (a) => a.accountNumber),
      column(saved, (a) => a.active),
    ],
  )
  return accounts
}
