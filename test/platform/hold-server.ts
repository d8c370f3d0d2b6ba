/**
 * A program that uses the database and nothing else: it opens the server, prints one JSON line about it, and gives it
 * back when its standard input ends. A refusal is printed on standard error, exit code 3.
 */
import { DatabaseRefused } from '../../src/kernel/database-refused.ts'
import { openDatabaseServer } from '../../src/kernel/database-server.ts'

try {
  const server = await openDatabaseServer()
  console.log(JSON.stringify({ ...server, keptBy: process.pid }))
  for await (const _ of process.stdin) {
    // Nothing that arrives matters, only the end.
  }
  await server.stop()
} catch (error) {
  if (!(error instanceof DatabaseRefused)) throw error
  console.error(error.message)
  process.exitCode = 3
}
