import { Checkbox, Input, SegmentedControl, TextInput } from '@mantine/core'
import { DayField } from '../../../../ui/day-field.tsx'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { PartyField } from '../../../../ui/party-field.tsx'
import { shownAmount } from '../../../../ui/posting/amount.ts'
import { CurrencyField } from '../../../../ui/posting/currency-field.tsx'
import { LoadingRows } from '../../../../ui/states.tsx'
import { Debts } from './debts.tsx'
import classes from './payments.module.css'
import {
  chosenOf,
  type Debt,
  type Into,
  mayBeEarly,
  owedOf,
  paidIn,
  type ReceiptValues,
  settledBy,
} from './receive-values.ts'
import { t } from './texts.ts'

const places: readonly Into[] = ['bank', 'cash', 'payment_clearing']

type ReceiptFieldsProps = {
  form: EntryForm<ReceiptValues>
  /** Undefined while they are read. */
  debts: readonly Debt[] | undefined
  customer: string
  onCustomer(number: string): void
}

/** From whom, into what and how much, and what of the debts it pays. */
export function ReceiptFields({ form, debts: read, customer, onCustomer }: ReceiptFieldsProps) {
  const { fields } = form
  const { values } = fields
  const debts = read ?? []
  const chosen = chosenOf(debts, values)
  const isForeign = chosen.length > 0 && chosen[0]?.open.currency !== values.currency
  const set = (some: Partial<ReceiptValues>) => fields.setValues(asSuggested({ ...values, ...some }, values, debts))
  return (
    <>
      <PartyField
        label={t('customer')}
        kind="customer"
        autoFocus={customer === ''}
        value={customer}
        error={fields.errors.customer}
        onChange={onCustomer}
      />
      <Where form={form} />
      <div className={classes.row}>
        <TextInput label={t('amount')} inputMode="decimal" {...fields.getInputProps('amount')} />
        <CurrencyField
          label={t('currency')}
          value={values.currency}
          onChange={(currency) => currency !== null && set({ currency, settles: '' })}
        />
      </div>
      <div className={classes.row}>
        <DayField
          label={t('paidOn')}
          value={values.on}
          error={fields.errors.on}
          onChange={(on) => fields.setFieldValue('on', on)}
        />
        <TextInput label={t('reference')} description={t('referenceText')} {...fields.getInputProps('reference')} />
      </div>
      <div>
        <h2 className={classes.part}>{t('whatIsPaid')}</h2>
        {customer === '' ? (
          <p className={classes.quiet}>{t('chooseCustomer')}</p>
        ) : read === undefined ? (
          <LoadingRows rows={3} />
        ) : (
          <Debts
            of={debts}
            chosen={values.invoices}
            settled={values.early ? undefined : settledBy(chosen, paidIn(values, chosen), partsOf(values))}
            parts={partsOf(values)}
            onParts={(parts) => fields.setFieldValue('parts', parts)}
            error={fields.errors.invoices as string | undefined}
            onChange={(invoices) => set({ invoices, early: false, parts: kept(values.parts, invoices) })}
          />
        )}
      </div>
      {mayBeEarly(chosen, values.on) && <Early checked={values.early} onChange={(early) => set({ early })} />}
      {isForeign && (
        <TextInput
          label={t('settles', { currency: chosen[0]?.open.currency ?? '' })}
          description={t('settlesText')}
          inputMode="decimal"
          {...fields.getInputProps('settles')}
        />
      )}
    </>
  )
}

/** What was typed of each; nothing can be said where all of one is settled, or the rest is the discount. */
const partsOf = ({ early, into, parts = {} }: ReceiptValues) => (early || into === 'payment_clearing' ? null : parts)

const kept = (parts: ReceiptValues['parts'] = {}, invoices: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(parts).filter(([number]) => invoices.includes(number)))

const Early = ({ checked, onChange }: { checked: boolean; onChange: (early: boolean) => void }) => (
  <Checkbox
    label={t('early')}
    description={t('earlyText')}
    checked={checked}
    onChange={(event) => onChange(event.currentTarget.checked)}
  />
)

/** Into what it came; of a processor, which, and for what order where it is for no invoice. */
function Where({ form: { fields } }: { form: EntryForm<ReceiptValues> }) {
  const { values } = fields
  return (
    <>
      <Input.Wrapper label={t('into')} labelElement="div">
        <div>
          <SegmentedControl
            size="xs"
            aria-label={t('into')}
            data={places.map((value) => ({ value, label: t(`into_${value}`) }))}
            value={values.into}
            onChange={(into) => fields.setFieldValue('into', into as Into)}
          />
        </div>
      </Input.Wrapper>
      {values.into === 'payment_clearing' && (
        <div className={classes.row}>
          <TextInput label={t('processor')} description={t('processorText')} {...fields.getInputProps('method')} />
          {values.invoices.length === 0 && (
            <TextInput label={t('order')} description={t('orderText')} {...fields.getInputProps('order')} />
          )}
        </div>
      )}
    </>
  )
}

/** While nobody has typed another amount, it is all that is owed of what is chosen. */
function asSuggested(now: ReceiptValues, before: ReceiptValues, debts: readonly Debt[]): ReceiptValues {
  const suggestion = (values: ReceiptValues): string => {
    const owed = owedOf(chosenOf(debts, values), values.early)
    return owed === undefined || owed.currency !== values.currency ? '' : shownAmount(owed.amount)
  }
  const wasSuggested = before.amount === '' || before.amount === suggestion(before)
  return wasSuggested ? { ...now, amount: suggestion(now) } : now
}
