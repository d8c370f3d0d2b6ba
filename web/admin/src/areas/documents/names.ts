/** What the screens are called where they are offered: that is loaded before anything is shown, and their other texts only with them. */
export const names = {
  newInvoice: 'New invoice',
  newCreditNote: 'Credit note',
} as const
