import { defineTexts } from '../../../ui/language.ts'

export const t = defineTexts('shell', {
  account: 'Your account',
  apiDocs: 'API documentation',
  companyUnknown: 'There is no such company for you',
  companyUnknownText:
    'Either it does not exist, or nobody has invited you to it. Choose another, or ask its owner for an invitation.',
  chooseCompany: 'Choose a company',
  goTo: 'Go to',
  nothingForYou: 'There is nothing here that you may see yet',
  nothingForYouText: 'An owner of the company can give you more permissions under Settings, People.',
})
