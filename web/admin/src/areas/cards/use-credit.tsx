import { Input, SegmentedControl, TextInput } from '@mantine/core'
import type { StoreCredit } from '../../../../../clients/typescript/src/api.ts'
import { NewStoreCreditPayout, NewStoreCreditUse } from '../../../../../src/contracts/facts.ts'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { given } from '../../../../ui/exact.ts'
import { amountErrors, shownAmount, typedAmount } from '../../../../ui/posting/amount.ts'
import { AmountInput, FactForm, OnDay } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Loaded, NotFound } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './cards.module.css'
import { CreditFacts } from './credit-detail.tsx'
import { OpenInvoice, useOpenInvoices } from './open-invoice.tsx'
import { t } from './texts.ts'

/** A customer's credit pays one of the customer's invoices: of the customer that the address names. */
export const RedeemCredit = () => <UseCredit title={t('useTitle')} form={Redeem} />

/** The customer gets money in place of credit. */
export const PayOutCredit = () => <UseCredit title={t('payOutTitle')} form={PayOut} />

type FormProps = { credit: StoreCredit }

function UseCredit({ title, form: Form }: { title: string; form: (props: FormProps) => React.ReactNode }) {
  const [{ customer = '' }] = useSearchState()
  const path = { ...useCompanyPath(), customerId: customer }
  const found = useRead('getStoreCredit', customer === '' ? undefined : { path })
  if (customer === '') return <NotFound />
  return (
    <Screen title={title} padded>
      <Loaded of={found}>{(of) => <Form credit={of} />}</Loaded>
    </Screen>
  )
}

type UseValues = { invoice: string; amount: string; on: string | null; reference: string }

function Redeem({ credit }: FormProps) {
  const { company } = useWorkplace()
  const to = useAddress()
  const left = given(credit.balance)
  const { currency } = left
  const invoices = useOpenInvoices(credit.customerNumber, currency)
  return (
    <FactForm<UseValues>
      name={`store-credit.redeem.${credit.id}`}
      initial={{ invoice: '', amount: '', on: today(company.timeZone), reference: '' }}
      sends={({ invoice, amount, on, reference }) => ({
        operation: 'createStoreCreditRedemptions',
        schema: NewStoreCreditUse,
        requests: [{ reference: reference.trim(), invoice, on, amount: typedAmount(amount, currency) }],
      })}
      check={({ invoice, amount }) => ({
        ...(invoice === '' && { invoice: t('invoiceNeeded') }),
        ...amountErrors('amount', amount, { currency }),
      })}
      submit={t('redeemPost')}
      posted={t('usePosted')}
      leads={to('store-credit', { detail: `store-credit.${credit.id}` })}
    >
      {(form) => (
        <>
          <CreditFacts of={credit} />
          <OpenInvoice form={form} of={invoices} currency={currency} left={left} autoFocus />
          <AmountAndDay form={form} currency={currency} />
        </>
      )}
    </FactForm>
  )
}

const places = ['bank', 'cash', 'payment_clearing'] as const

type PayOutValues = {
  amount: string
  on: string | null
  reference: string
  from: (typeof places)[number]
  method: string
}

function PayOut({ credit }: FormProps) {
  const { company } = useWorkplace()
  const to = useAddress()
  const { amount: left, currency } = given(credit.balance)
  return (
    <FactForm<PayOutValues>
      name={`store-credit.pay-out.${credit.id}`}
      initial={{ amount: shownAmount(left), on: today(company.timeZone), reference: '', from: 'bank', method: '' }}
      sends={({ amount, on, reference, from, method }) => ({
        operation: 'createStoreCreditPayouts',
        schema: NewStoreCreditPayout,
        requests: [
          {
            reference: reference.trim(),
            customer: credit.customerNumber,
            on,
            amount: typedAmount(amount, currency),
            from,
            ...(from === 'payment_clearing' && { method: method.trim() }),
          },
        ],
      })}
      check={({ amount, from, method }) => ({
        ...amountErrors('amount', amount, { currency }),
        ...(from === 'payment_clearing' && method.trim() === '' && { method: t('methodNeeded') }),
      })}
      submit={t('payOutPost')}
      posted={t('payOutPosted')}
      leads={to('store-credit', { detail: `store-credit.${credit.id}` })}
    >
      {(form) => (
        <>
          <CreditFacts of={credit} />
          <AmountAndDay form={form} currency={currency} autoFocus />
          <OutOf form={form} />
        </>
      )}
    </FactForm>
  )
}

const OutOf = ({ form: { fields } }: { form: EntryForm<PayOutValues> }) => (
  <>
    <Input.Wrapper label={t('outOf')} labelElement="div">
      <div>
        <SegmentedControl
          size="xs"
          aria-label={t('outOf')}
          data={places.map((value) => ({ value, label: t(value) }))}
          {...fields.getInputProps('from')}
        />
      </div>
    </Input.Wrapper>
    {fields.values.from === 'payment_clearing' && (
      <TextInput label={t('method')} description={t('methodBack')} {...fields.getInputProps('method')} />
    )}
  </>
)

const AmountAndDay = <Values extends UseValues | PayOutValues>({
  form,
  currency,
  autoFocus = false,
}: {
  form: EntryForm<Values>
  currency: string
  autoFocus?: boolean
}) => (
  <>
    <div className={classes.row}>
      <AmountInput form={form} name={'amount' as never} label={t('amountIn', { currency })} autoFocus={autoFocus} />
      <OnDay form={form} label={t('day')} />
    </div>
    <TextInput label={t('reference')} description={t('referenceText')} {...form.fields.getInputProps('reference')} />
  </>
)
