/**
 * Builds the admin application into `dist/admin` where its sources changed since the last time; takes a moment where they did not. What it
 * was built from is kept beside the build: first the sizes and times of the files are compared, and only where they differ their content.
 * Plain JavaScript, because the launcher calls it on whatever Node.js (20 or newer) the machine has.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const sources = ['web/admin', 'web/ui', 'clients/typescript/src', 'src/contracts', 'src/kernel', 'package-lock.json']
const record = 'built-from.json'

/** Every file that the application is made of, in order. */
function filesOf(root) {
  return sources.flatMap((path) => {
    if (!statSync(join(root, path)).isDirectory()) return [path]
    const found = readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    return found
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/').replace(/^\//, ''))
      .sort()
  })
}

const hashOf = (parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

function timesOf(root, files) {
  return hashOf(
    files.flatMap((path) => {
      const { size, mtimeMs } = statSync(join(root, path))
      return [path, `${size} ${mtimeMs}`]
    }),
  )
}

const contentOf = (root, files) => hashOf(files.flatMap((path) => [path, readFileSync(join(root, path))]))

function readRecord(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, record), 'utf8'))
  } catch {
    return undefined
  }
}

/** Whether `dist/admin` is what the sources say now. */
export function adminIsBuilt(root) {
  const folder = join(root, 'dist/admin')
  const built = readRecord(folder)
  if (built === undefined) return false
  const files = filesOf(root)
  const times = timesOf(root, files)
  if (built.times === times) return true
  const content = contentOf(root, files)
  if (built.content !== content) return false
  try {
    writeFileSync(join(folder, record), JSON.stringify({ times, content }))
  } catch {
    // Where nothing can be written the content is compared each time.
  }
  return true
}

/**
 * Builds it if it must be; what was built before stays in place until the new one is whole.
 * @param {string} root the checkout, with everything installed that building takes
 * @throws {Error} with a sentence for the person who started it
 */
export function buildAdmin(root) {
  if (adminIsBuilt(root)) return
  const target = join(root, 'dist/admin')
  let fresh
  try {
    mkdirSync(join(root, 'dist'), { recursive: true })
    fresh = mkdtempSync(join(root, 'dist/admin-'))
  } catch (error) {
    if (!existsSync(join(target, 'index.html')))
      throw new Error(`The pages must be built, and ${join(root, 'dist')} cannot be written (${error.message}).`)
    process.stderr.write('The pages changed and cannot be built here; those of the last build are served.\n')
    return
  }
  process.stderr.write('Building the pages; this takes a few seconds.\n')
  try {
    const files = filesOf(root)
    const written = { times: timesOf(root, files), content: contentOf(root, files) }
    bundle(root, fresh)
    for (const name of readdirSync(join(fresh, 'assets'))) compress(join(fresh, 'assets', name))
    writeFileSync(join(fresh, record), JSON.stringify(written))
    rmSync(target, { recursive: true, force: true })
    renameSync(fresh, target)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

function bundle(root, folder) {
  const node = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const words = ['build', '--config', 'web/admin/vite.config.ts', '--configLoader', 'native', '--logLevel', 'warn']
  const args = [join(root, 'node_modules/vite/bin/vite.js'), ...words, '--outDir', folder]
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status, error } = spawnSync(node, args, { cwd: root, env, stdio: ['ignore', 2, 2] })
  if (status === 0) return
  throw new Error(`The pages could not be built${error ? `: ${error.message}` : ''}; what was said stands above.`)
}

/** Beside each file that is text, what browsers take in its place. */
function compress(path) {
  if (!/\.(js|css|svg)$/.test(path)) return
  const content = readFileSync(path)
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
}
