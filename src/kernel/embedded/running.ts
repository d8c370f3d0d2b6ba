import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the keeper wrote about the server it started last: whether it still runs is for the keeper to say. */
export type Running = { port: number; keeper: number; postmaster: number }

/** Null before a folder's first start. */
export function readRunning(folder: string): Running | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as Running
  } catch {
    return null
  }
}

export function writeRunning(folder: string, running: Running): void {
  const path = join(folder, 'running.json')
  writeFileSync(`${path}.new`, `${JSON.stringify(running)}\n`, { mode: 0o600 })
  leaveToOwner(folder, `${path}.new`)
  renameSync(`${path}.new`, path)
}

/** What root writes into somebody's folder must not lock them out of it afterwards. */
export function leaveToOwner(folder: string, path: string): void {
  const { uid, gid } = statSync(folder)
  if (process.getuid?.() === 0 && uid !== 0) chownSync(path, uid, gid)
}
