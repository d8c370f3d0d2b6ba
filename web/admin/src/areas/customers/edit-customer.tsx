import { notifications } from '@mantine/notifications'
import { useParams } from '@tanstack/react-router'
import type { Customer } from '../../../../../clients/typescript/src/api.ts'
import { CustomerChange } from '../../../../../src/contracts/resources.ts'
import { api, useChange, useTagged } from '../../../../ui/api.ts'
import { EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath } from '../../../../ui/workplace.tsx'
import { CustomerFields, type CustomerValues, customerBody, labels } from './customer-fields.tsx'
import { t } from './texts.ts'

const valuesOf = ({ name, country, paymentDays }: Customer): CustomerValues => ({ name, country, paymentDays })

/** A customer, changed: only if nobody else changed it since it was opened. */
export function EditCustomer() {
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useTagged('getCustomer', { path: { ...useCompanyPath(), customerId: id } })
  return <Loaded of={found}>{({ result, tag }) => <Form customer={result} tag={tag} />}</Loaded>
}

function Form({ customer, tag }: { customer: Customer; tag: string | null }) {
  const path = { ...useCompanyPath(), customerId: customer.id }
  const to = useAddress()
  const go = useGo()
  const change = useChange('changeCustomer', { forgets: ['listCustomers', 'getCustomer'] })
  const leave = () => void go(to('customers', { detail: `customer.${customer.id}` }))
  const form = useEntryForm({
    name: `customer.${customer.id}`,
    initial: valuesOf(customer),
    schema: CustomerChange,
    body: customerBody,
    tag,
    reread: async () => {
      const read = await api.read('getCustomer', { path })
      return { values: valuesOf(read.result), tag: read.tag }
    },
    save: async (body, { tag: ifMatch }) => {
      await change.mutateAsync({ path, body, ifMatch })
      notifications.show({ message: t('saved') })
      leave()
    },
  })
  return (
    <Screen title={t('editTitle', { name: customer.name })} padded>
      <EntryFormFrame form={form} labels={labels} submitLabel={t('save')} onCancel={leave}>
        <CustomerFields form={form} />
      </EntryFormFrame>
    </Screen>
  )
}
