import { readFileSync } from 'node:fs'
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
