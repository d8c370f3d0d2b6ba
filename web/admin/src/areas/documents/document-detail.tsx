import { Badge } from '@mantine/core'
import type { Document, Timeline } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { Country } from '../../../../ui/country.tsx'
import { Detail, DetailLink, Facts, Section } from '../../../../ui/details.tsx'
import { EntrySummaries } from '../../../../ui/entry-summaries.tsx'
import { isZero } from '../../../../ui/exact.ts'
import { figure, writtenDay } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day, Money, Price, Quantity } from '../../../../ui/money.tsx'
import { PartTable } from '../../../../ui/part-table.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { DocumentActions } from './document-actions.tsx'
import { Events } from './events.tsx'
import { SoldBy } from './seller.tsx'
import { t } from './texts.ts'

type Line = NonNullable<Document['lines']>[number]

/** One document: its facts, lines, tax and payments, what happened to it, and what it posted. */
export function DocumentDetail({ id }: { id: string }) {
  const path = { ...useCompanyPath(), documentId: id }
  const found = useRead('getDocument', {
    path,
    query: { 'expand[]': ['customer', 'lines', 'taxes', 'payments', 'credits'] },
  })
  const timeline = useRead('listDocumentsTimeline', { path })
  return <Loaded of={found}>{(document) => <Content of={document} timeline={timeline.data} />}</Loaded>
}

function Content({ of, timeline }: { of: Document; timeline: Timeline | undefined }) {
  const { lines = [], taxes = [], payments = [], customer, credits } = of
  const facts = [
    [t('issuedOn'), <Day key="issued" of={of.issuedOn} />],
    [t('dueOn'), of.dueOn && <Day key="due" of={of.dueOn} />],
    [
      t('customer'),
      typeof customer === 'object' && customer ? (
        <DetailLink key="customer" kind="customer" id={customer.id}>
          {customer.name}
        </DetailLink>
      ) : (
        (of.customerNumber ?? t('unidentified'))
      ),
    ],
    [t('country'), of.country && <Country key="country" of={of.country} />],
    [t('order'), of.order],
    [t('source'), of.source],
    [
      t('credits'),
      typeof credits === 'object' && credits ? (
        <DetailLink key="credits" kind="document" id={credits.id}>
          {credits.number}
        </DetailLink>
      ) : null,
    ],
    ...totalsOf(of),
    [t('open'), of.open && <Money key="open" of={of.open} withCurrency />],
    [
      t('earlyPayment'),
      of.earlyPayment &&
        t(of.earlyPayment.endedOn === null ? 'earlyTerms' : 'earlyEnded', {
          percent: of.earlyPayment.percent,
          until: writtenDay(of.earlyPayment.until, locale),
        }),
    ],
  ] as const
  return (
    <Detail kind={t(of.kind)} title={of.number} badge={<State of={of} />} actions={<DocumentActions of={of} />}>
      <Facts of={facts} />
      <SoldBy of={of.seller} />
      {lines.length > 0 && <Lines of={lines} />}
      {taxes.length > 0 && <Taxes of={taxes} />}
      {payments.length > 0 && <Payments of={payments} />}
      {timeline && timeline.events.length > 0 && (
        <Section title={t('timeline')}>
          <Events of={timeline.events} documentId={of.id} />
        </Section>
      )}
      {timeline?.entries && (
        <Section title={t('entries')}>
          <EntrySummaries of={timeline.entries} none={t('noEntries')} />
        </Section>
      )}
    </Detail>
  )
}

/** What a document comes to. An order books nothing, and is worth what its lines are. */
const totalsOf = ({ ordered, net, tax, gross }: Document) =>
  ordered
    ? ([[t('ordered'), <Money key="ordered" of={ordered} withCurrency strong />]] as const)
    : ([
        [t('net'), <Money key="net" of={net} withCurrency />],
        [t('tax'), <Money key="tax" of={tax} withCurrency />],
        [t('gross'), <Money key="gross" of={gross} withCurrency strong />],
      ] as const)

const Taxes = ({ of }: { of: NonNullable<Document['taxes']> }) => (
  <Section title={t('taxes')}>
    <Facts
      of={of.map(
        ({ taxCode, tax, base }) =>
          [
            taxCode,
            <span key={taxCode}>
              <Money of={tax} /> {t('taxBase', { base: figure(base?.amount ?? '0', locale) })}
            </span>,
          ] as const,
      )}
    />
  </Section>
)

const Payments = ({ of }: { of: NonNullable<Document['payments']> }) => (
  <Section title={t('payments')}>
    <Facts
      of={of.map(
        (one) =>
          [
            `${one.kind === 'capture' ? t('paid') : t('refunded')} · ${one.method}`,
            <DetailLink key={one.id} kind="payment" id={one.id}>
              <Money of={one.amount} /> · <Day of={one.paidOn} />
            </DetailLink>,
          ] as const,
      )}
    />
  </Section>
)

function State({ of: { open } }: { of: Document }) {
  if (open === null) return null
  return isZero(open.amount) ? (
    <Badge variant="light" color="green" size="sm">
      {t('settled')}
    </Badge>
  ) : (
    <Badge variant="light" color="yellow" size="sm">
      {t('overdue')}
    </Badge>
  )
}

const lineColumns = [
  { id: 'item', header: t('item'), cell: ({ description, code }: Line) => description || code },
  { id: 'quantity', header: t('quantity'), right: true, cell: ({ quantity }: Line) => <Quantity of={quantity} /> },
  {
    id: 'unitPrice',
    header: t('unitPrice'),
    right: true,
    cell: ({ unitPrice, net }: Line) => <Price of={unitPrice} like={net} />,
  },
  { id: 'net', header: t('net'), right: true, cell: ({ net }: Line) => <Money of={net} /> },
]

const Lines = ({ of }: { of: readonly Line[] }) => (
  <Section title={t('lines')}>
    <PartTable label={t('lines')} columns={lineColumns} rows={of} keyOf={({ lineNo }) => lineNo} />
  </Section>
)
