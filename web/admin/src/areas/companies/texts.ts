import { defineTexts } from '../../../../ui/language.ts'

export const t = defineTexts('companies', {
  title: 'Companies',
  none: 'There are no books yet',
  noneText: "Create a company: it starts with its country's chart of accounts, tax codes and mapping.",
  noneOfYours: 'You are in no company',
  noneOfYoursText: 'Ask an owner of one to invite you.',
  create: 'Create a company',
  newTitle: 'A new company',
  newText:
    'Its country brings the chart of accounts, the tax codes and the mapping. All of it can be changed later but the currency.',
  name: 'Name',
  country: 'Country',
  currency: 'Currency',
  createButton: 'Create',
  signOut: 'Sign out',
})
