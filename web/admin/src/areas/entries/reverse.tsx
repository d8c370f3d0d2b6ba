import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowBackUp, IconUserCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { Entry } from '../../../../../clients/typescript/src/api.ts'
import { useChange } from '../../../../ui/api.ts'
import { DayInput } from '../../../../ui/day-input.tsx'
import { today } from '../../../../ui/days.ts'
import { useOpenDetail } from '../../../../ui/details.tsx'
import { given, isNegative, negated } from '../../../../ui/exact.ts'
import { useHotkeys } from '../../../../ui/hotkeys.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { Money } from '../../../../ui/money.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { useSourceAddress } from '../../../../ui/sources.ts'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './entries.module.css'
import { t } from './texts.ts'

/** What can be taken back by itself; what a document or a payment posted is corrected by another of them. */
const byFact: Readonly<Record<string, 'belongsToDocument' | 'belongsToPayment'>> = {
  sales_document: 'belongsToDocument',
  bad_debt: 'belongsToDocument',
  payment: 'belongsToPayment',
}

/** The button that takes an entry back, for those who may; of an entry that only its document can take back, what to do. */
export function Reverse({ entry }: { entry: Entry }) {
  const { may } = useWorkplace()
  const [opened, setOpened] = useState(false)
  if (!may('journal.post') || entry.reversedBy !== null) return null
  const instead = byFact[entry.source.kind]
  if (instead !== undefined)
    return (
      <Text size="xs" c="dimmed">
        {t(instead)}
      </Text>
    )
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArrowBackUp size={15} stroke={1.7} />}
        onClick={() => setOpened(true)}
      >
        {t('reverse')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('reverseTitle', { name: nameOf(entry) })}
        size="lg"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {opened && <Form entry={entry} close={() => setOpened(false)} />}
      </Modal>
    </>
  )
}

const nameOf = ({ number, entryId }: Entry): string =>
  number === null ? t('anEntry', { id: entryId }) : t('entryNumbered', { number })

function Form({ entry, close }: { entry: Entry; close: () => void }) {
  const { company } = useWorkplace()
  const path = { ...useCompanyPath(), entryId: entry.entryId }
  const open = useOpenDetail()
  const now = today(company.timeZone)
  const [date, setDate] = useState(() => [now, entry.date].sort().at(-1) ?? now)
  const [reason, setReason] = useState('')
  const reverse = useChange('reverseEntry', { forgets: 'all' })
  const isReady = reason.trim() !== '' && !reverse.isPending
  const post = async () => {
    if (!isReady) return
    const answer = await reverse
      .mutateAsync({ path, body: { date, description: reason.trim() } })
      .catch(() => undefined)
    if (answer === undefined || !('entryId' in answer)) return
    notifications.show({ message: t('reversed') })
    close()
    open('entry', answer.entryId)
  }
  useHotkeys([{ keys: 'mod+Enter', label: t('reversePost'), group: t('title'), run: () => void post() }])
  if (reverse.data !== undefined && !('entryId' in reverse.data)) return <Waiting close={close} />
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void post()
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('reverseText')}
        </Text>
        {reverse.error && <Problem error={reverse.error} />}
        <DayInput
          label={t('reverseDate')}
          shown
          size="sm"
          value={date}
          min={entry.date}
          w={180}
          onChange={(value) => value && setDate(value)}
        />
        <Textarea
          label={t('reverseReason')}
          description={t('reverseReasonText')}
          autosize
          minRows={2}
          maxLength={1000}
          required
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Preview of={entry} />
        <Group gap="xs">
          <Button type="submit" loading={reverse.isPending} disabled={reason.trim() === ''}>
            {t('reversePost')}
          </Button>
          <Button variant="subtle" color="gray" onClick={close}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The reversal as it will stand in the journal: every line on the other side. */
function Preview({ of: { lines } }: { of: Entry }) {
  const currency = lines[0]?.amount?.currency ?? ''
  return (
    <table className={classes.lines} aria-label={t('reversePreview')}>
      <caption className={classes.caption}>{t('reversePreview')}</caption>
      <thead>
        <tr>
          <th>{t('account')}</th>
          <th data-right>{t('debit', { currency })}</th>
          <th data-right>{t('credit', { currency })}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ lineNo, account, ...line }) => {
          const amount = given(line.amount)
          const isDebit = isNegative(amount.amount)
          const figure = <Money of={isDebit ? { ...amount, amount: negated(amount.amount) } : amount} />
          return (
            <tr key={lineNo}>
              <td>
                <span className={classes.code}>{account.code}</span> {account.name}
              </td>
              <td data-right>{isDebit ? figure : null}</td>
              <td data-right>{isDebit ? null : figure}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** The company wants a second person for it: nothing is posted yet. */
function Waiting({ close }: { close: () => void }) {
  const approvals = useSourceAddress()({ list: 'approvals', parameters: { state: 'pending' } })
  return (
    <Stack gap="md">
      <Alert variant="light" color="yellow" icon={<IconUserCheck size={18} />} title={t('waiting')} role="status">
        <Text size="sm">{t('waitingText')}</Text>
      </Alert>
      <Group gap="xs">
        <Button onClick={close}>{t('close')}</Button>
        {approvals && (
          <GoButton variant="default" to={approvals}>
            {t('toApprovals')}
          </GoButton>
        )}
      </Group>
    </Stack>
  )
}
