import { Select, TextInput } from '@mantine/core'
import { NewCompany as Contract } from '../../../../../src/contracts/companies.ts'
import { countries } from '../../../../../src/kernel/countries.ts'
import { currencies } from '../../../../../src/kernel/currencies.ts'
import { useChange } from '../../../../ui/api.ts'
import { EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { Hotkeys } from '../../../../ui/hotkeys.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { Door } from '../doors/door.tsx'
import { t } from './texts.ts'

const countryChoices = Object.entries(countries).map(([value, label]) => ({ value, label }))
const currencyChoices = Object.entries(currencies).map(([value, { name }]) => ({ value, label: `${value} ${name}` }))

/** A company of one's own. */
export function NewCompany() {
  const go = useGo()
  const create = useChange('createCompanies', { forgets: ['listCompanies', 'listMe'], keyed: false })
  const form = useEntryForm({
    name: 'company',
    initial: { name: '', country: 'GB', currency: 'GBP' },
    schema: Contract,
    body: (values) => values,
    save: async (body) => {
      const { id } = await create.mutateAsync({ body })
      await go(`/companies/${id}`)
    },
  })
  const { fields } = form
  return (
    <Door title={t('newTitle')} text={t('newText')}>
      <EntryFormFrame form={form} submitLabel={t('createButton')} onCancel={() => void go('/')}>
        <TextInput label={t('name')} autoFocus autoComplete="organization" {...fields.getInputProps('name')} />
        <Select
          label={t('country')}
          searchable
          allowDeselect={false}
          data={countryChoices}
          {...fields.getInputProps('country')}
        />
        <Select
          label={t('currency')}
          searchable
          allowDeselect={false}
          data={currencyChoices}
          {...fields.getInputProps('currency')}
        />
      </EntryFormFrame>
      <Hotkeys />
    </Door>
  )
}
