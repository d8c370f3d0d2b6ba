import { useRead } from '../../../../ui/api.ts'
import { Country } from '../../../../ui/country.tsx'
import { Detail, EditButton, Facts } from '../../../../ui/details.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { Count } from '../../../../ui/money.tsx'
import { MOST_OPEN, OpenOf } from '../../../../ui/open-of.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** One customer. */
export function CustomerDetail({ id }: { id: string }) {
  const found = useRead('getCustomer', { path: { ...useCompanyPath(), customerId: id } })
  const { may } = useWorkplace()
  const to = useAddress()
  return (
    <Loaded of={found}>
      {({ number, name, country, paymentDays }) => (
        <Detail
          kind={t('customer')}
          title={name}
          actions={
            <>
              {may('payments.write') && (
                <GoButton size="xs" variant="default" to={to('payments/receive', { customer: number })}>
                  {t('receive')}
                </GoButton>
              )}
              {may('sales.write') && (
                <GoButton size="xs" variant="default" to={to('documents/new-invoice', { customer: number })}>
                  {t('newInvoice')}
                </GoButton>
              )}
              {may('sales.write') && <EditButton to={to(`customers/${id}/edit`)} />}
              {may('reports.read') && (
                <GoButton size="xs" variant="default" to={to('reports/statements', { party: number })}>
                  {t('statement')}
                </GoButton>
              )}
              <GoButton size="xs" variant="subtle" to={to('documents', { customer: number })}>
                {t('documents')}
              </GoButton>
            </>
          }
        >
          <Facts
            of={[
              [t('number'), number],
              [t('country'), <Country key="country" of={country} />],
              [t('paymentDays'), <Count key="days" of={paymentDays} />],
            ]}
          />
          <Open number={number} />
        </Detail>
      )}
    </Loaded>
  )
}

function Open({ number }: { number: string }) {
  const to = useAddress()
  const query = { customer: number, limit: MOST_OPEN }
  const { may } = useWorkplace()
  const of = useRead('listOpenItems', { path: useCompanyPath(), query })
  return (
    <OpenOf
      of={of}
      all={to('open-items', { customer: number })}
      settle={may('payments.write') ? to('payments/settle', { customer: number }) : undefined}
    />
  )
}
