import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type AskedChange, askForApprovals, needsApproval } from '../approvals/index.ts'
import {
  type BankAccount,
  changedBankAccounts,
  listBankAccounts,
  readBankAccounts,
  sameBankAccount,
  saveBankAccounts,
  type WrittenBankAccount,
} from '../bank-accounts/index.ts'
import type { DoneOrWaiting } from './do-or-ask.ts'

/** What somebody asks for: the account as it shall be, and as it stood then (null for a new one), which the decision is about, too. */
export type BankDetailsChange = { account: BankAccount; was: BankAccount | null }

/** Adds or changes one of the company's bank accounts, or asks for approval. Refuses as `saveBankAccounts`. */
export async function saveBankAccountOrAsk(tx: Tx, written: WrittenBankAccount): Promise<DoneOrWaiting<BankAccount>> {
  const [account] = readBankAccounts([written]) as [BankAccount]
  const [changed] = await changedBankAccounts(tx, [account])
  if (changed === undefined) return { done: account }
  const [needed] = await needsApproval(tx, 'bank_details', [null])
  if (needed !== true) {
    await saveBankAccounts(tx, [account])
    return { done: account }
  }
  const summary = `${changed.was === null ? 'Add' : 'Change'} the bank account ${account.name}`
  const asked = { kind: 'bank_details' as const, subject: account.name, summary, amountMinor: null, payload: changed }
  const [waiting] = await askForApprovals(tx, [asked])
  return { waiting: waiting as NonNullable<typeof waiting> }
}

/** No longer tells customers of an account, or asks for approval of that. Refuses `bank_account_unknown`. */
export async function endBankAccountOrAsk(tx: Tx, name: string): Promise<DoneOrWaiting<BankAccount>> {
  const account = (await listBankAccounts(tx)).find((one) => one.name === name)
  if (account === undefined) throw new Refusal('bank_account_unknown', { name })
  return await saveBankAccountOrAsk(tx, { ...account, active: false })
}

/** Does what was approved. Refuses `approval_outdated` where the account has been changed since it was asked for. */
export async function changeApprovedDetails(tx: Tx, { account, was }: BankDetailsChange): Promise<void> {
  const now = (await listBankAccounts(tx)).find(({ name }) => name === account.name) ?? null
  if (!sameBankAccount(now, was)) throw new Refusal('approval_outdated', { account: account.name })
  await saveBankAccounts(tx, [account], { approved: true })
}

/** What a request changes, field by field, with what stays as it is, so that whoever decides sees the whole account. */
export const changesOfDetails = ({ account, was }: BankDetailsChange): AskedChange[] =>
  (Object.keys(account) as (keyof BankAccount)[]).flatMap((field) => {
    const [before, after] = [inWords(was?.[field]), inWords(account[field])]
    return before === null && after === null ? [] : [{ field, before, after }]
  })

const inWords = (value: string | boolean | null | undefined): string | null => {
  if (value === undefined || value === null || value === '') return null
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
}
