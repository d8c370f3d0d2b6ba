import { Button, Input, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useRead } from '../../../../ui/api.ts'
import { countryChoices } from '../../../../ui/country.tsx'
import { DayField } from '../../../../ui/day-field.tsx'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { decimal, writtenDay } from '../../../../ui/figures.ts'
import { Go } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { CurrencyField } from '../../../../ui/posting/currency-field.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { CustomerField } from './customer-field.tsx'
import { countryOf, dueOf, type InvoiceValues } from './invoice-values.ts'
import classes from './issue.module.css'
import { t } from './issue-texts.ts'

type HeadProps = { form: EntryForm<InvoiceValues>; proposed: string | undefined }

/** Whose invoice it is, of which day and when it is due, in what, and how its prices are meant. `proposed` is the number that it would get. */
export function InvoiceHead({ form, proposed }: HeadProps) {
  const { fields } = form
  const { values } = fields
  const agreed = values.known?.paymentDays ?? 0
  return (
    <>
      <Whose form={form} />
      <div className={classes.row}>
        <DayField
          label={t('on')}
          value={values.on}
          error={fields.errors.on}
          onChange={(on) => fields.setFieldValue('on', on)}
        />
        <DayField
          label={t('dueOn')}
          description={
            values.dueOn !== null ? undefined : agreed === 0 ? t('dueAtOnce') : t('dueIn', { count: agreed })
          }
          inputWrapperOrder={below}
          clearable={values.dueOn !== null}
          value={dueOf(values)}
          error={fields.errors.dueOn}
          onChange={(dueOn) => fields.setFieldValue('dueOn', dueOn)}
        />
        <TextInput
          label={t('number')}
          description={t('numberText')}
          inputWrapperOrder={below}
          placeholder={proposed ?? ''}
          {...fields.getInputProps('number')}
        />
      </div>
      <div className={classes.row}>
        <Select
          label={t('country')}
          description={t('countryText')}
          inputWrapperOrder={below}
          data={countryChoices}
          searchable
          clearable={values.country !== null}
          selectFirstOptionOnChange
          autoSelectOnBlur
          openOnFocus={false}
          value={countryOf(values)}
          onChange={(country) => fields.setFieldValue('country', country)}
        />
        <CurrencyField
          label={t('currency')}
          description={<Rate currency={values.currency} on={values.on} />}
          inputWrapperOrder={below}
          value={values.currency}
          error={fields.errors.currency}
          onChange={(currency) => currency !== null && fields.setFieldValue('currency', currency)}
        />
        <Input.Wrapper label={t('prices')} labelElement="div">
          <div>
            <SegmentedControl
              aria-label={t('prices')}
              data={(['net', 'gross'] as const).map((value) => ({ value, label: t(`prices_${value}`) }))}
              value={values.prices}
              onChange={(prices) => fields.setFieldValue('prices', prices as 'net')}
            />
          </div>
        </Input.Wrapper>
      </div>
    </>
  )
}

const below: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

function Whose({ form: { fields } }: Pick<HeadProps, 'form'>) {
  const { known, isNew } = fields.values
  if (!isNew)
    return (
      <CustomerField
        label={t('customer')}
        placeholder={t('customerHint')}
        autoFocus={known === null}
        value={known}
        error={fields.errors.customer}
        onChange={(one) => {
          fields.setValues({ known: one, customer: one?.number ?? '' })
          fields.clearFieldError('customer')
        }}
        onAdd={(name) => fields.setValues({ isNew: true, known: null, customer: '', customerName: name })}
      />
    )
  return (
    <div>
      <div className={classes.row}>
        <TextInput label={t('customerNumber')} autoFocus {...fields.getInputProps('customer')} />
        <TextInput label={t('customerName')} {...fields.getInputProps('customerName')} />
      </div>
      <p className={classes.hint}>
        {t('customerNew')}{' '}
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => fields.setValues({ isNew: false, customer: '', customerName: '' })}
        >
          {t('customerOther')}
        </Button>
      </p>
    </div>
  )
}

/** At which rate it is converted, where it is not in the currency of the books. */
function Rate({ currency, on }: Pick<InvoiceValues, 'currency' | 'on'>) {
  const { company } = useWorkplace()
  const path = useCompanyPath()
  const to = useAddress()
  const isForeign = currency !== company.baseCurrency && on !== null
  const found = useRead('getRate', isForeign ? { path: { ...path, currency, on } } : undefined)
  if (!isForeign) return null
  if (found.error)
    return (
      <>
        {t('rateNone')} <Go to={to('rates', { currency })}>{t('rateAdd')}</Go>
      </>
    )
  if (found.data === undefined) return null
  const { rate, day } = found.data
  const base = company.baseCurrency
  return t('rate', { currency, rate: decimal(rate, locale), base, day: writtenDay(day, locale) })
}
