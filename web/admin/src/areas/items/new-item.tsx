import { SegmentedControl, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { NewItem as Contract } from '../../../../../src/contracts/facts.ts'
import { useChange } from '../../../../ui/api.ts'
import { EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useAddress, useCompanyPath } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

const kinds = ['goods', 'service'] as const

/** Something to sell. */
export function NewItem() {
  const path = useCompanyPath()
  const to = useAddress()
  const go = useGo()
  const add = useChange('createItems', { forgets: 'all' })
  const form = useEntryForm({
    name: 'item',
    initial: { code: '', name: '', kind: 'goods' as (typeof kinds)[number] },
    schema: Contract,
    body: (values) => values,
    save: async (body) => {
      await add.mutateAsync({ path, body: { requests: [body] } })
      notifications.show({ message: t('added', { name: body.name }) })
      await go(to('items', { like: body.code }))
    },
  })
  const { fields } = form
  return (
    <Screen title={t('new')} padded>
      <EntryFormFrame form={form} submitLabel={t('add')} onCancel={() => void go(to('items'))}>
        <TextInput label={t('code')} autoFocus w={180} {...fields.getInputProps('code')} />
        <TextInput label={t('name')} {...fields.getInputProps('name')} />
        <div>
          <SegmentedControl
            size="xs"
            aria-label={t('kind')}
            data={kinds.map((value) => ({ value, label: t(value) }))}
            {...fields.getInputProps('kind')}
          />
        </div>
      </EntryFormFrame>
    </Screen>
  )
}
