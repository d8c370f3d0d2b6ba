import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Document } from '../../../../../clients/typescript/src/api.ts'
import { today } from '../../../../ui/days.ts'
import { isNegative, isZero } from '../../../../ui/exact.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { creditableOf } from './creditable.ts'
import { EndDiscount } from './end-discount.tsx'
import { names } from './names.ts'
import { OfferDiscount } from './offer-discount.tsx'
import { t } from './texts.ts'

/** What can be done about a document, for those who may. */
export const DocumentActions = ({ of }: { of: Document }) => (
  <>
    <WhileOpen of={of} />
    <Credit of={of} />
  </>
)

/** An invoice of our own is credited as long as something of it is left. */
function Credit({ of }: { of: Document }) {
  const { may } = useWorkplace()
  const to = useAddress()
  if (!may('sales.write') || creditableOf(of).length === 0) return null
  return (
    <GoButton size="xs" variant="subtle" to={to('documents/new-credit-note', { invoice: of.id })}>
      {names.newCreditNote}
    </GoButton>
  )
}

/** What can be done about a document of which something is open. */
function WhileOpen({ of }: { of: Document }) {
  const { may } = useWorkplace()
  const to = useAddress()
  const { id, number, kind, open } = of
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
      {may('sales.write') && <Discount of={of} />}
    </>
  )
}

/** A discount for paying early is offered where there was none, and ended while it still holds. */
function Discount({ of }: { of: Document }) {
  const { company } = useWorkplace()
  const [isOpen, setOpen] = useState(false)
  const { earlyPayment } = of
  const isEnding = earlyPayment !== null
  if (isEnding && (earlyPayment.endedOn !== null || earlyPayment.until < today(company.timeZone))) return null
  const Dialog: (props: { of: Document; onClose(): void }) => ReactNode = isEnding ? EndDiscount : OfferDiscount
  return (
    <>
      <Button size="xs" variant="subtle" onClick={() => setOpen(true)}>
        {t(isEnding ? 'endDiscount' : 'offer')}
      </Button>
      {isOpen && <Dialog of={of} onClose={() => setOpen(false)} />}
    </>
  )
}
