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
  /** Of a rule that is there: its newest version, and how that is read again; it is saved over the version that `tag` says. */
  tag?: string | null
  reread?: (() => Promise<{ values: RuleValues; tag: string | null }>) | undefined
  save(body: Body, follows: number | undefined): Promise<void>
  onCancel(): void
}

export const blank = (fields: readonly RuleField[]): RuleValues =>
  Object.fromEntries(
    fields.map(({ name, kind }) => [name, kind === 'check' ? false : kind === 'day' || kind === 'choice' ? null : '']),
  )

const labelsOf = (fields: readonly RuleField[]): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, label }) => [name, label]))

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
export function RuleForm<Body>(props: RuleFormProps<Body>) {
  const { name, fields, initial, schema, tag = null, reread, save, onCancel } = props
  const form = useEntryForm<RuleValues, Body>({
    name: `rule.${name}`,
    initial: { ...blank(fields), ...initial },
    schema,
    body: (values) => sentOf(fields, values),
    tag,
    ...(reread === undefined
      ? {}
      : {
          reread: async () => {
            const now = await reread()
            return { ...now, values: { ...blank(fields), ...now.values } }
          },
        }),
    save: (body, { tag: over }) => save(body, over === undefined ? undefined : Number(over)),
  })
  return (
    <div className={classes.form}>
      <EntryFormFrame form={form} wide submitLabel={t('add')} labels={labelsOf(fields)} onCancel={onCancel}>
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
