import { Text } from '@mantine/core'
import type { GiftCard } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { Detail, Facts } from '../../../../ui/details.tsx'
import { given, isZero } from '../../../../ui/exact.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { Day, Money } from '../../../../ui/money.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { Expiry } from './card-list.tsx'
import { MOST_MOVES, Moves } from './moves.tsx'
import { cardName } from './parts.tsx'
import { t } from './texts.ts'

/** One gift card: what is left on it, what can be done with that, and what moved it. */
export function CardDetail({ id }: { id: string }) {
  const path = useCompanyPath()
  const to = useAddress()
  const found = useRead('getGiftCard', { path: { ...path, giftCardId: id } })
  const moves = useRead('listGiftCardMovements', { path, query: { card: id, limit: MOST_MOVES } })
  return (
    <Loaded of={found}>
      {(card) => (
        <Detail kind={t('card')} title={cardName(card)} actions={<Actions of={card} />}>
          {!card.identified && (
            <Text size="sm" c="dimmed">
              {t('untoldText')}
            </Text>
          )}
          <CardFacts of={card} />
          <Moves of={moves} all={to('gift-cards/movements', { card: id })} />
        </Detail>
      )}
    </Loaded>
  )
}

/** What a card is, in its detail and, with its name, above what is done with it. */
export const CardFacts = ({ of, named = false }: { of: GiftCard; named?: boolean }) => (
  <Facts
    of={[
      [t('card'), named && cardName(of)],
      [t('balance'), <Money key="balance" of={of.balance} withCurrency strong />],
      [t('purpose'), t(of.purpose)],
      [t('taxCode'), of.taxCode],
      [t('lastMovedOn'), <Day key="moved" of={of.lastMovedOn} />],
      [t('expiresOn'), of.expiresOn !== null && <Expiry key="expires" of={of.expiresOn} />],
    ]}
  />
)

/** A card on which nothing is left, or that stands for others, cannot be used. */
function Actions({ of: { id, identified, balance } }: { of: GiftCard }) {
  const { may } = useWorkplace()
  const to = useAddress()
  if (!may('payments.write') || !identified || isZero(given(balance).amount)) return null
  return (
    <>
      <GoButton size="xs" variant="default" to={to('gift-cards/redeem', { card: id })}>
        {t('redeemAction')}
      </GoButton>
      <GoButton size="xs" variant="default" to={to('gift-cards/refund', { card: id })}>
        {t('refundAction')}
      </GoButton>
      <GoButton size="xs" variant="subtle" to={to('gift-cards/breakage', { card: id })}>
        {t('lapseAction')}
      </GoButton>
    </>
  )
}
