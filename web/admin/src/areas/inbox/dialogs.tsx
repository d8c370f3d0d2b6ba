import { Select, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import type { Exception } from '../../../../../clients/typescript/src/api.ts'
import { api, useRead } from '../../../../ui/api.ts'
import { Conflict } from '../../../../ui/conflict.tsx'
import { DayField } from '../../../../ui/day-field.tsx'
import { Dialog, DialogForm } from '../../../../ui/dialog-form.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { wordsOf } from './kinds.ts'
import { isAllDone, NotDone, Outcomes } from './outcomes.tsx'
import { RemedyForm } from './remedy-form.tsx'
import { t } from './texts.ts'
import { useDoing } from './use-doing.ts'

/** What is asked of chosen exceptions, in a dialog. */
export type Asking = {
  what: 'remedy' | 'rerun' | 'assign' | 'changeDue' | 'dismiss' | 'reopen'
  exceptions: readonly Exception[]
  done(): void
}

export function Dialogs({ asking: { what, exceptions }, onClose }: { asking: Asking; onClose: () => void }) {
  const asked = { of: exceptions, onDone: onClose }
  switch (what) {
    case 'remedy':
      return (
        <Dialog title={t('remedies', { count: exceptions.length })} onClose={onClose}>
          <Remedy of={exceptions} />
        </Dialog>
      )
    case 'rerun':
      return (
        <Dialog title={t('rerun')} onClose={onClose}>
          <Rerun of={exceptions} />
        </Dialog>
      )
    case 'assign':
      return <Assign {...asked} />
    case 'changeDue':
      return <ChangeDue {...asked} />
    default:
      return <Reasoned what={what} {...asked} />
  }
}

const Remedy = ({ of }: { of: readonly Exception[] }) =>
  new Set(of.map(({ kind }) => kind)).size > 1 ? <Text size="sm">{t('mixed')}</Text> : <RemedyForm of={of} />

/** Tries them again at once, and says what became of each. */
function Rerun({ of }: { of: readonly Exception[] }) {
  const doing = useDoing()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the dialog opens
  useEffect(() => void doing.run('createExceptionsReruns', of, ({ id }) => ({ id })), [])
  return doing.busy ? <Text size="sm">{t('rerun')}…</Text> : <Outcomes of={doing} />
}

type PartProps = { of: readonly Exception[]; onDone: () => void }

function Assign({ of, onDone }: PartProps) {
  const { me } = useWorkplace()
  const path = useCompanyPath()
  const doing = useDoing()
  const [email, setEmail] = useState<string>(me.email)
  const [name, setName] = useState(me.name)
  const [given, setGiven] = useState<readonly Exception[]>([])
  const give = async (some: readonly Exception[]) => {
    const outcomes = await doing.run('createExceptionsAssignments', some, ({ id, owner: from }) => ({
      id,
      owner: name,
      email,
      from,
    }))
    const meanwhile = some.filter((_, place) => outcomes[place]?.code === 'changed_meanwhile')
    setGiven(
      await Promise.all(meanwhile.map(({ id }) => api.call('getException', { path: { ...path, exceptionId: id } }))),
    )
    if (!isAllDone(outcomes)) return true
    notifications.show({ message: t('assigned', { count: outcomes.length, name }) })
    return false
  }
  const again = async () => {
    if (!(await give(given))) onDone()
  }
  return (
    <DialogForm
      title={t('assign')}
      submit={t('assign')}
      ready={given.length === 0}
      onClose={onDone}
      work={() => give(of)}
    >
      <Person
        email={email}
        onChoose={(one) => {
          setEmail(one.email)
          setName(one.name)
        }}
      />
      {given.length > 0 ? (
        <Conflict
          mine={Object.fromEntries(given.map(({ id }) => [id, name]))}
          now={Object.fromEntries(given.map(({ id, owner }) => [id, owner]))}
          labels={Object.fromEntries(given.map((one) => [one.id, wordsOf(one)]))}
          takeTheirs={onDone}
          keepMine={() => void again()}
        />
      ) : (
        <Outcomes of={doing} />
      )}
    </DialogForm>
  )
}

/** By when they are to be done. Where somebody else has changed it meanwhile, that is said, and shown once this is closed. */
function ChangeDue({ of, onDone }: PartProps) {
  const doing = useDoing()
  const [due, setDue] = useState<string | null>(of[0]?.due ?? null)
  return (
    <DialogForm
      title={t('changeDue')}
      submit={t('changeDue')}
      ready={due !== null}
      onClose={onDone}
      work={async () => {
        const to = due as string
        return !isAllDone(
          await doing.run('createExceptionsDueDays', of, ({ id, due: from }) => ({ id, due: to, from })),
        )
      }}
    >
      <DayField label={t('due')} value={due} onChange={setDue} />
      <NotDone of={doing} />
    </DialogForm>
  )
}

type Known = { name: string; email: string }

/** To whom: of the people whom one may see, or oneself. */
function Person({ email, onChoose }: { email: string; onChoose(one: Known): void }) {
  const { may, me } = useWorkplace()
  const path = useCompanyPath()
  const people = useRead('listPeople', may('people.read') ? { path } : undefined)
  const known: readonly Known[] = people.data?.rows ?? [me]
  return (
    <>
      <Select
        label={t('assignTo')}
        data-autofocus
        searchable
        // It would stand over the button that most want at once.
        openOnFocus={false}
        allowDeselect={false}
        data={known.map((one) => ({ value: one.email, label: one.name }))}
        value={email}
        onChange={(value) => {
          const found = known.find((one) => one.email === value)
          if (found !== undefined) onChoose(found)
        }}
      />
      <Text size="xs" c="dimmed">
        {email}
      </Text>
    </>
  )
}

/** Dismisses exceptions or opens them again, for a reason. */
function Reasoned({ what, of, onDone }: PartProps & { what: 'dismiss' | 'reopen' }) {
  const doing = useDoing()
  const [text, setText] = useState('')
  const name = what === 'dismiss' ? 'createExceptionsDismissals' : 'createExceptionsReopenings'
  return (
    <DialogForm
      title={t(what)}
      submit={t(what)}
      ready={text.trim() !== ''}
      danger={what === 'dismiss'}
      onClose={onDone}
      work={async () => !isAllDone(await doing.run(name, of, ({ id }) => ({ id, text })))}
    >
      {what === 'dismiss' && <Text size="sm">{t('dismissText')}</Text>}
      <Textarea
        label={t('reason')}
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NotDone of={doing} />
    </DialogForm>
  )
}
