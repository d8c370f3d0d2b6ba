import { Button, Group, Stack } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { isConflict, ProblemError } from './api.ts'
import { Conflict, type Words } from './conflict.tsx'
import { draftHere, type KeptDraft } from './drafts.ts'
import classes from './entry-form.module.css'
import { useHotkeys } from './hotkeys.tsx'
import { LeaveQuestion } from './leave-question.tsx'
import { Problem } from './problem.tsx'
import { t } from './texts.ts'

export type FormValues = Record<string, unknown>

export type EntryFormOptions<Values extends FormValues, Body> = {
  /** Names the draft that is kept while it is not saved: 'customer', 'customer.17'. */
  name: string
  initial: Values
  /** The contract of what is sent, such as `NewCustomer`: what it refuses is said at the field before anything is sent. */
  schema: z.ZodType<Body>
  /** What is sent, from what was entered: '' becomes `undefined`, and so on. */
  body(values: Values): unknown
  /** What is wrong by the form's own rules, by field, in its own words; where it finds anything, the contract is not asked. */
  check?(values: Values): Record<string, string>
  /** Which fields a refusal is about, where their names do not say it. */
  placesOf?(problem: ProblemError['problem'], values: Values): readonly string[]
  /**
   * Sends it, with what was entered beside it. With `tag`, only if nobody changed it meanwhile. A form that stays open says what it holds from
   * then on, and the tag of that.
   */
  save(body: Body, how: { tag: string | undefined; values: Values }): Promise<void> | Promise<Held<Values> | undefined>
  /** For a change: the tag of what was read, and how it is read again after somebody else changed it. */
  tag?: string | null
  reread?(): Promise<Held<Values>>
}

/** What is kept of a form that is not saved, with the version that it was entered over: it is still a change of that one. */
type Draft<Values> = { values: Values; tag: string | undefined }

/** What is stored, as the form takes it, and its tag. */
type Held<Values> = { values: Values; tag: string | null }

export type EntryForm<Values extends FormValues> = {
  fields: UseFormReturnType<Values>
  submit(): Promise<void>
  isSaving: boolean
  problem: unknown
  wasRestored: boolean
  discard(): void
  /** What is stored is another by now, and nothing of it is entered anew. */
  hold(held: Held<Values>): void
  conflict: { now: Values; takeTheirs(): void; keepMine(): void } | undefined
}

/**
 * A form over a contract. What was entered survives a reload (a draft in the browser) and is asked about before it is left; what the API
 * refuses stands at its field, or on top; somebody else's change in between is shown beside one's own.
 */
