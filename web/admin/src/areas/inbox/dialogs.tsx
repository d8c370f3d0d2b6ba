import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import type { Exception } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { Outcomes } from './outcomes.tsx'
import { RemedyForm } from './remedy-form.tsx'
import { t } from './texts.ts'
import { useDoing } from './use-doing.ts'

/** What is asked of chosen exceptions, in a dialog. */
export type Asking = {
  what: 'remedy' | 'rerun' | 'assign' | 'dismiss' | 'reopen'
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
  const { may, me } = useWorkplace()
  const path = useCompanyPath()
  const people = useRead('listPeople', may('people.read') ? { path } : undefined)
  const doing = useDoing()
  const [email, setEmail] = useState<string>(me.email)
  const [name, setName] = useState(me.name)
  const known = people.data?.rows ?? [{ name: me.name, email: me.email }]
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const outcomes = await doing.run('createExceptionsAssignments', of, ({ id }) => ({ id, owner: name, email }))
        if (outcomes.length === 0 || outcomes.some(({ done }) => !done)) return
        notifications.show({ message: t('assigned', { count: outcomes.length, name }) })
        onDone()
      }}
    >
      <Stack gap="sm">
        <Select
          label={t('assignTo')}
          data-autofocus
          searchable
          allowDeselect={false}
          data={known.map((one) => ({ value: one.email, label: one.name }))}
          value={email}
          onChange={(value) => {
            const found = known.find((one) => one.email === value)
            if (found === undefined) return
            setEmail(found.email)
            setName(found.name)
          }}
        />
        <Text size="xs" c="dimmed">
          {email}
        </Text>
        <Outcomes of={doing} />
        <Group gap="xs">
          <Button type="submit" loading={doing.busy}>
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
