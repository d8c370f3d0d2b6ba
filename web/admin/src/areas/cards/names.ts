/** What the area is called where it is offered: that is loaded before anything is shown, and all its other texts only with its screens. */
export const names = {
  title: 'Gift cards',
  credit: 'Store credit',
  movements: 'Movements of gift cards',
  sell: 'Sell a gift card',
  redeem: 'Pay with a gift card',
  issue: 'Keep a credit note as store credit',
} as const
