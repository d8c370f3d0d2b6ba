import { Checkbox, Radio } from '@mantine/core'
import { NewApplication } from '../../../../../src/contracts/facts.ts'
import { useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import type { EntryForm } from '../../../../ui/entry-form.tsx'
import { decimalOf, given, isNegative, minorUnits, negated, placesOf } from '../../../../ui/exact.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { Day, Money } from '../../../../ui/money.tsx'
import { PartTable } from '../../../../ui/part-table.tsx'
import { FactForm, OnDay } from '../../../../ui/posting/fact-form.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded, NotFound } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './payments.module.css'
import { t } from './texts.ts'

/** One side of what is open, its amount above zero. */
type Side = {
  id: string
  name: string
  on: string
  open: { amount: string; currency: string }
}
type Open = {
  id: string
  documentNumber: string | null
  openedOn: string
  open: { amount: string; currency: string } | null
}
type Values = { from: string; to: string[]; on: string | null }

/** What is owed and what is there to settle it with. */
function sidesOf(items: readonly Open[]): { owed: Side[]; credits: Side[] } {
  const sides = items.map(({ id, documentNumber, openedOn, ...item }) => ({
    id,
    name: documentNumber ?? t('nameless'),
    on: openedOn,
    open: given(item.open),
  }))
  return {
    owed: sides.filter(({ open }) => !isNegative(open.amount)),
    credits: sides
      .filter(({ open }) => isNegative(open.amount))
      .map((side) => ({ ...side, open: { ...side.open, amount: negated(side.open.amount) } })),
  }
}

/** How much of each is settled by the credit, one after the other. */
function partsOf({ from, to }: Values, { owed, credits }: ReturnType<typeof sidesOf>): Map<string, string> {
  const credit = credits.find(({ id }) => id === from)
  if (credit === undefined) return new Map()
  const places = placesOf(credit.open.amount)
  let left = minorUnits(credit.open.amount, places)
  return new Map(
    to.flatMap((id) => {
      const debt = owed.find((one) => one.id === id)
      if (debt === undefined || debt.open.currency !== credit.open.currency) return []
      const before = left
      left -= minorUnits(debt.open.amount, places)
      if (left < 0n) left = 0n
      return before > left ? [[id, decimalOf(before - left, places)] as const] : []
    }),
  )
}

/** So many open items stand there to choose among: as many as one page of the API has. */
const MOST_SIDES = 500

/** What a customer owes is settled with what the same customer paid or was credited; what we owe a supplier likewise. */
export function SettleItems() {
  const [{ customer, supplier }] = useSearchState()
  const path = useCompanyPath()
  const limit = String(MOST_SIDES)
  const receivable = useRead('listOpenItems', customer && !supplier ? { path, query: { customer, limit } } : undefined)
  const payable = useRead('listPayableItems', supplier ? { path, query: { supplier, limit } } : undefined)
  if (!supplier && !customer) return <NotFound />
  return (
    <Screen title={t('applyTitle')} padded>
      {supplier ? (
        <Loaded of={payable}>{({ rows, next }) => <Form of={sidesOf(rows)} isPayable isMore={next !== null} />}</Loaded>
      ) : (
        <Loaded of={receivable}>
          {({ rows, next }) => <Form of={sidesOf(rows)} isPayable={false} isMore={next !== null} />}
        </Loaded>
      )}
    </Screen>
  )
}

type SidesProps = { of: ReturnType<typeof sidesOf>; isPayable: boolean; isMore: boolean }

function Form({ of, isPayable, isMore }: SidesProps) {
  const { company } = useWorkplace()
  const to = useAddress()
  const [{ customer, supplier, item }] = useSearchState()
  const leads = supplier ? to('open-items/suppliers', { supplier }) : to('open-items', { customer })
  if (of.owed.length === 0 || of.credits.length === 0) return <Nothing leads={leads} />
  const [only] = of.credits
  const first = of.credits.find(({ id }) => id === item) ?? (of.credits.length === 1 ? only : undefined)
  return (
    <FactForm<Values>
      name={`settle.${customer ?? supplier}`}
      initial={{ from: first?.id ?? '', to: [], on: today(company.timeZone) }}
      sends={(values) => ({
        operation: 'createOpenItemsApplications',
        schema: NewApplication,
        requests: [...partsOf(values, of)].map(([id, amount]) => ({
          // What we owe stands on the credit side of its account.
          debitItem: isPayable ? values.from : id,
          creditItem: isPayable ? id : values.from,
          on: values.on,
          amount,
          currency: of.owed.find((one) => one.id === id)?.open.currency,
        })),
      })}
      check={(values): Record<string, string> => (partsOf(values, of).size === 0 ? { to: t('applyChoose') } : {})}
      submit={t('applyPost')}
      posted={t('applied')}
      leads={leads}
    >
      {(form) => (
        <>
          <Fields form={form} of={of} />
          {isMore && <p className={classes.quiet}>{t('mostSides', { count: MOST_SIDES })}</p>}
        </>
      )}
    </FactForm>
  )
}

const Nothing = ({ leads }: { leads: string }) => (
  <Empty
    title={t('applyNothing')}
    text={t('applyNothingText')}
    action={
      <GoButton variant="default" to={leads}>
        {t('applyLook')}
      </GoButton>
    }
  />
)

const shared = [
  { id: 'on', header: t('day'), cell: ({ on }: Side) => <Day of={on} /> },
  { id: 'open', header: t('open'), right: true, cell: ({ open }: Side) => <Money of={open} withCurrency /> },
]

const Fields = ({ form, of }: { form: EntryForm<Values>; of: ReturnType<typeof sidesOf> }) => (
  <>
    <div>
      <h2 className={classes.part}>{t('applyFrom')}</h2>
      <Radio.Group value={form.fields.values.from} onChange={(from) => form.fields.setFieldValue('from', from)}>
        <PartTable
          label={t('applyFrom')}
          rows={of.credits}
          keyOf={({ id }) => id}
          columns={[
            {
              id: 'name',
              header: t('document'),
              cell: ({ id, name }) => <Radio size="xs" classNames={{ body: classes.choice }} value={id} label={name} />,
            },
            ...shared,
          ]}
        />
      </Radio.Group>
    </div>
    <Settled form={form} of={of} />
    <OnDay form={form} label={t('day')} />
  </>
)

/** What is owed, to choose what the credit settles: one after the other, as they were chosen. */
function Settled({ form: { fields }, of }: { form: EntryForm<Values>; of: ReturnType<typeof sidesOf> }) {
  const { values } = fields
  const parts = partsOf(values, of)
  const toggle = (id: string, isChosen: boolean) =>
    fields.setFieldValue('to', isChosen ? [...values.to, id] : values.to.filter((one) => one !== id))
  return (
    <div>
      <h2 className={classes.part}>{t('applyTo')}</h2>
      <PartTable
        label={t('applyTo')}
        rows={of.owed}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'name',
            header: t('document'),
            cell: ({ id, name }) => (
              <Checkbox
                size="xs"
                classNames={{ body: classes.choice }}
                label={name}
                checked={values.to.includes(id)}
                onChange={(event) => toggle(id, event.currentTarget.checked)}
              />
            ),
          },
          ...shared,
          {
            id: 'part',
            header: t('applyAmount'),
            right: true,
            cell: ({ id, open }) => parts.has(id) && <Money of={{ ...open, amount: parts.get(id) ?? '0' }} />,
          },
        ]}
      />
      {fields.errors.to && (
        <p className={classes.wrong} role="alert">
          {fields.errors.to}
        </p>
      )}
    </div>
  )
}
