import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Document } from '../../../../../clients/typescript/src/api.ts'
import { isNegative, isZero } from '../../../../ui/exact.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { OfferDiscount } from './offer-discount.tsx'
import { t } from './texts.ts'

/** What can be done about a document of which something is open, for those who may. */
export function DocumentActions({ of }: { of: Document }) {
  const { may } = useWorkplace()
  const to = useAddress()
  const [isOffering, setOffering] = useState(false)
  const { id, number, kind, open, earlyPayment } = of
  const customer = of.customerNumber
  if (open === null || isZero(open.amount) || customer === null) return null
  if (isNegative(open.amount))
    return (
      may('payments.write') && (
        <>
          <GoButton size="xs" variant="default" to={to('payments/settle', { customer })}>
            {t('settle')}
          </GoButton>
          {kind === 'credit_note' && (
            <GoButton size="xs" variant="subtle" to={to('store-credit/issue', { document: number })}>
              {t('keepAsCredit')}
            </GoButton>
          )}
        </>
      )
    )
  if (kind !== 'invoice') return null
  return (
    <>
      {may('payments.write') && (
        <GoButton size="xs" variant="default" to={to('payments/receive', { customer, invoice: number })}>
          {t('receive')}
        </GoButton>
      )}
      {may('journal.post') && (
        <GoButton size="xs" variant="subtle" to={to('payments/write-off', { document: id })}>
          {t('writeOff')}
        </GoButton>
      )}
      {earlyPayment === null && may('sales.write') && (
        <Button size="xs" variant="subtle" onClick={() => setOffering(true)}>
          {t('offer')}
        </Button>
      )}
      {isOffering && <OfferDiscount of={of} onClose={() => setOffering(false)} />}
    </>
  )
}
