import { IconGift } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { names } from './names.ts'

export const cards: Area = {
  name: 'cards',
  rail: { label: names.title, icon: IconGift, path: 'gift-cards', key: 'f', permission: 'sales.read', order: 38 },
  screens: [
    {
      path: 'gift-cards',
      permission: 'sales.read',
      name: names.title,
      load: async () => (await import('./card-list.tsx')).CardList,
    },
    {
      path: 'gift-cards/movements',
      permission: 'sales.read',
      name: names.movements,
      load: async () => (await import('./movement-list.tsx')).CardMovementList,
    },
    {
      path: 'gift-cards/sell',
      permission: 'payments.write',
      name: names.sell,
      load: async () => (await import('./sell-card.tsx')).SellCard,
    },
    {
      path: 'gift-cards/redeem',
      permission: 'payments.write',
      name: names.redeem,
      load: async () => (await import('./redeem-card.tsx')).RedeemCard,
    },
    {
      path: 'gift-cards/refund',
      permission: 'payments.write',
      load: async () => (await import('./give-up-card.tsx')).RefundCard,
    },
    {
      path: 'gift-cards/breakage',
      permission: 'payments.write',
      load: async () => (await import('./give-up-card.tsx')).LapseCard,
    },
    {
      path: 'store-credit',
      permission: 'sales.read',
      name: names.credit,
      load: async () => (await import('./credit-list.tsx')).CreditList,
    },
    {
      path: 'store-credit/movements',
      permission: 'sales.read',
      load: async () => (await import('./movement-list.tsx')).CreditMovementList,
    },
    {
      path: 'store-credit/issue',
      permission: 'payments.write',
      name: names.issue,
      load: async () => (await import('./issue-credit.tsx')).IssueCredit,
    },
    {
      path: 'store-credit/redeem',
      permission: 'payments.write',
      load: async () => (await import('./use-credit.tsx')).RedeemCredit,
    },
    {
      path: 'store-credit/pay-out',
      permission: 'payments.write',
      load: async () => (await import('./use-credit.tsx')).PayOutCredit,
    },
  ],
  details: {
    'gift-card': {
      path: 'gift-cards',
      permission: 'sales.read',
      load: async () => (await import('./card-detail.tsx')).CardDetail,
    },
    'store-credit': {
      path: 'store-credit',
      permission: 'sales.read',
      load: async () => (await import('./credit-detail.tsx')).CreditDetail,
    },
  },
}
