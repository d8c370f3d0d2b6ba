import { Button, Checkbox, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Account, ApprovalRequest, MergedAccounts } from '../../../../../clients/typescript/src/api.ts'
import { AccountChange } from '../../../../../src/contracts/accounts.ts'
import { api, useChange, useRead, useTagged } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { Detail, Facts, Section } from '../../../../ui/details.tsx'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { Day } from '../../../../ui/money.tsx'
import { SentToSecondPerson } from '../../../../ui/second-person.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** One account of the chart: what it is, and its name, heading, end and place in the cash flow statement to change. */
export function AccountDetail({ id }: { id: string }) {
  const found = useTagged('getAccount', { path: { ...useCompanyPath(), code: id } })
  return (
    <Loaded of={found}>
      {({ result, tag }) => <Content key={tag} account={result} tag={tag} onSaved={() => void found.refetch()} />}
    </Loaded>
  )
}

type ContentProps = { account: Account; tag: string | null; onSaved: () => void }

function Content({ account, tag, onSaved }: ContentProps) {
  const { may } = useWorkplace()
  const [merging, setMerging] = useState(false)
  const [sent, setSent] = useState<ApprovalRequest>()
  const [stays, setStays] = useState<string>()
  return (
    <Detail kind={t('accountKind')} title={`${account.code} ${account.name}`}>
      <Facts
        of={[
          [t('class'), t(account.class)],
          [t('role'), account.role?.replaceAll('_', ' ')],
          [t('endedOn'), account.endedOn && <Day key="ended" of={account.endedOn} />],
        ]}
      />
      {may('settings.write') && (
        <>
          <Section title={t('change')}>
            <Change account={account} tag={tag} onSaved={onSaved} />
          </Section>
          <Section title={t('merge')}>
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{t('mergeText')}</Text>
              {sent && <SentToSecondPerson id={sent.id} summary={sent.summary} />}
              {stays !== undefined && (
                <Text size="sm" role="status">
                  {t('mergeStays', { why: stays })}
                </Text>
              )}
              <Button size="xs" variant="default" onClick={() => setMerging(true)}>
                {t('mergeButton')}
              </Button>
            </Stack>
          </Section>
        </>
      )}
      {merging && (
        <Merge
          account={account}
          onClose={() => setMerging(false)}
          onSent={setSent}
          onMerged={({ stay: [kept] }) => (kept === undefined ? onSaved() : setStays(kept.why))}
        />
      )}
    </Detail>
  )
}

type Values = { name: string; cashFlow: string | null; endedOn: string | null }

const valuesOf = ({ name, cashFlow, endedOn }: Account): Values => ({ name, cashFlow, endedOn })
const flows = ['cash', 'operating', 'investing', 'financing'] as const

function Change({ account, tag, onSaved }: ContentProps) {
  const path = { ...useCompanyPath(), code: account.code }
  const change = useChange('changeAccount', { forgets: ['listAccounts', 'getAccount'] })
  const form = useEntryForm({
    name: `chart-account.${account.code}`,
    initial: valuesOf(account),
    schema: AccountChange,
    body: (values: Values) => values,
    tag,
    reread: async () => {
      const read = await api.read('getAccount', { path })
      return { values: valuesOf(read.result), tag: read.tag }
    },
    save: async (body, { tag: ifMatch }) => {
      await change.mutateAsync({ path, body, ifMatch } as Parameters<typeof change.mutateAsync>[0])
      notifications.show({ message: t('saved') })
      onSaved()
    },
  })
  const { fields } = form
  return (
    <EntryFormFrame
      form={form}
      submitLabel={t('save')}
      labels={{ name: t('name'), cashFlow: t('cashFlow'), endedOn: t('endedOn') }}
    >
      <TextInput label={t('name')} {...fields.getInputProps('name')} />
      <Group grow align="flex-start">
        <Select
          label={t('cashFlow')}
          description={t('cashFlowText')}
          clearable
          data={flows.map((value) => ({ value, label: t(value) }))}
          {...fields.getInputProps('cashFlow')}
        />
        <DayField
          label={t('endedOn')}
          description={t('endedOnText')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          value={fields.values.endedOn}
          onChange={(day) => fields.setFieldValue('endedOn', day)}
          error={fields.errors.endedOn}
        />
      </Group>
    </EntryFormFrame>
  )
}

type MergeProps = {
  account: Account
  onClose: () => void
  onSent: (request: ApprovalRequest) => void
  onMerged: (merged: MergedAccounts) => void
}

function Merge({ account, onClose, onSent, onMerged }: MergeProps) {
  const path = useCompanyPath()
  const accounts = useRead('listAccounts', { path })
  const merge = useChange('createAccountsMerges', { forgets: 'all' })
  const [into, setInto] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [end, setEnd] = useState(true)
  const others = (accounts.data?.rows ?? []).filter(
    ({ code, class: kind, endedOn }) => code !== account.code && kind === account.class && endedOn === null,
  )
  return (
    <DialogForm
      title={t('mergeTitle', { account: `${account.code} ${account.name}` })}
      submit={t('mergeSubmit')}
      danger
      ready={into !== null && reason.trim() !== ''}
      onClose={onClose}
      work={async () => {
        const done = await merge.mutateAsync({ path, body: { from: [account.code], into: into ?? '', reason, end } })
        if ('requestedBy' in done) return onSent(done)
        notifications.show({ message: t('merged', { count: done.entries }) })
        onMerged(done)
      }}
    >
      <Text size="sm">{t('mergeWarning')}</Text>
      <Select
        label={t('mergeInto')}
        searchable
        data-autofocus
        data={others.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
        value={into}
        onChange={setInto}
      />
      <Checkbox
        label={t('mergeEnd')}
        description={t('mergeEndText')}
        checked={end}
        onChange={(e) => setEnd(e.currentTarget.checked)}
      />
      <Textarea
        label={t('reason')}
        maxLength={1000}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
    </DialogForm>
  )
}
