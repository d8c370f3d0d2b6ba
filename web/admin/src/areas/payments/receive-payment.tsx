import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import { useGo } from '../../../../ui/links.tsx'
import { shownAmount } from '../../../../ui/posting/amount.ts'
import { PostingForm } from '../../../../ui/posting/posting-form.tsx'
import { usePosting } from '../../../../ui/posting/use-posting.ts'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { LoadingRows } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { ReceiptFields } from './receipt-fields.tsx'
import { type Debt, debtsOf, owedOf, type ReceiptValues, receiptErrors, sentOf } from './receive-values.ts'
import { t } from './texts.ts'

const MOST_DEBTS = '200'

/** What a customer owes: undefined while it is read. */
function useDebts(customer: string): readonly Debt[] | undefined {
  const path = useCompanyPath()
  const isAsked = customer !== ''
  const items = useRead(
    'listOpenItems',
    isAsked ? { path, query: { customer, sort: 'dueOn', limit: MOST_DEBTS } } : undefined,
  )
  const documents = useRead(
    'listDocuments',
    isAsked ? { path, query: { customer, open: 'true', kind: 'invoice', limit: MOST_DEBTS } } : undefined,
  )
  if (!isAsked) return []
  return items.data && documents.data && debtsOf(items.data.rows, documents.data.rows)
}

/** Money from a customer, put to what it pays. The address says whose it is, and which invoice was looked at. */
export function ReceivePayment() {
  const [{ customer = '' }] = useSearchState()
  const debts = useDebts(customer)
  // Who it is from may be changed while the rest is entered: only the first reading holds the form back.
  const [isReady, setReady] = useState(false)
  if (!isReady && debts !== undefined) setReady(true)
  return (
    <Screen title={t('receive')} padded>
      {isReady ? <Form debts={debts} /> : <LoadingRows />}
    </Screen>
  )
}

/** A form about one invoice begins with all that is open of it. */
function initialOf(debt: Debt | undefined, { currency, on }: { currency: string; on: string }): ReceiptValues {
  const owed = debt && owedOf([debt], false)
  return {
    on,
    into: 'bank',
    method: '',
    reference: '',
    currency: owed?.currency ?? currency,
    amount: owed === undefined ? '' : shownAmount(owed.amount),
    settles: '',
    invoices: debt === undefined ? [] : [debt.number],
    order: '',
    early: false,
  }
}

function Form({ debts }: { debts: readonly Debt[] | undefined }) {
  const { company } = useWorkplace()
  const to = useAddress()
  const go = useGo()
  const [{ customer = '', invoice }, change] = useSearchState()
  const known = debts ?? []
  const posting = usePosting<ReceiptValues>({
    name: 'receipt',
    initial: initialOf(
      known.find(({ number }) => number === invoice),
      { currency: company.baseCurrency, on: today(company.timeZone) },
    ),
    sends: (values) => sentOf(values, customer, known),
    check: (values) => receiptErrors(values, customer, known),
    done: async (results) => {
      const [saved] = results as { result: 'created' | 'existing'; paymentId: string | null }[]
      notifications.show({ message: t(saved?.result === 'existing' ? 'receivedBefore' : 'received') })
      await go(to('payments', saved?.paymentId ? { detail: `payment.${saved.paymentId}` } : {}))
    },
  })
  const { fields } = posting.form
  const choose = (number: string) => {
    fields.setValues({ invoices: [], parts: {}, early: false, settles: '' })
    change({ customer: number === '' ? undefined : number, invoice: undefined }, { replace: true })
  }
  const back = to('payments')
  return (
    <PostingForm of={posting} submitLabel={t('receivePost')} back={back} onCancel={() => void go(back)}>
      <ReceiptFields form={posting.form} debts={debts} customer={customer} onCustomer={choose} />
    </PostingForm>
  )
}
