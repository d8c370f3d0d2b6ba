/** What the area is called where it is offered: that is loaded before anything is shown, and all its other texts only with its screens. */
export const names = {
  title: 'Payments',
  receive: 'Receive a payment',
  payout: 'Record a payout',
  fee: 'Record a fee',
  terms: 'Discounts for paying early',
} as const
