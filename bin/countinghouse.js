#!/usr/bin/env node
/**
 * Starts the command line on the pinned Node.js, whatever Node.js (20 or newer) the machine has: from its TypeScript in a
 * checkout, from the emitted JavaScript when installed as a package. Arguments, standard input and output, signals and
 * the exit code pass through.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))
const source = join(root, 'src/cli.ts')
const inCheckout = existsSync(source) && existsSync(join(root, 'tools/install-missing.js'))
const CANNOT_START = 3
// Young garbage is collected early: an import's memory stays small, at no visible cost in time.
const memory = ['--max-semi-space-size=16']

async function main() {
  if (inCheckout) {
    const { installMissing } = await import('../tools/install-missing.js')
    // Only who serves needs the pages.
    const { adminIsBuilt, buildAdmin } = await import('../tools/build-admin.js')
    const serves = process.argv[2] === 'serve'
    installMissing(root, { development: serves && !adminIsBuilt(root) })
    if (serves) buildAdmin(root)
  }
  const program = inCheckout
    ? [`--import=${pathToFileURL(join(root, 'tools/keep-compiled.js'))}`, source]
    : [join(root, 'dist/cli.js')]
  run([pinnedNode(), ...memory, ...program, ...process.argv.slice(2)])
}

/** Beside us in a checkout, beside the package that we are part of when installed. */
function pinnedNode() {
  const name = process.platform === 'win32' ? 'node/bin/node.exe' : 'node/bin/node'
  for (const folder of [join(root, 'node_modules'), dirname(root)]) {
    if (existsSync(join(folder, name))) return join(folder, name)
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Error(`The pinned Node.js is not installed in ${root}; install the package again.`)
}

function run(command) {
  // Where the system can, it ends the program together with this one, even if this one is killed.
  const tied = process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0
  const [file, ...args] = tied ? ['setpriv', '--pdeathsig', 'TERM', '--', ...command] : command
  const child = spawn(file, args, { stdio: 'inherit' })
  // The program decides when it ends. A terminal sends Ctrl-C to both of us, and a second one would mean impatience.
  const fromTerminal = process.stdin.isTTY ? ['SIGINT', 'SIGQUIT'] : []
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    process.on(name, () => fromTerminal.includes(name) || child.kill(name))
  }
  child.on('error', (error) => fail(error))
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + constants.signals[signal])
  })
}

function fail(error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(CANNOT_START)
}

main().catch(fail)
