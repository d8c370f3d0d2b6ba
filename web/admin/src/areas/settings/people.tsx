import { Badge, Button, Group, Select, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Invitation, Member } from '../../../../../clients/typescript/src/api.ts'
import { type PermissionSet, permissionSets, permissions } from '../../../../../src/kernel/permissions.ts'
import { api, useChange, useRead } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { writtenMoment } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { Rows, type RowsColumn } from '../../../../ui/rows.tsx'
import { ShownOnce } from '../../../../ui/shown-once.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { changeColumn } from './change-button.tsx'
import { SettingsFrame } from './frame.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

const sets = Object.keys(permissionSets) as PermissionSet[]
const setChoices = sets.map((value) => ({ value, label: t(`set_${value}`) }))

/** Who works here and what each may do, and who is invited. */
export function People() {
  const { may } = useWorkplace()
  const path = useCompanyPath()
  const people = useRead('listPeople', { path })
  const invitations = useRead('listInvitations', { path })
  const [inviting, setInviting] = useState(false)
  const [changing, setChanging] = useState<Member>()
  const mayManage = may('people.manage')
  const open = (invitations.data?.rows ?? []).filter(({ state }) => state === 'open')
  return (
    <SettingsFrame
      title={t('people')}
      text={t('peopleText')}
      actions={
        mayManage && (
          <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setInviting(true)}>
            {t('invite')}
          </Button>
        )
      }
    >
      <Loaded of={people}>
        {({ rows }) => (
          <Rows
            label={t('people')}
            of={rows}
            keyOf={({ userId }) => String(userId)}
            empty={<Empty title={t('noPeople')} />}
            columns={columnsFor(mayManage, setChanging)}
          />
        )}
      </Loaded>
      {open.length > 0 && <Invitations of={open} />}
      {inviting && <Invite onClose={() => setInviting(false)} />}
      {changing && <ChangeMember of={changing} onClose={() => setChanging(undefined)} />}
    </SettingsFrame>
  )
}

const columnsFor = (mayManage: boolean, onChange: (member: Member) => void): RowsColumn<Member>[] => [
  {
    id: 'name',
    header: t('name'),
    cell: ({ name, email }) => (
      <>
        {name}
        <div className={classes.quiet}>{email}</div>
      </>
    ),
  },
  { id: 'set', header: t('mayDo'), cell: (row) => t(`set_${row.permissionSet}`) },
  {
    id: 'factor',
    header: t('secondFactor'),
    wide: true,
    cell: ({ secondFactor }) => (
      <Badge size="sm" variant="light" color={secondFactor ? 'green' : 'yellow'}>
        {secondFactor ? t('on') : t('off')}
      </Badge>
    ),
  },
  { id: 'since', header: t('since'), wide: true, cell: ({ since }) => <Day of={since} /> },
  ...changeColumn<Member>(mayManage, ({ name }) => name, onChange),
]

function Invitations({ of }: { of: readonly Invitation[] }) {
  const { may } = useWorkplace()
  const path = useCompanyPath()
  const withdraw = useChange('withdrawInvitation', { forgets: ['listInvitations'] })
  return (
    <div className={classes.body}>
      <section className={classes.panel} style={{ marginTop: 28 }}>
        <h3>{t('invitations')}</h3>
        {withdraw.error && <Problem error={withdraw.error} />}
        <ul className={classes.held}>
          {of.map(({ id, email, permissionSet, expiresAt }) => (
            <li key={id}>
              <span>
                {email}
                <span className={classes.quiet}>
                  {` · ${t(`set_${permissionSet}`)} · ${t('expires', { on: writtenMoment(expiresAt, locale) })}`}
                </span>
              </span>
              {may('people.manage') && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  loading={withdraw.isPending}
                  onClick={() => withdraw.mutate({ path: { ...path, invitationId: id }, body: {} })}
                >
                  {t('withdraw')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

const mayWords = (set: PermissionSet): string => permissionSets[set].map((one) => permissions[one]).join('; ')

const SetField = ({ value, onChange }: { value: PermissionSet; onChange: (set: PermissionSet) => void }) => (
  <>
    <Select
      label={t('mayDo')}
      allowDeselect={false}
      data={setChoices}
      value={value}
      onChange={(set) => onChange(set as PermissionSet)}
    />
    <Text size="xs" c="dimmed">
      {t('mayText', { words: mayWords(value) })}
    </Text>
  </>
)

function Invite({ onClose }: { onClose: () => void }) {
  const path = useCompanyPath()
  const invite = useChange('createInvitations', { forgets: ['listInvitations'], keyed: false })
  const [email, setEmail] = useState('')
  const [set, setSet] = useState<PermissionSet>('bookkeeper')
  const [made, setMade] = useState<Invitation>()
  return (
    <DialogForm
      title={t('invite')}
      submit={made ? t('done') : t('inviteSubmit')}
      ready={email.includes('@')}
      onClose={onClose}
      work={async () => {
        if (made) return false
        setMade(await invite.mutateAsync({ path, body: { email, permissionSet: set } }))
        return true
      }}
    >
      {made?.link ? (
        <>
          <ShownOnce title={t('inviteLink')} text={t('inviteLinkText', { email })} secret={made.link} />
          {made.mailed && <Text size="sm">{t('inviteMailed', { email })}</Text>}
        </>
      ) : (
        <>
          <TextInput
            label={t('email')}
            type="email"
            data-autofocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <SetField value={set} onChange={setSet} />
        </>
      )}
    </DialogForm>
  )
}

function ChangeMember({ of, onClose }: { of: Member; onClose: () => void }) {
  const { companyId } = useCompanyPath()
  const path = { companyId, userId: String(of.userId) }
  const { me } = useWorkplace()
  const change = useChange('changePeople', { forgets: ['listPeople', 'listMe'] })
  const end = useChange('endPeople', { forgets: ['listPeople'] })
  const [set, setSet] = useState<PermissionSet>(of.permissionSet)
  const [sure, setSure] = useState(false)
  return (
    <DialogForm
      title={of.name}
      submit={t('save')}
      onClose={onClose}
      meanwhile={{
        mine: { set: t(`set_${set}`) },
        labels: { set: t('mayDo') },
        reread: async () => {
          const { rows } = await api.call('listPeople', { path: { companyId } })
          const now = rows.find(({ userId }) => userId === of.userId)
          return { values: { set: now && t(`set_${now.permissionSet}`) }, tag: now?.permissionSet ?? null }
        },
      }}
      work={async (over) => {
        const from = (over ?? of.permissionSet) as PermissionSet
        await change.mutateAsync({ path, body: { permissionSet: set, from } })
        notifications.show({ message: t('saved') })
      }}
    >
      <SetField value={set} onChange={setSet} />
      {of.userId !== me.id && (
        <Group gap="xs">
          <Button
            size="xs"
            variant="subtle"
            color="red"
            loading={end.isPending}
            onClick={() => {
              if (!sure) return setSure(true)
              end.mutate({ path, body: {} }, { onSuccess: onClose })
            }}
          >
            {sure ? t('endSure', { name: of.name }) : t('endMembership')}
          </Button>
        </Group>
      )}
      {end.error && <Problem error={end.error} />}
    </DialogForm>
  )
}
