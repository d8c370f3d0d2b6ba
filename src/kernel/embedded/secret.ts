import { createHash, randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseRefused } from '../database-refused.ts'

/** What one secret per data folder gives: the owner's password, and how programs and the keeper of that folder find each other. */
export type Secret = { password: string; greeting: string; address: string }

/**
 * Reads the folder's secret, a file that only its owner can read, or creates it.
 * @throws DatabaseRefused when the folder belongs to another user.
 */
export function folderSecret(folder: string): Secret {
  const path = join(folder, 'secret')
  try {
    if (!existsSync(path)) createSecret(path)
    const secret = readFileSync(path, 'utf8').trim()
    return { password: derived(secret, 'password'), greeting: derived(secret, 'greeting'), address: address(secret) }
  } catch (cause) {
    throw new DatabaseRefused(
      `The data folder ${folder} cannot be used by this user (${(cause as Error).message}); start as the user who created it, or set COUNTINGHOUSE_DATA to another folder.`,
      { cause },
    )
  }
}

/** Two first starts at once must end with one secret: the first link wins. */
function createSecret(path: string): void {
  const unfinished = `${path}.new-${process.pid}`
  writeFileSync(unfinished, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
  try {
    linkSync(unfinished, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(unfinished)
  }
}

const derived = (secret: string, use: string): string =>
  createHash('sha256').update(`${use}:${secret}`).digest('hex').slice(0, 40)

/**
 * Where the keeper listens. Linux has names without files, which only one process can hold and which the kernel frees
 * when it ends, however it ends; a pipe of Windows is alike. Elsewhere it is a file, short whatever the folder's length.
 */
function address(secret: string): string {
  const name = `countinghouse-${derived(secret, 'address')}`
  if (process.platform === 'linux') return `\0${name}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name.slice(0, 40)}.sock`)
}
