/**
 * A program that imports files into a company, as the command line does, and prints how far it is as JSON lines, so that a test can end it
 * where it hurts. Arguments: the database's address, the company, how many lines a batch takes, the format, the files.
 */
import { failureOf } from '../../src/cli/failure.ts'
import { importFiles } from '../../src/imports/index.ts'
import { openDatabase } from '../../src/kernel/database.ts'

const [url = '', company = '', batchLines = '', format = '', ...files] = process.argv.slice(2)
const say = (what: unknown): void => void process.stdout.write(`${JSON.stringify(what)}\n`)

say({ phase: 'reading', documents: 0, documentsDone: 0 })
const database = openDatabase({ url })
try {
  const result = await importFiles(database, BigInt(company), format, {
    files,
    batchLines: Number(batchLines),
    onProgress: ({ phase, documents, documentsDone }) => say({ phase, documents, documentsDone }),
  })
  process.exitCode = result.documents.refused > 0 ? 1 : 0
} catch (error) {
  const { exitCode, words } = failureOf(error, '')
  process.stderr.write(`${words}\n`)
  process.exitCode = exitCode
} finally {
  await database.close()
}
