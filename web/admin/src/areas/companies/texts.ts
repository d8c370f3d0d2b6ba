import { defineTexts } from '../../../../ui/language.ts'

export const t = defineTexts('companies', {
  title: 'Companies',
  none: 'There are no books yet',
  noneText: "Create your company: it starts with its country's chart of accounts, tax codes and mapping.",
  noneOfYours: 'You are in no company',
  noneOfYoursText: 'Ask an owner of one to invite you.',
  create: 'Create a company',
  lookAround: 'Look around in a sample company',
  newTitle: 'A new company',
  newText: 'Its country proposes the rest. All of it can be changed later but the currency.',
  name: 'Name',
  country: 'Country',
  currency: 'Currency of the books',
  currencyMissing: 'The country has no currency of its own: choose one.',
  fiscalYear: 'Fiscal year begins in',
  createButton: 'Create',
  signOut: 'Sign out',
  startsWith: 'It starts with',
  chart: 'Chart of accounts',
  tax: 'Tax',
  taxKnown: 'Tax codes and rates of {{authority}}; the standard rate today is {{rate}}.',
  timeZone: 'Time zone',
  taxUnknown: 'No tax rules of {{country}} are known here',
  taxUnknownText:
    'Its books work all the same: documents say their own tax, or you enter the rates as tax codes. Returns to its tax office are not prepared.',

  beginTitle: '{{name}} is ready',
  beginText: 'How would you like to begin? The others stay possible.',
  history: 'Bring my history',
  historyText:
    'Drop exports of your shop or your earlier books. A check shows what would be posted before anything is.',
  sample: 'Look around in a sample company',
  sampleText: 'A made-up shop with two years of books, in a company of its own beside yours. It takes about a minute.',
  empty: 'Start empty',
  emptyText: 'The chart, tax codes and mapping are there. Invoice, pay and post from today on.',

  makingTitle: 'Making the sample company',
  makingText:
    'It is told to the books by the same commands that you use. You can leave: it goes on, and you find it among your companies.',
  makingProgress: 'Progress',
  makingSteps: 'Step {{done}} of {{all}}',
  makingBegins: 'It begins',
  makingFailed: 'The sample company could not be made',
  openNow: 'Look in while it is made',
  openDone: 'Open it',
  otherCompanies: 'Other companies',
})
