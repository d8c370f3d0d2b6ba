import { defineTexts } from '../language.ts'

export const t = defineTexts('posting', {
  whatItPosts: 'What it posts',
  toCome: 'As soon as the form is filled in, its entries stand here before anything is posted.',
  waits: 'A second person is asked first. Nothing is posted until they approve.',
  postedAlready: 'This has been posted already. Posting it again changes nothing.',
  hidden: 'You may post this, and not see the entries of it.',
  nothing: 'It posts nothing: no account changes.',
  wouldRefuse: 'As it stands, it would be declined',
  amountWrong: 'An amount such as {{example}}.',
  back: 'Back',
  partyUnknown: 'Nobody of this name or number.',
})
