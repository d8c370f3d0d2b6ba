import type { StoreCredit } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { Detail, DetailLink, Facts } from '../../../../ui/details.tsx'
import { given, isZero } from '../../../../ui/exact.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { Day, Money } from '../../../../ui/money.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { MOST_MOVES, Moves } from './moves.tsx'
import { t } from './texts.ts'

/** What one customer has as credit, what can be done with it, and what moved it. */
export function CreditDetail({ id }: { id: string }) {
  const path = useCompanyPath()
  const found = useRead('getStoreCredit', { path: { ...path, customerId: id } })
  return (
    <Loaded of={found}>
      {(credit) => (
        <Detail kind={t('creditOf')} title={credit.customerName} actions={<Actions of={credit} />}>
          <CreditFacts of={credit} />
          <MovesOf number={credit.customerNumber} />
        </Detail>
      )}
    </Loaded>
  )
}

function MovesOf({ number }: { number: string }) {
  const to = useAddress()
  const query = { customer: number, limit: MOST_MOVES }
  const moves = useRead('listStoreCreditMovements', { path: useCompanyPath(), query })
  return <Moves of={moves} all={to('store-credit/movements', { customer: number })} />
}

/** Whose it is and how much, in its detail and above what is done with it. */
export const CreditFacts = ({ of }: { of: StoreCredit }) => (
  <Facts
    of={[
      [t('balance'), <Money key="balance" of={of.balance} withCurrency strong />],
      [
        t('customer'),
        <DetailLink key="customer" kind="customer" id={of.id}>
          {of.customerName}
        </DetailLink>,
      ],
      [t('lastMovedOn'), <Day key="moved" of={of.lastMovedOn} />],
    ]}
  />
)

function Actions({ of: { id, balance } }: { of: StoreCredit }) {
  const { may } = useWorkplace()
  const to = useAddress()
  if (!may('payments.write') || isZero(given(balance).amount)) return null
  return (
    <>
      <GoButton size="xs" variant="default" to={to('store-credit/redeem', { customer: id })}>
        {t('useAction')}
      </GoButton>
      <GoButton size="xs" variant="subtle" to={to('store-credit/pay-out', { customer: id })}>
        {t('payOutAction')}
      </GoButton>
    </>
  )
}
