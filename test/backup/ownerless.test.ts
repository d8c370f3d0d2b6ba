import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBackup, restoreInstallation, writeBackup } from '../../src/backup/index.ts'
import { migrate } from '../../src/kernel/migrate.ts'
import { newOwnerLink } from '../../src/modules/identity/index.ts'
import { newCompany, openSite, owner, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'
import { House } from './support.ts'

const fixture = fileURLToPath(new URL('../fixtures/books-of-0003.backup', import.meta.url))
const program = fileURLToPath(new URL('../../src/server.ts', import.meta.url))

let site: Site
let house: House
let path: string
beforeAll(async () => {
  site = await openSite()
  house = await House.open(5)
  await newCompany(site, 'Shop of Olive')
  path = house.path()
  await writeBackup(site.database, path)
})
afterAll(async () => {
  await site.close()
  await house.close()
})

/** A database as the first start leaves it: migrated, and with the link for whoever will own it. */
async function startedOnce(): Promise<{ url: string; link: string }> {
  const url = await house.empty()
  await migrate(url)
  return { url, link: (await newOwnerLink(house.open(url))) as string }
}

test('an installation that was started and has no owner yet takes a backup; the link of before is good no more', async () => {
  const { url } = await startedOnce()
  const restored = await restoreInstallation(await openBackup(path), { url })
  expect(restored.companies.map(({ name, intact }) => [name, intact])).toEqual([['Shop of Olive', true]])
  const [left] = await runSql<{ open: number; people: string[] }>(
    url,
    `select (select count(*)::int from auth.one_time_link where used_at is null) as open,
        (select array_agg(email) from auth."user") as people`,
  )
  expect(left).toEqual({ open: 0, people: [owner.email] })
  expect(await newOwnerLink(house.open(url))).toBeUndefined()
})

test('so does one for a backup of an older version', async () => {
  const { url } = await startedOnce()
  const restored = await restoreInstallation(await openBackup(fixture), { url })
  expect(restored.companies.length).toBeGreaterThan(0)
  expect((await runSql(url, 'select from company')).length).toBe(restored.companies.length)
})

test('one with an owner, or with a company, is never written over, and says what it holds', async () => {
  const { url } = await startedOnce()
  const backup = await openBackup(path)
  await restoreInstallation(backup, { url })
  await expect(restoreInstallation(backup, { url })).rejects.toMatchObject({
    code: 'restore_needs_empty',
    detail: { found: expect.stringContaining('Shop of Olive') },
  })
})

test('a server that runs without an owner goes on with what was restored under it', async () => {
  const url = await house.empty()
  const env = { ...process.env, DATABASE_URL: url, PORT: '' }
  const child = spawn(process.execPath, [program, '--port', '0'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr.resume()
  const ended = once(child, 'close')
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    const at = `http://127.0.0.1:${/localhost:(\d+)/.exec(line)?.[1]}`
    expect((await fetch(`${at}/`, { headers: { accept: 'text/html' } })).url).toBe(`${at}/setup`)
    await restoreInstallation(await openBackup(path), { url })
    expect((await fetch(`${at}/readyz`)).status).toBe(200)
    const signedIn = await fetch(`${at}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: owner.email, password: owner.password }),
    })
    expect(signedIn.status).toBeLessThan(300)
    const cookie = signedIn.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    const companies = await fetch(`${at}/api/v1/companies`, { headers: { cookie } })
    expect(await companies.text()).toContain('Shop of Olive')
  } finally {
    child.kill('SIGTERM')
    await ended
  }
})
