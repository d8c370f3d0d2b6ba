import { Select, type SelectProps } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from './api.ts'
import { t } from './posting/texts.ts'
import { useCompanyPath, useWorkplace } from './workplace.tsx'

type PartyFieldProps = Omit<SelectProps, 'data' | 'value' | 'onChange' | 'filter'> & {
  kind: 'customer' | 'supplier'
  value: string
  onChange(number: string): void
}

const holds = (text: string, letters: string): boolean => text.toLocaleLowerCase().includes(letters.toLocaleLowerCase())

type Found = { rows: readonly { number: string; name: string }[] }

/** Whoever takes payments sees customers, and not always the journal: the parties of that are asked for only by those who do. */
function useAsking(kind: PartyFieldProps['kind']): (letters: string) => Promise<Found> {
  const path = useCompanyPath()
  const { may } = useWorkplace()
  if (kind === 'supplier' || may('journal.read'))
    return (letters) => api.call('listParties', { path, query: { kind, letters } })
  return (letters) => api.call('listCustomers', { path, query: letters === '' ? {} : { like: letters } })
}

/** A customer or a supplier, found by letters of the number or the name. */
export function PartyField({ kind, value, onChange, ...props }: PartyFieldProps) {
  const path = useCompanyPath()
  const ask = useAsking(kind)
  const [typed, setTyped] = useState('')
  // The field shows what it chose as 'number name': the number finds it again.
  const [letters = ''] = typed.includes(' · ') ? typed.split(' · ') : [typed]
  const query = { kind, letters: letters.trim() }
  const found = useQuery({
    queryKey: ['listParties', { path, query }],
    queryFn: () => ask(query.letters),
    placeholderData: keepPreviousData,
  })
  // While what was typed is looked for, what was found before fits something else: it may be shown, and never be taken.
  const rows = (found.data?.rows ?? []).filter(
    ({ number, name }) => !found.isPlaceholderData || holds(`${number} ${name}`, query.letters) || number === value,
  )
  const data = rows.map(({ number, name }) => ({ value: number, label: `${number} · ${name}` }))
  const known = value === '' || rows.some(({ number }) => number === value)
  return (
    <Select
      data={known ? data : [{ value, label: value }, ...data]}
      value={value === '' ? null : value}
      onChange={(number) => onChange(number ?? '')}
      searchable
      onSearchChange={setTyped}
      // Turned on again as what was looked for arrives: the first of that is then marked for whoever typed faster, and goes on with Enter or Tab.
      selectFirstOptionOnChange={!found.isPlaceholderData}
      autoSelectOnBlur
      openOnFocus={false}
      filter={({ options }) => options}
      nothingFoundMessage={t('partyUnknown')}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
      {...props}
    />
  )
}
