import { useMemo } from 'react'
import { currencyExponent, isCurrencyCode } from '../../../../../src/kernel/currencies.ts'
import { useAccounts } from '../../../../ui/account-field.tsx'
import { useRead } from '../../../../ui/api.ts'
import { locale } from '../../../../ui/locale.ts'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import type { Typed } from './journal-values.ts'

/** Undefined until the chart of accounts and the tax codes are there. */
export function useTyped(): Typed | undefined {
  const { company } = useWorkplace()
  const accounts = useAccounts()
  const taxCodes = useRead('listTaxCodes', { path: useCompanyPath() }).data?.rows
  const { baseCurrency } = company
  return useMemo(() => {
    if (accounts === undefined || taxCodes === undefined) return undefined
    const places = isCurrencyCode(baseCurrency) ? currencyExponent(baseCurrency) : 2
    const byCode = new Map(accounts.map((account) => [account.code, account]))
    return { typing: { places, locale }, accounts: byCode, taxCodes }
  }, [accounts, taxCodes, baseCurrency])
}
