export {
  type BankAccount,
  changedBankAccounts,
  listBankAccounts,
  lockBankAccounts,
  readBankAccounts,
  sameBankAccount,
  saveBankAccounts,
  type WrittenBankAccount,
} from './bank-accounts.ts'
