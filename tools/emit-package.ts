/**
 * `npm run prepack`: writes `dist`, the JavaScript that an installed package runs, since Node.js strips no types under `node_modules`. What is
 * beside it in the package (migrations, the pages' files) is found from there as from `src`. `dist/admin` holds the admin application.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildAdmin } from './build-admin.js'

const root = fileURLToPath(new URL('..', import.meta.url))
// What is no longer in the source shall not be in the package; the pages know themselves whether they are built, and may be served meanwhile.
if (existsSync(`${root}dist`)) {
  for (const name of readdirSync(`${root}dist`))
    if (name !== 'admin') rmSync(`${root}dist/${name}`, { recursive: true, force: true })
}
const { status } = spawnSync('tsc', ['--project', 'tsconfig.package.json'], { cwd: root, stdio: ['ignore', 2, 2] })
if (status === 0) buildAdmin(root)
process.exitCode = status ?? 1
