/**
 * A program that imports files into a company, as the command line does, and prints how far it is as JSON lines, so that a test can end it
 * where it hurts. Arguments: the database's address, the company, how many lines a batch takes, the format, the files. Reference rates
 * are of no company, whatever is given.
 */
import { failureOf } from '../../src/cli/failure.ts'
import { importEcbRates } from '../../src/imports/ecb-rates/index.ts'
import { importFiles } from '../../src/imports/index.ts'
import { openDatabase } from '../../src/kernel/database.ts'

const [url = '', company = '', batchLines = '', format = '', ...files] = process.argv.slice(2)
const say = (what: unknown): void => void process.stdout.write(`${JSON.stringify(what)}\n`)

say({ phase: 'reading', documents: 0, documentsDone: 0 })
const database = openDatabase({ url })
try {
  if (format === 'ecb-rates') await importEcbRates(database, files)
  else await importIntoCompany()
} catch (error) {
  const { exitCode, words } = failureOf(error, '')
  process.stderr.write(`${words}\n`)
  process.exitCode = exitCode
} finally {
  await database.close()
}

async function importIntoCompany(): Promise<void> {
  const result = await importFiles(database, BigInt(company), format, {
    files,
    batchLines: Number(batchLines),
    onProgress: ({ phase, documents, documentsDone }) => say({ phase, documents, documentsDone }),
  })
  process.exitCode = result.documents.refused > 0 ? 1 : 0
}
