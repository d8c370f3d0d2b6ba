import { Input, SegmentedControl, Select, TextInput } from '@mantine/core'
import { NewGiftCardSale } from '../../../../../src/contracts/facts.ts'
import { useRead } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { today } from '../../../../ui/days.ts'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { amountErrors, typedAmount } from '../../../../ui/posting/amount.ts'
import { AmountInput, FactForm, OnDay } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './cards.module.css'
import { t } from './texts.ts'

const purposes = ['multi', 'single'] as const

type Values = {
  code: string
  paid: string
  method: string
  on: string | null
  reference: string
  purpose: (typeof purposes)[number]
  taxCode: string | null
  expiresOn: string | null
}

/** A gift card is sold, or more is put on one that was sold before. */
export function SellCard() {
  const { company } = useWorkplace()
  const to = useAddress()
  const currency = company.baseCurrency
  return (
    <Screen title={t('sell')} padded>
      <FactForm<Values>
        name="gift-card"
        initial={{
          code: '',
          paid: '',
          method: '',
          on: today(company.timeZone),
          reference: '',
          purpose: 'multi',
          taxCode: null,
          expiresOn: null,
        }}
        sends={({ code, paid, method, on, reference, purpose, taxCode, expiresOn }) => ({
          operation: 'createGiftCardsSales',
          schema: NewGiftCardSale,
          requests: [
            {
              reference: reference.trim(),
              code: code.trim(),
              purpose,
              on,
              paid: typedAmount(paid, currency),
              method: method.trim(),
              ...(purpose === 'single' && taxCode !== null && { taxCode }),
              ...(expiresOn !== null && { expiresOn }),
            },
          ],
        })}
        check={({ paid, purpose, taxCode }) => ({
          ...amountErrors('paid', paid, { currency }),
          ...(purpose === 'single' && taxCode === null && { taxCode: t('taxCodeNeeded') }),
        })}
        submit={t('sellPost')}
        posted={t('sellPosted')}
        leads={to('gift-cards')}
      >
        {(form) => <Fields form={form} currency={currency} />}
      </FactForm>
    </Screen>
  )
}

function Fields({ form, currency }: { form: EntryForm<Values>; currency: string }) {
  const { fields } = form
  return (
    <>
      <TextInput
        label={t('code')}
        description={t('codeText')}
        autoComplete="off"
        autoFocus
        {...fields.getInputProps('code')}
      />
      <div className={classes.row}>
        <AmountInput form={form} name="paid" label={t('paid', { currency })} description={t('paidText')} />
        <TextInput label={t('method')} description={t('methodText')} {...fields.getInputProps('method')} />
      </div>
      <div className={classes.row}>
        <OnDay form={form} label={t('day')} />
        <TextInput label={t('reference')} description={t('referenceText')} {...fields.getInputProps('reference')} />
      </div>
      <Input.Wrapper label={t('purpose')} labelElement="div">
        <div>
          <SegmentedControl
            size="xs"
            aria-label={t('purpose')}
            data={purposes.map((value) => ({ value, label: t(value) }))}
            {...fields.getInputProps('purpose')}
          />
        </div>
      </Input.Wrapper>
      {fields.values.purpose === 'single' && <TaxCode form={form} />}
      <DayField
        label={t('expiresOn')}
        description={t('expiresText')}
        value={fields.values.expiresOn}
        error={fields.errors.expiresOn}
        onChange={(expiresOn) => fields.setFieldValue('expiresOn', expiresOn)}
      />
    </>
  )
}

function TaxCode({ form: { fields } }: { form: EntryForm<Values> }) {
  const codes = useRead('listTaxCodes', { path: useCompanyPath() })
  return (
    <Select
      label={t('taxCode')}
      description={t('taxCodeText')}
      searchable
      data={(codes.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
      {...fields.getInputProps('taxCode')}
    />
  )
}
