import { Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useParams } from '@tanstack/react-router'
import type { Item } from '../../../../../clients/typescript/src/api.ts'
import { ItemChange } from '../../../../../src/contracts/resources.ts'
import { api, useChange, useRead, useTagged } from '../../../../ui/api.ts'
import { type EntryForm, EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { type ItemKind, KindField } from './kind-field.tsx'
import { t } from './texts.ts'

type Values = { name: string; kind: ItemKind; itemGroup: string; taxCode: string | null }

const labels = { name: t('name'), kind: t('kind'), itemGroup: t('group'), taxCode: t('taxCode') }
const words = { kind: (value: unknown) => t(value as ItemKind) }

const valuesOf = ({ name, kind, itemGroup, taxCode }: Item): Values => ({
  name,
  kind,
  itemGroup: itemGroup ?? '',
  taxCode,
})

/** An item, changed: only if nobody else changed it since it was opened. */
export function EditItem() {
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useTagged('getItem', { path: { ...useCompanyPath(), itemId: id } })
  return <Loaded of={found}>{({ result, tag }) => <Form item={result} tag={tag} />}</Loaded>
}

function Form({ item, tag }: { item: Item; tag: string | null }) {
  const path = { ...useCompanyPath(), itemId: item.id }
  const to = useAddress()
  const go = useGo()
  const change = useChange('changeItem', { forgets: 'all' })
  const { may } = useWorkplace()
  const leave = () => void go(may('sales.read') ? to('items', { detail: `item.${item.id}` }) : to('home'))
  const form = useEntryForm<Values, ReturnType<typeof ItemChange.parse>>({
    name: `item.${item.id}`,
    initial: valuesOf(item),
    schema: ItemChange,
    body: ({ itemGroup, ...values }) => ({ ...values, itemGroup: itemGroup.trim() === '' ? null : itemGroup.trim() }),
    tag,
    reread: async () => {
      const read = await api.read('getItem', { path })
      return { values: valuesOf(read.result), tag: read.tag }
    },
    save: async (body, { tag: ifMatch }) => {
      await change.mutateAsync({ path, body: body as never, ifMatch })
      notifications.show({ message: t('saved') })
      leave()
    },
  })
  return (
    <Screen title={t('editTitle', { name: item.name })} padded>
      <EntryFormFrame form={form} labels={labels} words={words} submitLabel={t('save')} onCancel={leave}>
        <Fields form={form} />
      </EntryFormFrame>
    </Screen>
  )
}

function Fields({ form: { fields } }: { form: EntryForm<Values> }) {
  const codes = useRead('listTaxCodes', { path: useCompanyPath() })
  return (
    <>
      <TextInput label={t('name')} autoFocus {...fields.getInputProps('name')} />
      <KindField {...fields.getInputProps('kind')} />
      <TextInput label={t('group')} description={t('groupText')} {...fields.getInputProps('itemGroup')} />
      <Select
        label={t('taxCode')}
        description={t('taxCodeText')}
        clearable
        searchable
        data={(codes.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
        {...fields.getInputProps('taxCode')}
      />
    </>
  )
}
