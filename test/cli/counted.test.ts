import { expect, test } from 'vitest'
import { counted } from '../../src/cli/counted.ts'

test('one of a thing is said in the singular', () => {
  expect([0, 1, 2].map((count) => counted(count, 'entry', 'entries'))).toEqual(['0 entries', '1 entry', '2 entries'])
})
