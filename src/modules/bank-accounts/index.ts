export {
  type BankAccount,
  changedBankAccounts,
  listBankAccounts,
  readBankAccounts,
  sameBankAccount,
  saveBankAccounts,
  type WrittenBankAccount,
} from './bank-accounts.ts'
