import { TextInput } from '@mantine/core'
import type { Payment } from '../../../../../clients/typescript/src/api.ts'
import { NewRefund } from '../../../../../src/contracts/facts.ts'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import { Facts } from '../../../../ui/details.tsx'
import { given, negated, sumOf } from '../../../../ui/exact.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { amountErrors, shownAmount, typedAmount } from '../../../../ui/posting/amount.ts'
import { AmountInput, FactForm, OnDay } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Loaded, NotFound } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './payments.module.css'
import { t } from './texts.ts'

/** Money that goes back to a customer: of the payment that the address names. */
export function RefundPayment() {
  const [{ payment = '' }] = useSearchState()
  const path = { ...useCompanyPath(), paymentId: payment }
  const found = useRead(
    'getPayment',
    payment === '' ? undefined : { path, query: { 'expand[]': ['customer', 'document'] } },
  )
  if (payment === '') return <NotFound />
  return (
    <Screen title={t('refundTitle')} padded>
      <Loaded of={found}>{(of) => <Form of={of} />}</Loaded>
    </Screen>
  )
}

function Form({ of }: { of: Payment }) {
  const { company } = useWorkplace()
  const to = useAddress()
  const paid = given(of.amount)
  const left = sumOf([paid, { ...of.refunded, amount: negated(of.refunded.amount) }])
  const document = typeof of.document === 'object' ? of.document : null
  const other = document?.gross && document.gross.currency !== paid.currency ? document.gross.currency : undefined
  return (
    <FactForm
      name={`refund.${of.id}`}
      initial={{
        amount: shownAmount(left?.amount ?? '0'),
        settles: '',
        on: today(company.timeZone) as string | null,
        reference: '',
      }}
      sends={({ amount, settles, on, reference }) => ({
        operation: 'createPaymentsRefunds',
        schema: NewRefund,
        requests: [
          {
            source: of.source,
            reference: reference.trim(),
            payment: { source: of.source, reference: of.reference },
            on,
            amount: typedAmount(amount, paid.currency),
            ...(other !== undefined && settles.trim() !== '' && { settles: typedAmount(settles, other) }),
          },
        ],
      })}
      check={({ amount, settles }) => ({
        ...amountErrors('amount', amount, { currency: paid.currency }),
        ...(other !== undefined && amountErrors('settles', settles, { currency: other, optional: true })),
      })}
      submit={t('refundPost')}
      posted={t('refundPosted')}
      leads={to('payments', { detail: `payment.${of.id}` })}
    >
      {(form) => (
        <>
          <Before of={of} left={left} />
          <div className={classes.row}>
            <AmountInput form={form} name="amount" label={t('amountIn', { currency: paid.currency })} autoFocus />
            <OnDay form={form} label={t('paidOn')} />
          </div>
          {other !== undefined && (
            <AmountInput
              form={form}
              name="settles"
              label={t('settles', { currency: other })}
              description={t('settlesText')}
            />
          )}
          <TextInput
            label={t('reference')}
            description={t('refundReferenceText')}
            {...form.fields.getInputProps('reference')}
          />
        </>
      )}
    </FactForm>
  )
}

/** What was paid, and how much of it has not gone back. */
const Before = ({ of, left }: { of: Payment; left: ReturnType<typeof sumOf> }) => (
  <Facts
    of={[
      [t('payment'), of.reference],
      [t('customer'), typeof of.customer === 'object' && of.customer ? of.customer.name : of.customerNumber],
      [t('document'), typeof of.document === 'object' && of.document?.number],
      [t('paidOn'), <Day key="day" of={of.paidOn} />],
      [t('amount'), <Money key="amount" of={of.amount} withCurrency />],
      [t('left'), <Money key="left" of={left} withCurrency strong />],
    ]}
  />
)
