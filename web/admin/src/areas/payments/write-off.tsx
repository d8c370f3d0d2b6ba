import { TextInput } from '@mantine/core'
import type { Document } from '../../../../../clients/typescript/src/api.ts'
import { NewBadDebt } from '../../../../../src/contracts/facts.ts'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import { Facts } from '../../../../ui/details.tsx'
import { given } from '../../../../ui/exact.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { amountErrors, shownAmount, typedAmount } from '../../../../ui/posting/amount.ts'
import { AmountInput, FactForm, OnDay } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Loaded, NotFound } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './payments.module.css'
import { t } from './texts.ts'

/** What a customer will not pay any more is given up: of the invoice that the address names. */
export function WriteOff() {
  const [{ document = '' }] = useSearchState()
  const path = { ...useCompanyPath(), documentId: document }
  const found = useRead('getDocument', document === '' ? undefined : { path, query: { 'expand[]': 'customer' } })
  if (document === '') return <NotFound />
  return (
    <Screen title={t('writeOffTitle')} padded>
      <Loaded of={found}>{(of) => <Form of={of} />}</Loaded>
    </Screen>
  )
}

function Form({ of }: { of: Document }) {
  const { company } = useWorkplace()
  const to = useAddress()
  const open = given(of.open ?? of.gross)
  return (
    <FactForm
      name={`write-off.${of.id}`}
      initial={{
        amount: shownAmount(open.amount),
        on: today(company.timeZone) as string | null,
        reason: '',
        reference: `WO-${of.number}`,
      }}
      sends={({ amount, on, reason, reference }) => ({
        operation: 'createBadDebts',
        schema: NewBadDebt,
        requests: [
          {
            reference: reference.trim(),
            invoice: of.number,
            on,
            reason: reason.trim(),
            amount: typedAmount(amount, open.currency),
            currency: open.currency,
          },
        ],
      })}
      check={({ amount }) => amountErrors('amount', amount, { currency: open.currency })}
      submit={t('writeOffPost')}
      posted={t('writeOffPosted')}
      leads={to('documents', { detail: `document.${of.id}` })}
    >
      {(form) => (
        <>
          <Facts
            of={[
              [t('document'), of.number],
              [t('customer'), typeof of.customer === 'object' && of.customer ? of.customer.name : of.customerNumber],
              [t('dueOn'), of.dueOn && <Day key="due" of={of.dueOn} />],
              [t('open'), <Money key="open" of={open} withCurrency strong />],
            ]}
          />
          <TextInput
            label={t('reason')}
            description={t('reasonText')}
            autoFocus
            {...form.fields.getInputProps('reason')}
          />
          <div className={classes.row}>
            <AmountInput form={form} name="amount" label={t('amountIn', { currency: open.currency })} />
            <OnDay form={form} label={t('day')} />
          </div>
          <TextInput
            label={t('reference')}
            description={t('referenceAgain')}
            {...form.fields.getInputProps('reference')}
          />
        </>
      )}
    </FactForm>
  )
}
