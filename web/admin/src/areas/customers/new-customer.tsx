import { TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { NewCustomer as Contract } from '../../../../../src/contracts/resources.ts'
import { useChange } from '../../../../ui/api.ts'
import { EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useAddress, useCompanyPath } from '../../../../ui/workplace.tsx'
import { CustomerFields, type CustomerValues, customerBody, labels } from './customer-fields.tsx'
import { t } from './texts.ts'

const initial: CustomerValues & { number: string } = { number: '', name: '', country: null, paymentDays: 30 }

/** Somebody to sell to. */
export function NewCustomer() {
  const path = useCompanyPath()
  const to = useAddress()
  const go = useGo()
  const add = useChange('createCustomers', { forgets: ['listCustomers'] })
  const form = useEntryForm({
    name: 'customer',
    initial,
    schema: Contract,
    body: (values) => ({ number: values.number, ...customerBody(values) }),
    save: async (body) => {
      const answer = await add.mutateAsync({ path, body: { requests: [body] } })
      const [saved] = answer.results as { result: 'created' | 'existing'; customerId: string }[]
      notifications.show({ message: saved?.result === 'existing' ? t('exists') : t('added', { name: body.name }) })
      await go(to('customers', { detail: `customer.${saved?.customerId}` }))
    },
  })
  return (
    <Screen title={t('new')} padded>
      <EntryFormFrame form={form} labels={labels} submitLabel={t('add')} onCancel={() => void go(to('customers'))}>
        <TextInput label={t('number')} autoFocus w={180} {...form.fields.getInputProps('number')} />
        <CustomerFields form={form} />
      </EntryFormFrame>
    </Screen>
  )
}
