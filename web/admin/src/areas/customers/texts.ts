import { defineTexts } from '../../../../ui/language.ts'

export const t = defineTexts('customers', {
  title: 'Customers',
  customer: 'Customer',
  new: 'New customer',
  number: 'Number',
  name: 'Name',
  country: 'Country',
  paymentDays: 'Days to pay',
  paymentDaysText: 'After how many days an invoice is due.',
  add: 'Add the customer',
  added: '{{name}} is added',
  exists: 'A customer with this number exists already; it was left as it is.',
  edit: 'Edit',
  editTitle: 'Edit {{name}}',
  save: 'Save',
  saved: 'Saved',
  empty: 'No customers yet',
  emptyText: 'Customers come with the documents that are imported, or are added here.',
  documents: 'Their documents',
})
