import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../src/kernel/database.ts'
import { parseStory, playStory } from '../src/stories/index.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'

const folder = join(import.meta.dirname, 'books')

let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await testDatabase()
  database = openDatabase({ url: server.url })
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

const play = (text: string, keep = false) => playStory(database, parseStory('story.txt', text), { keep })
const companies = async () => (await database.owner.query('select id from company')).rowCount

describe('the books', () => {
  test.each(readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', async (name) => {
    const story = parseStory(name, readFileSync(join(folder, name), 'utf8'))
    expect((await playStory(database, story)).differences).toEqual([])
    expect(story.steps.some(({ does }) => does === 'trial balance')).toBe(true)
  })
})

const rent = 'company GB GBP\n2011-01-15  journal rent: 7100 100.00, bank -100.00\n'

describe('a story that differs from the books fails', () => {
  test.each([
    ['an expectation', '2011-01-31  expect bank -99.99', 'bank -99.99', 'bank -100.00', [3, 20]],
    ['a day too early', '2011-01-14  expect bank -100.00', 'bank -100.00', 'bank 0.00', [3, 20]],
    ['a row', '2011-01-31  trial balance\n  7100 100.00\n  bank 1.00', 'bank 1.00', 'bank -100.00', [5, 3]],
    ['a row too few', '2011-01-31  trial balance\n  7100 100.00', 'bank 0.00', 'bank -100.00', [3, 13]],
    [
      'a row too many',
      '2011-01-31  trial balance\n  7100 100.00\n  bank -100.00\n  cash 1.00',
      'cash 1.00',
      'cash 0.00',
      [6, 3],
    ],
    [
      'a refusal that does not come',
      '2011-01-16  refuse reverse rent because entry_unknown',
      'refused because entry_unknown',
      'done',
      [3, 13],
    ],
    [
      'another refusal',
      '2011-01-16  refuse reverse food because period_closed',
      'refused because period_closed',
      'refused because entry_unknown: There is no such entry: entry food',
      [3, 13],
    ],
    [
      'a fact that is refused',
      '2011-01-16  reverse food',
      'done',
      'refused because entry_unknown: There is no such entry: entry food',
      [3, 13],
    ],
  ])('%s', async (_, line, expected, found, [at, column]) => {
    const { ok, differences } = await play(rent + line)
    expect(ok).toBe(false)
    expect(differences).toEqual([expect.objectContaining({ file: 'story.txt', line: at, column, expected, found })])
  })

  test('and so does one whose books break a check', async () => {
    const story = parseStory('story.txt', rent)
    const tampering = { ...database, owner: tamperingPool(database) }
    const { ok, differences } = await playStory(tampering, story)
    expect(ok).toBe(false)
    expect(differences.map(({ text }) => text)).toContain('check balances-match-lines')
  })
})

/** The owner's pool, whose connections change a stored balance behind the story's back just after they are folded. */
function tamperingPool({ owner }: Database): Database['owner'] {
  const connect = async () => {
    const client = await owner.connect()
    const query = client.query.bind(client) as (...all: unknown[]) => Promise<unknown>
    const tampered = async (...all: unknown[]) => {
      const result = await query(...all)
      if (String(all[0]).includes('fold_balances'))
        await query('update account_balance set amount_minor = amount_minor + 1')
      return result
    }
    return new Proxy(client, { get: (target, name) => (name === 'query' ? tampered : boundTo(target, name)) })
  }
  return new Proxy(owner, { get: (target, name) => (name === 'connect' ? connect : boundTo(target, name)) })
}

function boundTo(target: object, name: string | symbol): unknown {
  const value = Reflect.get(target, name) as unknown
  return typeof value === 'function' ? value.bind(target) : value
}

test('a story leaves nothing behind, and a kept one its company', async () => {
  const before = await companies()
  expect(await play(rent)).toMatchObject({ ok: true, companyId: null, facts: 1 })
  expect(await companies()).toBe(before)
  const { companyId } = await play(rent, true)
  expect(await companies()).toBe((before ?? 0) + 1)
  const lines = await database.owner.query('select amount_minor from journal_line where company_id = $1', [companyId])
  expect(lines.rowCount).toBe(2)
})
