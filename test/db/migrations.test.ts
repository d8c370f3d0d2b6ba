import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const folder = new URL('../../db/migrations/', import.meta.url)
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => ({ name, statements: statementsOf(readFileSync(new URL(name, folder), 'utf8')) }))

/** The statements of a file, without comments, and without the bodies of functions, which run later. */
function statementsOf(file: string): string[] {
  return file
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/g, "''")
    .split(';')
    .map((statement) => statement.trim().toLowerCase())
}

const forced = new Set(
  migrations.flatMap(({ statements }) =>
    statements.flatMap((text) => /^select protect_company_table\('(\w+)'/.exec(text)?.[1] ?? []),
  ),
)

/** The company tables whose rows a file reads or writes while their rows are hidden from an owner who is no superuser. */
function hidden(statements: readonly string[]): string[] {
  const shown = new Set<string>()
  const made = new Set<string>()
  const found = new Set<string>()
  for (const text of statements) {
    const [, table = '', no] = /^alter table (\w+) (no )?force row level security$/.exec(text) ?? []
    if (no !== undefined) shown.add(table)
    else shown.delete(table)
    const [, created] = /^create table (\w+)/.exec(text) ?? []
    if (created !== undefined) made.add(created)
    if (!/^(update|insert|delete|with)\b/.test(text)) continue
    for (const [, named = ''] of text.matchAll(/\b(?:from|join|update|into|,)\s+(\w+)/g))
      if (forced.has(named) && !shown.has(named) && !made.has(named)) found.add(named)
  }
  return [...found]
}

describe('a migration that changes what companies have', () => {
  test.each(migrations.map(({ name, statements }) => [name, statements] as const))(
    '%s sees the rows also where the owner of the database is no superuser',
    (_, statements) => {
      expect(hidden(statements)).toEqual([])
    },
  )

  test('is told where it would see none', () => {
    expect(forced.size).toBeGreaterThan(40)
    expect(hidden(['update party set name = upper(name)'])).toEqual(['party'])
    const lifted = 'alter table party no force row level security'
    expect(hidden([lifted, 'update party set name = upper(name)'])).toEqual([])
    expect(hidden([lifted, 'with o as (select from party, account) update party p set name = name'])).toEqual([
      'account',
    ])
  })
})
