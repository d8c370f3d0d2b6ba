import { Text, TextInput } from '@mantine/core'
import type { GiftCard } from '../../../../../clients/typescript/src/api.ts'
import { NewGiftCardBreakage, NewGiftCardRefund } from '../../../../../src/contracts/facts.ts'
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
import { CardFacts } from './card-detail.tsx'
import classes from './cards.module.css'
import { t } from './texts.ts'

type Kind = 'refund' | 'lapse'
type Values = { amount: string; on: string | null; reference: string; method: string }

/** What was paid for a card goes back to its holder: of the card that the address names. */
export const RefundCard = () => <GiveUpCard kind="refund" />

/** What nobody will use any more becomes income: of the card that the address names. */
export const LapseCard = () => <GiveUpCard kind="lapse" />

function GiveUpCard({ kind }: { kind: Kind }) {
  const [{ card = '' }] = useSearchState()
  const path = { ...useCompanyPath(), giftCardId: card }
  const found = useRead('getGiftCard', card === '' ? undefined : { path })
  if (card === '') return <NotFound />
  return (
    <Screen title={t(`${kind}Title`)} padded>
      <Loaded of={found}>{(of) => <Form kind={kind} card={of} />}</Loaded>
    </Screen>
  )
}

function Form({ kind, card }: { kind: Kind; card: GiftCard }) {
  const { company } = useWorkplace()
  const to = useAddress()
  const { amount, currency } = given(card.balance)
  const requestOf = ({ amount, on, reference }: Values) => ({
    reference: reference.trim(),
    card: card.id,
    on,
    ...(amount.trim() !== '' && { amount: typedAmount(amount, currency) }),
  })
  return (
    <FactForm<Values>
      name={`gift-card.${kind}.${card.id}`}
      initial={{ amount: shownAmount(amount), on: today(company.timeZone), reference: '', method: '' }}
      sends={(values) =>
        kind === 'refund'
          ? {
              operation: 'createGiftCardsRefunds',
              schema: NewGiftCardRefund,
              requests: [{ ...requestOf(values), method: values.method.trim() }],
            }
          : { operation: 'createGiftCardsBreakage', schema: NewGiftCardBreakage, requests: [requestOf(values)] }
      }
      check={({ amount }) => amountErrors('amount', amount, { currency, optional: true })}
      submit={t(`${kind}Post`)}
      posted={t(`${kind}Posted`)}
      leads={to('gift-cards', { detail: `gift-card.${card.id}` })}
    >
      {(form) => (
        <>
          <Text size="sm" c="dimmed">
            {t(`${kind}Text`)}
          </Text>
          <CardFacts of={card} named />
          <Fields form={form} kind={kind} currency={currency} />
        </>
      )}
    </FactForm>
  )
}

const Fields = ({ form, kind, currency }: { form: EntryForm<Values>; kind: Kind; currency: string }) => (
  <>
    <div className={classes.row}>
      <AmountInput form={form} name="amount" label={t('amountIn', { currency })} description={t('allText')} autoFocus />
      <OnDay form={form} label={t('day')} />
    </div>
    <div className={classes.row}>
      <TextInput label={t('reference')} description={t('referenceText')} {...form.fields.getInputProps('reference')} />
      {kind === 'refund' && (
        <TextInput label={t('method')} description={t('methodBack')} {...form.fields.getInputProps('method')} />
      )}
    </div>
  </>
)
