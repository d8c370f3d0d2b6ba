import { TextInput } from '@mantine/core'
import { NewStoreCredit } from '../../../../../src/contracts/facts.ts'
import { today } from '../../../../ui/days.ts'
import { amountErrors, typedAmount } from '../../../../ui/posting/amount.ts'
import { AmountInput, FactForm, OnDay } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './cards.module.css'
import { t } from './texts.ts'

type Values = { creditNote: string; amount: string; on: string | null; reference: string }

/** What a credit note owes waits as credit that its customer pays with: of the one that the address names, or whose number is typed. */
export function IssueCredit() {
  const { company } = useWorkplace()
  const to = useAddress()
  const [{ document = '' }] = useSearchState()
  const currency = company.baseCurrency
  return (
    <Screen title={t('issue')} padded>
      <FactForm<Values>
        name={`store-credit.issue.${document}`}
        initial={{
          creditNote: document,
          amount: '',
          on: today(company.timeZone),
          reference: document === '' ? '' : `SC-${document}`,
        }}
        sends={({ creditNote, amount, on, reference }) => ({
          operation: 'createStoreCreditIssues',
          schema: NewStoreCredit,
          requests: [
            {
              reference: reference.trim(),
              creditNote: creditNote.trim(),
              on,
              ...(amount.trim() !== '' && { amount: typedAmount(amount, currency) }),
            },
          ],
        })}
        check={({ amount }) => amountErrors('amount', amount, { currency, optional: true })}
        submit={t('issuePost')}
        posted={t('issuePosted')}
        leads={to('store-credit')}
      >
        {(form) => (
          <>
            <TextInput
              label={t('creditNote')}
              description={t('creditNoteText')}
              autoFocus
              {...form.fields.getInputProps('creditNote')}
            />
            <div className={classes.row}>
              <AmountInput form={form} name="amount" label={t('amountIn', { currency })} description={t('allText')} />
              <OnDay form={form} label={t('day')} />
            </div>
            <TextInput
              label={t('reference')}
              description={t('referenceText')}
              {...form.fields.getInputProps('reference')}
            />
          </>
        )}
      </FactForm>
    </Screen>
  )
}
