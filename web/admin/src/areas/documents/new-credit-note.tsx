import { Button, Group, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Document, IssuedDocument } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { today } from '../../../../ui/days.ts'
import { DetailLink, Facts } from '../../../../ui/details.tsx'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { isZero } from '../../../../ui/exact.ts'
import { GoButton, useGo } from '../../../../ui/links.tsx'
import { Day, Money, Price, Quantity } from '../../../../ui/money.tsx'
import { PartTable } from '../../../../ui/part-table.tsx'
import { PostingForm } from '../../../../ui/posting/posting-form.tsx'
import { usePosting } from '../../../../ui/posting/use-posting.ts'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded, NotFound } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { allOf, type CreditValues, creditErrors, creditSent, placesOfCredit } from './credit-values.ts'
import { type Creditable, creditableOf } from './creditable.ts'
import classes from './issue.module.css'
import { t } from './issue-texts.ts'
import { Totals } from './totals.tsx'

/** A credit note of lines of the invoice that the address names: at its own prices and tax, and never more than is left of it. */
export function NewCreditNote() {
  const [{ invoice = '' }] = useSearchState()
  const path = { ...useCompanyPath(), documentId: invoice }
  const found = useRead(
    'getDocument',
    invoice === '' ? undefined : { path, query: { 'expand[]': ['customer', 'lines'] } },
  )
  if (invoice === '') return <NotFound />
  return (
    <Screen title={t('newCreditNote')} padded>
      <Loaded of={found}>
        {(of) => (creditableOf(of).length === 0 ? <Nothing of={of} /> : <Form key={of.id} of={of} />)}
      </Loaded>
    </Screen>
  )
}

function Nothing({ of }: { of: Document }) {
  const to = useAddress()
  return (
    <Empty
      title={t('creditNothing')}
      text={t('creditNothingText', { number: of.number })}
      action={<GoButton to={to(`documents/${of.id}`)}>{of.number}</GoButton>}
    />
  )
}

function Form({ of }: { of: Document }) {
  const { company } = useWorkplace()
  const to = useAddress()
  const go = useGo()
  const codes = useRead('listTaxCodes', { path: useCompanyPath(), query: { limit: '200' } }).data?.rows ?? []
  const lines = creditableOf(of)
  const posting = usePosting<CreditValues>({
    name: `credit.${of.id}`,
    initial: { number: '', on: today(company.timeZone), quantities: allOf(lines) },
    sends: (values) => creditSent(values, of.number, lines),
    check: (values) => creditErrors(values, lines),
    placesOf: placesOfCredit,
    done: async (results) => {
      const { result, number, documentId } = results[0] as IssuedDocument
      notifications.show({ message: t(result === 'existing' ? 'postedBefore' : 'posted', { number }) })
      await go(to(`documents/${documentId}`))
    },
  })
  const { form, preview } = posting
  const { fields } = form
  const [document] = preview.data?.documents ?? []
  const back = to(`documents/${of.id}`)
  return (
    <PostingForm of={posting} submitLabel={t('creditPost')} back={back} onCancel={() => void go(back)} below>
      <Before of={of} />
      <div className={classes.row}>
        <DayField
          label={t('on')}
          value={fields.values.on}
          error={fields.errors.on}
          onChange={(on) => fields.setFieldValue('on', on)}
        />
        <TextInput
          label={t('number')}
          description={t('numberText')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={document?.number ?? ''}
          {...fields.getInputProps('number')}
        />
      </div>
      <Lines of={lines} form={form} issued={document} />
      <div className={classes.foot}>
        <p className={classes.hint}>{t('creditText')}</p>
        <Totals
          of={document}
          codes={codes}
          isOld={preview.isOld}
          gross={t('credited')}
          toCome={t('creditTotalsToCome')}
        />
      </div>
    </PostingForm>
  )
}

const Before = ({ of }: { of: Document }) => (
  <Facts
    of={[
      [
        t('invoice'),
        <DetailLink key="invoice" kind="document" id={of.id}>
          {of.number}
        </DetailLink>,
      ],
      [t('customer'), typeof of.customer === 'object' && of.customer ? of.customer.name : of.customerNumber],
      [t('issued'), <Day key="day" of={of.issuedOn} />],
      [t('grossOf'), <Money key="gross" of={of.gross} withCurrency />],
      [t('open'), of.open && <Money key="open" of={of.open} withCurrency />],
    ]}
  />
)

type LinesProps = { of: readonly Creditable[]; form: EntryForm<CreditValues>; issued: Document | undefined }

/** What was invoiced and is left, and how much of each line is credited. */
function Lines({ of, form: { fields }, issued }: LinesProps) {
  const chosen = of.filter(({ lineNo }) => !/^[0.,\s]*$/.test(fields.values.quantities[lineNo] ?? ''))
  const netOf = (line: Creditable) => issued?.lines?.[chosen.indexOf(line)]?.net
  const set = (quantities: CreditValues['quantities']) => {
    fields.setFieldValue('quantities', quantities)
    fields.clearErrors()
  }
  const columns = [
    { id: 'item', header: t('itemOf'), cell: ({ description, code }: Creditable) => description || code },
    {
      id: 'invoiced',
      header: t('invoiced'),
      right: true,
      wide: true,
      cell: ({ quantity }: Creditable) => <Quantity of={quantity} />,
    },
    { id: 'left', header: t('left'), right: true, cell: ({ left }: Creditable) => <Quantity of={left} /> },
    {
      id: 'price',
      header: t('unitPrice'),
      right: true,
      wide: true,
      // Charges have no price of their own.
      cell: ({ unitPrice, net }: Creditable) => (isZero(unitPrice) ? null : <Price of={unitPrice} like={net} />),
    },
    {
      id: 'credit',
      header: t('creditQuantity'),
      right: true,
      cell: (line: Creditable) => (
        <TextInput
          className={classes.quantity}
          size="xs"
          inputMode="decimal"
          autoComplete="off"
          aria-label={t('creditOf', { line: line.description || line.code })}
          value={fields.values.quantities[line.lineNo] ?? ''}
          error={fields.errors[`quantities.${line.lineNo}`]}
          onChange={(event) => set({ ...fields.values.quantities, [line.lineNo]: event.currentTarget.value })}
        />
      ),
    },
    { id: 'net', header: t('net'), right: true, cell: (line: Creditable) => <Money of={netOf(line)} /> },
  ]
  return (
    <div>
      <PartTable label={t('creditLines')} columns={columns} rows={of} keyOf={({ lineNo }) => lineNo} />
      {fields.errors.quantities && (
        <p className={classes.wrong} role="alert">
          {fields.errors.quantities.toString()}
        </p>
      )}
      <Group gap="xs" mt={6}>
        <Button size="xs" variant="subtle" onClick={() => set(allOf(of))}>
          {t('creditAll')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={() => set({})}>
          {t('creditNone')}
        </Button>
      </Group>
    </div>
  )
}
