import { expect, test } from 'vitest'
import { readSettings, settings } from '../../src/kernel/settings.ts'

test('without any, what usually holds is told of each', () => {
  const { wrong, odd, summary } = readSettings({ PATH: '/bin', PORT: '' })
  expect({ wrong, odd }).toEqual({ wrong: [], odd: [] })
  expect(Object.keys(summary)).toEqual(Object.keys(settings))
  expect(summary.PORT).toBe('not set (8080)')
})

test('a value that cannot be is one sentence, and a variable of ours that nothing reads is told', () => {
  const read = readSettings({
    PORT: '70000',
    COUNTINGHOUSE_LOG_LEVEL: 'loud',
    COUNTINGHOUSE_DTAA: '/books',
    OTHER: '1',
  })
  expect(read.wrong).toEqual([
    expect.stringMatching(/^COUNTINGHOUSE_LOG_LEVEL is loud: .*info/),
    'PORT is 70000: a number from 0 to 65535.',
  ])
  expect(read.odd).toEqual(['COUNTINGHOUSE_DTAA is set, and nothing reads it.'])
})

test('a secret is never shown, not even one that is wrong', () => {
  const secret = 'hush-hush'
  const read = readSettings({
    COUNTINGHOUSE_METRICS_TOKEN: secret,
    DATABASE_URL: `postgres://anna:${secret}@db.example:5432/books?password=${secret}`,
    DATABASE_APP_URL: `mysql://anna:${secret}@db.example/books`,
  })
  expect(JSON.stringify(read)).not.toContain(secret)
  expect(read.summary.DATABASE_URL).toBe('postgres://anna@db.example:5432/books')
  expect(read.wrong).toHaveLength(2)
})
