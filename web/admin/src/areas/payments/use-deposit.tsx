import { Select } from '@mantine/core'
import type { Payment } from '../../../../../clients/typescript/src/api.ts'
import { NewDepositUse } from '../../../../../src/contracts/facts.ts'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import { Facts } from '../../../../ui/details.tsx'
import { useEveryRow } from '../../../../ui/every-row.ts'
import { figure } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { FactForm, OnDay } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Loaded, NotFound } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** What is left of a payment settles an invoice of the same customer: the payment that the address names. */
export function UseDeposit() {
  const [{ payment = '' }] = useSearchState()
  const path = { ...useCompanyPath(), paymentId: payment }
  const found = useRead('getPayment', payment === '' ? undefined : { path, query: { 'expand[]': 'customer' } })
  if (payment === '') return <NotFound />
  return (
    <Screen title={t('depositTitle')} padded>
      <Loaded of={found}>{(of) => <Form of={of} />}</Loaded>
    </Screen>
  )
}

function Form({ of }: { of: Payment }) {
  const { company } = useWorkplace()
  const to = useAddress()
  const path = useCompanyPath()
  const query = { customer: of.customerNumber ?? '', open: 'true', kind: 'invoice' }
  const open = useEveryRow('listDocuments', of.customerNumber === null ? undefined : { path, query })
  const choices = (open.data ?? []).map(({ number, open }) => ({
    value: number,
    label: `${number} · ${open ? `${figure(open.amount, locale)} ${open.currency}` : ''}`,
  }))
  return (
    <FactForm
      name={`deposit.${of.id}`}
      initial={{ invoice: '', on: today(company.timeZone) as string | null }}
      sends={({ invoice, on }) => ({
        operation: 'createDepositsApplications',
        schema: NewDepositUse,
        requests: [{ payment: { source: of.source, reference: of.reference }, invoice, on }],
      })}
      check={({ invoice }): Record<string, string> => (invoice === '' ? { invoice: t('invoiceNeeded') } : {})}
      submit={t('depositPost')}
      posted={t('depositUsed')}
      leads={to('payments', { detail: `payment.${of.id}` })}
    >
      {(form) => (
        <>
          <PaymentFacts of={of} />
          <Select
            label={t('invoice')}
            data={choices}
            searchable
            limit={100}
            autoFocus
            openOnFocus={false}
            nothingFoundMessage={t('owesNothing')}
            {...form.fields.getInputProps('invoice')}
          />
          <OnDay form={form} label={t('day')} />
        </>
      )}
    </FactForm>
  )
}

/** What a payment was, above what is done with the rest of it. */
export const PaymentFacts = ({ of }: { of: Payment }) => (
  <Facts
    of={[
      [t('payment'), of.reference],
      [t('customer'), typeof of.customer === 'object' && of.customer ? of.customer.name : of.customerNumber],
      [t('order'), of.order],
      [t('paidOn'), <Day key="day" of={of.paidOn} />],
      [t('amount'), <Money key="amount" of={of.amount} withCurrency />],
    ]}
  />
)
