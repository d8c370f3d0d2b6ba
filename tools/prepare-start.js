/**
 * `npm start` runs it first: installs what is missing and builds the pages where they changed. Says nothing and takes a moment when neither
 * is so. Plain JavaScript, because it runs on whatever Node.js (20 or newer) the machine has.
 */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adminIsBuilt, buildAdmin } from './build-admin.js'
import { installMissing } from './install-missing.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
try {
  installMissing(root, { development: !adminIsBuilt(root) })
  buildAdmin(root)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
