import { useMemo } from 'react'
import type { Account } from '../../../../../clients/typescript/src/api.ts'
import { currencyExponent, isCurrencyCode } from '../../../../../src/kernel/currencies.ts'
import { useAccounts } from '../../../../ui/account-field.tsx'
import { locale } from '../../../../ui/locale.ts'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import type { Typing } from './journal-values.ts'

/** What reading a typed entry needs to know: how amounts are written, and the accounts by code. */
export type Typed = { typing: Typing; accounts: ReadonlyMap<string, Account> }

/** Undefined until the chart of accounts is there. */
export function useTyped(): Typed | undefined {
  const { company } = useWorkplace()
  const accounts = useAccounts()
  const { baseCurrency } = company
  return useMemo(() => {
    if (accounts === undefined) return undefined
    const places = isCurrencyCode(baseCurrency) ? currencyExponent(baseCurrency) : 2
    return { typing: { places, locale }, accounts: new Map(accounts.map((account) => [account.code, account])) }
  }, [accounts, baseCurrency])
}
