import { Badge } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { GiftCard } from '../../../../../clients/typescript/src/api.ts'
import { today } from '../../../../ui/days.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { cardName, Sections } from './parts.tsx'
import { t } from './texts.ts'

/** The last day of a card, and whether it is over. */
export function Expiry({ of }: { of: string | null }) {
  const { company } = useWorkplace()
  return (
    <>
      <Day of={of} />
      {of !== null && of < today(company.timeZone) && (
        <Badge ml={6} size="sm" variant="light" color="yellow">
          {t('expiredBadge')}
        </Badge>
      )}
    </>
  )
}

const columns: Column<GiftCard>[] = [
  {
    id: 'card',
    header: t('card'),
    cell: cardName,
    text: cardName,
    sort: { ascending: 'id', descending: '-id' },
  },
  { id: 'purpose', header: t('purpose'), cell: (row) => t(row.purpose), text: (row) => t(row.purpose), wide: true },
  { id: 'taxCode', header: t('taxCode'), cell: (row) => row.taxCode, text: (row) => row.taxCode ?? '', optional: true },
  {
    id: 'lastMovedOn',
    header: t('lastMovedOn'),
    cell: (row) => <Day of={row.lastMovedOn} />,
    text: (row) => row.lastMovedOn ?? '',
    sort: { ascending: 'lastMovedOn', descending: '-lastMovedOn' },
  },
  {
    id: 'expiresOn',
    header: t('expiresOn'),
    cell: (row) => <Expiry of={row.expiresOn} />,
    text: (row) => row.expiresOn ?? '',
    wide: true,
  },
  {
    id: 'balance',
    header: t('balance'),
    right: true,
    cell: (row) => <Money of={row.balance} withCurrency />,
    text: (row) => row.balance?.amount ?? '',
    sort: { ascending: 'balance', descending: '-balance' },
  },
]

const filters: Filter[] = [
  { name: 'lastFour', label: t('endsIn'), kind: 'text' },
  { name: 'customer', label: t('customer'), kind: 'text' },
  {
    name: 'balance',
    label: t('balance'),
    kind: 'choice',
    options: (['some', 'none'] as const).map((value) => ({ value, label: t(value) })),
  },
  {
    name: 'expired',
    label: t('expired'),
    kind: 'choice',
    options: [
      { value: 'true', label: t('isExpired') },
      { value: 'false', label: t('isValid') },
    ],
  },
  { name: 'unusedSince', label: t('unusedSince'), kind: 'day' },
  {
    name: 'purpose',
    label: t('purpose'),
    kind: 'choice',
    options: (['multi', 'single'] as const).map((value) => ({ value, label: t(value) })),
  },
  { name: 'atLeast', label: t('atLeast'), kind: 'text' },
  { name: 'atMost', label: t('atMost'), kind: 'text' },
]

/** Gift cards with what is left on them, the newest first. */
export function CardList() {
  const { may } = useWorkplace()
  const to = useAddress()
  const sell = may('payments.write') && (
    <GoButton size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} to={to('gift-cards/sell')}>
      {t('sell')}
    </GoButton>
  )
  return (
    <ListPage
      name="gift-cards"
      exports="gift-cards"
      counting="listGiftCardsCount"
      title={t('title')}
      operation="listGiftCards"
      columns={columns}
      filters={filters}
      keyOf={(row) => row.id}
      nameOf={cardName}
      opens={(row) => ({ kind: 'gift-card', id: row.id })}
      views={<Sections at="cards" />}
      actions={
        <>
          {may('reports.read') && (
            <GoButton size="xs" variant="subtle" to={to('reports/gift-cards')}>
              {t('report')}
            </GoButton>
          )}
          {may('payments.write') && (
            <GoButton size="xs" variant="default" to={to('gift-cards/redeem')}>
              {t('redeem')}
            </GoButton>
          )}
          {sell}
        </>
      }
      empty={{ title: t('empty'), text: t('emptyText'), action: sell }}
    />
  )
}
