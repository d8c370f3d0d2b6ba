import { Checkbox, TextInput } from '@mantine/core'
import { NewPayout } from '../../../../../src/contracts/facts.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { today } from '../../../../ui/days.ts'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { amountErrors, typedAmount } from '../../../../ui/posting/amount.ts'
import { CurrencyField } from '../../../../ui/posting/currency-field.tsx'
import { AmountInput, FactForm } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './payments.module.css'
import { t } from './texts.ts'

type Values = {
  method: string
  reference: string
  sentOn: string | null
  arrivedOn: string | null
  amount: string
  currency: string
  /** Whether the bank got another currency. */
  converted: boolean
  arrivedAmount: string
  arrivedCurrency: string
}

const requestOf = (values: Values) => {
  const { method, reference, sentOn, arrivedOn, amount, currency, converted, arrivedAmount, arrivedCurrency } = values
  const arrived = { amount: typedAmount(arrivedAmount, arrivedCurrency), currency: arrivedCurrency }
  return {
    method: method.trim(),
    reference: reference.trim(),
    sentOn,
    ...(arrivedOn !== null && { arrivedOn }),
    amount: typedAmount(amount, currency),
    currency,
    ...(converted && { arrived }),
  }
}

/** What a processor paid out: from its clearing account through transit into the bank. */
export function RecordPayout() {
  const { company } = useWorkplace()
  const to = useAddress()
  return (
    <Screen title={t('payout')} padded>
      <FactForm<Values>
        name="payout"
        initial={{
          method: '',
          reference: '',
          sentOn: today(company.timeZone),
          arrivedOn: null,
          amount: '',
          currency: company.baseCurrency,
          converted: false,
          arrivedAmount: '',
          arrivedCurrency: company.baseCurrency,
        }}
        sends={(values) => ({ operation: 'createPayouts', schema: NewPayout, requests: [requestOf(values)] })}
        check={({ amount, currency, converted, arrivedAmount, arrivedCurrency }) => ({
          ...amountErrors('amount', amount, { currency }),
          ...(converted && amountErrors('arrivedAmount', arrivedAmount, { currency: arrivedCurrency })),
        })}
        submit={t('payoutPost')}
        posted={t('payoutPosted')}
        leads={to('payments')}
      >
        {(form) => <Fields form={form} />}
      </FactForm>
    </Screen>
  )
}

function Fields({ form }: { form: EntryForm<Values> }) {
  const { fields } = form
  const { values } = fields
  const day = (name: 'sentOn' | 'arrivedOn', clearable: boolean) => (
    <DayField
      label={t(name)}
      clearable={clearable}
      value={values[name]}
      error={fields.errors[name]}
      onChange={(on) => fields.setFieldValue(name, on)}
    />
  )
  return (
    <>
      <div className={classes.row}>
        <TextInput
          label={t('processor')}
          description={t('processorText')}
          autoFocus
          {...fields.getInputProps('method')}
        />
        <TextInput label={t('reference')} description={t('referenceAgain')} {...fields.getInputProps('reference')} />
      </div>
      <div className={classes.row}>
        <AmountInput form={form} name="amount" label={t('amount')} description={t('payoutAmountText')} />
        <CurrencyField
          label={t('currency')}
          description={t('payoutCurrencyText')}
          {...fields.getInputProps('currency')}
        />
      </div>
      <div className={classes.row}>
        {day('sentOn', false)}
        {day('arrivedOn', true)}
      </div>
      <Checkbox
        label={t('payoutConverted')}
        checked={values.converted}
        onChange={(event) => fields.setFieldValue('converted', event.currentTarget.checked)}
      />
      {values.converted && (
        <div className={classes.row}>
          <AmountInput form={form} name="arrivedAmount" label={t('arrivedAmount')} />
          <CurrencyField label={t('currency')} {...fields.getInputProps('arrivedCurrency')} />
        </div>
      )}
    </>
  )
}
