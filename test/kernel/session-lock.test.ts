import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, inCompany, openDatabase } from '../../src/kernel/database.ts'
import { isSessionLocked, trySessionLock } from '../../src/kernel/session-lock.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

let copy: TestDatabase
let one: Database
let other: Database
let third: Database
beforeAll(async () => {
  copy = await testDatabase()
  one = openDatabase({ url: copy.url, connections: 1 })
  other = openDatabase({ url: copy.url, connections: 1 })
  third = openDatabase({ url: copy.url, connections: 1 })
})
afterAll(async () => {
  await Promise.all([one, other, third].map((database) => database.close()))
  await copy.drop()
})

const take = ({ app }: Database) => trySessionLock(app, 'a lock', 7n)

/** Runs work while the application may not call a function of the database. */
async function without(called: string, work: () => Promise<unknown>): Promise<void> {
  await one.owner.query(`revoke execute on function ${called} from public`)
  await work()
  await one.owner.query(`grant execute on function ${called} to public`)
}

test('one holds it at a time, and the next one when it is let go of', async () => {
  const held = await take(one)
  expect(await take(other)).toBeUndefined()
  await held?.release()
  const next = await take(other)
  expect(next).toBeDefined()
  await next?.release()
})

test('where it cannot be asked for, its connection is not lost to the others', async () => {
  await without('pg_try_advisory_lock(bigint)', () => expect(take(one)).rejects.toThrow('permission denied'))
  const next = await take(one)
  expect(next).toBeDefined()
  await next?.release()
})

test('where it cannot be let go of, it ends with its connection, and nobody is lent that', async () => {
  const held = await take(one)
  await without('pg_advisory_unlock(bigint)', async () => await held?.release())
  expect(one.app.totalCount).toBe(0)
})

test('whether it is held can be asked without taking it, whatever its number', async () => {
  const asked = (number: bigint) =>
    inCompany(one, 1n, async (tx) => {
      const locked = await isSessionLocked(tx, 'a lock', number)
      // While the transaction of who asks is open, it stands in nobody's way.
      const mine = await trySessionLock(other.app, 'a lock', number)
      await mine?.release()
      return { locked, free: mine !== undefined }
    })
  for (let number = 0n; number < 20n; number += 1n) {
    expect(await asked(number)).toEqual({ locked: false, free: true })
    const held = await trySessionLock(third.app, 'a lock', number)
    expect(await asked(number)).toEqual({ locked: true, free: false })
    await held?.release()
  }
})
