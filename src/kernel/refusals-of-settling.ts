import type { RefusalKind } from './refusals-of-people.ts'

/** Why money, a deposit, a card or a credit does not settle what is open. Part of the one catalogue. */
export const refusalsOfSettling = {
  deposit_exceeds_payment: {
    status: 422,
    title: 'More would be applied than is left of the deposit',
    remedy: 'Apply no more than what is left.',
  },
  deposit_forfeited: {
    status: 422,
    title: 'What was left of the payment is kept, and does not go back',
    remedy:
      'Refund what credit notes of the order still owe, and no more: issue the credit note first for what goes back of a delivery.',
  },
  deposit_spent: {
    status: 422,
    title: 'Nothing of this payment is left to keep',
    remedy: 'Look at what it settled, and what of it went back or was kept before.',
  },
  discount_not_offered: {
    status: 422,
    title: 'The invoice offers no such discount, or not on that day',
    remedy: 'Enter the payment as received and leave the rest open, or offer the discount on the invoice first.',
  },
  discount_offered_differently: {
    status: 409,
    title: 'The invoice offers another discount',
    remedy: 'Look at the terms of the invoice; they are offered once.',
  },
  gift_card_differs: {
    status: 409,
    title: 'The gift card was sold with another purpose, tax code or last day',
    remedy: 'Sell another card.',
  },
  gift_card_exceeded: {
    status: 422,
    title: 'The gift card holds less than that',
    remedy: 'Use no more than its balance.',
  },
  gift_card_expired: {
    status: 422,
    title: 'The last day of the gift card is over',
    remedy: 'Pay in another way, refund what is left on it, or take it as breakage.',
  },
  gift_card_unknown: { status: 404, title: 'There is no such gift card', remedy: 'Look at the code on the card.' },
  open_item_exceeded: {
    status: 422,
    title: 'More would be applied than is open',
    remedy: 'Apply no more than what is open.',
  },
  parts_exceed_payment: {
    status: 422,
    title: 'More is put to invoices than was paid',
    remedy: 'Put no more to the invoices than what the payment settles.',
  },
  open_item_unknown: {
    status: 404,
    title: 'There is no such open item',
    remedy: 'List what the customer owes, or what the supplier is owed.',
  },
  open_items_of_different_parties: {
    status: 422,
    title: 'The items belong to different parties or currencies',
    remedy: 'Apply items of one customer, or of one supplier, and one currency to each other.',
  },
  payment_exists_differently: {
    status: 409,
    title: 'A payment of this reference exists with other content',
    remedy: 'Compare both; a payment of its own needs a reference of its own.',
  },
  payment_unknown: { status: 404, title: 'There is no such payment', remedy: 'Look the payment up by its reference.' },
  refund_exceeds_payment: {
    status: 422,
    title: 'More would be refunded than was captured',
    remedy: 'Refund no more than what is left of the payment.',
  },
  store_credit_exceeded: { status: 422, title: 'The store credit is less than that', remedy: 'Use no more of it.' },
} as const satisfies Record<string, RefusalKind>
