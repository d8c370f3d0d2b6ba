import { Select } from '@mantine/core'
import type { Document } from '../../../../../clients/typescript/src/api.ts'
import type { EntryForm, FormValues } from '../../../../ui/entry-form.tsx'
import { useEveryRow } from '../../../../ui/every-row.ts'
import { minorUnits, placesOf } from '../../../../ui/exact.ts'
import { figure } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { shownAmount } from '../../../../ui/posting/amount.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

type Amount = { amount: string; currency: string }

/** What is still owed on a customer's invoices in a currency: undefined while it is read, none where no customer is named. */
export function useOpenInvoices(customer: string, currency: string): readonly Document[] | undefined {
  const path = useCompanyPath()
  const query = { customer, open: 'true', kind: 'invoice' }
  const found = useEveryRow('listDocuments', customer === '' ? undefined : { path, query })
  if (customer === '') return []
  return found.data?.filter(({ open }) => open?.currency === currency)
}

/** The smaller of what there is and what an invoice still owes, as one would type it. */
export function mostOf(left: Amount | undefined, open: Amount | null | undefined): string {
  if (!open) return ''
  if (left === undefined) return shownAmount(open.amount)
  const places = placesOf(open.amount)
  return shownAmount(minorUnits(left.amount, places) < minorUnits(open.amount, places) ? left.amount : open.amount)
}

type OpenInvoiceProps<Values extends FormValues> = {
  form: EntryForm<Values>
  of: readonly Document[] | undefined
  currency: string
  /** What there is to pay with, where that is known. */
  left?: Amount | undefined
  autoFocus?: boolean
}

/** Which invoice is paid: with it comes how much, as far as it goes. */
export const OpenInvoice = <Values extends FormValues & { invoice: string; amount: string }>({
  form: { fields },
  of,
  currency,
  left,
  autoFocus = false,
}: OpenInvoiceProps<Values>) => (
  <Select
    label={t('invoice')}
    data={(of ?? []).map(({ number, open }) => ({
      value: number,
      label: `${number} · ${figure(open?.amount ?? '0', locale)} ${currency}`,
    }))}
    searchable
    limit={100}
    autoFocus={autoFocus}
    openOnFocus={false}
    nothingFoundMessage={t('owesNothing', { currency })}
    value={fields.values.invoice === '' ? null : fields.values.invoice}
    error={fields.errors.invoice}
    onChange={(invoice) =>
      fields.setValues({
        invoice: invoice ?? '',
        amount: mostOf(left, of?.find(({ number }) => number === invoice)?.open),
      } as Partial<Values>)
    }
  />
)
