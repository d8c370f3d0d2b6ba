/** Serves the site on a database for the bench, in a process of its own; tells its port. It ends with its parent. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { getRequestListener } from '@hono/node-server'
import { createApp } from '../../src/http/app.ts'
import { proveBooks } from '../../src/jobs/prove-books.ts'
import { openDatabase } from '../../src/kernel/database.ts'
import { Uploads } from '../../src/modules/intake/index.ts'

const database = openDatabase({ url: process.argv[2] ?? '' })
const log = (line: string): void => void process.stderr.write(`${line}\n`)
const imports = { start: () => {} }
const app = createApp({ database, version: 'bench', uploads: new Uploads(tmpdir()), imports, prove: proveBooks, log })
const server = createServer(getRequestListener((request) => app.fetch(request)))
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit(0))
