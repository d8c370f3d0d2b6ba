import { Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { KeyboardEvent } from 'react'
import type { IssuedDocument } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { today } from '../../../../ui/days.ts'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { PostingForm } from '../../../../ui/posting/posting-form.tsx'
import { usePosting } from '../../../../ui/posting/use-posting.ts'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { InvoiceHead } from './invoice-head.tsx'
import { InvoiceLines } from './invoice-lines.tsx'
import {
  blankInvoice,
  type InvoiceValues,
  invoiceErrors,
  invoiceSent,
  type Known,
  placesOfRefusal,
} from './invoice-values.ts'
import classes from './issue.module.css'
import { t } from './issue-texts.ts'
import { Totals } from './totals.tsx'

/** An invoice by hand: what it comes to and what it posts is the server's word, before anything is issued. */
export function NewInvoice() {
  const [{ customer = '' }] = useSearchState()
  const path = useCompanyPath()
  const found = useRead('listCustomers', customer === '' ? undefined : { path, query: { number: customer } })
  return (
    <Screen title={t('newInvoice')} padded>
      {customer === '' ? (
        <Form known={null} />
      ) : (
        <Loaded of={found}>{({ rows: [known = null] }) => <Form key={customer} known={known} />}</Loaded>
      )}
    </Screen>
  )
}

function Form({ known }: { known: Known | null }) {
  const { company } = useWorkplace()
  const to = useAddress()
  const go = useGo()
  const codes = useRead('listTaxCodes', { path: useCompanyPath() }).data?.rows ?? []
  const posting = usePosting<InvoiceValues>({
    name: known === null ? 'invoice' : `invoice.${known.number}`,
    initial: blankInvoice({ known, on: today(company.timeZone), currency: company.baseCurrency }),
    sends: invoiceSent,
    check: invoiceErrors,
    placesOf: placesOfRefusal,
    done: async (results) => {
      const { result, number, documentId } = results[0] as IssuedDocument
      notifications.show({ message: t(result === 'existing' ? 'postedBefore' : 'posted', { number }) })
      await go(to(`documents/${documentId}`))
    },
  })
  const { form, preview } = posting
  const [document] = preview.data?.documents ?? []
  const back = to('documents')
  return (
    <PostingForm of={posting} submitLabel={t('post')} back={back} onCancel={() => void go(back)} below>
      <Stack gap="md" onKeyDown={noImplicitSubmit}>
        <InvoiceHead form={form} proposed={document?.number} />
        <InvoiceLines form={form} codes={codes} issued={document?.lines} />
        <div className={classes.foot}>
          <Charges form={form} />
          <Totals of={document} codes={codes} isOld={preview.isOld} gross={t('gross')} toCome={t('totalsToCome')} />
        </div>
      </Stack>
    </PostingForm>
  )
}

/** Enter in a field is no wish to issue; Ctrl/Cmd-Enter is. */
function noImplicitSubmit(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.ctrlKey && !event.metaKey)
    event.preventDefault()
}

/** What stands on an invoice beside what is sold, and whose order it was. */
function Charges({ form: { fields } }: { form: EntryForm<InvoiceValues> }) {
  const { earlyPercent, earlyUntil } = fields.values
  return (
    <div className={classes.charges}>
      <div className={classes.pair}>
        <TextInput label={t('shipping')} inputMode="decimal" {...fields.getInputProps('shipping')} />
        <TextInput label={t('discount')} inputMode="decimal" {...fields.getInputProps('discount')} />
      </div>
      <TextInput label={t('order')} description={t('orderText')} {...fields.getInputProps('order')} />
      <div className={classes.pair}>
        <TextInput label={t('earlyPercent')} inputMode="decimal" {...fields.getInputProps('earlyPercent')} />
        <DayField
          label={t('earlyUntil')}
          clearable={earlyUntil !== null}
          disabled={earlyPercent.trim() === '' && earlyUntil === null}
          value={earlyUntil}
          error={fields.errors.earlyUntil}
          onChange={(day) => fields.setFieldValue('earlyUntil', day)}
        />
      </div>
    </div>
  )
}
