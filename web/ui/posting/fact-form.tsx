import { TextInput, type TextInputProps } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { DayField } from '../day-field.tsx'
import type { EntryForm, FormValues } from '../entry-form.tsx'
import { useGo } from '../links.tsx'
import { PostingForm } from './posting-form.tsx'
import { type PostingOptions, usePosting } from './use-posting.ts'

type FactFormProps<Values extends FormValues> = Omit<PostingOptions<Values>, 'done'> & {
  submit: string
  /** Said after it is posted. */
  posted: string
  /** Where it leads after it is posted, and where it is left to. */
  leads: string
  children(form: EntryForm<Values>): ReactNode
}

/** A fact of a few fields: what it posts beside it, and back to where it belongs when it is posted. */
export function FactForm<Values extends FormValues>({ submit, posted, leads, children, ...of }: FactFormProps<Values>) {
  const go = useGo()
  const posting = usePosting<Values>({
    ...of,
    done: async () => {
      notifications.show({ message: posted })
      await go(leads)
    },
  })
  return (
    <PostingForm of={posting} submitLabel={submit} back={leads} onCancel={() => void go(leads)}>
      {children(posting.form)}
    </PostingForm>
  )
}

type NameOf<Values> = Extract<keyof Values, string>

/** An amount, typed as the reader's locale writes them. */
export const AmountInput = <Values extends FormValues>({
  form,
  name,
  ...props
}: Omit<TextInputProps, 'form' | 'name'> & { form: EntryForm<Values>; name: NameOf<Values> }) => (
  <TextInput inputMode="decimal" {...props} {...form.fields.getInputProps(name)} />
)

/** The day on which it happened. */
export const OnDay = <Values extends FormValues & { on: string | null }>({
  form: { fields },
  label,
}: {
  form: EntryForm<Values>
  label: string
}) => (
  <DayField
    label={label}
    value={fields.values.on}
    error={fields.errors.on}
    onChange={(on) => fields.setFieldValue('on', on as never)}
  />
)
