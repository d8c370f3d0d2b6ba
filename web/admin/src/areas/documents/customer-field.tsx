import { Autocomplete, type AutocompleteProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { api } from '../../../../ui/api.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import type { Known } from './invoice-values.ts'
import { t } from './issue-texts.ts'

type CustomerFieldProps = Omit<AutocompleteProps, 'data' | 'value' | 'onChange' | 'filter'> & {
  /** Who is chosen. */
  value: Known | null
  onChange(customer: Known | null): void
  /** Somebody whom nobody knows yet, by the name that was typed. */
  onAdd(name: string): void
}

const labelOf = ({ number, name }: Known): string => (number === name ? number : `${number} · ${name}`)
const isSame = (a: string, b: string): boolean => a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase()

/** Waits so long after a key before it looks for what was typed. */
const PAUSE_MS = 150

/** Those whom the letters may mean; `isSettled` once they are what was asked for last. */
function useMeant(letters: string) {
  const path = useCompanyPath()
  const [like] = useDebouncedValue(letters, PAUSE_MS)
  const query = { limit: '20', ...(like !== '' && { like }) }
  const found = useQuery({
    queryKey: ['listCustomers', { path, query }],
    queryFn: () => api.call('listCustomers', { path, query }),
    placeholderData: keepPreviousData,
  })
  const rows: readonly Known[] = found.data?.rows ?? []
  return { rows, isSettled: found.isSuccess && !found.isPlaceholderData && like === letters }
}

/**
 * A customer, found by letters of the number or the name; or a new one, by the name that was typed. Whom alone the letters can mean is taken on
 * Enter and on leaving, also where the list comes later than that.
 */
export function CustomerField({ value, onChange, onAdd, ...props }: CustomerFieldProps) {
  const [typed, setTyped] = useState('')
  const [isLeft, setLeft] = useState(true)
  const letters = value === null ? typed.trim() : value.number
  const { rows, isSettled } = useMeant(letters)
  const exact = rows.find(({ number, name }) => isSame(number, letters) || isSame(name, letters))
  const meant = !isSettled || letters === '' ? undefined : (exact ?? (rows.length === 1 ? rows[0] : undefined))
  const add = t('customerAdd', { name: letters })
  const mayAdd = value === null && letters !== '' && isSettled && exact === undefined
  const take = (one: Known) => {
    setTyped('')
    onChange(one)
  }
  useEffect(() => {
    if (isLeft && value === null && meant !== undefined) take(meant)
  })
  return (
    <Autocomplete
      data={[...new Set([...rows.map(labelOf), ...(mayAdd ? [add] : [])])]}
      value={value === null ? typed : labelOf(value)}
      onChange={(text) => {
        if (mayAdd && text === add) return onAdd(letters)
        const chosen = rows.find((one) => labelOf(one) === text)
        if (chosen !== undefined) return take(chosen)
        setTyped(text)
        if (value !== null) onChange(null)
      }}
      onFocus={() => setLeft(false)}
      onBlur={() => setLeft(true)}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
        if (event.currentTarget.getAttribute('aria-activedescendant')) return
        if (value === null && meant !== undefined) take(meant)
        else if (mayAdd && rows.length === 0) onAdd(letters)
      }}
      openOnFocus={false}
      filter={({ options }) => options}
      comboboxProps={{ width: 'target', position: 'bottom-start' }}
      {...props}
    />
  )
}
