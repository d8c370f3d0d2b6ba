import { Button, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Entry } from '../../../../../clients/typescript/src/api.ts'
import { AccountField } from '../../../../ui/account-field.tsx'
import { useChange } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { today } from '../../../../ui/days.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { SentToSecondPerson } from '../../../../ui/second-person.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

type Moving = { entryId: string; line: Entry['lines'][number] }

/** The button that moves a line to the account on which it belongs, for those who may, where the line still stands. */
export function MoveLine({ entryId, line }: Moving) {
  const { may } = useWorkplace()
  const [isOpen, setOpen] = useState(false)
  if (!may('journal.post') || line.moves.some(({ moved }) => moved === 'away')) return null
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-label={t('moveLineOf', { line: line.lineNo, account: line.account.name })}
        onClick={() => setOpen(true)}
      >
        {t('moveLine')}
      </Button>
      {isOpen && <Form entryId={entryId} line={line} onClose={() => setOpen(false)} />}
    </>
  )
}

function Form({ entryId, line, onClose }: Moving & { onClose: () => void }) {
  const { company } = useWorkplace()
  const path = useCompanyPath()
  const move = useChange('createReclassifications', { forgets: 'all' })
  const [toAccount, setAccount] = useState('')
  const [date, setDate] = useState<string | null>(today(company.timeZone))
  const [reason, setReason] = useState('')
  const [waits, setWaits] = useState<{ id: string; summary: string }>()
  const title = t('moveLineOf', { line: line.lineNo, account: line.account.name })
  return (
    <DialogForm
      title={title}
      submit={t('moveLine')}
      ready={toAccount !== '' && date !== null && reason.trim() !== '' && waits === undefined}
      onClose={onClose}
      work={async () => {
        const asked = { entryId, lineNo: line.lineNo, toAccount, date: date ?? '', reason: reason.trim() }
        const answer = await move.mutateAsync({ path, body: { requests: [asked] } })
        if ('summary' in answer) {
          setWaits(answer)
          return true
        }
        notifications.show({ message: t('lineMoved') })
        return false
      }}
    >
      {t('moveLineText')}
      <AccountField label={t('moveTo')} value={toAccount} onChange={setAccount} data-autofocus />
      <DayField label={t('moveOn')} value={date} onChange={setDate} maw={200} />
      <Textarea
        label={t('moveReason')}
        autosize
        minRows={2}
        maxLength={1000}
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {waits && <SentToSecondPerson id={waits.id} summary={waits.summary} />}
    </DialogForm>
  )
}
