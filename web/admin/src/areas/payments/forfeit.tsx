import { Text, TextInput } from '@mantine/core'
import type { Payment } from '../../../../../clients/typescript/src/api.ts'
import { NewForfeiture } from '../../../../../src/contracts/facts.ts'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import { FactForm, OnDay } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Loaded, NotFound } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'
import { PaymentFacts } from './use-deposit.tsx'

/** A deposit that nobody will get back or use: of the payment that the address names. */
export function Forfeit() {
  const [{ payment = '' }] = useSearchState()
  const path = { ...useCompanyPath(), paymentId: payment }
  const found = useRead('getPayment', payment === '' ? undefined : { path, query: { 'expand[]': 'customer' } })
  if (payment === '') return <NotFound />
  return (
    <Screen title={t('forfeitTitle')} padded>
      <Loaded of={found}>{(of) => <Form of={of} />}</Loaded>
    </Screen>
  )
}

function Form({ of }: { of: Payment }) {
  const { company } = useWorkplace()
  const to = useAddress()
  return (
    <FactForm
      name={`forfeit.${of.id}`}
      initial={{ reason: '', on: today(company.timeZone) as string | null }}
      sends={({ reason, on }) => ({
        operation: 'createDepositsForfeitures',
        schema: NewForfeiture,
        requests: [{ payment: { source: of.source, reference: of.reference }, on, reason: reason.trim() }],
      })}
      submit={t('forfeitPost')}
      posted={t('forfeited')}
      leads={to('payments', { detail: `payment.${of.id}` })}
    >
      {(form) => (
        <>
          <Text size="sm" c="dimmed">
            {t('forfeitText')}
          </Text>
          <PaymentFacts of={of} />
          <TextInput
            label={t('reason')}
            description={t('reasonText')}
            autoFocus
            {...form.fields.getInputProps('reason')}
          />
          <OnDay form={form} label={t('day')} />
        </>
      )}
    </FactForm>
  )
}
