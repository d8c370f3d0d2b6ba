/**
 * `npm run prepack`: writes `dist`, the JavaScript that an installed package runs, since Node.js strips no types under `node_modules`. What is
 * beside it in the package (migrations, the pages' files) is found from there as from `src`. `dist/admin` holds the admin application.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildAdmin } from './build-admin.js'

const root = fileURLToPath(new URL('..', import.meta.url))
// What is no longer in the source shall not be in the package.
rmSync(`${root}dist`, { recursive: true, force: true })
const { status } = spawnSync('tsc', ['--project', 'tsconfig.package.json'], { cwd: root, stdio: ['ignore', 2, 2] })
if (status === 0) buildAdmin(root)
process.exitCode = status ?? 1
