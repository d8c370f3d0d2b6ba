import { Button, CloseButton, FileButton, Group, Select, Stack, TextInput } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { NewJournal as Contract } from '../../../../../src/contracts/journal.ts'
import type { Words } from '../../../../ui/conflict.tsx'
import { DayField } from '../../../../ui/day-field.tsx'
import { type EntryForm, EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { writtenDay } from '../../../../ui/figures.ts'
import { useFileDrop } from '../../../../ui/file-drop.ts'
import { locale } from '../../../../ui/locale.ts'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './journal.module.css'
import { JournalLines } from './journal-lines.tsx'
import type { Typed } from './journal-values.ts'
import { isBlank, type JournalValues, journalBody, problemsOf } from './journal-values.ts'
import { useBeginRecurring } from './recurrence.ts'
import { SaveTemplate } from './save-template.tsx'
import { type Outcome, useSaving } from './saving.ts'
import { TemplateChoice } from './template-choice.tsx'
import { t } from './texts.ts'

/** What was done with the form, for the words above the next one. */
export type Done = { values: JournalValues } & (Outcome | { kind: 'draft' } | { kind: 'begun'; name: string })

type JournalFormProps = {
  /** Names what is kept in the browser while it is not saved. */
  name: string
  initial: JournalValues
  how: Typed
  /** Of a draft: which one it is, the tag of what was read, and how it is read again. */
  draft?: { id: string; tag: string | null; reread(): Promise<{ values: JournalValues; tag: string | null }> }
  onDone(done: Done): void
}

/** An entry by hand, from the keyboard alone. */
export function JournalForm({ name, initial, how, draft, onDone }: JournalFormProps) {
  const wanted = useRef<'post' | 'draft'>('post')
  const [files, setFiles] = useState<readonly File[]>([])
  const saving = useSaving()
  const begin = useBeginRecurring()
  const form = useEntryForm<JournalValues, ReturnType<typeof Contract.parse>>({
    name,
    initial,
    schema: Contract,
    check: (values) => problemsOf(values, { ...how, isDraft: wanted.current === 'draft' }),
    body: (values) => journalBody(values, how),
    placesOf: ({ context = {} }, values) => placesIn(context, values, how),
    ...(draft && { tag: draft.tag, reread: draft.reread }),
    save: async (body, { values, tag }) => {
      const keeping = { files, kept: draft && { id: draft.id, tag } }
      if (wanted.current === 'draft') {
        await saving.keep(body, keeping)
        return onDone({ kind: 'draft', values })
      }
      if (values.every !== '') return onDone({ kind: 'begun', values, name: await begin(values, how) })
      onDone({ ...(await saving.post(body, keeping)), values })
    },
  })
  const takesFiles = form.fields.values.every === ''
  const drop = useFileDrop((dropped) => setFiles([...files, ...dropped]))
  // Whoever keeps theirs over somebody else's wants what they wanted before.
  const submit = (what: 'post' | 'draft') => {
    wanted.current = what
    return form.submit()
  }
  return (
    <EntryFormFrame
      form={{ ...form, submit: () => submit('post') }}
      labels={labels}
      words={wordsOf(how)}
      wide
      submitLabel={takesFiles ? t('post') : t('begin')}
      aside={
        <>
          <Button variant="default" onClick={() => void submit('draft')} disabled={form.isSaving}>
            {t('saveDraft')}
          </Button>
          <SaveTemplate values={form.fields.values} how={how} />
        </>
      }
    >
      <Stack gap="md" onKeyDown={noImplicitSubmit} className={classes.sheet} {...(takesFiles ? drop : {})}>
        <Head form={form} how={how} />
        <JournalLines form={form} how={how} />
        <span className={classes.hint}>{t('keys')}</span>
        <More form={form} isDraft={draft !== undefined} />
        {takesFiles && <Files files={files} onChange={setFiles} />}
      </Stack>
    </EntryFormFrame>
  )
}

const labels = {
  date: t('date'),
  description: t('description'),
  reference: t('reference'),
  documentReference: t('documentReference'),
  reason: t('reason'),
  reverse: t('reverse'),
  lines: t('lines'),
}

/** How two versions of an entry are told beside each other. */
const wordsOf = ({ accounts }: Typed): Words => ({
  date: (date) => (date === null ? '–' : writtenDay(String(date), locale)),
  reverse: (reverse) => (reverse === '' ? t('reverseNever') : t(reverse as 'next_day')),
  lines: (lines) =>
    (lines as JournalValues['lines'])
      .filter((line) => !isBlank(line))
      .map(({ account, role, party, debit, credit, document, taxCode, taxBase }) => {
        const name = [account || role, accounts.get(account)?.name].filter(Boolean).join(' ')
        const amount = [debit && t('debitOf', { amount: debit }), credit && t('creditOf', { amount: credit })]
        return [name, party, document, ...amount, taxCode, taxBase].filter(Boolean).join(', ')
      })
      .join('\n') || '–',
})

/** Enter in a field is no wish to post; Ctrl/Cmd-Enter is. */
function noImplicitSubmit(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.ctrlKey && !event.metaKey)
    event.preventDefault()
}

