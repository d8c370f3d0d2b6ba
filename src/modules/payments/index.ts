export { type NewPayment, savePayments } from './save-payments.ts'
export { type Settlement, settleAtOnce } from './settle-at-once.ts'
