import { expect, test } from 'vitest'
import { csvField } from '../../web/ui/csv.ts'
import { dayOr, isDay, monthOf, quarterOf, today, yearOf, yearsAway } from '../../web/ui/days.ts'
import { ago, writtenDay } from '../../web/ui/figures.ts'
import { defineTexts } from '../../web/ui/language.ts'
import { parseSearch, writeSearch } from '../../web/ui/search-text.ts'
import { typedDay } from '../../web/ui/typed-day.ts'

test('months, quarters and fiscal years begin and end where they do', () => {
  expect(monthOf('2024-02-10')).toEqual({ from: '2024-02-01', to: '2024-02-29' })
  expect(monthOf('2024-01-31', -1)).toEqual({ from: '2023-12-01', to: '2023-12-31' })
  expect(quarterOf('2024-05-31')).toEqual({ from: '2024-04-01', to: '2024-06-30' })
  expect(quarterOf('2024-02-01', -1)).toEqual({ from: '2023-10-01', to: '2023-12-31' })
  expect(yearOf('2024-03-31', 4)).toEqual({ from: '2023-04-01', to: '2024-03-31' })
  expect(yearOf('2024-04-01', 4)).toEqual({ from: '2024-04-01', to: '2025-03-31' })
  expect(yearOf('2024-04-01', 1, -1)).toEqual({ from: '2023-01-01', to: '2023-12-31' })
  expect(yearsAway('2024-02-29', -1)).toBe('2023-02-28')
})

test('today is that of the company, not of the reader', () => {
  const moment = new Date('2024-06-30T23:30:00Z')
  expect([today('Europe/London', moment), today('America/New_York', moment)]).toEqual(['2024-07-01', '2024-06-30'])
})

test('days have no time zone, and what is past is told in its largest unit', () => {
  expect(writtenDay('2024-01-01', 'en-GB')).toBe('1 Jan 2024')
  const now = Date.parse('2024-01-02T12:00:00Z')
  expect(ago('2024-01-02T11:58:00Z', 'en-GB', now)).toBe('2 min ago')
  expect(ago('2024-01-02T09:00:00Z', 'en-GB', now)).toBe('3 hr ago')
  expect(ago('2024-01-02T09:00:00Z', 'de-DE', now)).toBe('3 hr ago')
})

test('what is no day is said as it stands, and is no reason to show nothing', () => {
  const written = ['abc', '2024-13-01', '2024-99-99', '', '2024T', '2024-01-01T99:00'].map((day) =>
    writtenDay(day, 'en-GB'),
  )
  expect(written).toEqual(['abc', '2024-13-01', '2024-99-99', '', '2024T', '2024-01-01T99:00'])
  expect(['2024-02-29', '2023-02-29', '2024-2-9', 'abc', '2024-01', ''].filter(isDay)).toEqual(['2024-02-29'])
  expect([dayOr('2024-02-30', '2024-01-01'), dayOr(undefined, '2024-01-01'), dayOr('2024-02-28', '')]).toEqual([
    '2024-01-01',
    '2024-01-01',
    '2024-02-28',
  ])
})

test('a field of a file is no formula, and keeps its commas, quotes and lines', () => {
  expect(['a', 'a,b', 'say "x"', 'a\nb', '=1+1', '-12.30', '-x', '@SUM(A1)'].map(csvField)).toEqual([
    'a',
    '"a,b"',
    '"say ""x"""',
    '"a\nb"',
    "'=1+1",
    '-12.30',
    "'-x",
    "'@SUM(A1)",
  ])
})

test('what stands in an address comes out of it as it went in', () => {
  const search = { kind: 'invoice', number: '007', tags: ['a', 'b'], after: 'x y&z=' }
  expect(parseSearch(writeSearch(search))).toEqual(search)
  expect(writeSearch({ a: undefined, b: '', c: null })).toBe('')
})

test('a text takes its values, and says one and many', () => {
  const t = defineTexts('test', {
    found_one: '{{count}} document',
    found_other: '{{count}} documents',
    hello: 'To {{name}}',
  })
  expect([t('found', { count: 1 }), t('found', { count: 3 }), t('hello', { name: 'A <b>' })]).toEqual([
    '1 document',
    '3 documents',
    'To A <b>',
  ])
  // @ts-expect-error a value that the text needs
  t('hello')
  // @ts-expect-error no such text
  t('nothing')
})

test('a day is typed as people write days, in the order of their locale', () => {
  const typed = (text: string, locale = 'en-GB') => typedDay(text, { locale, near: '2024-06-15' })
  expect(['30/6/11', '30.6.', '30 Jun 2011', '30', '2011-06-30', '300611', '3 may'].map((text) => typed(text))).toEqual(
    ['2011-06-30', '2024-06-30', '2011-06-30', '2024-06-30', '2011-06-30', '2011-06-30', '2024-05-03'],
  )
  expect(['6/30/11', 'Jun 30, 2011', 'june 30'].map((text) => typed(text, 'en-US'))).toEqual([
    '2011-06-30',
    '2011-06-30',
    '2024-06-30',
  ])
  for (const text of ['31 Jun 2011', '30 Foo 2011', 'Jun', '1 2 3 4', '30 Jun 2011 5', 'Jun Jul 3', '32'])
    expect(typed(text)).toBeUndefined()
})

test('a day as a locale writes it is that day when it is typed again', () => {
  for (const locale of [
    'en-GB',
    'en-US',
    'de-DE',
    'fr-FR',
    'es-ES',
    'it-IT',
    'nl-NL',
    'pl-PL',
    'pt-BR',
    'sv-SE',
    'hu-HU',
    'ru-RU',
    'ja-JP',
    'zh-CN',
  ])
    for (const day of ['2024-01-02', '2024-03-31', '2024-05-09', '2024-08-30', '2024-12-11'])
      expect(typedDay(writtenDay(day, locale), { locale, near: '2020-02-29' }), locale).toBe(day)
})
