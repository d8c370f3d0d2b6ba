/**
 * Preloaded by `npm start` and the launcher: keeps what Node.js compiled beside the packages, so that the next start, and
 * the processes that it starts, need not compile it again. Where nothing can be written there, all runs as before.
 * The cache is Node.js's own; it looks at the content of each file, so nothing stale is ever run.
 */
import { enableCompileCache } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules', '.cache', 'countinghouse')
process.env.NODE_COMPILE_CACHE ??= folder
enableCompileCache(process.env.NODE_COMPILE_CACHE)
