/** Serves the site on a database for the bench, in a process of its own; tells its port. It ends with its parent. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { getRequestListener } from '@hono/node-server'
import { createApp } from '../../src/http/app.ts'
import { proveBooks } from '../../src/jobs/prove-books.ts'
import { openDatabase } from '../../src/kernel/database.ts'
import { createOwner, newOwnerLink, openIdentity, signIn } from '../../src/modules/identity/index.ts'
import { Uploads } from '../../src/modules/intake/index.ts'

const url = process.argv[2] ?? ''
const database = openDatabase({ url })
const identity = await openIdentity({ database, url, origin: 'http://localhost' })
const log = (line: string): void => void process.stderr.write(`${line}\n`)
const imports = { start: () => {} }
const app = createApp({
  database,
  version: 'bench',
  uploads: new Uploads(tmpdir()),
  imports,
  identity,
  prove: proveBooks,
  log,
})
const cookie = await ownersCookie()
const server = createServer(
  getRequestListener((request) => {
    // What is measured signs in as a browser does: every request is looked up.
    if (!request.headers.has('cookie')) request.headers.set('cookie', cookie)
    return app.fetch(request)
  }),
)
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit(0))

/** Signs in as the owner of the installation, who is created where nobody served this database before. */
async function ownersCookie(): Promise<string> {
  const user = { name: 'Bench', email: 'bench@shop.example', password: 'a long sentence nobody guesses' }
  const token = await newOwnerLink(database)
  if (token !== undefined) await createOwner(database, identity, token, user)
  const { setCookies } = await signIn(database, identity, user, { headers: new Headers(), address: 'local' })
  return setCookies.map((one) => one.split(';')[0]).join('; ')
}
