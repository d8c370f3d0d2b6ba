import { expect, test } from 'vitest'
import { logOptions, openLog, withoutQuotes } from '../../src/kernel/log.ts'

const lines: string[] = []
const write = (line: string): void => void lines.push(line)

test('a line is one JSON document, or one line of text', () => {
  openLog({ format: 'json', level: 'info', write }).info('request', { route: '/healthz', status: 200 })
  expect(JSON.parse(lines.pop() ?? '')).toMatchObject({ level: 'info', msg: 'request', route: '/healthz', status: 200 })
  openLog({ format: 'text', level: 'info', write }).warn('odd', { company: '3' })
  expect(lines.pop()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z warn: odd company=3\n$/)
  openLog({ format: 'text', level: 'error', write }).info('not said')
  expect(lines).toEqual([])
})

test('programs get JSON and people text, unless they say otherwise', () => {
  const stream = (isTTY: boolean) => ({ isTTY }) as NodeJS.WriteStream
  expect(logOptions({}, stream(true)).format).toBe('text')
  expect(logOptions({}, stream(false)).format).toBe('json')
  expect(logOptions({ COUNTINGHOUSE_LOG_FORMAT: 'json' }, stream(true)).format).toBe('json')
  expect(logOptions({ COUNTINGHOUSE_LOG_FORMAT: 'text' }, stream(false)).format).toBe('text')
})

test('what stands in quotation marks is left out', () => {
  expect(withoutQuotes(`invalid input for type bigint: "Anna O'Hara" in 'x'`)).toBe(
    `invalid input for type bigint: "…" in '…'`,
  )
})
