import type { GiftCardMovement, StoreCreditMovement } from '../../../../../clients/typescript/src/api.ts'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { About, type Move, Posted } from './moves.tsx'
import { cardName } from './parts.tsx'
import { t } from './texts.ts'

const columnsOf = <Row extends Move>(whose: Column<Row>): Column<Row>[] => [
  {
    id: 'movedOn',
    header: t('movedOn'),
    cell: ({ movedOn }) => <Day of={movedOn} />,
    text: ({ movedOn }) => movedOn,
    sort: { ascending: 'movedOn', descending: '-movedOn' },
  },
  whose,
  { id: 'kind', header: t('what'), cell: ({ kind }) => t(kind), text: ({ kind }) => t(kind) },
  {
    id: 'document',
    header: t('document'),
    cell: (move) => <About of={move} />,
    text: ({ documentNumber }) => documentNumber ?? '',
    wide: true,
  },
  {
    id: 'reference',
    header: t('reference'),
    cell: ({ reference }) => reference,
    text: ({ reference }) => reference ?? '',
    optional: true,
  },
  { id: 'entry', header: t('entry'), cell: (move) => <Posted of={move} />, wide: true },
  {
    id: 'amount',
    header: t('amount'),
    right: true,
    cell: ({ amount }) => <Money of={amount} withCurrency />,
    text: ({ amount }) => amount?.amount ?? '',
  },
]

const days: Filter[] = [
  { name: 'from', label: t('from'), kind: 'day' },
  { name: 'to', label: t('to'), kind: 'day' },
]

const ofCards = columnsOf<GiftCardMovement>({ id: 'card', header: t('card'), cell: cardName, text: cardName })

const cardFilters: Filter[] = [
  {
    name: 'kind',
    label: t('kind'),
    kind: 'choice',
    options: (['sold', 'redeemed', 'refunded', 'lapsed'] as const).map((value) => ({ value, label: t(value) })),
  },
  ...days,
  { name: 'card', label: t('card'), kind: 'text' },
]

/** What moved gift cards, the latest first; of one where the address names it. */
export const CardMovementList = () => (
  <ListPage
    name="gift-card-movements"
    exports="gift-card-movements"
    counting="listGiftCardMovementsCount"
    title={t('movements')}
    operation="listGiftCardMovements"
    columns={ofCards}
    filters={cardFilters}
    keyOf={({ id }) => id}
    nameOf={cardName}
    opens={({ card }) => ({ kind: 'gift-card', id: card })}
    empty={{ title: t('noMovements'), text: t('noMovementsText') }}
  />
)

const ofCredit = columnsOf<StoreCreditMovement>({
  id: 'customer',
  header: t('customer'),
  cell: ({ customerNumber }) => customerNumber,
  text: ({ customerNumber }) => customerNumber,
})

const creditFilters: Filter[] = [
  { name: 'customer', label: t('customer'), kind: 'text' },
  {
    name: 'kind',
    label: t('kind'),
    kind: 'choice',
    options: (['issued', 'redeemed', 'cashed'] as const).map((value) => ({ value, label: t(value) })),
  },
  ...days,
]

/** What moved customers' store credit, the latest first. */
export const CreditMovementList = () => (
  <ListPage
    name="store-credit-movements"
    exports="store-credit-movements"
    counting="listStoreCreditMovementsCount"
    title={t('creditMovements')}
    operation="listStoreCreditMovements"
    columns={ofCredit}
    filters={creditFilters}
    keyOf={({ id }) => id}
    nameOf={({ customerNumber }) => customerNumber}
    opens={({ customer }) => ({ kind: 'store-credit', id: customer })}
    empty={{ title: t('noMovements'), text: t('noCreditMovementsText') }}
  />
)
