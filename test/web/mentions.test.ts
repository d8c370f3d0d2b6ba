import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Draft, edited, emptyDraft, lettersAt, named, sentText } from '../../web/admin/src/areas/inbox/mentions.ts'

const anna = { userId: 7, name: 'Anna Ash' }
const typed = (text: string): Draft => edited(emptyDraft, text)

test('@ and letters at the beginning of a word name somebody, and an address does not', () => {
  expect(lettersAt(typed('Ask @an'), 7)).toEqual({ at: 4, letters: 'an' })
  expect(lettersAt(typed('@'), 1)).toEqual({ at: 0, letters: '' })
  expect(lettersAt(typed('anna@shop.example'), 17)).toBeUndefined()
  expect(lettersAt(typed('Ask @anna\nand'), 13)).toBeUndefined()
  expect(lettersAt(typed('Ask'), 3)).toBeUndefined()
})

test('who was named is sent as who they are, however the words around it change', () => {
  const draft = named(typed('Ask @an'), { at: 4, letters: 'an' }, anna)
  expect(draft.text).toBe('Ask @Anna Ash ')
  expect(lettersAt(draft, 14)).toBeUndefined()
  expect(sentText(draft)).toBe('Ask @[user:7] ')
  expect(sentText(edited(edited(draft, 'Please ask @Anna Ash '), 'Please ask @Anna Ash. You'))).toBe(
    'Please ask @[user:7]. You',
  )
  const both = named(edited(draft, 'Ask @Anna Ash and @b'), { at: 18, letters: 'b' }, { userId: 8, name: 'Bo' })
  expect(sentText(both)).toBe('Ask @[user:7] and @[user:8] ')
})

test('a name that is written over is no more than words', () => {
  const draft = named(typed('@an'), { at: 0, letters: 'an' }, anna)
  expect(sentText(edited(draft, '@Anna Ashworth '))).toBe('@Anna Ashworth ')
  expect(sentText(edited(draft, '@Anno Ash '))).toBe('@Anno Ash ')
  expect(sentText(edited(draft, ''))).toBe('')
})

test('whatever is typed after it, each mention stands where its name does', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 6 }), (texts) => {
      let draft = named(typed('x @a'), { at: 2, letters: 'a' }, anna)
      for (const text of texts)
        draft = edited(draft, text.includes('y') ? `${text}${draft.text}` : `${draft.text}${text}`)
      for (const { at, name } of draft.mentions) expect(draft.text.slice(at, at + name.length + 1)).toBe(`@${name}`)
      expect(draft.mentions).toHaveLength(1)
    }),
  )
})
