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
import { Failed, LoadingRows } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './payments.module.css'
import { ReceiptFields } from './receipt-fields.tsx'
import { type Debt, debtsOf, owedOf, type ReceiptValues, receiptErrors, sentOf, withInvoice } from './receive-values.ts'
import { t } from './texts.ts'

/** So many stand there to choose among. */
const MOST_DEBTS = 200

type Owed = { debts: readonly Debt[]; isMore: boolean }

/** What a customer owes, the longest due first and the invoice that was looked at in any case: undefined while it is read. */
function useDebts(customer: string, invoice: string | undefined): { owed: Owed | undefined; failed: Failing } {
  const path = useCompanyPath()
  const limit = String(MOST_DEBTS)
  const isAsked = customer !== ''
  const items = useRead('listOpenItems', isAsked ? { path, query: { customer, sort: 'dueOn', limit } } : undefined)
  const query = { customer, open: 'true', kind: 'invoice' } as const
  const documents = useRead('listDocuments', isAsked ? { path, query: { ...query, limit } } : undefined)
  const looked = useRead(
    'listDocuments',
    isAsked && invoice !== undefined ? { path, query: { ...query, number: invoice } } : undefined,
  )
  if (!isAsked) return { owed: { debts: [], isMore: false }, failed: undefined }
  const failed = [items, documents, looked].find(({ error, data }) => error !== null && data === undefined)
  if (!items.data || !documents.data || (invoice !== undefined && !looked.data)) return { owed: undefined, failed }
  const debts = withInvoice(debtsOf(items.data.rows, documents.data.rows), looked.data?.rows[0])
  return { owed: { debts, isMore: items.data.next !== null }, failed }
}

type Failing = { error: unknown; refetch(): unknown } | undefined

/** Money from a customer, put to what it pays. The address says whose it is, and which invoice was looked at. */
export function ReceivePayment() {
  const [{ customer = '', invoice }] = useSearchState()
  const { owed, failed } = useDebts(customer, invoice)
  // Who it is from may be changed while the rest is entered: only the first reading holds the form back.
  const [isReady, setReady] = useState(false)
  if (!isReady && owed !== undefined) setReady(true)
  return (
    <Screen title={t('receive')} padded>
      {isReady ? (
        <Form owed={owed} />
      ) : failed ? (
        <Failed error={failed.error} retry={() => void failed.refetch()} />
      ) : (
        <LoadingRows />
      )}
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

function Form({ owed }: { owed: Owed | undefined }) {
  const { company } = useWorkplace()
  const to = useAddress()
  const go = useGo()
  const [{ customer = '', invoice }, change] = useSearchState()
  const known = owed?.debts ?? []
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
      <ReceiptFields form={posting.form} debts={owed?.debts} customer={customer} onCustomer={choose} />
      {owed?.isMore && <p className={classes.quiet}>{t('mostDebts', { count: MOST_DEBTS })}</p>}
    </PostingForm>
  )
}
