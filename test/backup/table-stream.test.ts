import { connect, createServer, type Server, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyInParts } from '../../src/backup/table-stream.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

let server: TestDatabase
let slow: Server
let client: pg.Client
const sockets: Socket[] = []

/** Hands on what the database says a byte at a time, so that whatever can be cut apart on its way is. */
async function byteByByte(from: Socket, to: Socket): Promise<void> {
  for await (const part of from as AsyncIterable<Buffer>) {
    for (const byte of part) {
      to.write(Buffer.of(byte))
      await setImmediate()
    }
  }
  to.end()
}

beforeAll(async () => {
  server = await testDatabase()
  const url = new URL(server.url)
  const { port, hostname } = url
  slow = createServer({ noDelay: true }, (near) => {
    const far = connect(Number(port), hostname)
    sockets.push(near, far)
    near.pipe(far)
    byteByByte(far, near).catch(() => near.destroy())
  })
  await new Promise<void>((ready) => slow.listen(0, '127.0.0.1', ready))
  url.port = String((slow.address() as { port: number }).port)
  url.hostname = '127.0.0.1'
  client = new pg.Client({ connectionString: url.href })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  for (const socket of sockets) socket.destroy()
  await new Promise((closed) => slow.close(closed))
  await server.drop()
})

test('a table is counted row by row, wherever what is sent is cut on its way, and whatever stands in its text', async () => {
  const counted = async (rows: string) => (await copyInParts(client, `copy (${rows}) to stdout`, async () => {})).rows
  expect(await counted('select n from generate_series(1, 20) n')).toBe(20)
  expect(await counted(String.raw`select E'one\ntwo\r\n\\' from generate_series(1, 3)`)).toBe(3)
  expect(await counted('select 1 where false')).toBe(0)
})
