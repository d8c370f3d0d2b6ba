import { Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Document } from '../../../../../clients/typescript/src/api.ts'
import { useChange, useTagged } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { today } from '../../../../ui/days.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** The discount of an invoice is taken back before its last day, unless somebody else has done so meanwhile. */
export function EndDiscount({ of, onClose }: { of: Document; onClose: () => void }) {
  const { company } = useWorkplace()
  const path = { ...useCompanyPath(), documentId: of.id }
  const read = useTagged('getEarlyPaymentTerm', { path })
  const end = useChange('endEarlyPaymentTerm', { forgets: 'all' })
  const [on, setOn] = useState<string | null>(today(company.timeZone))
  const [reason, setReason] = useState('')
  return (
    <DialogForm
      title={t('endTitle')}
      submit={t('endDiscount')}
      ready={on !== null && reason.trim() !== '' && read.data !== undefined}
      onClose={onClose}
      work={async () => {
        const body = { on: on as string, reason: reason.trim() }
        await end.mutateAsync({ path, body, ifMatch: read.data?.tag ?? undefined })
        notifications.show({ message: t('ended') })
      }}
    >
      <Text size="sm" c="dimmed">
        {t('endText')}
      </Text>
      <DayField label={t('endFrom')} value={on} onChange={setOn} />
      <TextInput
        label={t('endReason')}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
