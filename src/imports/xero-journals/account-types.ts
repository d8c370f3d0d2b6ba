import type { AccountClass, Role } from '../../modules/journal/index.ts'

/** Xero's types of accounts, as its export writes them, and the class that each is here. */
export const classOfType: Readonly<Record<string, AccountClass>> = {
  BANK: 'asset',
  CURRENT: 'asset',
  FIXED: 'asset',
  INVENTORY: 'asset',
  NONCURRENT: 'asset',
  PREPAYMENT: 'asset',
  CURRLIAB: 'liability',
  LIABILITY: 'liability',
  TERMLIAB: 'liability',
  PAYGLIABILITY: 'liability',
  SUPERANNUATIONLIABILITY: 'liability',
  EQUITY: 'equity',
  REVENUE: 'income',
  SALES: 'income',
  OTHERINCOME: 'income',
  EXPENSE: 'expense',
  OVERHEADS: 'expense',
  DIRECTCOSTS: 'expense',
  DEPRECIATN: 'expense',
  SUPERANNUATIONEXPENSE: 'expense',
  WAGESEXPENSE: 'expense',
}

/**
 * Accounts that Xero makes itself and that play a role here. Its tax account gets none: its lines name no tax point and no authority, so no
 * return of ours can be built from them. Nor does its inventory, which names no item.
 */
export const roleOfSystemAccount: Readonly<Record<string, Role>> = {
  'Accounts Receivable': 'receivable',
  'Accounts Payable': 'payable',
  'Retained Earnings': 'retained_earnings',
  'Realised Currency Gains': 'realised_fx',
  'Unrealised Currency Gains': 'unrealised_fx',
  'Bank Revaluations': 'unrealised_fx',
}
