import { Select, TextInput } from '@mantine/core'
import { NewFee } from '../../../../../src/contracts/facts.ts'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { amountErrors, typedAmount } from '../../../../ui/posting/amount.ts'
import { CurrencyField } from '../../../../ui/posting/currency-field.tsx'
import { AmountInput, FactForm, OnDay } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './payments.module.css'
import { t } from './texts.ts'

const roles = ['payment_fees', 'channel_fees'] as const

type Values = {
  method: string
  reference: string
  on: string | null
  role: (typeof roles)[number]
  net: string
  currency: string
  taxCode: string | null
  tax: string
}

const requestOf = ({ method, reference, on, role, net, currency, taxCode, tax }: Values) => ({
  method: method.trim(),
  reference: reference.trim(),
  on,
  role,
  net: typedAmount(net, currency),
  currency,
  ...(taxCode !== null && { taxCode }),
  ...(taxCode !== null && tax.trim() !== '' && { tax: typedAmount(tax, currency) }),
})

/** What a processor or a marketplace kept for itself. */
export function RecordFee() {
  const { company } = useWorkplace()
  const to = useAddress()
  return (
    <Screen title={t('fee')} padded>
      <FactForm<Values>
        name="fee"
        initial={{
          method: '',
          reference: '',
          on: today(company.timeZone),
          role: 'payment_fees',
          net: '',
          currency: company.baseCurrency,
          taxCode: null,
          tax: '',
        }}
        sends={(values) => ({ operation: 'createFees', schema: NewFee, requests: [requestOf(values)] })}
        check={({ net, tax, currency, taxCode }) => ({
          ...amountErrors('net', net, { currency }),
          ...(taxCode !== null && amountErrors('tax', tax, { currency, optional: true })),
        })}
        submit={t('feePost')}
        posted={t('feePosted')}
        leads={to('payments')}
      >
        {(form) => <Fields form={form} />}
      </FactForm>
    </Screen>
  )
}

function Fields({ form }: { form: EntryForm<Values> }) {
  const { fields } = form
  const codes = useRead('listTaxCodes', { path: useCompanyPath() })
  return (
    <>
      <div className={classes.row}>
        <TextInput
          label={t('feeProcessor')}
          description={t('processorText')}
          autoFocus
          {...fields.getInputProps('method')}
        />
        <TextInput label={t('reference')} description={t('referenceAgain')} {...fields.getInputProps('reference')} />
      </div>
      <Select
        label={t('feeOf')}
        allowDeselect={false}
        data={roles.map((value) => ({ value, label: t(value) }))}
        {...fields.getInputProps('role')}
      />
      <div className={classes.row}>
        <AmountInput form={form} name="net" label={t('feeNet')} />
        <CurrencyField label={t('currency')} {...fields.getInputProps('currency')} />
      </div>
      <div className={classes.row}>
        <Select
          label={t('taxCode')}
          clearable
          searchable
          data={(codes.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
          {...fields.getInputProps('taxCode')}
        />
        {fields.values.taxCode !== null && (
          <AmountInput form={form} name="tax" label={t('feeTax')} description={t('feeTaxText')} />
        )}
      </div>
      <OnDay form={form} label={t('day')} />
    </>
  )
}
