import { Group, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Document } from '../../../../../clients/typescript/src/api.ts'
import { useChange } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { typedDecimal } from '../../../../ui/exact.ts'
import { locale } from '../../../../ui/locale.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** What a customer may keep of an invoice by paying it early. */
export function OfferDiscount({ of, onClose }: { of: Document; onClose: () => void }) {
  const path = useCompanyPath()
  const offer = useChange('createInvoicesEarlyPaymentTerms', { forgets: 'all' })
  const [typed, setTyped] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const percent = typedDecimal(typed, { places: 4, locale })?.replace(/\.?0+$/, '')
  return (
    <DialogForm
      title={t('offerTitle')}
      submit={t('offerSave')}
      ready={percent !== undefined && until !== null}
      onClose={onClose}
      work={async () => {
        const request = { invoice: of.number, percent: percent as string, until: until as string }
        await offer.mutateAsync({ path, body: { requests: [request] } })
        notifications.show({ message: t('offered') })
      }}
    >
      <Text size="sm" c="dimmed">
        {t('offerText')}
      </Text>
      <Group grow align="start">
        <TextInput
          label={t('percent')}
          inputMode="decimal"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <DayField label={t('until')} value={until} onChange={setUntil} />
      </Group>
    </DialogForm>
  )
}
