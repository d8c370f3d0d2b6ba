import type { Payment } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { Detail, DetailLink, Facts, Section } from '../../../../ui/details.tsx'
import { EntrySummaries } from '../../../../ui/entry-summaries.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { Day, Money } from '../../../../ui/money.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** One payment or refund: what it settled, and what it posted. */
export function PaymentDetail({ id }: { id: string }) {
  const company = useCompanyPath()
  const { may } = useWorkplace()
  const found = useRead('getPayment', {
    path: { ...company, paymentId: id },
    query: { 'expand[]': ['customer', 'document'] },
  })
  const refunds = useRead('listPayments', { path: company, query: { refunds: id } })
  const entries = useRead(
    'listEntries',
    may('journal.read') ? { path: company, query: { payment: id, 'expand[]': 'lines', sort: 'date' } } : undefined,
  )
  return (
    <Loaded of={found}>
      {(payment) => (
        <Detail
          kind={t(payment.kind === 'refund' ? 'refund' : 'payment')}
          title={payment.reference}
          actions={payment.kind === 'capture' && <Actions of={payment} />}
        >
          <Facts of={factsOf(payment)} />
          {refunds.data && refunds.data.rows.length > 0 && <Refunds of={refunds.data.rows} />}
          {entries.data && (
            <Section title={t('entries')}>
              <EntrySummaries of={entries.data.rows} none={t('noEntries')} />
            </Section>
          )}
        </Detail>
      )}
    </Loaded>
  )
}

/** What can be done with money that came in: what is left of it goes back, to an invoice, or is kept. */
function Actions({ of: { id, amount, refunded, document } }: { of: Payment }) {
  const { may } = useWorkplace()
  const to = useAddress()
  // What paid one document has nothing left but what goes back with it.
  const mayBeLeft = document === null
  if (amount === null || amount.amount === refunded.amount) return null
  return (
    <>
      {may('payments.write') && (
        <GoButton size="xs" variant="default" to={to('payments/refund', { payment: id })}>
          {t('refundAction')}
        </GoButton>
      )}
      {mayBeLeft && may('payments.write') && (
        <GoButton size="xs" variant="default" to={to('payments/use-deposit', { payment: id })}>
          {t('depositUse')}
        </GoButton>
      )}
      {mayBeLeft && may('journal.post') && (
        <GoButton size="xs" variant="subtle" to={to('payments/forfeit', { payment: id })}>
          {t('forfeit')}
        </GoButton>
      )}
    </>
  )
}

const factsOf = (of: Payment) =>
  [
    [t('amount'), <Money key="amount" of={of.amount} withCurrency strong />],
    [t('paidOn'), <Day key="day" of={of.paidOn} />],
    [t('method'), of.method],
    [
      t('customer'),
      typeof of.customer === 'object' && of.customer ? (
        <DetailLink key="customer" kind="customer" id={of.customer.id}>
          {of.customer.name}
        </DetailLink>
      ) : (
        of.customerNumber
      ),
    ],
    [
      t('document'),
      typeof of.document === 'object' && of.document && (
        <DetailLink key="document" kind="document" id={of.document.id}>
          {of.document.number}
        </DetailLink>
      ),
    ],
    [t('order'), of.order],
    [t('source'), of.source],
    [t('refunded'), of.kind === 'capture' && <Money key="refunded" of={of.refunded} withCurrency />],
    [
      t('refunds'),
      of.refunds && (
        <DetailLink key="refunds" kind="payment" id={of.refunds}>
          {of.refunds}
        </DetailLink>
      ),
    ],
  ] as const

const Refunds = ({ of }: { of: readonly Payment[] }) => (
  <Section title={t('refundList')}>
    <Facts
      of={of.map(
        (one) =>
          [
            one.reference,
            <DetailLink key={one.id} kind="payment" id={one.id}>
              <Money of={one.amount} withCurrency /> · <Day of={one.paidOn} />
            </DetailLink>,
          ] as const,
      )}
    />
  </Section>
)
