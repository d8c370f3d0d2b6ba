import { Checkbox, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useChange } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { today } from '../../../../ui/days.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { typedDecimal } from '../../../../ui/exact.ts'
import { locale } from '../../../../ui/locale.ts'
import { CurrencyField } from '../../../../ui/posting/currency-field.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

// As many as a rate may have.
const PLACES = 20
const kinds = ['manual', 'company'] as const
type Kind = (typeof kinds)[number]

/** A rate by hand or of the company's own, or the end of those. */
export function AddRate({ onClose }: { onClose: () => void }) {
  const { company } = useWorkplace()
  const path = useCompanyPath()
  const add = useChange('createRates', { forgets: 'all' })
  const [source, setSource] = useState<Kind>('manual')
  const [currency, setCurrency] = useState<string | null>(company.baseCurrency === 'EUR' ? 'USD' : 'EUR')
  const [day, setDay] = useState<string | null>(today(company.timeZone))
  const [typed, setTyped] = useState('')
  const [ends, setEnds] = useState(false)
  const [reason, setReason] = useState('')
  const rate = typedDecimal(typed, { places: PLACES, locale })?.replace(/\.?0+$/, '')
  const save = async () => {
    const more = reason.trim() === '' ? {} : { reason: reason.trim() }
    const request = { source, currency: currency as string, day: day as string, rate: ends ? null : (rate as string) }
    const answer = await add.mutateAsync({ path, body: { requests: [{ ...request, ...more }] } })
    const [saved] = answer.results as { result: 'created' | 'existing' | 'corrected' }[]
    notifications.show({ message: t(saved?.result ?? 'created') })
  }
  return (
    <DialogForm
      title={t('addTitle')}
      submit={t('save')}
      ready={currency !== null && day !== null && (ends || rate !== undefined)}
      onClose={onClose}
      work={save}
    >
      <Text size="sm" c="dimmed">
        {t('addText')}
      </Text>
      <Radio.Group label={t('source')} value={source} onChange={(kind) => setSource(kind as Kind)}>
        <Stack gap={6} mt={4}>
          {kinds.map((kind) => (
            <Radio key={kind} value={kind} label={t(`source_${kind}`)} description={t(`source_${kind}Text`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Group grow align="start">
        <CurrencyField label={t('currency')} value={currency} onChange={setCurrency} />
        <DayField label={t('day')} value={day} onChange={setDay} />
      </Group>
      {!ends && (
        <TextInput
          label={t('rateOf', { base: company.baseCurrency, currency: currency ?? t('oneUnit') })}
          inputMode="decimal"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Checkbox label={t('ends')} checked={ends} onChange={(event) => setEnds(event.currentTarget.checked)} />
      <TextInput
        label={t('reason')}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
