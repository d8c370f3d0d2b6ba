export { findOrAddGiftCards, recordGiftCardSales, unidentifiedCard } from './gift-cards.ts'
export { type GiftCardMovement, moveGiftCards } from './move-gift-cards.ts'
export { type GiftCardRedemption, redeemGiftCards } from './redeem-gift-cards.ts'
export { type GiftCardSale, sellGiftCards } from './sell-gift-cards.ts'
