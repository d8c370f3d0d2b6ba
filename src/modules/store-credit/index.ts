export { moveStoreCredit, type StoreCreditRequest } from './move-store-credit.ts'
export { type StoreCreditMovement, saveMovements } from './save-movements.ts'
