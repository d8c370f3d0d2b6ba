import { NumberInput, Select, TextInput } from '@mantine/core'
import { countryChoices } from '../../../../ui/country.tsx'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { t } from './texts.ts'

export type CustomerValues = { name: string; country: string | null; paymentDays: number | string }

export const labels = { name: t('name'), country: t('country'), paymentDays: t('paymentDays') }

/** What was entered, as the API takes it. */
export const customerBody = ({ name, country, paymentDays }: CustomerValues) => ({
  name,
  country,
  ...(paymentDays === '' ? {} : { paymentDays: Number(paymentDays) }),
})

/** The fields that a new customer and a changed one have. */
export const CustomerFields = <Values extends CustomerValues>({ form }: { form: EntryForm<Values> }) => (
  <>
    <TextInput label={t('name')} {...form.fields.getInputProps('name')} />
    <Select
      label={t('country')}
      searchable
      clearable
      data={[...countryChoices]}
      {...form.fields.getInputProps('country')}
    />
    <NumberInput
      label={t('paymentDays')}
      description={t('paymentDaysText')}
      min={0}
      max={3650}
      w={180}
      {...form.fields.getInputProps('paymentDays')}
    />
  </>
)
