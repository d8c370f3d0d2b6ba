/**
 * A program that takes up the imports that servers left unfinished, as a server does, so that a test can end it where it hurts. Arguments: the
 * database's address, the folder of the uploads, how many lines a batch takes.
 */
import { importRunner } from '../../src/jobs/import-runner.ts'
import { openDatabase } from '../../src/kernel/database.ts'
import { Uploads } from '../../src/modules/intake/index.ts'

const [url = '', folder = '', batchLines = ''] = process.argv.slice(2)
const database = openDatabase({ url })
const log = (line: string): void => void process.stderr.write(`${line}\n`)
await importRunner(database, {
  uploads: new Uploads(folder),
  log,
  progressEveryMs: 0,
  batchLines: Number(batchLines),
}).resume()
await database.close()
