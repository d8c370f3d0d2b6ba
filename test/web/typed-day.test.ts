import { expect, test } from 'vitest'
import { writtenDay } from '../../web/ui/figures.ts'
import { typedDay } from '../../web/ui/typed-day.ts'

const near = '2024-05-17'
const days = ['2011-01-02', '2024-02-29', '2024-03-01', '2024-05-31', '2025-09-10', '2026-12-31']

test.each(['en-GB', 'en-US', 'de-DE', 'de-AT', 'fr-FR', 'es-ES', 'it-IT', 'nl-NL', 'pl-PL', 'pt-BR', 'sv-SE', 'ja-JP'])(
  'in %s a day is read as it is written',
  (locale) => {
    for (const day of days) {
      expect(typedDay(writtenDay(day, locale), { locale, near })).toBe(day)
      expect(typedDay(writtenDay(day, locale, 'long'), { locale, near })).toBe(day)
    }
  },
)

test.each([
  ['30/6/24', 'en-GB', '2024-06-30'],
  ['6/30/24', 'en-US', '2024-06-30'],
  ['30.6.', 'de-DE', '2024-06-30'],
  ['30 jun', 'en-US', '2024-06-30'],
  ['Jun 30', 'en-GB', '2024-06-30'],
  ['1 Mär 25', 'de-DE', '2025-03-01'],
  ['31', 'en-GB', '2024-05-31'],
  ['300611', 'en-GB', '2011-06-30'],
  ['2011-06-30', 'de-DE', '2011-06-30'],
])('%s in %s is %s', (typed, locale, day) => {
  expect(typedDay(typed, { locale, near })).toBe(day)
})

test.each(['31/6/24', '30 foo 2024', 'Jun', 'Jun 300', '1 Jun 2 2024', '', '1/2/3/4', 'June July 3'])(
  '%j is no day',
  (typed) => {
    expect(typedDay(typed, { locale: 'en-GB', near })).toBeUndefined()
  },
)
