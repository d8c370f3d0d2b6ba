/**
 * Completes package-lock.json after an `npm install`. npm leaves out optional packages of other platforms which the
 * registry did not serve at that moment, and `npm ci` then refuses the lock as incomplete. Each such package is entered
 * with the exact version that its parent names and the platform that its own name tells, so that it is known, and
 * installed only where it belongs.
 */
import { readFileSync, writeFileSync } from 'node:fs'

type LockEntry = {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}
type Lock = { packages: Record<string, LockEntry> }

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'aix', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** The entry of a package such as `@oxc-parser/binding-linux-arm-musleabihf`; null when its name tells no platform. */
function platformEntry(name: string, version: string, dev: boolean): LockEntry | null {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-')
  const system = SYSTEMS.find((word) => words.includes(word))
  const processor = PROCESSORS.find((word) => words.includes(word))
  if (!processor || !/^\d/.test(version)) return null
  const library = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'
  return {
    version,
    cpu: [processor],
    ...(dev && { dev }),
    ...(system === 'linux' && words.some((word) => /^(musl|gnu)/.test(word)) && { libc: [library] }),
    optional: true,
    ...(system && { os: [system] }),
  }
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
const missing = Object.values(lock.packages).flatMap((parent) =>
  Object.entries(parent.optionalDependencies ?? {})
    .filter(([name]) => !lock.packages[`node_modules/${name}`])
    .map(([name, version]) => [name, platformEntry(name, version, parent.dev === true)] as const),
)
for (const [name, entry] of missing) if (entry) lock.packages[`node_modules/${name}`] = entry
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
const unknown = missing.filter(([, entry]) => !entry).map(([name]) => name)
console.log(
  `${missing.length - unknown.length} packages entered${unknown.length ? `, not: ${unknown.join(', ')}` : ''}`,
)
