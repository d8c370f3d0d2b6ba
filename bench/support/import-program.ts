/** Imports a folder and prints how long it took from its files to sealed books, and the most memory that the process held. */
import { importFiles } from '../../src/imports/index.ts'
import { openDatabase } from '../../src/kernel/database.ts'

const [url = '', company = '', folder = ''] = process.argv.slice(2)
const database = openDatabase({ url })
const began = performance.now()
await importFiles(database, BigInt(company), 'online-retail', { files: [folder] })
const ms = performance.now() - began
await database.close()
console.log(JSON.stringify({ ms, megabytes: process.resourceUsage().maxRSS / 1024 }))
