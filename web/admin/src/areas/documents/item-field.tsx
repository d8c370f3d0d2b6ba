import { Autocomplete, type AutocompleteProps } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Item } from '../../../../../clients/typescript/src/api.ts'
import { api } from '../../../../ui/api.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import type { LineValues } from './invoice-values.ts'

type ItemFieldProps = Omit<AutocompleteProps, 'data' | 'value' | 'onChange' | 'filter'> & {
  line: Pick<LineValues, 'item' | 'text'>
  onChange(some: Pick<LineValues, 'item' | 'text'>): void
}

const labelOf = ({ code, name }: Item): string => `${code} · ${name}`
const isSame = (a: string, b: string): boolean => a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase()

/** What is sold: an item, by letters of its code or its name, or any text. Whoever types a whole code or name means that item. */
export function ItemField({ line: { item, text }, onChange, onBlur, ...props }: ItemFieldProps) {
  const path = useCompanyPath()
  const [isOpen, setOpen] = useState(false)
  const [isLeft, setLeft] = useState(false)
  const shown = item === '' ? text : `${item} · ${text}`
  const like = item === '' ? text.trim() : item
  const query = { limit: '20', ...(like !== '' && { like }) }
  const found = useQuery({
    queryKey: ['listItems', { path, query }],
    queryFn: () => api.call('listItems', { path, query }),
    placeholderData: keepPreviousData,
    enabled: isOpen,
  })
  const rows = found.data?.rows ?? []
  const meant = rows.find((one) => [one.code, one.name, labelOf(one)].some((name) => isSame(name, text)))
  // Whoever types and goes on at once is faster than the list: what it says afterwards is taken all the same.
  useEffect(() => {
    if (isLeft && item === '' && meant !== undefined) onChange({ item: meant.code, text: meant.name })
  })
  return (
    <Autocomplete
      data={[...new Set(rows.map(labelOf))]}
      value={shown}
      onChange={(typed) => {
        const chosen = rows.find((one) => labelOf(one) === typed)
        onChange(chosen === undefined ? { item: '', text: typed } : { item: chosen.code, text: chosen.name })
      }}
      onFocus={() => {
        setOpen(true)
        setLeft(false)
      }}
      onBlur={(event) => {
        setLeft(true)
        onBlur?.(event)
      }}
      openOnFocus={false}
      filter={({ options }) => options}
      comboboxProps={{ width: 340, position: 'bottom-start' }}
      {...props}
    />
  )
}
