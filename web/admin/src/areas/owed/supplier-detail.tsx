import { useRead } from '../../../../ui/api.ts'
import { Country } from '../../../../ui/country.tsx'
import { Detail, Facts } from '../../../../ui/details.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { Count } from '../../../../ui/money.tsx'
import { MOST_OPEN, OpenOf } from '../../../../ui/open-of.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** One supplier: the facts, what is open, and the way to what was booked. */
export function SupplierDetail({ id }: { id: string }) {
  const found = useRead('getSupplier', { path: { ...useCompanyPath(), supplierId: id } })
  const { may } = useWorkplace()
  const to = useAddress()
  return (
    <Loaded of={found}>
      {({ number, name, country, paymentDays }) => (
        <Detail
          kind={t('supplier')}
          title={name}
          actions={
            may('reports.read') && (
              <GoButton size="xs" variant="default" to={to('reports/aged-payables', { party: number, items: 'true' })}>
                {t('aged')}
              </GoButton>
            )
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
  const query = { supplier: number, limit: MOST_OPEN }
  const { may } = useWorkplace()
  const of = useRead('listPayableItems', { path: useCompanyPath(), query })
  return (
    <OpenOf
      of={of}
      all={to('open-items/suppliers', { supplier: number })}
      settle={may('payments.write') ? to('payments/settle', { supplier: number }) : undefined}
    />
  )
}
