import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import type { Exception } from '../../../../../clients/typescript/src/api.ts'
import { api, useRead } from '../../../../ui/api.ts'
import { Conflict } from '../../../../ui/conflict.tsx'
import { DayField } from '../../../../ui/day-field.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { wordsOf } from './kinds.ts'
import { Outcomes } from './outcomes.tsx'
import { RemedyForm } from './remedy-form.tsx'
import { t } from './texts.ts'
import { useDoing } from './use-doing.ts'

/** What is asked of chosen exceptions, in a dialog. */
export type Asking = {
  what: 'remedy' | 'rerun' | 'assign' | 'changeDue' | 'dismiss' | 'reopen'
  exceptions: readonly Exception[]
  done(): void
}

export function Dialogs({ asking, onClose }: { asking: Asking; onClose: () => void }) {
  const { what, exceptions } = asking
  const title = what === 'remedy' ? t('remedies', { count: exceptions.length }) : t(what)
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('cancel') }}>
      {what === 'remedy' && <Remedy of={exceptions} />}
      {what === 'rerun' && <Rerun of={exceptions} />}
      {what === 'assign' && <Assign of={exceptions} onDone={onClose} />}
      {what === 'changeDue' && <ChangeDue of={exceptions} onDone={onClose} />}
      {(what === 'dismiss' || what === 'reopen') && <Reasoned what={what} of={exceptions} onDone={onClose} />}
    </Modal>
  )
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
    if (outcomes.length === 0 || outcomes.some(({ done }) => !done)) return
    notifications.show({ message: t('assigned', { count: outcomes.length, name }) })
    onDone()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void give(of)
      }}
    >
      <Stack gap="sm">
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
            keepMine={() => void give(given)}
          />
        ) : (
          <Outcomes of={doing} />
        )}
        <Group gap="xs">
          <Button type="submit" loading={doing.busy} disabled={given.length > 0}>
            {t('assign')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onDone}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** By when they are to be done. Where somebody else has changed it meanwhile, that is said, and shown once this is closed. */
function ChangeDue({ of, onDone }: PartProps) {
  const doing = useDoing()
  const [due, setDue] = useState<string | null>(of[0]?.due ?? null)
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        if (due === null) return
        const outcomes = await doing.run('createExceptionsDueDays', of, ({ id, due: from }) => ({ id, due, from }))
        if (outcomes.length > 0 && outcomes.every(({ done }) => done)) onDone()
      }}
    >
      <Stack gap="sm">
        <DayField label={t('due')} value={due} onChange={setDue} />
        {(doing.problem !== undefined || doing.outcomes.some(({ done }) => !done)) && <Outcomes of={doing} />}
        <Group gap="xs">
          <Button type="submit" disabled={due === null} loading={doing.busy}>
            {t('changeDue')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onDone}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
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
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const outcomes = await doing.run(name, of, ({ id }) => ({ id, text }))
        if (outcomes.length > 0 && outcomes.every(({ done }) => done)) onDone()
      }}
    >
      <Stack gap="sm">
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
        {doing.outcomes.some(({ done }) => !done) || doing.problem !== undefined ? <Outcomes of={doing} /> : null}
        <Group gap="xs">
          <Button
            type="submit"
            color={what === 'dismiss' ? 'red' : undefined}
            disabled={text.trim() === ''}
            loading={doing.busy}
          >
            {t(what)}
          </Button>
          <Button variant="subtle" color="gray" onClick={onDone}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
