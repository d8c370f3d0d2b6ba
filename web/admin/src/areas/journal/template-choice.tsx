import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { JournalTemplate } from '../../../../../clients/typescript/src/api.ts'
import { AccountField } from '../../../../ui/account-field.tsx'
import { api, useRead } from '../../../../ui/api.ts'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { typedDecimal } from '../../../../ui/exact.ts'
import { PartyField } from '../../../../ui/party-field.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import type { Typed } from './journal-values.ts'
import { blankLine, type JournalValues, linesFrom, tidied } from './journal-values.ts'
import { t } from './texts.ts'

type ChoiceProps = { form: EntryForm<JournalValues>; how: Typed }

/** Templates to begin from: what one asks for is filled in, and its lines stand in the form to be looked at. */
export function TemplateChoice({ form, how }: ChoiceProps) {
  const found = useRead('listJournalTemplates', { path: useCompanyPath() })
  const [search, change] = useSearchState()
  const rows = found.data?.rows ?? []
  const chosen = rows.find(({ name }) => name === search.template)
  return (
    <>
      <Select
        label={t('template')}
        placeholder={t('templateNone')}
        searchable
        clearable
        selectFirstOptionOnChange
        openOnFocus={false}
        data={rows.map(({ name, title }) => ({ value: name, label: title }))}
        value={chosen?.name ?? null}
        onChange={(template) => change({ template: template ?? undefined }, { replace: true })}
      />
      {chosen && (
        <Fill
          key={chosen.name}
          template={chosen}
          form={form}
          how={how}
          onClose={() => change({ template: undefined }, { replace: true })}
        />
      )}
    </>
  )
}

type Given = Record<string, string>

const usualOf = ({ definition }: JournalTemplate, { typing }: Typed): Given =>
  Object.fromEntries(
    definition.parameters.map(({ name, kind, default: usual = '' }) => [
      name,
      kind === 'amount' ? tidied(usual, typing) : usual,
    ]),
  )

/** What was filled in, as the API takes it: amounts as decimals; what is left blank is what is usual. */
const givenOf = ({ definition }: JournalTemplate, values: Given, { typing }: Typed): Given =>
  Object.fromEntries(
    definition.parameters.flatMap(({ name, kind }): [string, string][] => {
      const typed = values[name]?.trim() ?? ''
      const read = kind === 'amount' ? (typedDecimal(typed, typing) ?? typed) : typed
      return read === '' && kind !== 'text' ? [] : [[name, read]]
    }),
  )

type FillProps = ChoiceProps & { template: JournalTemplate; onClose(): void }

function Fill({ template, form, how, onClose }: FillProps) {
  const path = useCompanyPath()
  const { parameters } = template.definition
  const [values, setValues] = useState(() => usualOf(template, how))
  const [problem, setProblem] = useState<unknown>()
  const fill = async () => {
    const given = givenOf(template, values, how)
    const { date } = form.fields.values
    const asked = { template: template.name, reference: 'preview', date: date ?? '', parameters: given }
    try {
      const filled = await api.call('createJournalsFromTemplatesPreview', { path, body: asked })
      const { description, reverse, lines } = filled
      form.fields.setValues({ description, reverse: reverse ?? '', lines: [...linesFrom(lines, how), blankLine()] })
      onClose()
    } catch (error) {
      setProblem(error)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('fillTitle', { title: template.title })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Stack
        gap="sm"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void fill()
        }}
      >
        {problem !== undefined && <Problem error={problem} />}
        {parameters.map(({ name, kind, label }, at) => (
          <Parameter
            key={name}
            kind={kind}
            label={label}
            isFirst={at === 0}
            value={values[name] ?? ''}
            onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
          />
        ))}
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button onClick={() => void fill()}>{t('fill')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

type ParameterProps = {
  kind: JournalTemplate['definition']['parameters'][number]['kind']
  label: string
  isFirst: boolean
  value: string
  onChange(value: string): void
}

function Parameter({ kind, label, isFirst, value, onChange }: ParameterProps) {
  const shared = { label, 'data-autofocus': isFirst || undefined }
  if (kind === 'account') return <AccountField {...shared} value={value} onChange={onChange} />
  if (kind === 'customer' || kind === 'supplier')
    return <PartyField {...shared} kind={kind} value={value} onChange={onChange} />
  const inputMode = kind === 'amount' || kind === 'percent' ? 'decimal' : undefined
  return (
    <TextInput
      {...shared}
      inputMode={inputMode}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
