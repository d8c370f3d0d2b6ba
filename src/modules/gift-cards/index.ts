export { findOrAddGiftCards, recordGiftCardSales } from './gift-cards.ts'
