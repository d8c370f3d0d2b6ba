import { TextInput } from '@mantine/core'
import type { GiftCard } from '../../../../../clients/typescript/src/api.ts'
import { NewGiftCardRedemption } from '../../../../../src/contracts/facts.ts'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { given } from '../../../../ui/exact.ts'
import { PartyField } from '../../../../ui/party-field.tsx'
import { amountErrors, typedAmount } from '../../../../ui/posting/amount.ts'
import { AmountInput, FactForm, OnDay } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { CardFacts } from './card-detail.tsx'
import classes from './cards.module.css'
import { OpenInvoice, useOpenInvoices } from './open-invoice.tsx'
import { t } from './texts.ts'

type Values = {
  code: string
  customer: string
  invoice: string
  amount: string
  on: string | null
  reference: string
}

/** A gift card pays an invoice: the card that the address names, or the one whose code is typed. */
export function RedeemCard() {
  const [{ card = '' }] = useSearchState()
  const path = { ...useCompanyPath(), giftCardId: card }
  const found = useRead('getGiftCard', card === '' ? undefined : { path })
  return (
    <Screen title={t('redeem')} padded>
      {card === '' ? <Form /> : <Loaded of={found}>{(of) => <Form card={of} />}</Loaded>}
    </Screen>
  )
}

function Form({ card }: { card?: GiftCard }) {
  const { company } = useWorkplace()
  const to = useAddress()
  const [{ customer = '', invoice = '' }] = useSearchState()
  const currency = company.baseCurrency
  return (
    <FactForm<Values>
      name={`gift-card.redeem.${card?.id ?? ''}`}
      initial={{ code: '', customer, invoice, amount: '', on: today(company.timeZone), reference: '' }}
      sends={({ code, invoice, amount, on, reference }) => ({
        operation: 'createGiftCardsRedemptions',
        schema: NewGiftCardRedemption,
        requests: [
          {
            reference: reference.trim(),
            ...(card === undefined ? { code: code.trim() } : { card: card.id }),
            invoice,
            on,
            amount: typedAmount(amount, currency),
          },
        ],
      })}
      check={({ code, invoice, amount }) => ({
        ...(card === undefined && code.trim() === '' && { code: t('codeNeeded') }),
        ...(invoice === '' && { invoice: t('invoiceNeeded') }),
        ...amountErrors('amount', amount, { currency }),
      })}
      submit={t('redeemPost')}
      posted={t('redeemPosted')}
      leads={to('gift-cards', card === undefined ? {} : { detail: `gift-card.${card.id}` })}
    >
      {(form) => <Fields form={form} card={card} currency={currency} />}
    </FactForm>
  )
}

function Fields({ form, card, currency }: { form: EntryForm<Values>; card: GiftCard | undefined; currency: string }) {
  const { fields } = form
  const invoices = useOpenInvoices(fields.values.customer, currency)
  return (
    <>
      {card === undefined ? (
        <TextInput
          label={t('code')}
          description={t('codeAsked')}
          autoComplete="off"
          autoFocus
          {...fields.getInputProps('code')}
        />
      ) : (
        <CardFacts of={card} named />
      )}
      <div className={classes.row}>
        <PartyField
          label={t('customer')}
          kind="customer"
          autoFocus={card !== undefined}
          value={fields.values.customer}
          onChange={(customer) => fields.setValues({ customer, invoice: '', amount: '' })}
        />
        <OpenInvoice form={form} of={invoices} currency={currency} left={card && given(card.balance)} />
      </div>
      <div className={classes.row}>
        <AmountInput form={form} name="amount" label={t('amountIn', { currency })} />
        <OnDay form={form} label={t('day')} />
      </div>
      <TextInput label={t('reference')} description={t('referenceText')} {...fields.getInputProps('reference')} />
    </>
  )
}