/** The lines that a refusal names by the code of an account, a role or a party; otherwise the field of the day. */
function placesIn(context: Readonly<Record<string, string>>, values: JournalValues, { accounts }: Typed): string[] {
  const named = new Set(Object.values(context))
  const sent = values.lines.map((line, at) => ({ line, at })).filter(({ line }) => !isBlank(line))
  const places = sent.flatMap(({ line, at }) => {
    const role = line.role || (accounts.get(line.account)?.role ?? '')
    if (line.party !== '' && named.has(line.party)) return [`lines.${at}.party`]
    if (line.taxCode !== '' && named.has(line.taxCode)) return [`lines.${at}.taxCode`]
    if (named.has(line.account) || (role !== '' && named.has(role))) return [`lines.${at}.account`]
    return []
  })
  return [...places, ...(context.date === undefined ? [] : ['date'])]
}

const reversals = ['next_day', 'next_period'] as const
const terms = ['month', 'quarter', 'year'] as const

const Head = ({ form, how }: { form: EntryForm<JournalValues>; how: Typed }) => {
  const { fields } = form
  const { may } = useWorkplace()
  const { every, date } = fields.values
  return (
    <>
      <div className={classes.head}>
        <DayField
          label={t('date')}
          value={fields.values.date}
          onChange={(day) => {
            fields.setFieldValue('date', day)
            fields.clearFieldError('date')
          }}
          error={fields.errors.date}
        />
        <TextInput
          label={t('description')}
          placeholder={t('descriptionHint')}
          autoFocus
          {...fields.getInputProps('description')}
        />
        <TemplateChoice form={form} how={how} />
      </div>
      <Group gap="sm" align="flex-start">
        <Select
          size="xs"
          w={210}
          label={t('reverse')}
          allowDeselect={false}
          data={[{ value: '', label: t('reverseNever') }, ...reversals.map((value) => ({ value, label: t(value) }))]}
          {...fields.getInputProps('reverse')}
        />
        {may('settings.write') && (
          <Select
            size="xs"
            w={160}
            label={t('every')}
            allowDeselect={false}
            data={[{ value: '', label: t('everyNever') }, ...terms.map((value) => ({ value, label: t(value) }))]}
            {...fields.getInputProps('every')}
          />
        )}
        {every !== '' && date !== null && (
          <p className={classes.hint}>{t('everyText', { date: writtenDay(date, locale) })}</p>
        )}
      </Group>
    </>
  )
}

const More = ({ form: { fields }, isDraft }: { form: EntryForm<JournalValues>; isDraft: boolean }) => (
  <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
    <TextInput size="xs" label={t('reference')} readOnly={isDraft} {...fields.getInputProps('reference')} />
    <TextInput size="xs" label={t('documentReference')} {...fields.getInputProps('documentReference')} />
    <TextInput size="xs" label={t('reason')} {...fields.getInputProps('reason')} />
  </Group>
)

function Files({ files, onChange }: { files: readonly File[]; onChange(files: readonly File[]): void }) {
  return (
    <div className={classes.files}>
      <FileButton multiple onChange={(chosen) => onChange([...files, ...chosen])}>
        {(props) => (
          <Button {...props} size="xs" variant="default" leftSection={<IconPaperclip size={14} stroke={1.7} />}>
            {t('addFiles')}
          </Button>
        )}
      </FileButton>
      {files.length === 0 && <span className={classes.hint}>{t('filesText')}</span>}
      {files.map((file) => (
        <Group key={`${file.name} ${file.size}`} gap={2} className={classes.hint}>
          {file.name}
          <CloseButton
            size="xs"
            aria-label={t('fileRemove', { name: file.name })}
            onClick={() => onChange(files.filter((one) => one !== file))}
          />
        </Group>
      ))}
    </div>
  )
}
