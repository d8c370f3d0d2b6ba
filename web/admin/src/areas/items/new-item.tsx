import { TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { NewItem as Contract } from '../../../../../src/contracts/facts.ts'
import { useChange } from '../../../../ui/api.ts'
import { EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { type ItemKind, KindField } from './kind-field.tsx'
import { t } from './texts.ts'

/** Something to sell. */
export function NewItem() {
  const path = useCompanyPath()
  const to = useAddress()
  const go = useGo()
  const { may } = useWorkplace()
  // Whoever buys adds items, too, and sees no sales: the list shows those.
  const leave = (like?: string) => go(may('sales.read') ? to('items', like === undefined ? {} : { like }) : to('home'))
  const add = useChange('createItems', { forgets: 'all' })
  const form = useEntryForm({
    name: 'item',
    initial: { code: '', name: '', kind: 'goods' as ItemKind },
    schema: Contract,
    body: (values) => values,
    save: async (body) => {
      const { results } = await add.mutateAsync({ path, body: { requests: [body] } })
      const [saved] = results as { result: 'saved' | 'existing' }[]
      // An item that was there keeps its name: nothing of what was entered became of it.
      notifications.show(
        saved?.result === 'existing'
          ? { color: 'yellow', message: t('there', { code: body.code }) }
          : { message: t('added', { name: body.name }) },
      )
      await leave(body.code)
    },
  })
  const { fields } = form
  return (
    <Screen title={t('new')} padded>
      <EntryFormFrame form={form} submitLabel={t('add')} onCancel={() => void leave()}>
        <TextInput label={t('code')} autoFocus w={180} {...fields.getInputProps('code')} />
        <TextInput label={t('name')} {...fields.getInputProps('name')} />
        <KindField {...fields.getInputProps('kind')} />
      </EntryFormFrame>
    </Screen>
  )
}
