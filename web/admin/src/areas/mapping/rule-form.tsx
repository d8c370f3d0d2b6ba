import { Autocomplete, Checkbox, Select, TextInput } from '@mantine/core'
import type { z } from 'zod'
import { DayField } from '../../../../ui/day-field.tsx'
import { type EntryForm, EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import classes from './mapping.module.css'
import { t } from './texts.ts'

type Option = { value: string; label: string }

/** A field of a rule. What is left empty is not sent. */
export type RuleField = { name: string; label: string; hint?: string } & (
  | { kind: 'text' | 'number' | 'day' | 'check' }
  | { kind: 'choice' | 'combo'; options: readonly Option[] }
)

export type RuleValues = Record<string, string | boolean | null>

type RuleFormProps<Body> = {
  name: string
  fields: readonly RuleField[]
  initial: RuleValues
  schema: z.ZodType<Body>
  save(body: Body): Promise<void>
  onCancel(): void
}

const blank = (fields: readonly RuleField[]): RuleValues =>
  Object.fromEntries(
    fields.map(({ name, kind }) => [name, kind === 'check' ? false : kind === 'day' || kind === 'choice' ? null : '']),
  )

function sentOf(fields: readonly RuleField[], values: RuleValues): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ name, kind }) => {
      const value = values[name]
      if (value === '' || value === null || value === undefined) return []
      return [[name, kind === 'number' ? Number(value) : value]]
    }),
  )
}

/** The next version of a rule. */
export function RuleForm<Body>({ name, fields, initial, schema, save, onCancel }: RuleFormProps<Body>) {
  const form = useEntryForm<RuleValues, Body>({
    name: `rule.${name}`,
    initial: { ...blank(fields), ...initial },
    schema,
    body: (values) => sentOf(fields, values),
    save: (body) => save(body),
  })
  return (
    <div className={classes.form}>
      <EntryFormFrame form={form} wide submitLabel={t('add')} onCancel={onCancel}>
        <div className={classes.pair}>
          {fields.map((field) => (
            <Field key={field.name} field={field} form={form} />
          ))}
        </div>
      </EntryFormFrame>
    </div>
  )
}

type FieldProps = { field: RuleField; form: EntryForm<RuleValues> }

function Field({ field, form: { fields } }: FieldProps) {
  const { name, label, hint, kind } = field
  const value = fields.values[name] ?? null
  const set = (next: string | boolean | null) => {
    fields.setFieldValue(name, next)
    fields.clearFieldError(name)
  }
  const shared = { label, description: hint, error: fields.errors[name] }
  const text = typeof value === 'string' ? value : ''
  switch (kind) {
    case 'check':
      return (
        <Checkbox
          mt={24}
          label={label}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      )
    case 'day':
      return <DayField {...shared} clearable value={text === '' ? null : text} onChange={set} />
    case 'choice':
      return (
        <Select
          {...shared}
          searchable
          data={[...field.options]}
          value={text === '' ? null : text}
          onChange={set}
          clearable
        />
      )
    case 'combo':
      return <Autocomplete {...shared} data={field.options.map((option) => option.value)} value={text} onChange={set} />
    default:
      return (
        <TextInput
          {...shared}
          inputMode={kind === 'number' ? 'numeric' : undefined}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
  }
}