export function useEntryForm<Values extends FormValues, Body>(
  options: EntryFormOptions<Values, Body>,
): EntryForm<Values> {
  const { initial, schema, body, save, reread } = options
  const [draft] = useState(() => draftHere<Draft<Values>>(options.name))
  const [restored] = useState(() => draft.read())
  const [problem, setProblem] = useState<unknown>()
  const [isSaving, setSaving] = useState(false)
  const [theirs, setTheirs] = useState<Held<Values>>()
  const read = useRef(options.tag ?? undefined)
  const tag = useRef(restored?.tag ?? read.current)
  const fields = useForm<Values>({
    initialValues: initial,
    validateInputOnBlur: true,
    validate: ((values: Values) => ownErrors(options, values) ?? errorsOf(schema, body(values))) as never,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form opens
  useEffect(() => {
    if (restored?.values !== undefined) fields.setValues(restored.values as never)
  }, [])
  const keep = () => draft.keep({ values: fields.values, tag: tag.current })
  useEffect(() => void (fields.isDirty() && keep()))
  const hold = (held: Held<Values>) => begin(fields, { draft, tags: [tag, read] }, held)
  const send = async (how: string | undefined) => {
    if (isSaving || fields.validate().hasErrors) return focusFirstError()
    setSaving(true)
    setProblem(undefined)
    try {
      const values = fields.values
      draft.drop()
      fields.resetDirty(values)
      const held = await save(schema.parse(body(values)), { tag: how, values })
      if (held) holdBeside(fields, values, () => hold(held))
    } catch (error) {
      fields.resetDirty(initial)
      keep()
      if (isConflict(error) && reread !== undefined) await reread().then(setTheirs, setProblem)
      else setProblem(atFields(error, fields, options.placesOf))
    } finally {
      setSaving(false)
    }
  }
  return {
    fields: fields as unknown as UseFormReturnType<Values>,
    submit: () => send(tag.current),
    isSaving,
    problem,
    wasRestored: restored?.values !== undefined,
    hold,
    discard: () => {
      draft.drop()
      tag.current = read.current
      fields.reset()
    },
    conflict: theirs && {
      now: theirs.values,
      takeTheirs: () => {
        hold(theirs)
        setTheirs(undefined)
      },
      keepMine: () => {
        tag.current = theirs.tag ?? undefined
        setTheirs(undefined)
        void send(theirs.tag ?? undefined)
      },
    },
  }
}

/** The form then begins with what is stored, as of its tag. */
function begin<Values extends FormValues>(
  fields: UseFormReturnType<Values>,
  { draft, tags }: { draft: KeptDraft<Draft<Values>>; tags: readonly { current: string | undefined }[] },
  held: Held<Values>,
): void {
  draft.drop()
  for (const tag of tags) tag.current = held.tag ?? undefined
  fields.setInitialValues(held.values)
  fields.setValues(held.values as never)
  fields.resetDirty(held.values)
}

/** What was typed while it was on its way is not saved, and stays. */
function holdBeside<Values extends FormValues>(fields: UseFormReturnType<Values>, sent: Values, hold: () => void) {
  const typed = fields.getValues()
  hold()
  if (JSON.stringify(typed) !== JSON.stringify(sent)) fields.setValues(typed as never)
}

function ownErrors<Values extends FormValues>(
  { check }: Pick<EntryFormOptions<Values, unknown>, 'check'>,
  values: Values,
): Record<string, string> | undefined {
  const found = check?.(values) ?? {}
  return Object.keys(found).length > 0 ? found : undefined
}

function errorsOf(schema: z.ZodType, body: unknown): Record<string, string> {
  const read = schema.safeParse(body)
  if (read.success) return {}
  return Object.fromEntries(
    read.error.issues.map(({ path, message, code, input }) => {
      const missing = code === 'invalid_type' && input === undefined
      const empty = code === 'too_small' && 'minimum' in read.error
      return [path.join('.'), missing || empty || /too small.*>=1 char/i.test(message) ? t('required') : message]
    }),
  )
}

/** Puts what the API says of fields of the form to them; returns what is left to be said on top, the whole problem where there is any. */
function atFields<Values extends FormValues>(
  error: unknown,
  form: { values: Values; setErrors(errors: Record<string, string>): void },
  placesOf: EntryFormOptions<Values, unknown>['placesOf'],
): unknown {
  if (!(error instanceof ProblemError)) return error
  const { values } = form
  const places = placesOf?.(error.problem, values) ?? []
  const { errors = [], context = {} } = error.problem
  const known = (at: string): string | undefined => {
    const name = at.replace(/^(body\.)?(requests\.0\.)?/, '')
    return name.split('.')[0] !== undefined && (name.split('.')[0] as string) in values ? name : undefined
  }
  const told = [
    ...errors.map(({ at, message }) => [at, message] as const),
    ...Object.keys(context).map((at) => [at, error.problem.title] as const),
    ...places.map((at) => [at, error.problem.title] as const),
  ]
  const found = told.flatMap(([at, message]) => {
    const name = known(at)
    return name === undefined ? [] : [[name, message] as const]
  })
  if (found.length === 0) return error
  form.setErrors(Object.fromEntries(found))
  focusFirstError()
  return errors.length > 0 && errors.length === found.length ? undefined : error
}

function focusFirstError(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid=true]')?.focus())
}

type EntryFormProps<Values extends FormValues> = {
  form: EntryForm<Values>
  submitLabel: string
  /** What the fields are called, for the comparison after a conflict. */
  labels?: Readonly<Record<string, string>>
  words?: Words
  onCancel?(): void
  /** As wide as the screen, for forms with a table in them. */
  wide?: boolean
  aside?: ReactNode
  children: ReactNode
}

/** The form around its fields: problems on top, the buttons below, Ctrl/Cmd-Enter saves. */
export function EntryFormFrame<Values extends FormValues>(props: EntryFormProps<Values>) {
  const { form, submitLabel, labels = {}, words = {}, onCancel, wide = false, aside, children } = props
  const { fields, isSaving, problem, conflict, wasRestored } = form
  const blocker = useBlocker({
    // A drawer that opens beside the form leaves it where it is.
    shouldBlockFn: ({ current, next }) => fields.isDirty() && current.pathname !== next.pathname,
    enableBeforeUnload: () => fields.isDirty(),
    withResolver: true,
  })
  const within = useRef<HTMLFormElement>(null)
  const run = () => void form.submit()
  useHotkeys([{ keys: 'mod+Enter', label: t('keySave'), group: t('hotkeysForm'), within, run }])
  return (
    <form
      ref={within}
      className={classes.form}
      data-wide={wide || undefined}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit()
      }}
    >
      <Stack gap="md">
        {wasRestored && fields.isDirty() && (
          <Group gap="xs" className={classes.restored} role="status">
            {t('restored')}
            <Button size="compact-xs" variant="subtle" onClick={form.discard}>
              {t('discard')}
            </Button>
          </Group>
        )}
        {problem !== undefined && <Problem error={problem} />}
        {conflict && <Conflict mine={fields.values} {...conflict} labels={labels} words={words} />}
        {children}
        <Group gap="xs" mt="xs">
          <Button type="submit" loading={isSaving}>
            {submitLabel}
          </Button>
          {onCancel && (
            <Button variant="subtle" color="gray" onClick={onCancel}>
              {t('cancel')}
            </Button>
          )}
          {aside}
        </Group>
      </Stack>
      <LeaveQuestion blocker={blocker} onLeave={form.discard} />
    </form>
  )
}
