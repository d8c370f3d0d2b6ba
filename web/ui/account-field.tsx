import { Select, type SelectProps } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Account } from '../../clients/typescript/src/api.ts'
import { useRead } from './api.ts'
import { t } from './texts.ts'
import { useCompanyPath } from './workplace.tsx'

/** The chart of accounts, read once for all fields that ask for an account. */
export const useAccounts = (): readonly Account[] | undefined =>
  useRead('listAccounts', { path: useCompanyPath() }).data?.rows

/** How well an account fits what was typed: its code first, then the words of its name; 0 for not at all. */
function closeness({ code, name }: Pick<Account, 'code' | 'name'>, typed: string): number {
  const words = typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return 1
  const text = `${code} ${name}`.toLocaleLowerCase()
  if (!words.every((word) => text.includes(word))) return 0
  if (code.toLocaleLowerCase() === words[0]) return 4
  if (code.toLocaleLowerCase().startsWith(words[0] ?? '')) return 3
  return name.toLocaleLowerCase().startsWith(words[0] ?? '') ? 2 : 1
}

type AccountFieldProps = Omit<SelectProps, 'data' | 'value' | 'onChange' | 'filter'> & {
  value: string
  onChange(code: string): void
}

type Typing = Pick<AccountFieldProps, 'value' | 'onChange'> & {
  /** What is meant by what was typed, where there is no doubt. */
  find(typed: string): string | undefined
  /** Takes what was typed and left before the chart has arrived. */
  keep?: ((typed: string) => void) | undefined
}

/**
 * Whoever types a code and goes on at once is faster than the list, which still has another option marked, or marks its first one again after
 * a choice: a whole code goes before what is marked, and leaving takes only what somebody has marked since the last choice.
 */
export function useTypedCode({ value, onChange, find, keep }: Typing) {
  const typed = useRef('')
  const entered = useRef<string>(undefined)
  const isMarking = useRef(false)
  const isLeaving = useRef(false)
  const whole = () => (typed.current.trim() === '' ? undefined : find(typed.current.trim()))
  return {
    onChange: (code: string | null) => {
      if (isLeaving.current && !isMarking.current) return
      const chosen = entered.current ?? (isLeaving.current ? whole() : undefined) ?? code ?? ''
      isMarking.current = false
      entered.current = undefined
      typed.current = ''
      onChange(chosen)
    },
    onInput: (event: FormEvent<HTMLInputElement>) => {
      typed.current = event.currentTarget.value
      isMarking.current = true
    },
    onKeyDown: ({ key }: KeyboardEvent<HTMLInputElement>) => {
      entered.current = key === 'Enter' ? whole() : undefined
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return
      typed.current = ''
      isMarking.current = true
    },
    onKeyUp: () => {
      entered.current = undefined
    },
    onBlurCapture: () => {
      isLeaving.current = true
    },
    onBlur: () => {
      const code = whole()
      keep?.(typed.current.trim())
      isLeaving.current = false
      isMarking.current = false
      typed.current = ''
      if (code !== undefined && code !== value) onChange(code)
    },
  }
}

/** The accounts that what was typed may mean, the best first. */
const meant = (accounts: readonly Account[], typed: string): Account[] =>
  accounts
    .flatMap((account) => {
      const search = typed === `${account.code} ${account.name}` ? '' : typed
      const rank = closeness(account, search)
      return rank === 0 ? [] : [{ account, rank }]
    })
    .sort((a, b) => b.rank - a.rank)
    .map(({ account }) => account)

/** What was typed and left before the chart has arrived: it stands in the field, and is the account that it means once that is known. */
function useEarly(onChange: AccountFieldProps['onChange'], accounts: Accounts) {
  const [early, setEarly] = useState('')
  const change = useRef(onChange)
  change.current = onChange
  useEffect(() => {
    if (early === '' || accounts === undefined) return
    setEarly('')
    const [account] = meant(accounts, early)
    if (account !== undefined) change.current(account.code)
  }, [early, accounts])
  return accounts === undefined ? { early, keep: setEarly } : { early: '', keep: undefined }
}

type Accounts = readonly Account[] | undefined

/** An account, found by letters of its code or its name; what is highlighted is taken on leaving. */
export function AccountField({ value, onChange, ...props }: AccountFieldProps) {
  const accounts = useAccounts()
  const data = useMemo(
    () => (accounts ?? []).map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
    [accounts],
  )
  const known = useMemo(() => new Map((accounts ?? []).map((account) => [account.code, account])), [accounts])
  const { early, keep } = useEarly(onChange, accounts)
  const keeping = useTypedCode({ value, onChange, find: (code) => (known.has(code) ? code : undefined), keep })
  return (
    <Select
      data={early === '' ? data : [{ value: early, label: early }]}
      value={(early || value) === '' ? null : early || value}
      {...keeping}
      searchable
      selectFirstOptionOnChange
      autoSelectOnBlur
      openOnFocus={false}
      limit={30}
      maxDropdownHeight={260}
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      nothingFoundMessage={t('accountUnknown')}
      filter={({ options, search }) => {
        const byCode = new Map(options.flatMap((option) => ('value' in option ? [[option.value, option]] : [])))
        return meant(accounts ?? [], search).flatMap(({ code }) => byCode.get(code) ?? [])
      }}
      {...props}
    />
  )
}
