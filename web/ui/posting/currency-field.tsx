import { Select, type SelectProps } from '@mantine/core'
import { currencies } from '../../../src/kernel/currencies.ts'

const choices = Object.entries(currencies)
  .filter(([, { withdrawnOn }]) => withdrawnOn === null)
  .map(([value, { name }]) => ({ value, label: `${value} ${name}` }))

/** A currency, found by letters of its code or its name. */
export const CurrencyField = (props: Omit<SelectProps, 'data'>) => (
  <Select
    data={choices}
    searchable
    allowDeselect={false}
    selectFirstOptionOnChange
    autoSelectOnBlur
    openOnFocus={false}
    {...props}
  />
)
