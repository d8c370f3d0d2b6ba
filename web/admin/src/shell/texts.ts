import { defineTexts } from '../../../ui/language.ts'

export const t = defineTexts('shell', {
  account: 'Your account',
  apiDocs: 'API documentation',
  companyUnknown: 'There is no such company for you',
  companyUnknownText:
    'Either it does not exist, or nobody has invited you to it. Choose another, or ask its owner for an invitation.',
  chooseCompany: 'Choose a company',
  goTo: 'Go to',
  found_document: 'Documents',
  found_customer: 'Customers',
  found_supplier: 'Suppliers',
  found_item: 'Items',
  found_account: 'Accounts',
  found_payment: 'Payments',
  found_entry: 'Entries',
  found_import: 'Imports',
  kind_invoice: 'Invoice',
  kind_credit_note: 'Credit note',
  kind_bad_debt: 'Bad debt',
  kind_stock_adjustment: 'Stock adjustment',
  kind_free_items: 'Free items',
  kind_order: 'Order',
  kind_capture: 'Payment',
  kind_refund: 'Refund',
  nothingForYou: 'There is nothing here that you may see yet',
  nothingForYouText: 'An owner of the company can give you more permissions under Settings, People.',
})
