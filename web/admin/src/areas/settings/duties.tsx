import { ActionIcon, Button, Group, NumberInput, Select, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { ExceptionDuty } from '../../../../../clients/typescript/src/api.ts'
import { api, isConflict, useChange, useTagged } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Count } from '../../../../ui/money.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { Rows } from '../../../../ui/rows.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { changeColumn } from './change-button.tsx'
import { Panel, SettingsFrame } from './frame.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

/** Who answers for which data, how long they have, and who is next. */
export function Duties() {
  const { may } = useWorkplace()
  const found = useTagged('listExceptionDuties', { path: useCompanyPath() })
  const [changing, setChanging] = useState<{ duty: ExceptionDuty; tag: string | null }>()
  return (
    <SettingsFrame title={t('duties')} text={t('dutiesText')}>
      <Loaded of={found}>
        {({ result: { rows }, tag }) => (
          <Rows
            label={t('duties')}
            of={rows}
            keyOf={({ dataKind }) => dataKind}
            empty={<Empty title={t('noDuties')} />}
            columns={[
              { id: 'data', header: t('data'), cell: ({ dataKind }) => t(`data_${dataKind}`) },
              { id: 'who', header: t('responsible'), cell: ({ responsible }) => responsible },
              { id: 'email', header: t('email'), wide: true, cell: ({ email }) => email },
              { id: 'days', header: t('days'), right: true, cell: ({ days }) => <Count of={days} /> },
              {
                id: 'then',
                header: t('thenNext'),
                wide: true,
                cell: ({ escalation }) =>
                  escalation.map((one) => t('thenStep', { days: one.daysPastDue, name: one.responsible })).join(', '),
              },
              ...changeColumn<ExceptionDuty>(
                may('settings.write'),
                ({ dataKind }) => t(`data_${dataKind}`),
                (duty) => setChanging({ duty, tag }),
              ),
            ]}
          />
        )}
      </Loaded>
      <DigestHour />
      {changing && <ChangeDuty of={changing.duty} tag={changing.tag} onClose={() => setChanging(undefined)} />}
    </SettingsFrame>
  )
}

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1, hour)),
}))

/** From which hour of the day on those who answer for something are told of it. */
function DigestHour() {
  const { company, may } = useWorkplace()
  const path = useCompanyPath()
  const found = useTagged('listExceptionSettings', { path })
  const change = useChange('replaceExceptionSettings', { forgets: ['listExceptionSettings'] })
  return (
    <div className={classes.below}>
      <Panel title={t('digest')} text={t('digestText')}>
        <Loaded of={found} rows={1}>
          {({ result: { digestHour }, tag }) => (
            <Select
              aria-label={t('digestHour')}
              description={t('inZone', { zone: company.timeZone.replaceAll('_', ' ') })}
              w={220}
              allowDeselect={false}
              disabled={!may('settings.write') || change.isPending}
              data={hours}
              value={String(digestHour)}
              onChange={(hour) =>
                change.mutate(
                  { path, body: { digestHour: Number(hour) }, ifMatch: tag ?? undefined },
                  {
                    onSuccess: () => notifications.show({ message: t('saved') }),
                    onError: (error) => isConflict(error) && void found.refetch(),
                  },
                )
              }
            />
          )}
        </Loaded>
        {change.error && <Problem error={change.error} />}
      </Panel>
    </div>
  )
}

const labels = { responsible: t('responsible'), email: t('email'), days: t('days'), steps: t('thenNext') }
const valuesOf = ({ responsible, email, days, escalation }: ExceptionDuty) => ({
  responsible,
  email,
  days,
  steps: escalation
    .map((one) =>
      [t('thenStep', { days: one.daysPastDue, name: one.responsible }), one.email].filter(Boolean).join(' '),
    )
    .join('\n'),
})

type Step = { key: number; days: number | string; name: string; email: string }

type ChangeProps = { of: ExceptionDuty; tag: string | null; onClose: () => void }

function ChangeDuty({ of, tag, onClose }: ChangeProps) {
  const path = useCompanyPath()
  const change = useChange('createExceptionDuties', { forgets: ['listExceptionDuties'] })
  const [responsible, setResponsible] = useState(of.responsible)
  const [email, setEmail] = useState(of.email ?? '')
  const [days, setDays] = useState<number | string>(of.days)
  const [steps, setSteps] = useState<Step[]>(
    of.escalation.map((one, key) => ({ key, days: one.daysPastDue, name: one.responsible, email: one.email ?? '' })),
  )
  const escalation = steps.map((step) => ({
    daysPastDue: Number(step.days),
    responsible: step.name,
    email: step.email || null,
  }))
  const duty = { dataKind: of.dataKind, responsible, email: email || null, days: Number(days), escalation }
  return (
    <DialogForm
      title={t(`data_${of.dataKind}`)}
      submit={t('save')}
      ready={
        responsible.trim() !== '' && days !== '' && steps.every(({ name, days: due }) => name.trim() && due !== '')
      }
      onClose={onClose}
      meanwhile={{
        mine: valuesOf(duty),
        labels,
        reread: async () => {
          const read = await api.read('listExceptionDuties', { path })
          const now = read.result.rows.find(({ dataKind }) => dataKind === of.dataKind)
          return { values: valuesOf(now ?? of), tag: read.tag }
        },
      }}
      work={async (over) => {
        await change.mutateAsync({ path, body: duty, ifMatch: over ?? tag ?? undefined })
        notifications.show({ message: t('saved') })
      }}
    >
      <Text size="sm">{t('dutyText')}</Text>
      <TextInput
        label={t('responsible')}
        data-autofocus
        value={responsible}
        onChange={(e) => setResponsible(e.currentTarget.value)}
      />
      <TextInput
        label={t('email')}
        description={t('dutyEmailText')}
        type="email"
        value={email}
        onChange={(e) => setEmail(e.currentTarget.value)}
      />
      <NumberInput
        label={t('days')}
        description={t('daysText')}
        min={0}
        max={366}
        w={160}
        value={days}
        onChange={setDays}
      />
      <Steps of={steps} onChange={setSteps} />
    </DialogForm>
  )
}

/** Who is next, so many days past due. */
function Steps({ of: steps, onChange: setSteps }: { of: Step[]; onChange: (steps: Step[]) => void }) {
  const set = (key: number, some: Partial<Step>) =>
    setSteps(steps.map((step) => (step.key === key ? { ...step, ...some } : step)))
  return (
    <>
      {steps.map((step, place) => (
        <Group key={step.key} gap={6} wrap="nowrap" align="flex-end">
          <NumberInput
            label={place === 0 ? t('daysPast') : undefined}
            aria-label={t('daysPast')}
            w={96}
            min={0}
            max={366}
            value={step.days}
            onChange={(value) => set(step.key, { days: value })}
          />
          <TextInput
            label={place === 0 ? t('thenWho') : undefined}
            aria-label={t('thenWho')}
            value={step.name}
            onChange={(e) => set(step.key, { name: e.currentTarget.value })}
          />
          <TextInput
            label={place === 0 ? t('email') : undefined}
            aria-label={t('email')}
            value={step.email}
            onChange={(e) => set(step.key, { email: e.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={34}
            aria-label={t('removeStep')}
            onClick={() => setSteps(steps.filter(({ key }) => key !== step.key))}
          >
            <IconX size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            setSteps([...steps, { key: Date.now(), days: Number(steps.at(-1)?.days ?? 0) + 1, name: '', email: '' }])
          }
        >
          {t('addStep')}
        </Button>
      </Group>
    </>
  )
}
