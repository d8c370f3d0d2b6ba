import { IconCash } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { names } from './names.ts'

export const payments: Area = {
  name: 'payments',
  rail: { label: names.title, icon: IconCash, path: 'payments', key: 'p', permission: 'sales.read', order: 37 },
  screens: [
    {
      path: 'payments',
      permission: 'sales.read',
      name: names.title,
      load: async () => (await import('./payment-list.tsx')).PaymentList,
    },
    {
      path: 'payments/receive',
      permission: 'payments.write',
      name: names.receive,
      load: async () => (await import('./receive-payment.tsx')).ReceivePayment,
    },
    {
      path: 'payments/payout',
      permission: 'payments.write',
      name: names.payout,
      load: async () => (await import('./payout.tsx')).RecordPayout,
    },
    {
      path: 'payments/fee',
      permission: 'payments.write',
      name: names.fee,
      load: async () => (await import('./fee.tsx')).RecordFee,
    },
    {
      path: 'payments/early-terms',
      permission: 'sales.read',
      name: names.terms,
      load: async () => (await import('./term-list.tsx')).TermList,
    },
    {
      path: 'payments/refund',
      permission: 'payments.write',
      load: async () => (await import('./refund-payment.tsx')).RefundPayment,
    },
    {
      path: 'payments/write-off',
      permission: 'journal.post',
      load: async () => (await import('./write-off.tsx')).WriteOff,
    },
    {
      path: 'payments/settle',
      permission: 'payments.write',
      load: async () => (await import('./settle-items.tsx')).SettleItems,
    },
    {
      path: 'payments/use-deposit',
      permission: 'payments.write',
      load: async () => (await import('./use-deposit.tsx')).UseDeposit,
    },
    {
      path: 'payments/forfeit',
      permission: 'journal.post',
      load: async () => (await import('./forfeit.tsx')).Forfeit,
    },
  ],
  details: {
    payment: {
      path: 'payments',
      permission: 'sales.read',
      load: async () => (await import('./payment-detail.tsx')).PaymentDetail,
    },
  },
}
